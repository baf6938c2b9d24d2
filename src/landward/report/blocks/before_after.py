"""The last dose changes, and how hard the days were before and after each. After is not because."""

from datetime import date, timedelta
from statistics import fmean

from landward.model.base import Frozen
from landward.model.medicines import DoseChange
from landward.model.said import Words, phrase
from landward.report.blocks.block import Block
from landward.report.blocks.doses import drugs_shown
from landward.report.blocks.scope import Scope, severity_share
from landward.report.blocks.shape import Column, Table, row
from landward.report.words import (
    date_words,
    dose_words,
    number_words,
    percent_words,
    quantile,
    shortened,
)

SHOWN = 4
BEFORE = (-7, -1)
AFTER = ((0, 6), (7, 13), (14, 27))
"""Days counted from the first day on the new amount (0), both ends included."""

EARLIER_DAYS = 28
EARLIER_NEEDS = 10
EARLIER_SHARE = 0.9
BACK_DAYS = 3


class ChangeRow(Frozen):
    """One dose change in words: means with their number of days, and the way back."""

    day: str
    drug: str
    amounts: str
    percent: str
    before: str
    after: tuple[str, str, str]
    back: Words


def change_rows(scope: Scope) -> tuple[ChangeRow, ...]:
    """The last changes that lasted, of every drug, the latest first.

    The days from the next change on, of whichever drug, belong to that one.
    """
    drugs = drugs_shown(scope)
    found = [
        (change, drug) for drug in drugs for change in scope.medicine(drug).changes(scope.last_day)
    ]
    found.sort(key=lambda one: (one[0].day, drugs.index(one[1])))
    if not found:
        return ()
    days = sorted({change.day for change, _ in found})
    after = scope.last_day + timedelta(days=1)
    ends = dict(zip(days, [*days[1:], after], strict=True))
    rows = [_row(scope, change, drug, ends[change.day]) for change, drug in found[-SHOWN:]]
    return tuple(rows[::-1])


def _row(scope: Scope, change: DoseChange, drug: str, next_change: date) -> ChangeRow:
    return ChangeRow(
        day=date_words(change.day),
        drug=shortened(drug, 24),
        amounts=f"{dose_words(change.from_mg)} to {dose_words(change.to_mg)}",
        percent=percent_words(change.to_mg, change.from_mg)
        if change.from_mg
        else phrase("from none"),
        before=_mean(scope, change.day, BEFORE, next_change),
        after=(
            _mean(scope, change.day, AFTER[0], next_change),
            _mean(scope, change.day, AFTER[1], next_change),
            _mean(scope, change.day, AFTER[2], next_change),
        ),
        back=back_inside(scope, change.day, next_change),
    )


def _mean(scope: Scope, day: date, span: tuple[int, int], next_change: date) -> str:
    """Mean and number of days; days from the next change on belong to that change."""
    first = day + timedelta(days=span[0])
    last = min(day + timedelta(days=span[1]), next_change - timedelta(days=1))
    values = [value for _, value in scope.main_answers(first, last)]
    return f"{number_words(fmean(values))} ({len(values)})" if values else "–"


def back_inside(scope: Scope, day: date, next_change: date) -> Words:
    """When the days were back within the person's own earlier ones, and stayed for three answers.

    The earlier days end at the harder end's 90 % mark of the 28 days before (at least ten
    answers). “Day 1” is the first day on the new amount. Without a way back it is said how long
    was looked: up to the next change, or to the last day.
    """
    start = day - timedelta(days=EARLIER_DAYS)
    earlier = scope.main_answers(start, day - timedelta(days=1))
    if len(earlier) < EARLIER_NEEDS:
        return phrase("too few days before")
    limit = quantile(
        [severity_share(value, scope.main.scale) for _, value in earlier], EARLIER_SHARE
    )
    later = scope.main_answers(day, next_change - timedelta(days=1))
    inside = [severity_share(value, scope.main.scale) <= limit + 1e-9 for _, value in later]
    if len(inside) < BACK_DAYS:
        return phrase("too early to say")
    if all(inside):
        return phrase("stayed within them")
    for i, (when, _) in enumerate(later[: len(later) - BACK_DAYS + 1]):
        left_before = i == 0 or not inside[i - 1]
        if left_before and all(inside[i : i + BACK_DAYS]) and not all(inside[:i]):
            return phrase("on day {day}", day=(when - day).days + 1)
    looked = (next_change - day).days
    if looked >= EARLIER_DAYS:
        return phrase("not within {days} days", days=looked)
    if next_change > scope.last_day:
        return phrase("not yet, day {day}", day=looked)
    return phrase("not before the next change, day {day}", day=looked + 1)


HEADS = (
    Column(head=phrase("Change that lasted")),
    Column(head="mg"),
    Column(head="", short=phrase("Change")),
    Column(head=phrase("7 days before")),
    Column(head=phrase("Days 1–7")),
    Column(head="8–14", short=phrase("Days 8–14")),
    Column(head="15–28", short=phrase("Days 15–28")),
    Column(head=phrase("Back within earlier days"), share=1),
)


def _shown(rows: tuple[ChangeRow, ...], most: int) -> Table:
    several = len({one.drug for one in rows}) > 1
    return Table(
        columns=HEADS,
        rows=tuple(
            row(
                one.day,
                f"{one.drug} {one.amounts}" if several else one.amounts,
                one.percent,
                one.before,
                *one.after,
                one.back,
            )
            for one in rows[: min(most, SHOWN)]
        ),
        gap_pt=6 if several else 10,
    )


CHANGES = Block[tuple[ChangeRow, ...]](
    name="changes",
    title=phrase("Before and after the last changes: mean of the days (days answered)"),
    words=phrase("before and after dose changes"),
    build=change_rows,
    show=_shown,
    nothing=(),
    empty=phrase("No lasting change is recorded."),
)
