"""Read a diary's windows and waves: choose the series, call the engine, tie it to the calendar."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from math import isnan

import numpy as np

from landward.engines.patterns import read_waves as read
from landward.engines.patterns.recent import TOO_EARLY_DAYS, hold_back
from landward.engines.patterns.severity import mean_severity
from landward.model.base import BadInput, Frozen
from landward.model.bodies import UserLabel
from landward.model.diary import Diary
from landward.model.medicines import MedicineRecord, medicine_record
from landward.model.medicines.series import dose_series
from landward.model.panel import DayPanel, day_panel
from landward.model.readings import DiaryWaves
from landward.model.said import phrase
from landward.model.scale import Scale
from landward.model.series import Floats
from landward.model.waves import WaveReading

OVERALL = "day"
"""The item that asks how hard the whole day was."""


Known = tuple[float | None, ...]
"""Numbers by day; None where nothing is known."""


class WavesAsked(Frozen):
    """What the engine is asked: numbers by day and which days the person named; no words."""

    severity: Known
    doses: Mapping[str, Known]
    """By drug, in mg."""
    scale: tuple[float, float]
    labels: Mapping[int, str]


def answer(asked: WavesAsked) -> WaveReading:
    """The engine's reading of what it was asked; a function of a module, for any process."""
    doses = {drug: _array(row) for drug, row in asked.doses.items()}
    return read(
        _array(asked.severity), doses or None, scale=asked.scale, labels=dict(asked.labels) or None
    )


def read_waves(
    diary: Diary,
    item: str | None = None,
    first_day: dt.date | None = None,
    last_day: dt.date | None = None,
    *,
    medicines: MedicineRecord | None = None,
    compute: Callable[[WavesAsked], WaveReading] = answer,
) -> DiaryWaves:
    """Windows, waves and lasting shifts of one item, or of the day as a whole.

    Without `item`: the answer to "how hard was the day", else the mean of the items that share
    the commonest scale. `compute` asks the engine, here unless told otherwise. Raises BadInput for
    an empty diary or an item that was never answered.
    """
    items = (item,) if item else overall_items(diary)
    panel = day_panel(diary, items, first_day, last_day)
    record = medicine_record(diary.lines) if medicines is None else medicines
    doses = _doses(record, panel.first_day, panel.last_day)
    asked = WavesAsked(
        severity=_known(overall_severity(panel)),
        doses={drug: _known(row) for drug, row in doses.items()},
        scale=panel.scales[items[0]],
        labels=_labels(diary, panel),
    )
    reading = compute(asked)
    dated = hold_back(reading).model_copy(update={"first_day": panel.first_day})
    return DiaryWaves(
        reading=dated,
        items=items,
        turned=bool(panel.better_up),
        too_early=TOO_EARLY_DAYS,
        drugs=tuple(doses),
    )


def overall_severity(panel: DayPanel, *, carried: bool = True) -> Floats:
    """One number a day, higher harder: the one item, or the mean of the items answered that day."""
    rows = list(panel.severity(carried=carried).values())
    return rows[0] if len(rows) == 1 else mean_severity(rows)


def overall_items(diary: Diary) -> tuple[str, ...]:
    """What the day as a whole is read from. Raises BadInput if nothing was answered yet."""
    if any(OVERALL in day.answers for day in diary.days.values()):
        return (OVERALL,)
    scales: defaultdict[str, set[str]] = defaultdict(set)
    for day in diary.days.values():
        for name in day.answers:
            scales[name].add(day.scales[name])
    if not scales:
        raise BadInput(
            phrase("the diary has no answers yet; `landward log --day 5` writes the first")
        )
    ranges = {name: _range(said) for name, said in scales.items()}
    (commonest, _), *_ = sorted(Counter(ranges.values()).items(), key=lambda pair: (-pair[1], pair))
    return tuple(name for name in sorted(ranges) if ranges[name] == commonest)


def _range(scales: set[str]) -> tuple[float, float]:
    first = Scale.parse(min(scales))
    return (first.low, first.high)


def _doses(record: MedicineRecord, first: dt.date, last: dt.date) -> dict[str, Floats]:
    """Daily doses of every regular drug whose dose is known on some day, each its own series:
    milligrams of two drugs cannot be added.
    """
    series = {drug: dose_series(record.of(drug), first, last) for drug in record.regular_drugs}
    return {drug: doses for drug, doses in series.items() if np.isfinite(doses).any()}


def _known(values: Floats) -> Known:
    return tuple(None if isnan(value) else value for value in values.tolist())


def _array(known: Known) -> Floats:
    return np.array([np.nan if value is None else value for value in known])


def _labels(diary: Diary, panel: DayPanel) -> dict[int, str]:
    """The person's own names for their days, by position; a later label stands over an earlier."""
    labels: dict[int, str] = {}
    for entry, body in diary.of(UserLabel):
        day = max(entry.date, panel.first_day)
        while day <= min(body.until, panel.last_day):
            labels[(day - panel.first_day).days] = body.label
            day += dt.timedelta(days=1)
    return labels
