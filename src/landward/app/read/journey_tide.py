"""The tide calendar of a view: every day's shade, spell and sign, and the dose beside it."""

import datetime as dt
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from landward.app.read.journey_lanes import now_words, taken
from landward.app.read.journey_shapes import Band
from landward.app.read.journey_whole import Whole
from landward.report.figure.tide import Kind, Tide, TideDay, TideDose, shade_of


@dataclass(frozen=True, slots=True)
class Year:
    """The cells of one year, or of its part in a view, and all that they were made from."""

    said: tuple[object, ...]
    days: tuple[TideDay, ...]


Years = MutableMapping[tuple[int, int], Year]
"""By the ordinals of their first and last day."""


def read_tide(  # noqa: PLR0917 - a view, what lies over and beside it, and what was drawn before
    whole: Whole,
    first: dt.date,
    last: dt.date,
    bands: Sequence[Band],
    description: str,
    doses: tuple[TideDose, ...],
    made: Years | None = None,
) -> Tide:
    """The days from `first` to `last` as cells; a person's own name for a day stands first.

    `doses` stand beside them. `made` keeps years from one reading to the next: after a save nine
    of ten say the same.
    """
    over: dict[int, Band] = {}
    for band in sorted(bands, key=lambda one: one.own):
        for day in range(band.first.toordinal(), band.last.toordinal() + 1):
            over[day] = band
    return Tide(
        tuple(_cells(whole, first, last, over, {} if made is None else made)),
        doses,
        description,
    )


def _cells(
    whole: Whole, first: dt.date, last: dt.date, over: Mapping[int, Band], made: Years
) -> Iterator[TideDay]:
    answered = whole.answered
    for year in range(first.year, last.year + 1):
        start = max(first, dt.date(year, 1, 1)).toordinal()
        end = min(last, dt.date(year, 12, 31)).toordinal()
        days = range(start, end + 1)
        values = [answered.main.get(day) for day in days]
        unwell = [
            day
            for day, value in zip(days, values, strict=True)
            if value is None and _is_unwell(whole, day)
        ]
        said = (answered.scale, values, unwell, [over.get(day) for day in days])
        kept = made.get((start, end))
        if kept is None or kept.said != said:
            cells = (_day(whole, day, over.get(day), unwell) for day in days)
            kept = made[start, end] = Year(said, tuple(cells))
        yield from kept.days


def _is_unwell(whole: Whole, ordinal: int) -> bool:
    said = whole.diary.days.get(dt.date.fromordinal(ordinal))
    return said is not None and said.mode == "unwell"


def _day(whole: Whole, ordinal: int, band: Band | None, unwell: Sequence[int]) -> TideDay:
    answered = whole.answered
    value, scale = answered.main.get(ordinal), answered.scale
    kind: Kind = "answered" if value is not None else "none"
    return TideDay(
        dt.date.fromordinal(ordinal),
        "unwell" if ordinal in unwell else kind,
        None
        if value is None
        else shade_of(value, scale.low, scale.high, better_up=scale.better == "up"),
        band.state if band else "",
        bool(band and band.own),
        "" if value is None else f"{value:.3g}",
    )


def read_doses(whole: Whole, first: dt.date, last: dt.date) -> tuple[TideDose, ...]:
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
