"""The plain annotation rule: a running median, a threshold, hysteresis. It can be done by hand.

A day belongs to a wave (window) when at least two days in a row lie a threshold above (below) the
person's own running median; the run ends when the distance falls under half the threshold. The
threshold is the larger of 10 % of the scale and one robust SD. The baseline is estimated again
twice after taking the found spells out. Kept beside the model as the rule one can explain in a
sentence, and as an opponent in the benchmark. Source: docs/methods/patterns.md.
"""

import numpy as np
from numpy.typing import NDArray

from landward.engines.patterns.series import LONG_GAP, Floats, gap_lengths, robust_sd

HALF_WIDTH = 21
"""Days each side of the running median: six weeks in all."""

ENOUGH = 7
"""Answers needed inside the six weeks before the median counts."""

REFITS = 2
SHORTEST = 2


def running_median(values: Floats, half_width: int = HALF_WIDTH, enough: int = ENOUGH) -> Floats:
    """NaN-aware centred running median (days,); NaN where fewer than `enough` answers are near."""
    days = values.size
    padded = np.concatenate((np.full(half_width, np.nan), values, np.full(half_width, np.nan)))
    view = np.sort(np.lib.stride_tricks.sliding_window_view(padded, 2 * half_width + 1), axis=1)
    count = np.isfinite(view).sum(axis=1)
    rows = np.arange(days)
    middle = np.maximum(count - 1, 0)
    median = (view[rows, middle // 2] + view[rows, middle - middle // 2]) / 2
    return np.where(count >= enough, median, np.nan)


def annotate(severity: Floats, scale: tuple[float, float]) -> tuple[NDArray[np.int8], Floats]:
    """States (days,) of -1 window, 0 usual, +1 wave, 2 unknown, and the baseline (days,)."""
    answered = np.isfinite(severity)
    unknown = gap_lengths(answered) >= LONG_GAP
    effect = np.zeros(severity.size)
    states = np.zeros(severity.size, np.int8)
    baseline = np.full(severity.size, np.nan)
    for _ in range(1 + REFITS):
        baseline = running_median(severity - effect)
        distance = severity - baseline
        spread = robust_sd(distance[states == 0])
        threshold = max(0.1 * (scale[1] - scale[0]), spread)
        waves = _runs(distance, threshold, unknown)
        windows = _runs(-distance, threshold, unknown)
        states = np.where(waves, 1, np.where(windows, -1, 0)).astype(np.int8)
        for state in (-1, 1):
            days = states == state
            if np.isfinite(distance[days]).any():
                effect[days] = np.nanmean(distance[days])
        effect[states == 0] = 0.0
    states[unknown | ~np.isfinite(baseline)] = 2
    return states, baseline


def _runs(distance: Floats, threshold: float, unknown: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Days inside a spell: entered at the threshold, left under half of it, short gaps bridged."""
    inside = np.zeros(distance.size, bool)
    start: int | None = None
    reached = last = 0
    for day, value in enumerate(np.append(distance, -np.inf)):
        if np.isnan(value) and not unknown[day]:
            continue
        if value >= (threshold if start is None else threshold / 2):
            start = day if start is None else start
            reached += value >= threshold
            last = day
        elif start is not None:
            if reached >= SHORTEST and last - start + 1 >= SHORTEST:
                inside[start : last + 1] = True
            start, reached = None, 0
    return inside
