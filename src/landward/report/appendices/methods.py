"""How the numbers came about: what is missing month by month, and the words that are defined."""

from collections import Counter
from datetime import date, timedelta

from landward.model.day_answers import LATE_AFTER_DAYS
from landward.model.said import Words, phrase
from landward.model.series import Missing
from landward.report.appendices.part import Leaf, Part
from landward.report.blocks.scope import Scope, days_between
from landward.report.blocks.shape import Column, Lines, Row, Table, row
from landward.report.words import date_words

_NO_NUMBER = (Missing.DECLINED, Missing.TOO_MUCH, Missing.NO_OCCASION, Missing.NOT_ASKED)


def methods(scope: Scope) -> tuple[Leaf, ...]:
    """Missing days by month, then definitions and limits."""
    heads = (
        phrase("days"), phrase("answered"), phrase("of these later"), phrase("too unwell"),
        phrase("resting"), phrase("no number"), phrase("no entry"),
    )  # fmt: skip
    table = Table(
        columns=(Column(head="", share=1), *(Column(head=head, right=True) for head in heads)),
        rows=_months(scope),
        note=phrase("Nothing is filled in for a missing day. “No number”: asked and not answered, "
                    "or not asked."),
    )  # fmt: skip
    return (
        Leaf(part=METHODS.name, title=phrase("What is missing, month by month"), shape=table),
        Leaf(part=METHODS.name, title=phrase("How it was worked out"), shape=Lines(said=_said())),
    )


def _months(scope: Scope) -> tuple[Row, ...]:
    rows = []
    first = scope.first_day
    while first <= scope.last_day:
        turn = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        last = min(scope.last_day, turn - timedelta(days=1))
        rows.append(_month(scope, first, last))
        first = last + timedelta(days=1)
    return tuple(rows)


def _month(scope: Scope, first: date, last: date) -> Row:
    days = list(days_between(first, last))
    answered = [day for day in days if scope.main_on(day) is not None]
    later = sum(
        scope.diary.days[day].filled_in_later for day in answered if day in scope.diary.days
    )
    why = Counter(scope.main_missing(day) for day in days if scope.main_on(day) is None)
    numbers = (
        len(days), len(answered), later, why[Missing.UNWELL], why[Missing.RESTING],
        sum(why[one] for one in _NO_NUMBER), why[Missing.NO_ENTRY],
    )  # fmt: skip
    span = phrase("{first} to {last}", first=date_words(first), last=date_words(last))
    return row(span if first != last else date_words(first), *map(str, numbers))


def _said() -> tuple[Words, ...]:
    return (
        phrase("Middle: the median. [a–b]: the middle half of the answers (first to third "
               "quartile). Answers stay on the scale they were given on."),
        phrase("A dose is settled once the same amount was taken on three known days in a row; a "
               "percent is of the dose before it. As needed is counted by itself."),
        phrase("Before and after a change stand side by side with how many days were answered. "
               "That one came after the other does not say that it came from it."),
        phrase("Ratings filled in more than {days} days later are shown and left out where changes "
               "are looked for; what was noted on paper at the time is not late.",
               days=LATE_AFTER_DAYS),
        phrase("“Same as the day before” is counted as answered, marked, and left out where "
               "changes are looked for."),
        phrase("Windows and waves are a reading of this program against the person’s own days, "
               "never against other people. The newest days carry none."),
        phrase("Feelings are single statements in our own words, not a validated scale; no total "
               "is made of them."),
    )  # fmt: skip


METHODS = Part("methods", phrase("methods and missing data"), methods)
