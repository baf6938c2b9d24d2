"""Days by items, ready for an engine: every series on the same calendar, none of them filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from landward.model.base import BadInput
from landward.model.diary import Diary
from landward.model.said import phrase
from landward.model.series import DaySeries, Floats, Missing, day_series


@dataclass(frozen=True, slots=True)
class DayPanel:
    """Several items over the same consecutive days, each as it was answered.

    `rows` have one first day and one length; raises ValueError otherwise. What an engine is given
    is derived from them, so that two readings of one diary begin from the same numbers.
    """

    rows: tuple[DaySeries, ...]

    def __post_init__(self) -> None:
        if not self.rows:
            raise ValueError(phrase("a panel without items"))
        if len({(row.first_day, row.days) for row in self.rows}) != 1:
            raise ValueError(phrase("the items of a panel lie on different days"))

    @property
    def items(self) -> tuple[str, ...]:
        """The items, in the order they were asked for."""
        return tuple(row.item for row in self.rows)

    @property
    def first_day(self) -> date:
        """The calendar day of position 0."""
        return self.rows[0].first_day

    @property
    def last_day(self) -> date:
        """The last calendar day."""
        return self.rows[0].last_day

    @property
    def days(self) -> int:
        """Number of calendar days, answered or not."""
        return self.rows[0].days

    @property
    def better_up(self) -> frozenset[str]:
        """Items of which more is better: `severity` has them turned over."""
        return frozenset(row.item for row in self.rows if row.scale.better == "up")

    @property
    def scales(self) -> Mapping[str, tuple[float, float]]:
        """The ends of each item's scale."""
        return {row.item: (row.scale.low, row.scale.high) for row in self.rows}

    def severity(self, *, carried: bool = True) -> dict[str, Floats]:
        """Each item with higher worse, (days,) float, NaN where there is no number.

        Without `carried`, days filled by "same as yesterday" count as unanswered: they would say
        that nothing ever changes, and nothing ever follows.
        """
        turned = {row.item: row.worse_up() for row in self.rows}
        if carried:
            return {item: row.values for item, row in turned.items()}
        return {item: np.where(row.carried, np.nan, row.values) for item, row in turned.items()}

    def given(self) -> dict[str, Floats]:
        """Each item as it was answered, (days,) float, NaN where there is no number."""
        return {row.item: row.values for row in self.rows}

    def positions(self, why: Missing) -> dict[str, list[int]]:
        """Positions at which an item has no number for one reason."""
        return {row.item: np.flatnonzero(row.missing == why).tolist() for row in self.rows}

    def position(self, day: date) -> int | None:
        """Where a calendar day lies, None outside the panel."""
        place = (day - self.first_day).days
        return place if 0 <= place < self.days else None

    def date_of(self, position: int) -> date:
        """The calendar day of a position."""
        return self.first_day + timedelta(days=position)


def day_panel(
    diary: Diary,
    items: tuple[str, ...],
    first_day: date | None = None,
    last_day: date | None = None,
) -> DayPanel:
    """The items over one span: from the earliest to the latest mention of any, or the days given.

    Raises BadInput as `day_series` does: for an item without an answer, or one whose scale
    changed within the span.
    """
    if not items:
        raise BadInput(
            phrase("the diary has no answers yet; `landward log --day 5` writes the first")
        )
    found = [day_series(diary, item, first_day, last_day) for item in items]
    first = first_day or min(row.first_day for row in found)
    last = last_day or max(row.last_day for row in found)
    return DayPanel(
        tuple(
            row
            if (row.first_day, row.last_day) == (first, last)
            else day_series(diary, row.item, first, last)
            for row in found
        )
    )
