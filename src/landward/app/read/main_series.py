"""The answers a page draws: those the reading was made from, on their own scale."""

import datetime as dt

import numpy as np

from landward.app.read.waves import overall_items, overall_severity
from landward.model.base import BadInput
from landward.model.diary import Diary
from landward.model.panel import day_panel
from landward.model.readings import DiaryWaves
from landward.model.said import phrase
from landward.model.scale import DAY, Scale
from landward.model.series import DaySeries, Floats, Missing, day_series


def main_series(diary: Diary, waves: DiaryWaves) -> DaySeries:
    """The answers a reading was read from, on their own scale; a mean of several as it was read."""
    reading = waves.reading
    first, last = reading.date_of(0), reading.date_of(len(reading.days) - 1)
    values = np.array([np.nan if d.severity is None else d.severity for d in reading.days])
    return _series(diary, waves.items, (first, last), values, reading.scale)


def unread_series(
    diary: Diary, last: dt.date, *, item: str | None = None, first: dt.date | None = None
) -> DaySeries:
    """The same answers of the day as a whole, without the reading that takes seconds.

    Over the whole diary up to `last`, or from `first` where only that is on one scale. `item`
    chooses the answers. Raises BadInput for an item that was never answered.
    """
    if item is None and not any(day.answers for day in diary.days.values()):
        return no_answers(diary, last)
    items = (item,) if item else overall_items(diary)
    try:
        panel = day_panel(diary, items, None, last)
    except BadInput:
        if first is None:
            raise
        panel = day_panel(diary, items, first, last)
    values = overall_severity(panel)
    return _series(diary, items, (panel.first_day, panel.last_day), values, panel.scales[items[0]])


def _series(
    diary: Diary,
    items: tuple[str, ...],
    span: tuple[dt.date, dt.date],
    values: Floats,
    scale: tuple[float, float],
) -> DaySeries:
    first, last = span
    if len(items) == 1:
        return day_series(diary, items[0], first, last)
    parts = [day_series(diary, name, first, last) for name in items]
    low, high = scale
    return DaySeries(
        item=phrase("how hard each day was (mean of {count} items)", count=len(items)),
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
