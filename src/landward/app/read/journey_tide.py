"""The tide calendar of a view: every day's shade, spell and sign, and the dose beside it."""

import datetime as dt
from collections.abc import Sequence

from landward.app.read.journey_lanes import now_words, taken
from landward.app.read.journey_shapes import Band
from landward.app.read.journey_whole import Whole
from landward.report.figure.tide import Kind, Tide, TideDay, TideDose, shade_of


def read_tide(
    whole: Whole, first: dt.date, last: dt.date, bands: Sequence[Band], description: str
) -> Tide:
    """The days from `first` to `last` as cells; a person's own name for a day stands first."""
    over: dict[int, Band] = {}
    for band in sorted(bands, key=lambda one: one.own):
        for day in range(band.first.toordinal(), band.last.toordinal() + 1):
            over[day] = band
    days = range(first.toordinal(), last.toordinal() + 1)
    return Tide(
        tuple(_day(whole, day, over.get(day)) for day in days),
        _doses(whole, first, last),
        description,
    )


def _day(whole: Whole, ordinal: int, band: Band | None) -> TideDay:
    answered, day = whole.answered, dt.date.fromordinal(ordinal)
    value, scale = answered.main.get(ordinal), answered.scale
    said = whole.diary.days.get(day)
    kind: Kind = "answered" if value is not None else "none"
    if value is None and said is not None and said.mode == "unwell":
        kind = "unwell"
    return TideDay(
        day,
        kind,
        None
        if value is None
        else shade_of(value, scale.low, scale.high, better_up=scale.better == "up"),
        band.state if band else "",
        bool(band and band.own),
        "" if value is None else f"{value:.3g}",
    )


def _doses(whole: Whole, first: dt.date, last: dt.date) -> tuple[TideDose, ...]:
    """The first two drugs with a known day in the view."""
    found: list[TideDose] = []
    days = range(first.toordinal(), last.toordinal() + 1)
    for drug in whole.medicines.taken_drugs:
        known = taken(whole.medicines.of(drug))
        row = tuple(known.get(day) for day in days)
        amounts = [mg for mg in row if mg is not None]
        if amounts and len(found) < 2:
            now = now_words(whole, drug, last, True)
            found.append(TideDose(drug, row, f"{max(amounts):g} mg", now))
    return tuple(found)
