"""The answers a page draws: those the reading was made from, on their own scale."""

import datetime as dt

import numpy as np

from landward.model.diary import Diary
from landward.model.readings import DiaryWaves
from landward.model.scale import DAY, Scale
from landward.model.series import DaySeries, Missing, day_series


def main_series(diary: Diary, waves: DiaryWaves) -> DaySeries:
    """The answers a reading was read from, on their own scale; a mean of several as it was read."""
    reading = waves.reading
    first, last = reading.date_of(0), reading.date_of(len(reading.days) - 1)
    if len(waves.items) == 1:
        return day_series(diary, waves.items[0], first, last)
    values = np.array([np.nan if d.severity is None else d.severity for d in reading.days])
    parts = [day_series(diary, name, first, last) for name in waves.items]
    low, high = reading.scale
    return DaySeries(
        item=f"how hard each day was ({waves.what})",
        first_day=first,
        values=values,
        missing=np.where(np.isnan(values), parts[0].missing, Missing.ANSWERED).astype(np.int8),
        carried=np.any([part.carried for part in parts], axis=0),
        scale=Scale(low=low, high=high),
    )


def no_answers(diary: Diary, last: dt.date) -> DaySeries:
    """The daily series of a diary that holds doses or notes but not one answer."""
    first = min(diary.first_day or last, last)
    size = (last - first).days + 1
    return DaySeries(
        item="day",
        first_day=first,
        values=np.full(size, np.nan),
        missing=np.full(size, Missing.NO_ENTRY, np.int8),
        carried=np.zeros(size, np.bool_),
        scale=DAY,
    )
