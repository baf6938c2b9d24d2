"""The diary: a pure fold over the entries that stand.

Nothing here decides anything the person did not say. Days without an entry are not in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from landward.model.bodies import Answers, Body, CheckIn, DoseTaken, Feelings, read_body
from landward.model.collector import collector_resting
from landward.model.entries import Entry
from landward.model.journal import standing

BodyT = TypeVar("BodyT", bound=Body)

FILLED_IN_LATER = "filled in later"
"""The origin of an entry written on a later day than the one it is about."""

_NOTHING: frozenset[str] = frozenset()

Mode = Literal["answered", "unwell", "resting"]


@dataclass(frozen=True, slots=True)
class DayAnswers:
    """One day's check-ins, merged item by item.

    Where two check-ins of one day differ on an item, the last in order counts and the item is in
    `differing`; both entries stay in the journal. Answers are never averaged.
    """

    day: date
    mode: Mode
    asked: frozenset[str]
    answers: Mapping[str, float]
    scales: Mapping[str, str]
    declined: frozenset[str]
    no_occasion: frozenset[str]
    too_much: frozenset[str]
    carried: frozenset[str]
    differing: frozenset[str]
    filled_in_later: bool
    entry_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diary:
    """What a journal says once corrections, retractions and undos have been applied."""

    lines: tuple[tuple[Entry, Body], ...]
    """Standing entries whose kind this version knows, in display order, with their typed body."""

    days: Mapping[date, DayAnswers]
    """Merged check-ins and weekly feelings by day, in date order."""

    conflicts: tuple[tuple[str, ...], ...]
    unknown: int
    """Entries of kinds or versions this Landward does not know: kept, counted, not shown."""

    def of(self, shape: type[BodyT]) -> Iterator[tuple[Entry, BodyT]]:
        """Standing entries of one kind, in display order."""
        return ((entry, body) for entry, body in self.lines if isinstance(body, shape))

    @property
    def first_day(self) -> date | None:
        """The earliest day any standing entry is about; None for an empty diary."""
        return self.lines[0][0].date if self.lines else None

    @property
    def last_day(self) -> date | None:
        """The latest day any standing entry is about; None for an empty diary."""
        return self.lines[-1][0].date if self.lines else None

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


@collector_resting()
def fold(entries: Iterable[Entry]) -> Diary:
    """Fold a journal into the diary it says. Raises ValueError where a known body is malformed."""
    stands = standing(entries)
    lines: list[tuple[Entry, Body]] = []
    unknown = 0
    by_day: defaultdict[date, list[tuple[Entry, Answers]]] = defaultdict(list)
    for entry in stands.entries:
        body = read_body(entry)
        if body is None:
            unknown += 1
            continue
        lines.append((entry, body))
        if isinstance(body, (CheckIn, Feelings)):
            by_day[entry.date].append((entry, body))
    return Diary(
        lines=tuple(lines),
        days={day: _merge(day, by_day[day]) for day in sorted(by_day)},
        conflicts=stands.conflicts,
        unknown=unknown,
    )


def _merge(day: date, parts: list[tuple[Entry, Answers]]) -> DayAnswers:
    """Join one day's answers; the ordinary day has one check-in and needs no joining."""
    if len(parts) == 1:
        entry, body = parts[0]
        check_in = body if isinstance(body, CheckIn) else None
        return DayAnswers(
            day=day,
            mode=check_in.mode if check_in else "answered",
            asked=frozenset(body.asked),
            answers=body.answers,
            scales=body.scales,
            declined=frozenset(body.declined),
            no_occasion=frozenset(body.no_occasion),
            too_much=frozenset(body.too_much),
            carried=frozenset(body.answers) if check_in and check_in.carried else _NOTHING,
            differing=_NOTHING,
            filled_in_later=entry.origin == FILLED_IN_LATER,
            entry_ids=(entry.id,),
        )
    return _merge_several(day, parts)


def _merge_several(day: date, parts: list[tuple[Entry, Answers]]) -> DayAnswers:
    asked: set[str] = set()
    answers: dict[str, float] = {}
    scales: dict[str, str] = {}
    words: dict[str, set[str]] = {"declined": set(), "no_occasion": set(), "too_much": set()}
    carried: set[str] = set()
    differing: set[str] = set()
    said: dict[str, object] = {}
    modes: list[Mode] = []
    for _, body in parts:
        asked |= set(body.asked)
        mode: Mode = body.mode if isinstance(body, CheckIn) else "answered"
        modes.append(mode)
        for item in body.asked:
            now = _said(body, item)
            if now is None:
                continue
            if item in said and said[item] != now:
                differing.add(item)
            said[item] = now
            answers.pop(item, None)
            carried.discard(item)
            for names in words.values():
                names.discard(item)
            if isinstance(now, str):
                words[now].add(item)
            else:
                answers[item] = body.answers[item]
                scales[item] = body.scales[item]
                if isinstance(body, CheckIn) and body.carried:
                    carried.add(item)
    return DayAnswers(
        day=day,
        mode="answered" if "answered" in modes else modes[-1],
        asked=frozenset(asked),
        answers=answers,
        scales=scales,
        declined=frozenset(words["declined"]),
        no_occasion=frozenset(words["no_occasion"]),
        too_much=frozenset(words["too_much"]),
        carried=frozenset(carried),
        differing=frozenset(differing),
        filled_in_later=any(entry.origin == FILLED_IN_LATER for entry, _ in parts),
        entry_ids=tuple(entry.id for entry, _ in parts),
    )


def _said(body: Answers, item: str) -> object:
    """What one check-in says about one item: a number with its scale, a word, or nothing."""
    if item in body.answers:
        return (body.answers[item], body.scales[item])
    if item in body.declined:
        return "declined"
    if item in body.no_occasion:
        return "no_occasion"
    return "too_much" if item in body.too_much else None
