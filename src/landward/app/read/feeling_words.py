"""Feelings as they are handed to the reading: what was said in words, and each wording by itself.

Answers to other words are answers to another question. Where the words of a statement changed, the
answers to the newest ones go by its id, earlier ones by the id with the wording after a colon:
``joy:1.en``.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from landward.model.bodies import CheckIn, Feelings
from landward.model.diary import Diary
from landward.model.entries import Entry
from landward.model.panel import DayPanel
from landward.model.questions import FEELINGS as DAILY
from landward.model.questions import WORDING_AT_FIRST
from landward.model.readings import AskedIn
from landward.model.scale import FEELING
from landward.model.series import Floats, Missing

Positions = dict[str, list[int]]
PAIR = frozenset(DAILY)


@dataclass
class Apart:
    """Series (days,) by id, with the days on which the answer was a word."""

    first: dt.date
    days: int
    values: dict[str, Floats] = field(default_factory=dict)
    scales: dict[str, tuple[float, float]] = field(default_factory=dict)
    no_occasion: Positions = field(default_factory=dict)
    too_much: Positions = field(default_factory=dict)

    def add_words(self, item: str, diary: Diary) -> None:
        """An item that was never answered with a number: its words, on the scale it is asked on."""
        self.values[item] = np.full(self.days, np.nan)
        self.scales[item] = (FEELING.low, FEELING.high)
        self.no_occasion[item] = self._days(diary, item, "no_occasion")
        self.too_much[item] = self._days(diary, item, "too_much")

    def _days(self, diary: Diary, item: str, word: str) -> list[int]:
        places = (
            (day - self.first).days
            for day, said in diary.days.items()
            if item in getattr(said, word)
        )
        return [place for place in places if 0 <= place < self.days]


def by_wording(diary: Diary, panel: DayPanel) -> Apart:
    """The panel's series, an earlier wording of a statement as a series of its own."""
    apart = Apart(panel.first_day, panel.days)
    quiet, much = panel.positions(Missing.NO_OCCASION), panel.positions(Missing.TOO_MUCH)
    asked = wording_days(diary)
    for item, values in panel.given().items():
        worded = asked.get(item, {})
        newest = worded[max(worded)] if worded else WORDING_AT_FIRST
        for wording in dict.fromkeys((newest, *worded.values())):
            inside = [
                worded.get(panel.first_day + dt.timedelta(days=place), newest) == wording
                for place in range(panel.days)
            ]
            key = item if wording == newest else f"{item}:{wording.lower()}"
            apart.values[key] = np.where(inside, values, np.nan)
            apart.scales[key] = panel.scales[item]
            apart.no_occasion[key] = [place for place in quiet[item] if inside[place]]
            apart.too_much[key] = [place for place in much[item] if inside[place]]
    return apart


def _looks(diary: Diary) -> Iterator[tuple[Entry, CheckIn | Feelings]]:
    return ((e, body) for e, body in diary.lines if isinstance(body, CheckIn | Feelings))


def asked_when(diary: Diary, items: Iterable[str]) -> tuple[AskedIn, ...]:
    """In which words each of these was asked, from when to when, in the order of time."""
    order = {item: place for place, item in enumerate(items)}
    found: dict[tuple[str, str], set[dt.date]] = {}
    for entry, body in _looks(diary):
        for item in order.keys() & {*body.asked, *body.wordings}:
            found.setdefault((item, body.wordings.get(item, "")), set()).add(entry.date)
    spans = (
        AskedIn(item=item, wording=said, first_day=min(days), last_day=max(days), days=len(days))
        for (item, said), days in found.items()
    )
    return tuple(sorted(spans, key=lambda one: (one.first_day, one.wording, order[one.item])))


def asked_in(diary: Diary) -> dict[dt.date, dict[str, str]]:
    """By day and statement, the version and language of the words it was asked in, if stored."""
    found: dict[dt.date, dict[str, str]] = {}
    for entry, body in _looks(diary):
        if body.wordings:
            found.setdefault(entry.date, {}).update(body.wordings)
    return found


def wording_days(diary: Diary) -> dict[str, dict[dt.date, str]]:
    """By question, in which words it was asked on which day; only those asked in several.

    Where none are kept they are taken for the first: until then there were no others.
    """
    found: dict[str, dict[dt.date, str]] = {}
    for entry, body in _looks(diary):
        worded = body.asked if isinstance(body, Feelings) else PAIR.intersection(body.asked)
        for item in worded:
            said = body.wordings.get(item, WORDING_AT_FIRST)
            found.setdefault(item, {})[entry.date] = said
    return {item: days for item, days in found.items() if len(set(days.values())) > 1}
