"""What changed since a day: two columns of middles, and one line on how far they lie apart."""

from datetime import date
from decimal import Decimal

from landward.model.base import Frozen
from landward.model.said import Words, joined, phrase
from landward.report.pattern_words import direction_words, range_words
from landward.report.words import (
    count_words,
    date_words,
    dose_words,
    list_words,
    number_words,
    points_words,
)

TOO_FEW = phrase("too few answers to compare")
SAME = phrase("the same")


class Stretch(Frozen):
    """One item over one stretch: its middle and middle half, in points of its own scale."""

    answered: int
    days: int
    middle: float | None = None
    low: float | None = None
    high: float | None = None


class Change(Frozen):
    """One item before and since, and the difference of the means with its 95 % interval."""

    name: Words
    better_up: bool
    feeling: bool = False
    """Whether more is neither better nor worse, as with painful feelings."""
    before: Stretch
    after: Stretch
    moved: tuple[float, float, float] | None


class DoseThen(Frozen):
    """The settled dose at the end of each stretch, None where none was settled."""

    drug: Words
    before_mg: Decimal | None
    after_mg: Decimal | None
    between_mg: tuple[Decimal, ...] = ()
    """What was held for a while since, on the way to `after_mg`."""


class Since(Frozen):
    """Everything compared over the same two stretches of days."""

    day: date
    before: tuple[date, date]
    after: tuple[date, date]
    changes: tuple[Change, ...]
    doses: tuple[DoseThen, ...]


class SinceLine(Frozen):
    """One row of the page, in words."""

    name: Words
    before: Words
    before_days: Words
    after: Words
    after_days: Words
    moved: Words


def lines(found: Since) -> tuple[SinceLine, ...]:
    """The doses first, then how hard the days were, then what is watched."""
    return (
        *(_dose_line(one) for one in found.doses),
        *(_line(one) for one in found.changes),
    )


def sentence(found: Since) -> str:
    """What clearly moved, and that the rest did not; after is not because."""
    known = [one for one in found.changes if one.moved]
    moved = [one for one in known if one.moved and (one.moved[1] > 0 or one.moved[2] < 0)]
    if not known:
        return phrase("Not enough answers yet on both sides of that day to compare.")
    rest = len(known) - len(moved)
    if not moved:
        return phrase(
            "Nothing among {rest} clearly differs from before.", rest=count_words(rest, "item")
        )
    parts = [
        phrase("{name} {direction}", name=one.name.lower(), direction=_direction(one))
        for one in moved
    ]
    text = joined(", ", parts)
    others = (
        phrase(" {rest} not clearly different.", rest=count_words(rest, "other")) if rest else ""
    )
    return phrase(
        "Clearly different since then: {text}.{others} After is not because.",
        text=text,
        others=others,
    )


def columns(found: Since) -> tuple[str, str]:
    """“29 Aug to 25 Nov 2026” for each side."""
    before, after = (_span(days) for days in (found.before, found.after))
    return before, after


def _span(days: tuple[date, date]) -> str:
    first, last = days
    return phrase(
        "{first} to {last}",
        first=date_words(first, year=first.year != last.year),
        last=date_words(last),
    )


def _dose_line(one: DoseThen) -> SinceLine:
    then, now = (_amount(mg) for mg in (one.before_mg, one.after_mg))
    moved = SAME if one.before_mg == one.after_mg else ""
    if one.before_mg and one.after_mg is not None and not moved:
        share = number_words(abs(float((one.after_mg - one.before_mg) / one.before_mg * 100)))
        moved = phrase(
            "{share} % {words}",
            share=share,
            words=phrase("less") if one.after_mg < one.before_mg else phrase("more"),
        )
    at_end = phrase("settled at the end")
    between = list_words([dose_words(mg) for mg in one.between_mg])
    after_days = phrase("{at_end}, {between} mg between", at_end=at_end, between=between)
    return SinceLine(
        name=one.drug, before=then, before_days=at_end, after=now,
        after_days=after_days if between else at_end,
        moved=phrase("the same again") if between and moved == SAME else moved,
    )  # fmt: skip


def _amount(mg: Decimal | None) -> str:
    return phrase("not settled") if mg is None else phrase("{mg} mg a day", mg=dose_words(mg))


def _line(one: Change) -> SinceLine:
    return SinceLine(
        name=one.name,
        before=_middle(one.before),
        before_days=_answered(one.before),
        after=_middle(one.after),
        after_days=_answered(one.after),
        moved=_moved(one),
    )


def _middle(one: Stretch) -> str:
    if one.middle is None or one.low is None or one.high is None:
        return phrase("no answers")
    return f"{number_words(one.middle)} [{number_words(one.low)}–{number_words(one.high)}]"


def _answered(one: Stretch) -> str:
    return phrase("{answered} of {days}", answered=one.answered, days=count_words(one.days, "day"))


def _moved(one: Change) -> str:
    if one.moved is None:
        same = one.before.answered and one.after.answered and one.before.middle == one.after.middle
        return (
            phrase("the same every day") if same and one.before.low == one.after.high else TOO_FEW
        )
    size, low, high = one.moved
    if one.better_up and not one.feeling:
        size, low, high = -size, -high, -low
    if one.feeling:
        word: str = phrase("more") if size > 0 else phrase("less")
        span: str = phrase("{low} to {high}", low=number_words(low), high=number_words(high))
    else:
        word = direction_words(size > 0, one.better_up)
        span = range_words((low, high), better_up=one.better_up)
    if low <= 0 <= high:
        return phrase("not clearly different ({span})", span=span)
    return phrase(
        "about {size} {word} ({span})", size=points_words(abs(size)), word=word, span=span
    )


def _direction(one: Change) -> str:
    size = one.moved[0] if one.moved else 0.0
    if one.feeling:
        return "more" if size > 0 else "less"
    return direction_words((size > 0) != one.better_up, one.better_up)
