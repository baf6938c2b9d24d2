"""How often each word was chosen: the hardest part of the day, counted and nothing more."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from landward.model.bodies import CheckIn
from landward.model.diary import Diary
from landward.model.questions import question


@dataclass(frozen=True, slots=True)
class ChoiceCounts:
    """One question that is answered in words: on how many days each was chosen."""

    item: str
    days: int
    """Days of the period, answered or not."""
    counts: Mapping[str, int]
    """In the order the words are offered; a word the question no longer has comes last."""

    @property
    def answered(self) -> int:
        """Days with an answer."""
        return sum(self.counts.values())


def choice_counts(diary: Diary, first: dt.date, last: dt.date) -> tuple[ChoiceCounts, ...]:
    """Every question answered in words between two days, both included, by the id.

    The last answer of a day counts, and none that “same as yesterday” carried over.
    """
    said: dict[str, dict[dt.date, str]] = {}
    for entry, body in diary.of(CheckIn):
        if body.choices and not body.carried and first <= entry.date <= last:
            for item, word in body.choices.items():
                said.setdefault(item, {})[entry.date] = word
    return tuple(
        ChoiceCounts(item, (last - first).days + 1, _in_order(item, Counter(by_day.values())))
        for item, by_day in sorted(said.items())
    )


def _in_order(item: str, counts: Mapping[str, int]) -> Mapping[str, int]:
    offered = question(item).answers
    words = [*(word for word in offered if word in counts), *sorted(counts.keys() - set(offered))]
    return {word: counts[word] for word in words}
