"""Read a diary's windows and waves: choose the series, call the engine, tie it to the calendar."""

import datetime as dt
from collections import Counter

from landward.engines.patterns import read_waves as read
from landward.engines.patterns.recent import TOO_EARLY_DAYS, hold_back
from landward.engines.patterns.severity import mean_severity
from landward.model.base import BadInput, Frozen
from landward.model.bodies import UserLabel
from landward.model.diary import Diary
from landward.model.scale import Scale
from landward.model.series import DaySeries, Floats, day_series, dose_series
from landward.model.waves import WaveReading

OVERALL = "day"
"""The item that asks how hard the whole day was."""


class DiaryWaves(Frozen):
    """A reading tied to its calendar, and which answers it was read from."""

    reading: WaveReading
    items: tuple[str, ...]
    """One item, or several whose mean was read."""
    turned: bool
    """Whether answers were turned over so that higher is worse."""
    too_early: int = TOO_EARLY_DAYS

    @property
    def last_day(self) -> dt.date:
        """The last calendar day of the reading."""
        return self.reading.date_of(len(self.reading.days) - 1)

    @property
    def what(self) -> str:
        """The series in words."""
        if len(self.items) == 1:
            return self.items[0].replace("_", " ")
        return f"mean of {len(self.items)} items"


def read_waves(
    diary: Diary,
    item: str | None = None,
    first_day: dt.date | None = None,
    last_day: dt.date | None = None,
) -> DiaryWaves:
    """Windows, waves and lasting shifts of one item, or of the day as a whole.

    Without `item`: the answer to "how hard was the day", else the mean of the items that share
    the commonest scale. Raises BadInput for an empty diary or an item that was never answered.
    """
    items = (item,) if item else overall_items(diary)
    parts = tuple(day_series(diary, name, first_day, last_day) for name in items)
    first = first_day or min(part.first_day for part in parts)
    last = last_day or max(part.last_day for part in parts)
    spread = (
        part
        if (part.first_day, part.last_day) == (first, last)
        else day_series(diary, part.item, first, last)
        for part in parts
    )
    turned = tuple(part.worse_up() for part in spread)
    severity = turned[0].values if len(turned) == 1 else mean_severity([s.values for s in turned])
    scale = turned[0].scale
    reading = read(
        severity,
        _doses(diary, first, last),
        scale=(scale.low, scale.high),
        labels=_labels(diary, first, last),
    )
    dated = hold_back(reading).model_copy(update={"first_day": first})
    return DiaryWaves(reading=dated, items=items, turned=any(_is_turned(p) for p in parts))


def _is_turned(series: DaySeries) -> bool:
    return series.scale.better == "up"


def overall_items(diary: Diary) -> tuple[str, ...]:
    """What the day as a whole is read from. Raises BadInput if nothing was answered yet."""
    answered = [name for name in diary.items if _scales(diary, name)]
    if not answered:
        raise BadInput("the diary has no answers yet; `landward log --day 5` writes the first")
    if OVERALL in answered:
        return (OVERALL,)
    ranges = {name: _range(_scales(diary, name)) for name in answered}
    (commonest, _), *_ = sorted(Counter(ranges.values()).items(), key=lambda pair: (-pair[1], pair))
    return tuple(name for name in sorted(answered) if ranges[name] == commonest)


def _scales(diary: Diary, item: str) -> set[str]:
    return {day.scales[item] for day in diary.days.values() if item in day.answers}


def _range(scales: set[str]) -> tuple[float, float]:
    first = Scale.parse(min(scales))
    return (first.low, first.high)


def _doses(diary: Diary, first: dt.date, last: dt.date) -> Floats | None:
    """Daily doses where the diary holds one drug; milligrams of two drugs cannot be added."""
    return dose_series(diary, diary.drugs[0], first, last) if len(diary.drugs) == 1 else None


def _labels(diary: Diary, first: dt.date, last: dt.date) -> dict[int, str] | None:
    """The person's own names for their days, by position; a later label stands over an earlier."""
    labels: dict[int, str] = {}
    for entry, body in diary.of(UserLabel):
        day = max(entry.date, first)
        while day <= min(body.until, last):
            labels[(day - first).days] = body.label
            day += dt.timedelta(days=1)
    return labels or None
