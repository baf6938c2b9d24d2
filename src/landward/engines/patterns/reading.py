"""`read_waves`: checks the diary, runs the method, returns one frozen reading."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landward.engines.patterns.annotation import annotate
from landward.engines.patterns.level_shifts import level_shifts
from landward.engines.patterns.series import (
    LONG_GAP,
    MIN_ANSWERED,
    Floats,
    as_labels,
    as_series,
    check_dose,
    check_scale,
    gap_lengths,
)
from landward.engines.patterns.spells import find_spells
from landward.model.waves import DayReading, State, WaveReading

STATES = {-1: State.WINDOW, 0: State.USUAL, 1: State.WAVE, 2: State.UNKNOWN}


def read_waves(
    severity: ArrayLike,
    dose_mg: ArrayLike | None = None,
    *,
    scale: tuple[float, float] = (0, 10),
    labels: Any = None,
) -> WaveReading:
    """Windows, waves, the moving baseline and its lasting shifts in one daily series.

    `severity` (days,): answers on `scale`, higher is worse, NaN where nothing was answered.
    `dose_mg` (days,): dose of each day in mg; responses after its changes are told apart from
    waves. `labels`: the person's own words for some days (a mapping position -> label, or one a
    day). Returns one DayReading per element of `severity`. Raises BadInput for values that cannot
    be such a diary; too few answers give a reading in which every day is unknown.
    """
    series = as_series(severity)
    low, high = check_scale(series, scale)
    if dose_mg is not None:
        check_dose(dose_mg, series.size)
    own = as_labels(labels, series.size)
    if np.isfinite(series).sum() < MIN_ANSWERED:
        return _unknown(series, (low, high))
    codes, baseline = annotate(series, (low, high))
    codes = np.where((own != 2) & (codes != 2), own, codes).astype(np.int8)
    return assemble(
        series,
        (low, high),
        codes=codes,
        baseline=baseline,
        p_window=(codes == -1) * 1.0,
        p_wave=(codes == 1) * 1.0,
        method="annotation",
    )


def assemble(
    series: Floats,
    scale: tuple[float, float],
    *,
    codes: NDArray[np.int8],
    baseline: Floats,
    p_window: Floats,
    p_wave: Floats,
    method: str,
) -> WaveReading:
    """The frozen reading for coded days (-1, 0, +1, 2) and their posteriors."""
    known = codes != 2
    days = tuple(
        DayReading(
            severity=None if np.isnan(series[t]) else float(series[t]),
            state=STATES[int(codes[t])],
            p_window=float(p_window[t]) if known[t] else None,
            p_wave=float(p_wave[t]) if known[t] else None,
            baseline=float(baseline[t]) if known[t] and np.isfinite(baseline[t]) else None,
        )
        for t in range(series.size)
    )
    return WaveReading(
        scale=scale,
        days=days,
        spells=find_spells(codes, series - baseline, p_window, p_wave),
        level_shifts=tuple(level_shifts(series)),
        answered=int(np.isfinite(series).sum()),
        method=method,
    )


def _unknown(series: Floats, scale: tuple[float, float]) -> WaveReading:
    nothing = np.full(series.size, np.nan)
    codes = np.full(series.size, 2, np.int8)
    return assemble(
        series,
        scale,
        codes=codes,
        baseline=nothing,
        p_window=nothing,
        p_wave=nothing,
        method="too few days",
    )


def long_gaps(series: Floats) -> NDArray[np.bool_]:
    """Days inside an unanswered run of three or more."""
    return gap_lengths(np.isfinite(series)) >= LONG_GAP
