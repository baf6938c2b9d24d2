"""The last dose changes, and how hard the days were before and after each. After is not because."""

from datetime import date, timedelta
from statistics import fmean

from landward.model.base import Frozen
from landward.model.medicines import DoseChange
from landward.model.said import Words, phrase
from landward.report.blocks.block import Block
from landward.report.blocks.doses import main_drug
from landward.report.blocks.scope import Scope, severity_share
from landward.report.blocks.shape import Column, Table, row
from landward.report.words import date_words, dose_words, number_words, percent_words, quantile

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

    day: Words
    amounts: Words
    percent: Words
    before: Words
    after: tuple[Words, Words, Words]
    back: Words


def change_rows(scope: Scope) -> tuple[ChangeRow, ...]:
    """The last changes of the charted drug, the latest first."""
    drug = main_drug(scope)
    if drug is None:
        return ()
    changes = scope.medicine(drug).changes(scope.last_day)
    if not changes:
        return ()
    ends = [change.day for change in changes[1:]] + [scope.last_day + timedelta(days=1)]
    rows = [_row(scope, change, end) for change, end in zip(changes, ends, strict=True)]
    return tuple(rows[-SHOWN:][::-1])


def _row(scope: Scope, change: DoseChange, next_change: date) -> ChangeRow:
    return ChangeRow(
        day=date_words(change.day),
        amounts=phrase(
            "{from_mg} to {to_mg}",
            from_mg=dose_words(change.from_mg),
            to_mg=dose_words(change.to_mg),
        ),
        percent=percent_words(change.to_mg, change.from_mg) if change.from_mg else "",
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


def back_inside(scope: Scope, day: date, next_change: date) -> str:
    """When the days were back inside the person's own earlier range, and stayed for three answers.

    The earlier range ends at the harder end's 90 % mark of the 28 days before (at least ten
    answers). “Day 1” is the first day on the new amount.
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
        return phrase("never left it")
    for i, (when, _) in enumerate(later[: len(later) - BACK_DAYS + 1]):
        left_before = i == 0 or not inside[i - 1]
        if left_before and all(inside[i : i + BACK_DAYS]) and not all(inside[:i]):
            return phrase("day {days}", days=(when - day).days + 1)
    return phrase("not yet")


HEADS = (
    Column(head=phrase("Day")),
    Column(head=phrase("mg")),
    Column(head="", short=phrase("Change")),
    Column(head=phrase("7 days before")),
    Column(head=phrase("Days 1–7")),
    Column(head="8–14", short=phrase("Days 8–14")),
    Column(head="15–28", short=phrase("Days 15–28")),
    Column(head=phrase("Back inside own earlier range"), share=1),
)


def _shown(rows: tuple[ChangeRow, ...], most: int) -> Table:
    return Table(
        columns=HEADS,
        rows=tuple(
            row(one.day, one.amounts, one.percent, one.before, *one.after, one.back)
            for one in rows[: min(most, SHOWN)]
        ),
    )


CHANGES = Block[tuple[ChangeRow, ...]](
    name="changes",
    title=phrase("Before and after each dose change: mean (days answered). After is not because."),
    words=phrase("before and after dose changes"),
    build=change_rows,
    show=_shown,
    nothing=(),
)
