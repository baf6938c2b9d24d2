"""The diary: a pure fold over the entries that stand.

Nothing here decides anything the person did not say. Days without an entry are not in it.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar, cast

from landward.model.bodies import Answers, Body, DoseTaken, Prescription, Profile
from landward.model.collector import collector_resting
from landward.model.day_answers import FILLED_IN_LATER, MERGED, DayAnswers, merge_day
from landward.model.entries import Entry
from landward.model.identity import AS_WRITTEN, Names, labels_in
from landward.model.journal import (
    JournalIndex,
    competing,
    note_replaced,
    standing,
    stands,
    unproved,
)

__all__ = ["FILLED_IN_LATER", "DayAnswers", "Diary", "bodies_on", "fold"]

BodyT = TypeVar("BodyT", bound=Body)

Line = tuple[Entry, Body]

DECIDED_AHEAD = frozenset({"profile", "prescription", "plan_adopted"})
"""Kinds that may be about a day to come: they say what was decided, not how a day was."""


@dataclass(frozen=True, slots=True)
class Diary:
    """What a journal says once corrections, retractions and undos have been applied."""

    lines: tuple[Line, ...]
    """Standing entries whose kind this version knows, in display order, with their typed body."""

    days: Mapping[date, DayAnswers]
    """Merged check-ins and weekly feelings by day, in date order."""

    conflicts: tuple[tuple[str, ...], ...]
    unknown_ids: frozenset[str]
    """Standing entries of kinds or versions this Landward does not know: kept, not shown."""

    replaced_by: Mapping[str, tuple[str, ...]]
    """Every id that some entry names in `replaces`, as `Standing` has it."""

    names: Names = AS_WRITTEN
    """Under which names its lines were read: one drug, one name; one item, one id."""

    until: date | None = None
    """The last day it may be about (`up_to`)."""

    ahead: tuple[Line, ...] = ()
    """What was written about days after that: kept, and read once they come."""

    def up_to(self, today: date) -> "Diary":
        """This diary without what is said about days that have not been. What is decided for later
        (a prescription, a plan) stays: it says nothing of how a day was.
        """
        if not self.lines or self.lines[-1][0].date <= today:
            return replace(self, until=today) if self.until != today else self
        ahead = tuple(
            line for line in self.lines
            if line[0].date > today and line[0].kind not in DECIDED_AHEAD
        )  # fmt: skip
        gone = {entry.id for entry, _ in ahead}
        return replace(
            self,
            lines=tuple(line for line in self.lines if line[0].id not in gone),
            days={day: said for day, said in self.days.items() if day <= today},
            until=today,
            ahead=ahead,
        )

    @property
    def unknown(self) -> int:
        """How many entries are of kinds or versions this Landward does not know."""
        return len(self.unknown_ids)

    def of(self, shape: type[BodyT]) -> Iterator[tuple[Entry, BodyT]]:
        """Standing entries of one kind, in display order."""
        kind = shape.kind
        return ((e, cast("BodyT", body)) for e, body in self.lines if e.kind == kind)

    @property
    def first_day(self) -> date | None:
        """The earliest day any standing entry is about; None for an empty diary."""
        return self.lines[0][0].date if self.lines else None

    @property
    def last_day(self) -> date | None:
        """The latest day any standing entry is about; None for an empty diary."""
        if not self.lines:
            return None
        last = self.lines[-1][0].date
        return last if self.until is None else min(last, self.until)

    @property
    def items(self) -> tuple[str, ...]:
        """Every item that was ever asked, the most often asked first, then by name."""
        times: defaultdict[str, int] = defaultdict(int)
        for day in self.days.values():
            for item in day.asked:
                times[item] += 1
        return tuple(sorted(times, key=lambda item: (-times[item], item)))

    @property
    def drugs(self) -> tuple[str, ...]:
        """Every drug of which a dose was recorded, by name."""
        return tuple(sorted({body.drug for _, body in self.of(DoseTaken)}))

    def own_word(self, drug: str) -> str:
        """The person's own word for a drug, the one they used last; "" where it is the drug's."""
        for entry, body in reversed(self.lines):
            if not isinstance(body, DoseTaken | Prescription) or body.drug != drug:
                continue
            if body.own_word and not unproved(entry):
                return body.own_word
        return ""

    def with_entry(self, entry: Entry) -> "Diary":
        """This diary once `entry` is in its journal too: equal to folding the whole journal anew.

        In any order of arrival: a correction, a retraction, a day filled in later, an entry that
        another one replaced before it came. `entry` must be new to the journal, as what
        `Vault.append` added is. Raises ValueError where a known body is malformed.
        """
        replaced_by = dict(self.replaced_by)
        note_replaced(replaced_by, entry)
        gone = set(entry.replaces)
        lost = [n for n, (e, _) in enumerate(self.lines) if e.id in gone] if gone else []
        touched = [self.lines[n][0] for n in lost]
        changed = {e.date for e in touched if e.kind in MERGED}
        lines = list(self.lines)
        for place in reversed(lost):
            del lines[place]
        unknown_ids = self.unknown_ids - gone
        if stands(entry, replaced_by):
            body = self.names.read(entry)
            if body is None:
                unknown_ids |= {entry.id}
            else:
                insort(lines, (entry, body), key=_order_of)
                changed |= {entry.date} if entry.kind in MERGED else set()
        names = self.names
        if entry.kind == Profile.kind or any(e.kind == Profile.kind for e in touched):
            names = _names_said(names, lines)
            if names != self.names:  # a name makes earlier ids readable: all lines are read anew
                lines = [(e, cast("Body", names.read(e))) for e, _ in lines]
                changed |= {e.date for e, _ in lines if e.kind in MERGED}
        return Diary(
            lines=tuple(lines),
            days=_days_again(self.days, lines, changed),
            conflicts=competing(replaced_by),
            unknown_ids=unknown_ids,
            replaced_by=replaced_by,
            names=names,
        )


@collector_resting()
def fold(entries: Iterable[Entry], names: Names = AS_WRITTEN) -> Diary:
    """Fold a journal into the diary it says, its drugs and items read under one name each.

    Raises ValueError where a known body is malformed.
    """
    found = standing(entries)
    said = (AS_WRITTEN.read(e) for e in found.entries if e.kind == Profile.kind)
    names = names.knowing(labels_in(body for body in said if isinstance(body, Profile)))
    lines: list[Line] = []
    unknown: list[str] = []
    by_day: defaultdict[date, list[tuple[Entry, Answers]]] = defaultdict(list)
    read = names.reader
    for entry in found.entries:
        body = read(entry)
        if body is None:
            unknown.append(entry.id)
            continue
        lines.append((entry, body))
        if entry.kind in MERGED:
            by_day[entry.date].append((entry, cast("Answers", body)))
    return Diary(
        lines=tuple(lines),
        days={day: merge_day(day, parts) for day, parts in by_day.items()},
        conflicts=found.conflicts,
        unknown_ids=frozenset(unknown),
        replaced_by=found.replaced_by,
        names=names,
    )


def bodies_on(
    index: JournalIndex, day: date, shape: type[BodyT], names: Names = AS_WRITTEN
) -> tuple[tuple[Entry, BodyT], ...]:
    """The standing entries of one kind about one day, with their bodies, in display order."""
    pairs = ((entry, names.read(entry)) for entry in index.on(day) if entry.kind == shape.kind)
    return tuple((entry, body) for entry, body in pairs if isinstance(body, shape))


def _names_said(names: Names, lines: Sequence[Line]) -> Names:
    return names.knowing(labels_in(body for _, body in lines if isinstance(body, Profile)))


def _days_again(
    days: Mapping[date, DayAnswers], lines: Sequence[Line], changed: Iterable[date]
) -> Mapping[date, DayAnswers]:
    """`days` with the `changed` ones merged anew from `lines`, in date order."""
    again = dict(days)
    for day in changed:
        start = bisect_left(lines, day, key=_day_of)
        about = lines[start : bisect_right(lines, day, lo=start, key=_day_of)]
        parts = [(e, cast("Answers", body)) for e, body in about if e.kind in MERGED]
        if parts:
            again[day] = merge_day(day, parts)
        else:
            again.pop(day, None)
    return again if again.keys() == days.keys() else dict(sorted(again.items()))


def _day_of(line: Line) -> date:
    return line[0].date


def _order_of(line: Line) -> tuple[object, ...]:
    return line[0].order
