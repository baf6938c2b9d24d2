"""What the main chart shows, as plain values: one row of answers, one of doses, the spells."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median
from typing import Literal, Self

from pydantic import model_validator

from landward.model.base import Frozen
from landward.model.said import Words
from landward.model.scale import Scale
from landward.report.words import quantile

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

    drug: str
    taken_mg: tuple[float | None, ...]
    changes: tuple[int, ...] = ()
    """Positions of the first day on a new lasting dose: a single other day is no change."""
    changed_to: tuple[str, ...] = ()
    """The lasting dose from each of these positions on, in words."""


class ChartData(Frozen):
    """A period of a diary, ready to be drawn. Answers stay on their own scale."""

    first_day: date
    answers: tuple[float | None, ...]
    scale: Scale
    label: str
    best_words: Words
    worst_words: Words
    carried: tuple[bool, ...] = ()
    dose: ChartDose | None = None
    spells: tuple[ChartSpell, ...] = ()
    shifts: tuple[ChartShift, ...] = ()
    direction: Words = ""
    """Which way it goes, in a few words."""
    sentence: Words

    @model_validator(mode="after")
    def _rows_are_equally_long(self) -> Self:
        rows: list[Sequence[object]] = [self.answers]
        if self.carried:
            rows.append(self.carried)
        if self.dose:
            rows.append(self.dose.taken_mg)
        if len({len(row) for row in rows}) != 1 or not self.answers:
            raise ValueError("the rows of a chart cover the same days, at least one")
        for spell in self.spells:
            if not 0 <= spell.start <= spell.end < len(self.answers):
                raise ValueError(
                    f"a spell from {spell.start} to {spell.end} lies outside the chart"
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


class Middle(Frozen):
    """A span of days by its middle answer and the middle half of its answers."""

    first: int
    last: int
    low: float
    middle: float
    high: float


def middles(values: Sequence[float | None], span: int) -> list[Middle]:
    """Each whole span of days, counted from the last, by its median and its quartiles.

    Only where more than half of the span's days were answered.
    """
    found: list[Middle] = []
    for last in range(len(values) - 1, span - 2, -span):
        known = [v for v in values[last - span + 1 : last + 1] if v is not None]
        if 2 * len(known) > span:
            low, high = quantile(known, 0.25), quantile(known, 0.75)
            found.append(
                Middle(first=last - span + 1, last=last, low=low, middle=median(known), high=high)
            )
    return found[::-1]


def tick_positions(days: int) -> list[int]:
    """At most seven positions, evenly spaced, whole weeks apart if many; the last included."""
    last = days - 1
    for step in (1, 2, 7, 14, 28, 56, 91, 182, 364, 728):
        if last // step <= 6:
            return list(range(last % step, days, step)) if last else [0]
    return [0, last]
