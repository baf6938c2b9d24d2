"""Every answer of a diary by item: walked once, then only the days that a newer diary says anew."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from threading import Lock

from landward.app.diary.readable import Readable
from landward.model.day_answers import DayAnswers

Answer = tuple[int, float, str, bool]
"""The ordinal of its day, the answer, its scale as stored, whether it was carried over."""
Answers = Mapping[str, list[Answer]]
"""By item, in date order; items in the order they first appear. Not to be changed."""
Days = Mapping[date, DayAnswers]
FOR_GOOD = frozenset({""})
"""No entry is of this kind: what is kept under it stays until the diary is read anew."""
MOST_CHANGED = 40


class WalkedDays:
    """The answers of the last days asked about; equal to walking them all again."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._days: Days = {}
        self._answers: Answers = {}

    def of(self, days: Days) -> Answers:
        """Answers by item. A list is the very one of before where no answer of its item changed."""
        with self._guard:
            if days is not self._days:
                self._answers = self._carried_on(days)
                self._days = days
            return self._answers

    def _carried_on(self, days: Days) -> Answers:
        before = self._days
        changed = [day for day, said in days.items() if before.get(day) is not said]
        gone = len(before) + sum(day not in before for day in changed) != len(days)
        if gone or len(changed) > MOST_CHANGED:
            return walk(days)
        found, copied = dict(self._answers), set[str]()
        for day in changed:
            old, new = _said(before, day), _said(days, day)
            for item in old.keys() | new.keys():
                if old.get(item) == new.get(item):
                    continue
                if item not in found:
                    return walk(days)  # where it stands among the others is found by walking
                if item not in copied:
                    found[item] = list(found[item])
                    copied.add(item)
                if not _put(found[item], day.toordinal(), new.get(item)):
                    return walk(days)
        return found


def _put(answers: list[Answer], ordinal: int, new: Answer | None) -> bool:
    """Put what is said of a day in its place; False where it is the first of its item, whose place
    among the items may change.
    """
    place = bisect_left(answers, ordinal, key=lambda one: one[0])
    there = place < len(answers) and answers[place][0] == ordinal
    if place == 0:
        return False
    answers[place : place + there] = [new] if new else []
    return True


def _said(days: Days, day: date) -> dict[str, Answer]:
    said = days.get(day)
    if said is None:
        return {}
    ordinal = day.toordinal()
    return {
        item: (ordinal, value, said.scales[item], item in said.carried)
        for item, value in said.answers.items()
    }


def walk(days: Days) -> Answers:
    """Every answer by item, from one walk over all days."""
    found: defaultdict[str, list[Answer]] = defaultdict(list)
    for day, said in days.items():
        ordinal, scales, carried = day.toordinal(), said.scales, said.carried
        for item, value in said.answers.items():
            found[item].append((ordinal, value, scales[item], item in carried))
    return dict(found)


def walked(diary: Readable) -> Answers:
    """Every answer of a diary by item."""
    return diary.keep("walked days", WalkedDays, FOR_GOOD).of(diary.diary.days)
