"""What changed since a day: two columns of middles, and one line on how far they lie apart."""

from datetime import date
from decimal import Decimal

from landward.model.base import Frozen
from landward.report.pattern_words import direction_words, range_words
from landward.report.words import count_words, date_words, dose_words, number_words, points_words

TOO_FEW = "too few answers to compare"


class Stretch(Frozen):
    """One item over one stretch: its middle and middle half, in points of its own scale."""

    answered: int
    days: int
    middle: float | None = None
    low: float | None = None
    high: float | None = None


class Change(Frozen):
    """One item before and since, and the difference of the means with its 95 % interval."""

    name: str
    better_up: bool
    feeling: bool = False
    """Whether more is neither better nor worse, as with painful feelings."""
    before: Stretch
    after: Stretch
    moved: tuple[float, float, float] | None


class DoseThen(Frozen):
    """The settled dose at the end of each stretch, None where none was settled."""

    drug: str
    before_mg: Decimal | None
    after_mg: Decimal | None


class Since(Frozen):
    """Everything compared over the same two stretches of days."""

    day: date
    before: tuple[date, date]
    after: tuple[date, date]
    changes: tuple[Change, ...]
    doses: tuple[DoseThen, ...]


class SinceLine(Frozen):
    """One row of the page, in words."""

    name: str
    before: str
    before_days: str
    after: str
    after_days: str
    moved: str


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
        return "Not enough answers yet on both sides of that day to compare."
    rest = len(known) - len(moved)
    if not moved:
        return f"Nothing among {count_words(rest, 'item')} clearly differs from before."
    parts = [f"{one.name.lower()} {_direction(one)}" for one in moved]
    text = ", ".join(parts)
    others = f" {count_words(rest, 'other')} not clearly different." if rest else ""
    return f"Clearly different since then: {text}.{others} After is not because."


def columns(found: Since) -> tuple[str, str]:
    """“29 Aug to 25 Nov 2026” for each side."""
    before, after = (_span(days) for days in (found.before, found.after))
    return before, after


def _span(days: tuple[date, date]) -> str:
    first, last = days
    return f"{date_words(first, year=first.year != last.year)} to {date_words(last)}"


def _dose_line(one: DoseThen) -> SinceLine:
    then, now = (_amount(mg) for mg in (one.before_mg, one.after_mg))
    moved = "the same" if one.before_mg == one.after_mg else ""
    if one.before_mg and one.after_mg is not None and not moved:
        share = number_words(abs(float((one.after_mg - one.before_mg) / one.before_mg * 100)))
        moved = f"{share} % {'less' if one.after_mg < one.before_mg else 'more'}"
    return SinceLine(
        name=one.drug, before=then, before_days="settled at the end", after=now,
        after_days="settled at the end", moved=moved,
    )  # fmt: skip


def _amount(mg: Decimal | None) -> str:
    return "not settled" if mg is None else f"{dose_words(mg)} mg a day"


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
        return "no answers"
    return f"{number_words(one.middle)} [{number_words(one.low)}–{number_words(one.high)}]"


def _answered(one: Stretch) -> str:
    return f"{one.answered} of {count_words(one.days, 'day')}"


def _moved(one: Change) -> str:
    if one.moved is None:
        same = one.before.answered and one.after.answered and one.before.middle == one.after.middle
        return "the same every day" if same and one.before.low == one.after.high else TOO_FEW
    size, low, high = one.moved
    if one.better_up and not one.feeling:
        size, low, high = -size, -high, -low
    if one.feeling:
        word = "more" if size > 0 else "less"
        span = f"{number_words(low)} to {number_words(high)}"
    else:
        word = direction_words(size > 0, one.better_up)
        span = range_words((low, high), better_up=one.better_up)
    if low <= 0 <= high:
        return f"not clearly different ({span})"
    return f"about {points_words(abs(size))} {word} ({span})"


def _direction(one: Change) -> str:
    size = one.moved[0] if one.moved else 0.0
    if one.feeling:
        return "more" if size > 0 else "less"
    return direction_words((size > 0) != one.better_up, one.better_up)
