"""What the main chart shows, as plain values: one row of answers, one of doses, the spells."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median
from typing import Literal, Self

from pydantic import model_validator

from landward.model.base import Frozen
from landward.model.said import Words, phrase
from landward.model.scale import Scale

LONG_DAYS = 366
"""A longer chart shows the middle of every four weeks and leaves out the lines between days."""


class ChartSpell(Frozen):
    """A run of days, as positions from the first day; `end` is included."""

    state: Literal["window", "wave"]
    start: int
    end: int


class ChartShift(Frozen):
    """A lasting change: the first position of the new level, and the two it lies between."""

    at: int
    first: int
    last: int


class ChartDose(Frozen):
    """Milligrams a day, position by position; None where nothing is known."""

    drug: Words
    taken_mg: tuple[float | None, ...]
    planned_mg: tuple[float | None, ...] = ()
    changes: tuple[int, ...] = ()
    """Positions of the first day on a new lasting dose: a single other day is no change."""


class ChartData(Frozen):
    """A period of a diary, ready to be drawn. Answers stay on their own scale."""

    first_day: date
    answers: tuple[float | None, ...]
    scale: Scale
    label: Words
    best_words: Words
    worst_words: Words
    carried: tuple[bool, ...] = ()
    dose: ChartDose | None = None
    spells: tuple[ChartSpell, ...] = ()
    shifts: tuple[ChartShift, ...] = ()
    sentence: Words

    @model_validator(mode="after")
    def _rows_are_equally_long(self) -> Self:
        rows: list[Sequence[object]] = [self.answers]
        if self.carried:
            rows.append(self.carried)
        if self.dose:
            rows.append(self.dose.taken_mg)
            if self.dose.planned_mg:
                rows.append(self.dose.planned_mg)
        if len({len(row) for row in rows}) != 1 or not self.answers:
            raise ValueError(phrase("the rows of a chart cover the same days, at least one"))
        for spell in self.spells:
            if not 0 <= spell.start <= spell.end < len(self.answers):
                raise ValueError(
                    phrase(
                        "a spell from {start} to {end} lies outside the chart",
                        start=spell.start,
                        end=spell.end,
                    )
                )
        return self

    @property
    def days(self) -> int:
        """Number of calendar days drawn."""
        return len(self.answers)

    @property
    def long(self) -> bool:
        """Whether single days are too close together to be told apart."""
        return self.days > LONG_DAYS

    @property
    def middle_days(self) -> int:
        """How many days one bar of the chart stands for."""
        return 28 if self.long else 7

    def date_of(self, position: int) -> date:
        """The calendar date of a position."""
        return self.first_day + timedelta(days=position)


def runs(values: Sequence[float | None]) -> list[tuple[int, int]]:
    """First and last position of each unbroken run of known values: a gap stays a gap."""
    found: list[tuple[int, int]] = []
    for i, value in enumerate(values):
        if value is None:
            continue
        if found and found[-1][1] == i - 1:
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return found


def middles(values: Sequence[float | None], span: int) -> list[tuple[int, int, float]]:
    """(first position, last position, median) of each whole span of days, counted from the last.

    Only where more than half of the span's days were answered.
    """
    found: list[tuple[int, int, float]] = []
    for last in range(len(values) - 1, span - 2, -span):
        known = [v for v in values[last - span + 1 : last + 1] if v is not None]
        if 2 * len(known) > span:
            found.append((last - span + 1, last, median(known)))
    return found[::-1]


def tick_positions(days: int) -> list[int]:
    """At most seven positions, evenly spaced, whole weeks apart if many; the last included."""
    last = days - 1
    for step in (1, 2, 7, 14, 28, 56, 91, 182, 364, 728):
        if last // step <= 6:
            return list(range(last % step, days, step)) if last else [0]
    return [0, last]
