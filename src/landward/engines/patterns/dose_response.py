"""From daily doses to the shape of a response: dose changes, each followed by a rise and fall.

A change at day c with lag L adds  size · (s·e^(1−s)),  s = (t − c)/L: nothing on the day itself,
the peak L days later. Sizes are relative (a cut from 10 to 9 equals one from 2 to 1.8), scaled so
that a usual cut of this diary counts one; rises of the dose count below zero.
"""

import numpy as np

from landward.engines.patterns.series import Floats

SMALLEST_CHANGE = 0.02
"""Relative changes under 2 % are not told apart from rounding of the record."""

LARGEST_CHANGE = 3.0
"""A change counts at most as three usual ones, so that a stop does not outweigh all cuts."""


def dose_changes(dose_mg: Floats) -> tuple[np.ndarray, Floats]:
    """Days of dose changes (n,) and their sizes (n,), cuts above zero, a usual cut being one."""
    if dose_mg.size < 2:
        return np.empty(0, int), np.empty(0)
    before, after = dose_mg[:-1], dose_mg[1:]
    larger = np.maximum(np.maximum(before, after), 1e-9)
    relative = np.where(np.maximum(before, after) > 0, (before - after) / larger, 0.0)
    days = np.flatnonzero(np.abs(relative) >= SMALLEST_CHANGE) + 1
    sizes = relative[days - 1]
    cuts = sizes[sizes > 0]
    usual = float(np.median(cuts)) if cuts.size else 1.0
    return days, np.clip(sizes / usual, -LARGEST_CHANGE, LARGEST_CHANGE)


def response_shape(days: int, changes: np.ndarray, sizes: Floats, lag_days: float) -> Floats:
    """The summed response (days,) to all changes; one usual cut peaks at one, `lag_days` later."""
    length = int(np.ceil(12 * lag_days)) + 1
    s = np.arange(length) / lag_days
    one = s * np.exp(1 - s)
    impulses = np.zeros(days)
    np.add.at(impulses, changes, sizes)
    shape: Floats = np.convolve(impulses, one)[:days]
    return shape
