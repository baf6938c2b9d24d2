"""Read how the day after a tag or an event compares with the day after like days without it."""

import datetime as dt
from collections import defaultdict

import numpy as np

from landward.app.read.waves import overall_items
from landward.engines.patterns import what_helped
from landward.engines.patterns.severity import mean_severity
from landward.model.base import Frozen
from landward.model.bodies import CheckIn, Event, UserLabel
from landward.model.diary import Diary
from landward.model.series import Floats, day_series
from landward.model.symptom_course import HelpedReading

ANSWERS_THEMSELVES = ("mood:",)
"""Tags some apps write for the answer itself; they say how the day was, not what was done."""


class OwnWords(Frozen):
    """What the person wrote down as having helped, beside their own name for those days."""

    label: str
    first_day: dt.date
    last_day: dt.date
    text: str


class DiaryHelped(Frozen):
    """A reading tied to its calendar and to the answers it was read from."""

    reading: HelpedReading
    items: tuple[str, ...]
    """One item, or several whose mean was read."""
    scale: tuple[float, float]
    better_up: bool
    """Whether higher is better for the one item that was read. Readings stay harder-is-higher."""
    first_day: dt.date
    days: int
    own_words: tuple[OwnWords, ...]


def read_helped(diary: Diary, item: str | None = None) -> DiaryHelped:
    """Every tag and event of a diary, against one item or the day as a whole.

    Days filled by "same as yesterday" are left out: they would say that nothing ever follows
    anything. Raises BadInput for an empty diary or an item that was never answered.
    """
    items = (item,) if item else overall_items(diary)
    parts = [day_series(diary, name) for name in items]
    first = min(part.first_day for part in parts)
    last = max(part.last_day for part in parts)
    spread = [day_series(diary, name, first, last).worse_up() for name in items]
    values = [np.where(one.carried, np.nan, one.values) for one in spread]
    severity: Floats = values[0] if len(values) == 1 else mean_severity(values)
    scale = (spread[0].scale.low, spread[0].scale.high)
    return DiaryHelped(
        reading=what_helped(severity, _tagged(diary, first, last), scale=scale),
        items=items,
        scale=scale,
        better_up=len(parts) == 1 and parts[0].scale.better == "up",
        first_day=first,
        days=int(severity.size),
        own_words=_own_words(diary),
    )


def _tagged(diary: Diary, first: dt.date, last: dt.date) -> dict[str, list[int]]:
    """Positions by tag or event, one spelling each whatever its case: the first one written."""
    spelling: dict[str, str] = {}
    found: defaultdict[str, set[int]] = defaultdict(set)

    def note(day: dt.date, text: str) -> None:
        words = " ".join(text.split())
        if not words or words.casefold().startswith(ANSWERS_THEMSELVES):
            return
        if first <= day <= last:
            found[spelling.setdefault(words.casefold(), words)].add((day - first).days)

    for entry, check_in in diary.of(CheckIn):
        for tag in check_in.tags:
            note(entry.date, tag)
    for entry, event in diary.of(Event):
        note(entry.date, event.what)
    return {name: sorted(days) for name, days in sorted(found.items())}


def _own_words(diary: Diary) -> tuple[OwnWords, ...]:
    return tuple(
        OwnWords(label=body.label, first_day=entry.date, last_day=body.until, text=body.helped)
        for entry, body in diary.of(UserLabel)
        if body.helped.strip()
    )
