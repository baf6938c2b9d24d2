"""One view of the way so far: which days, which lanes, what it says. Better is upward."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial

from landward.app.diary.open_diary import ANSWERS, LABELS
from landward.app.diary.readable import Readable
from landward.app.read.answers_by_item import FOR_GOOD, walked
from landward.app.read.held_waves import READ_FROM, item_waves, waves_of
from landward.app.read.journey_lanes import (
    DOSE,
    FEELING_ITEMS,
    FEELINGS,
    HARD,
    Period,
    dose_lane,
    hard_lane,
    small_lane,
)
from landward.app.read.journey_shapes import Band, Journey
from landward.app.read.journey_tide import Years, read_doses, read_tide
from landward.app.read.journey_whole import (
    HOW_HARD,
    Whole,
    item_answers,
    item_name,
    whole_of,
)
from landward.app.read.medicines import OF_MEDICINES
from landward.app.read.reach_lane import REACH, reach_lane
from landward.app.read.waves import OVERALL
from landward.model.bodies import Glimmer, UserLabel
from landward.model.entries import Entry
from landward.model.readings import DiaryWaves
from landward.model.said import phrase
from landward.model.waves import State
from landward.report.figure.lane import Lane
from landward.report.readings.journey import SpellCounts, changes_told, journey_sentence

CLOSER = "closer"
"""A view of the days named in its address: a month that was tapped."""
ZOOMS = {"4w": 28, "12w": 84, "26w": 182, "1y": 364, "all": 0}
ZOOM_WORDS = {
    "4w": phrase("4 weeks"),
    "12w": phrase("12 weeks"),
    "26w": phrase("Half a year"),
    "1y": phrase("A year"),
    "all": phrase("All"),
}
SLOTS = ((190, 1), (1300, 7), (100_000, 28))
"""Up to how many days a view has one point a day, a week, four weeks: their middle answers."""
MOST_LANES = 8


def read_journey(
    diary: Readable,
    zoom: str,
    until: dt.date,
    *,
    spells: bool,
    since: dt.date | None = None,
    from_here: dt.date | None = None,
    chosen: Sequence[str] = (),
    feelings_first: bool = False,
) -> Journey:
    """The view that ends on `until`. Raises BadInput while nothing was ever written.

    `since` is the first day of a closer view; nothing before `from_here` is shown. `chosen` names
    the lanes to set side by side; without it, all that the person watches. With `feelings_first`
    the tall lane of feelings stands above all others.
    """
    whole = whole_of(diary, from_here)
    first, last = _period(whole, zoom, until, since)
    slot = next(days for up_to, days in SLOTS if (last - first).days < up_to)
    period = Period(first, last, slot)
    waves = waves_of(diary) if spells else None
    labels = diary.keep("labels", lambda: tuple(diary.diary.of(UserLabel)), LABELS)
    bands = _own_bands(labels, first, last)
    if waves is not None:
        bands += _read_bands(waves, first, last, bands)
    bands = tuple(sorted(bands, key=lambda band: (band.first, band.last, band.state, band.own)))
    wanted = (REACH, *chosen) if feelings_first and chosen else tuple(chosen)
    if feelings_first and not chosen:
        wanted = (REACH, HARD, DOSE, *(pin.item for pin in diary.me.pins))
    lanes = tuple(_lanes(diary, whole, period, waves, wanted, told=bool(chosen)))
    columns, table = _table(lanes, period)
    sentence = _sentence(whole, period, bands, waves)
    if waves is not None:
        told = (
            (lane.name, item_waves(diary, lane.key))
            for lane in lanes
            if lane.brackets and lane.small
        )
        sentence += changes_told(
            [(name, one) for name, one in told if one is not None], period.first, period.last
        )
    years: Years = diary.keep("tide years", dict, FOR_GOOD)
    doses = diary.keep(
        ("tide doses", first, last, last >= whole.last),
        lambda: read_doses(whole, first, last),
        OF_MEDICINES,
    )
    tide = read_tide(whole, first, last, bands, sentence, doses, years)
    items = diary.keep("lane items", lambda: _items(diary), ANSWERS)
    return Journey(first, last, slot, lanes, bands, sentence, table, columns, tide, items)


def _period(
    whole: Whole, zoom: str, until: dt.date, since: dt.date | None
) -> tuple[dt.date, dt.date]:
    """The days a view shows: never before the first entry, and full where the diary can fill it."""
    if zoom == CLOSER and since is not None:
        first = min(max(since, whole.first), max(whole.last, whole.first))
        return first, max(min(until, max(whole.last, first)), first)
    days = ZOOMS.get(zoom, 84)
    if days == 0:
        return whole.first, max(whole.last, whole.first)
    span = dt.timedelta(days=days - 1)
    last = max(until, min(whole.first + span, whole.last), whole.first)
    return max(last - span, whole.first), last


def fitting_zooms(days: int) -> tuple[str, ...]:
    """The views that differ for a diary of `days` days: those shorter than it, and all of it."""
    return (*(zoom for zoom, shown in ZOOMS.items() if 0 < shown < days), "all")


def first_zoom(days: int) -> str:
    """The view Journey opens with: four weeks, or all of a diary that is shorter."""
    return fitting_zooms(days)[0]


def _lanes(
    diary: Readable,
    whole: Whole,
    period: Period,
    waves: DiaryWaves | None,
    chosen: Sequence[str],
    *,
    told: bool,
) -> list[Lane]:
    """Those chosen, else how hard, the dose, feelings, what is watched; none without a number."""
    pins = [pin.item for pin in diary.me.pins]
    wanted = list(chosen)[:MOST_LANES] or [HARD, DOSE, FEELINGS, *pins]
    found = []
    if REACH in wanted and (tall := _reach(diary, period)) is not None:
        found.append(tall)
    if HARD in wanted:
        found.append(hard_lane(whole, period, waves))
    if DOSE in wanted:
        key = ("dose lane", period, min(period.last, whole.last))
        found.append(diary.keep(key, lambda: dose_lane(whole, period), OF_MEDICINES))
    items = [*(FEELING_ITEMS if FEELINGS in wanted else ()), *wanted]
    apart = (HARD, DOSE, FEELINGS, OVERALL, REACH)
    small = [item for item in dict.fromkeys(items) if item not in apart]
    for item in small:
        if item_answers(diary, item).main:
            # Lasting changes of one item are read for a lane that was asked for, not for each.
            changes = item_waves(diary, item) if told and waves else None
            drawn = partial(small_lane, diary, item, period, changes)
            found.append(diary.keep(("lane", item, period, changes is None), drawn, READ_FROM))
    return [lane for lane in found if lane.key == HARD or _is_known(lane)]


def _reach(diary: Readable, period: Period) -> Lane | None:
    of = ANSWERS | {Glimmer.kind}
    return diary.keep(("reach lane", period), lambda: reach_lane(diary, period), of)


def _is_known(lane: Lane) -> bool:
    return any(value is not None for track in lane.tracks for value in track.values)


def _items(diary: Readable) -> tuple[tuple[str, str], ...]:
    """Everything that could have a lane, the most often answered first."""
    apart = {OVERALL, *FEELING_ITEMS}
    found = walked(diary)
    items = sorted(found.keys() - apart, key=lambda item: (-len(found[item]), item))
    names = ((item, item_name(diary, item)) for item in items)
    return (
        (HARD, HOW_HARD),
        (DOSE, "Dose"),
        (REACH, phrase("Feelings, wide or narrow")),
        (FEELINGS, "Feelings"),
        *names,
    )


def _own_bands(
    labels: Iterable[tuple[Entry, UserLabel]], first: dt.date, last: dt.date
) -> tuple[Band, ...]:
    return tuple(
        Band(
            body.label, max(entry.date, first), min(body.until, last), own=True, helped=body.helped
        )
        for entry, body in labels
        if body.label != "usual" and entry.date <= last and body.until >= first
    )


def _read_bands(
    waves: DiaryWaves, first: dt.date, last: dt.date, own: Sequence[Band]
) -> tuple[Band, ...]:
    """What was read from the answers, where the person has not named those days themselves."""
    found = []
    for spell in waves.reading.spells:
        start, end = waves.reading.date_of(spell.start), waves.reading.date_of(spell.end)
        named = any(band.first <= end and band.last >= start for band in own)
        if start <= last and end >= first and not named:
            state = "window" if spell.state == State.WINDOW else "wave"
            found.append(Band(state, max(start, first), min(end, last), own=False))
    return tuple(found)


def _sentence(whole: Whole, period: Period, bands: Sequence[Band], waves: DiaryWaves | None) -> str:
    start, end = period.first.toordinal(), period.last.toordinal()
    answered = whole.answered
    return journey_sentence(
        [value for day, value in answered.main.items() if start <= day <= end],
        days=period.days,
        high=answered.scale.high,
        down=answered.scale.better == "down",
        spells=None if waves is None else SpellCounts.of(bands),
        waves=waves,
        first=period.first,
        last=period.last,
        everything=period.first <= whole.begins and period.last >= whole.last,
    )


def _table(
    lanes: Sequence[Lane], period: Period
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    tracks = [track for lane in lanes for track in lane.tracks if track.told]
    names = [
        phrase("{drug} mg", drug=t.name) if lane.key == DOSE else t.name
        for lane in lanes
        for t in lane.tracks
        if t.told
    ]
    columns = (phrase("from") if period.slot > 1 else phrase("day"), *names)
    rows = []
    for place in range(-(-period.days // period.slot)):
        values = [track.values[place] for track in tracks]
        if any(value is not None for value in values):
            day = period.first + dt.timedelta(days=place * period.slot)
            words = ("" if value is None else f"{value:.4g}" for value in values)
            rows.append((day.isoformat(), *words))
    return columns, tuple(reversed(rows))
