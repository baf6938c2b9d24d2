"""One day's answers: its check-ins and weekly feelings, merged item by item."""

import re
from collections.abc import Mapping
from datetime import UTC, date
from typing import Literal, NamedTuple

from landward.model.bodies import Answers, CheckIn, Feelings, item_ids
from landward.model.entries import Entry
from landward.model.journal import UNSIGNED, came_unsigned, first_origin
from landward.model.moment import zone_of

FILLED_IN_LATER = "filled in later"
"""The origin of an entry written on a later day than the one it is about. What is written again
on correcting another answer keeps its delay after a comma: “filled in later, 3 days”.
"""

LATE_AFTER_DAYS = 7
"""Ratings given longer after their day than this are marked and left out of change tests: what
people remember of a week is near what they noted, beyond it is less so. Ours, not a rule. What was
copied from paper or imported was noted at the time and is not late.
"""

MERGED = (CheckIn.kind, Feelings.kind)
"""The kinds whose answers make up a day."""

_NOTHING: frozenset[str] = frozenset()
_KEPT_DELAY = re.compile(r", (\d{1,6}) days\Z")

Mode = Literal["answered", "unwell", "resting"]


class DayAnswers(NamedTuple):
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
    late: frozenset[str] = _NOTHING
    """Items answered more than `LATE_AFTER_DAYS` after the day."""
    delay_days: int = 0
    """How long after the day the latest of its answers was filled in."""


def is_filled_in_later(entry: Entry) -> bool:
    """Whether an entry was written from memory on a later day, also after an undo or correction."""
    return first_origin(entry).startswith(FILLED_IN_LATER)


def delay_days(entry: Entry) -> int:
    """Days between the day an answer is about and the day it was first given; 0 for what was
    written in time, imported, or copied from paper.
    """
    if not is_filled_in_later(entry):
        return 0
    if kept := _KEPT_DELAY.search(first_origin(entry)):
        return int(kept[1])
    try:
        written = entry.recorded_at.astimezone(zone_of(entry.zone)).date()
    except (KeyError, ValueError, OverflowError):
        written = entry.recorded_at.astimezone(UTC).date()
    return max(0, (written - entry.date).days)


def lasting_origin(entry: Entry) -> str:
    """The origin under which an answer is written again unchanged: its delay stays what it was."""
    if is_filled_in_later(entry):
        origin = f"{FILLED_IN_LATER}, {delay_days(entry)} days"
    else:
        origin = first_origin(entry)
    return f"{UNSIGNED}, {origin}" if came_unsigned(entry) else origin


def merge_day(day: date, parts: list[tuple[Entry, Answers]]) -> DayAnswers:
    """Join one day's answers; the ordinary day has one check-in and needs no joining."""
    if len(parts) > 1:
        return _merge_several(day, parts)
    entry, body = parts[0]
    mode: Mode = "answered"
    carried = _NOTHING
    if isinstance(body, CheckIn):
        mode, carried = body.mode, item_ids(tuple(body.answers)) if body.carried else _NOTHING
    return DayAnswers(
        day=day,
        mode=mode,
        asked=item_ids(body.asked),
        answers=body.answers,
        scales=body.scales,
        declined=item_ids(body.declined),
        no_occasion=item_ids(body.no_occasion),
        too_much=item_ids(body.too_much),
        carried=carried,
        differing=_NOTHING,
        filled_in_later=is_filled_in_later(entry),
        entry_ids=(entry.id,),
        late=item_ids(tuple(body.answers))
        if (delay := delay_days(entry)) > LATE_AFTER_DAYS
        else _NOTHING,
        delay_days=delay,
    )


def _merge_several(day: date, parts: list[tuple[Entry, Answers]]) -> DayAnswers:
    asked: set[str] = set()
    answers: dict[str, float] = {}
    scales: dict[str, str] = {}
    words: dict[str, set[str]] = {"declined": set(), "no_occasion": set(), "too_much": set()}
    carried: set[str] = set()
    late: set[str] = set()
    differing: set[str] = set()
    said: dict[str, object] = {}
    modes: list[Mode] = []
    for entry, body in parts:
        asked |= set(body.asked)
        is_late = delay_days(entry) > LATE_AFTER_DAYS
        if isinstance(body, CheckIn):  # weekly feelings say nothing of how the day was answered
            modes.append(body.mode)
        for item in body.asked:
            now = _said(body, item)
            if now is None:
                continue
            if item in said and said[item] != now:
                differing.add(item)
            said[item] = now
            answers.pop(item, None)
            carried.discard(item)
            late.discard(item)
            for names in words.values():
                names.discard(item)
            if isinstance(now, str):
                words[now].add(item)
            else:
                answers[item] = body.answers[item]
                scales[item] = body.scales[item]
                if isinstance(body, CheckIn) and body.carried:
                    carried.add(item)
                if is_late:
                    late.add(item)
    return DayAnswers(
        day=day,
        mode=modes[-1] if modes and "answered" not in modes else "answered",
        asked=frozenset(asked),
        answers=answers,
        scales=scales,
        declined=frozenset(words["declined"]),
        no_occasion=frozenset(words["no_occasion"]),
        too_much=frozenset(words["too_much"]),
        carried=frozenset(carried),
        differing=frozenset(differing),
        filled_in_later=any(is_filled_in_later(entry) for entry, _ in parts),
        entry_ids=tuple(entry.id for entry, _ in parts),
        late=frozenset(late),
        delay_days=max(delay_days(entry) for entry, _ in parts),
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
