"""A diary seen day by day, as the engines want it: one number a day, NaN where there is none.

Why a number is absent is kept beside it, because the reasons are different things.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from typing import Self

import numpy as np
import numpy.typing as npt

from landward.model.base import BadInput
from landward.model.diary import DayAnswers, Diary
from landward.model.said import phrase
from landward.model.scale import Scale

Floats = npt.NDArray[np.float64]


class Missing(IntEnum):
    """Why a day has no number for an item; 0 where it has one."""

    ANSWERED = 0
    NOT_ASKED = 1
    DECLINED = 2
    UNWELL = 3
    RESTING = 4
    NO_ENTRY = 5
    NO_OCCASION = 6
    TOO_MUCH = 7


@dataclass(frozen=True, slots=True)
class DaySeries:
    """One item over consecutive days.

    `values` is (days,) float with NaN where there is no number; `missing` is (days,) of `Missing`;
    `carried` marks days no change may be read from: filled by "same as yesterday", or rated longer
    after the day than `LATE_AFTER_DAYS`.
    """

    item: str
    first_day: date
    values: Floats
    missing: npt.NDArray[np.int8]
    carried: npt.NDArray[np.bool_]
    scale: Scale

    @property
    def days(self) -> int:
        """Number of calendar days the series spans."""
        return int(self.values.size)

    @property
    def answered(self) -> int:
        """Number of days with a number."""
        return int(np.count_nonzero(~np.isnan(self.values)))

    @property
    def last_day(self) -> date:
        """The last calendar day of the series."""
        return self.first_day + timedelta(days=self.days - 1)

    def worse_up(self) -> Self:
        """The same series turned so that higher is worse, on the same range."""
        if self.scale.better == "down":
            return self
        turned = self.scale.model_copy(update={"better": "down"})
        return replace(self, values=self.scale.low + self.scale.high - self.values, scale=turned)


def day_series(
    diary: Diary, item: str, first_day: date | None = None, last_day: date | None = None
) -> DaySeries:
    """One item, from its first to its last mention or over the days given.

    Raises BadInput if the item was never answered in that period, or if its scale changed within
    it: two scales are two series and are never converted into each other.
    """
    mentioned = [
        day
        for day, answers in diary.days.items()
        if item in answers.asked
        and (first_day is None or day >= first_day)
        and (last_day is None or day <= last_day)
    ]
    if not mentioned:
        raise BadInput(phrase("the diary has no answers to “{item}” in that time", item=item))
    first, last = first_day or mentioned[0], last_day or mentioned[-1]
    size = (last - first).days + 1
    values, carried = np.full(size, np.nan), np.zeros(size, np.bool_)
    missing = [Missing.NO_ENTRY] * size
    scales: set[str] = set()
    for day, answers in diary.days.items():
        if not first <= day <= last:
            continue
        i = (day - first).days
        missing[i] = why = _why_missing(answers, item)
        if why is _ANSWERED:
            values[i] = answers.answers[item]
            carried[i] = item in answers.carried or item in answers.late
            scales.add(answers.scales[item])
    if not scales:
        raise BadInput(
            phrase("“{item}” was asked but never answered with a number in that time", item=item)
        )
    if len(scales) > 1:
        listed = " and ".join(sorted(scales))
        raise BadInput(
            phrase(
                "“{item}” was answered on two scales ({listed}); read one period at a time",
                item=item,
                listed=listed,
            )
        )
    return DaySeries(
        item, first, values, np.array(missing, np.int8), carried, Scale.parse(scales.pop())
    )


_ANSWERED = Missing.ANSWERED  # looked up once: a member of an enumeration costs a search


def _why_missing(day: DayAnswers, item: str) -> Missing:
    if item in day.answers:
        return _ANSWERED
    if item in day.declined:
        return Missing.DECLINED
    if item in day.no_occasion:
        return Missing.NO_OCCASION
    if item in day.too_much:
        return Missing.TOO_MUCH
    if day.mode == "unwell":
        return Missing.UNWELL
    if day.mode == "resting":
        return Missing.RESTING
    return Missing.DECLINED if item in day.asked else Missing.NOT_ASKED
