"""One view of feelings over time: the tall lane, one small picture an item, what they say.

Small pictures are drawn from the answers themselves, so that what was said in words (no occasion,
too much) is seen as it is, even where no reading can be made.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from landward.app.diary.open_diary import ANSWERS
from landward.app.diary.readable import Readable
from landward.app.read.feeling_words import wording_days
from landward.app.read.feelings import OVER_TIME
from landward.app.read.journey import SLOTS, ZOOMS
from landward.app.read.journey_lanes import Period, hard_lane
from landward.app.read.journey_whole import whole_of
from landward.app.read.reach_lane import reach_lane
from landward.app.read.told import item_names
from landward.model.bodies import CheckIn, DidAnyway, Feelings, Glimmer
from landward.model.entries import Entry
from landward.model.questions import (
    FEELING_WORDS,
    LITTLE_WAS,
    SPECIAL_ANSWERS,
    WEEKLY,
    question,
)
from landward.model.said import begun, phrase
from landward.report.figure.lane import Lane, Row, Track
from landward.report.readings.feelings_told import (
    Told,
    feelings_told,
    first_sentence,
    spoken_counts,
)
from landward.report.words import number_words

BESIDE = 0.7
"""How far off its scale an answer in words is drawn, in points."""


@dataclass(frozen=True, slots=True)
class FeelingsView:
    """What the page of feelings shows of one period."""

    first: dt.date
    last: dt.date
    slot_days: int
    sentence: str
    lanes: tuple[Lane, ...]
    small: tuple[Lane, ...]
    told: tuple[Told, ...]
    glimmers: tuple[tuple[dt.date, Glimmer], ...]
    anyway: tuple[tuple[dt.date, DidAnyway], ...]
    columns: tuple[str, ...]
    table: tuple[tuple[dt.date, tuple[str, ...]], ...]

    @property
    def days(self) -> int:
        """Calendar days shown."""
        return (self.last - self.first).days + 1


def feelings_view(diary: Readable, zoom: str, from_here: dt.date | None = None) -> FeelingsView:
    """The newest days of a diary that is not empty, as many as `zoom` says. Raises BadInput."""
    whole = whole_of(diary, from_here)
    shown = ZOOMS.get(zoom, 0)
    first = max(whole.first, whole.last - dt.timedelta(days=shown - 1)) if shown else whole.first
    slot = next(days for up_to, days in SLOTS if (whole.last - first).days < up_to)
    period = Period(first, whole.last, slot)
    found = OVER_TIME.held(diary)
    items = diary.keep("weekly items", lambda: _weekly(diary), ANSWERS)
    looks = sum(1 for _ in diary.diary.of(Feelings))
    numbers = any(value is not None for points in items.values() for _, value, _ in points)
    pair = reach_lane(diary, period)
    # Where only feelings were asked, the day's number would be made of them: it is not drawn.
    others = found.symptoms if found else bool(whole.answered.main)
    hard = (hard_lane(whole, period, None),) if others else ()
    lanes = (*((pair,) if pair else ()), *hard)
    own = Counter(
        body.choices[LITTLE_WAS]
        for entry, body in diary.diary.of(CheckIn)
        if LITTLE_WAS in body.choices and first <= entry.date <= whole.last
    )
    columns, table = _table(diary, items, first, whole.last)
    return FeelingsView(
        first=first,
        last=whole.last,
        slot_days=slot,
        sentence=first_sentence(found, found is not None and not numbers and pair is None, looks),
        lanes=lanes,
        small=tuple(
            lane for item, points in items.items() if (lane := _small(item, points, period))
        ),
        told=feelings_told(found, item_names(diary.diary), _ordered(own), symptoms=others),
        glimmers=_newest(diary.diary.of(Glimmer), first),
        anyway=_newest(diary.diary.of(DidAnyway), first),
        columns=columns,
        table=table,
    )


BodyT = TypeVar("BodyT")
Point = tuple[dt.date, float | None, str]
"""A day, the number if there is one, else the word that was said."""


def _weekly(diary: Readable) -> Mapping[str, tuple[Point, ...]]:
    """Every answer to the weekly statements, by statement and wording, in date order."""
    worded = wording_days(diary.diary)
    found: dict[str, list[Point]] = {}
    for day, said in diary.diary.days.items():
        for item in WEEKLY:
            if item not in said.asked:
                continue
            word = next((w for w in SPECIAL_ANSWERS if item in getattr(said, w)), "")
            value = said.answers.get(item)
            if value is None and not word:
                continue
            days = worded.get(item, {})
            asked = days.get(day, "")
            newest = days[max(days)] if days else ""
            key = item if asked == newest else f"{item}:{asked}"
            found.setdefault(key, []).append((day, value, word))
    order = [*WEEKLY]
    keys = sorted(found, key=lambda key: (order.index(key.partition(":")[0]), key))
    return {key: tuple(found[key]) for key in keys}


def _small(key: str, points: tuple[Point, ...], period: Period) -> Lane | None:
    """One statement as its own small picture: dots, and beside the scale what was said in words."""
    shown = [point for point in points if period.first <= point[0] <= period.last]
    if not shown:
        return None
    item, _, earlier = key.partition(":")
    scale = question(item).scale
    low, high = (scale.low, scale.high) if scale else (0.0, 4.0)
    numbers = {day: value for day, value, _ in shown if value is not None}
    counts = Counter(word for _, _, word in shown if word)
    beside = {"too_much": high + BESIDE, "no_occasion": low - BESIDE}
    styles = {"too_much": "floods", "no_occasion": "asides"}
    tracks = [Track("", _by_day(numbers, period), "fine", told=False, per_slot=period.slot)]
    for word in counts:
        days = {day: beside[word] for day, _, said in shown if said == word}
        tracks.append(
            Track(
                SPECIAL_ANSWERS[word], _by_day(days, period), styles[word],
                told=False, per_slot=period.slot,
            )
        )  # fmt: skip
    newest = shown[-1]
    now = SPECIAL_ANSWERS[newest[2]] if newest[1] is None else _answer(newest[1])
    words = {str(SPECIAL_ANSWERS[word]): n for word, n in counts.items()}
    named = question(item).words
    return Lane(
        phrase("{words} (in earlier words)", words=named) if earlier else named,
        low - 2 * BESIDE,
        high + 2 * BESIDE,
        FEELING_WORDS[-1],
        FEELING_WORDS[0],
        tuple(tracks),
        note=spoken_counts(phrase("last: {now}", now=now), words),
        key=key,
        small=True,
    )


def _answer(value: float) -> str:
    whole = value.is_integer() and 0 <= value < len(FEELING_WORDS)
    return FEELING_WORDS[int(value)] if whole else number_words(value)


def _by_day(known: Mapping[dt.date, float], period: Period) -> Row:
    return tuple(known.get(period.first + dt.timedelta(days=n)) for n in range(period.days))


def _ordered(own: Mapping[str, int]) -> dict[str, int]:
    asked = question(LITTLE_WAS)
    return {asked.as_said(word): own[word] for word in asked.answers if own.get(word)}


def _newest(
    lines: Iterable[tuple[Entry, BodyT]], first: dt.date
) -> tuple[tuple[dt.date, BodyT], ...]:
    found = [(entry.date, body) for entry, body in lines if entry.date >= first]
    return tuple(reversed(found))


def _table(
    diary: Readable, items: Mapping[str, tuple[Point, ...]], first: dt.date, last: dt.date
) -> tuple[tuple[str, ...], tuple[tuple[dt.date, tuple[str, ...]], ...]]:
    """Every week's answers as they were said, newest first."""
    days: dict[dt.date, dict[str, str]] = {}
    for key, points in items.items():
        for day, value, word in points:
            if first <= day <= last:
                said = SPECIAL_ANSWERS[word] if value is None else _answer(value)
                days.setdefault(day, {})[key] = said
    names = tuple(
        phrase("{item}, earlier words", item=begun(key.partition(":")[0])) if ":" in key
        else begun(key) for key in items
    )  # fmt: skip
    rows = tuple(
        (day, tuple(days[day].get(key, "") for key in items)) for day in sorted(days, reverse=True)
    )
    return (phrase("day"), *names), rows
