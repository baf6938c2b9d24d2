"""The lane of feelings: how far pleasant and painful ones reached a person, on both sides of none.

The middle line is *not at all*. Pleasant feelings reach up from it, painful ones down, both to
*fully*: the lane is wide where much was felt, of either kind, and narrow where little was. Weeks
are bands, the days stand behind them. Glimmers are small lights along the upper edge, days that
were too much to rate are squares beyond *fully*. Nothing is added up: both halves keep their own
numbers.
"""

import datetime as dt
from collections.abc import Mapping
from statistics import mean

from landward.app.diary.open_diary import ANSWERS
from landward.app.diary.readable import Readable
from landward.app.read.journey_lanes import Period
from landward.app.read.journey_whole import Answered, Known, item_answers
from landward.model.bodies import Glimmer
from landward.model.questions import FEELINGS as PAIR
from landward.model.said import phrase
from landward.report.figure.lane import Bar, Lane, Row, Track

REACH = "reach"
PAIRS = (PAIR, ("positive_mood", "negative_mood"))
"""A pleasant and a painful item asked side by side: the diary's own, and those of known imports."""
BEYOND = 0.13
"""How far beyond *fully* too much is drawn, as a share of the scale."""
EDGE = 0.34
"""How far beyond it glimmers shine."""
DAILY_DAYS = 42
"""Up to so long a view the days are drawn in full; behind longer ones they are faint."""


def pair_of(diary: Readable) -> tuple[str, str] | None:
    """The pleasant and the painful item of a diary; None where no such pair was asked."""
    return next((p for p in PAIRS if all(item_answers(diary, item).main for item in p)), None)


def reach_lane(diary: Readable, period: Period) -> Lane | None:
    """Both kinds of feelings on one axis around *not at all*; None where neither was answered."""
    pair = pair_of(diary) or next(
        (p for p in PAIRS if any(item_answers(diary, item).main for item in p)), None
    )
    if pair is None:
        return None
    up, down = (item_answers(diary, item) for item in pair)
    top = max(_high(up), _high(down))
    behind = "fine" if period.days <= DAILY_DAYS else "tiny"
    tracks = (
        *_told(up, phrase("pleasant feelings"), period),
        *_told(down, phrase("painful feelings"), period),
        _drawn(up, 1, top, behind, period),
        _drawn(down, -1, top, behind, period),
        *_floods(diary, pair, top, period),
        *_lights(diary, top, period),
    )
    bars = (*_bars(up, 1, top, period), *_bars(down, -1, top, period))
    return Lane(
        phrase("Feelings that reached me"),
        -top * (1 + BEYOND + 0.05),
        top * (1 + EDGE + 0.05),
        phrase("pleasant, fully"),
        phrase("painful, fully"),
        tracks,
        bars=bars,
        note=phrase("wide where much was felt, narrow where little was; the middle is not at all"),
        key=REACH,
        line_at=0.0,
        tall=1.6,
    )


def _high(one: Answered) -> float:
    return one.scale.high - one.scale.low


def _share(one: Answered, value: float, top: float) -> float:
    """An answer from 0 to `top`, so that two scales meet in one middle."""
    return (value - one.scale.low) / _high(one) * top


def _told(one: Answered, name: str, period: Period) -> tuple[Track, ...]:
    return (Track(name, period.slots(one.main), "table"),) if one.main else ()


def _turned(one: Answered, way: int, top: float) -> Known:
    return {day: way * _share(one, value, top) for day, value in one.main.items()}


def _drawn(one: Answered, way: int, top: float, style: str, period: Period) -> Track:
    """Every day as it was answered, whatever a slot holds: the days stand behind the bands."""
    known = _turned(one, way, top)
    values = period.slots(known) if period.slot == 1 else _days(known, period)
    carried: tuple[bool, ...] = ()
    if period.slot == 1:
        start = period.first.toordinal()
        carried = tuple(start + place in one.carried for place in range(period.days))
    return Track(one.name, values, style, carried, told=False, behind=True, per_slot=period.slot)


def _days(known: Known, period: Period) -> Row:
    start = period.first.toordinal()
    return tuple(known.get(start + place) for place in range(period.days))


def _bars(one: Answered, way: int, top: float, period: Period) -> tuple[Bar, ...]:
    """The mean of each week or four: on a scale of five answers a middle would stand still."""
    known, found = _turned(one, way, top), []
    for number, values in enumerate(period.spans(known, period.span)):
        if values:
            start = number * period.span / period.slot
            end = min(start + period.span / period.slot, period.days / period.slot)
            found.append(Bar(start, end, mean(values), base=0.0))
    return tuple(found)


def _floods(
    diary: Readable, pair: tuple[str, str], top: float, period: Period
) -> tuple[Track, ...]:
    """Days that were too much to rate, beyond the end of their own half."""
    found = []
    marked = diary.keep("floods", lambda: floods_of(diary), ANSWERS)
    for item, way in zip(pair, (1, -1), strict=True):
        known = dict.fromkeys(marked.get(item, ()), way * top * (1 + BEYOND))
        if any(value is not None for value in _days(known, period)):
            found.append(
                Track(
                    phrase("too much to rate"), _days(known, period), "floods",
                    told=False, per_slot=period.slot,
                )
            )  # fmt: skip
    return tuple(found)


def floods_of(diary: Readable) -> Mapping[str, tuple[int, ...]]:
    """By item the ordinals of days that were too much to rate."""
    found: dict[str, list[int]] = {}
    for day, said in diary.diary.days.items():
        for item in said.too_much:
            found.setdefault(item, []).append(day.toordinal())
    return {item: tuple(days) for item, days in found.items()}


def _lights(diary: Readable, top: float, period: Period) -> tuple[Track, ...]:
    known = dict.fromkeys((day.toordinal() for day in glimmer_days(diary)), top * (1 + EDGE))
    values = _days(known, period)
    if all(value is None for value in values):
        return ()
    return (Track(phrase("glimmers"), values, "lights", told=False, per_slot=period.slot),)


def glimmer_days(diary: Readable) -> tuple[dt.date, ...]:
    """The days that hold a glimmer, each once, in order."""
    found = diary.keep(
        "glimmer days",
        lambda: tuple(sorted({entry.date for entry, _ in diary.diary.of(Glimmer)})),
        frozenset({Glimmer.kind}),
    )
    return found
