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


BRIEF_DAYS = 3
"""A dose back within so many days was an exception (a rescue dose, a late one), no change."""

SLOPE_DAYS, LEAST_SLOPE = 28, 0.05
"""A slow slope goes on for at least four weeks and comes to a twentieth of the dose or more."""


def dose_changes(dose_mg: Floats) -> tuple[np.ndarray, Floats]:
    """Days of dose changes (n,) and their sizes (n,), cuts above zero, a usual cut being one.

    `dose_mg` (days,) or (drugs, days): changes of several drugs are read together, each relative to
    the drug's own dose before it, for doses of two drugs cannot be added up.
    """
    doses = np.atleast_2d(dose_mg)
    if doses.shape[1] < 2:
        return np.empty(0, int), np.empty(0)
    steps = sum((_relative_steps(without_brief(one)) for one in doses), np.zeros(doses.shape[1]))
    days = np.flatnonzero(np.abs(steps) >= SMALLEST_CHANGE)
    sizes = steps[days]
    cuts = sizes[sizes > 0]
    usual = float(np.median(cuts)) if cuts.size else 1.0
    return days, np.clip(sizes / usual, -LARGEST_CHANGE, LARGEST_CHANGE)


def _relative_steps(dose_mg: Floats) -> Floats:
    """(days,) by what share of the larger dose each day lies below the day before."""
    before, after = dose_mg[:-1], dose_mg[1:]
    larger = np.maximum(np.maximum(before, after), 1e-9)
    relative = np.where(np.maximum(before, after) > 0, (before - after) / larger, 0.0)
    return np.append(0.0, np.where(np.abs(relative) >= SMALLEST_CHANGE, relative, 0.0))


def without_brief(dose_mg: Floats) -> Floats:
    """The dose (days,) without exceptions of up to `BRIEF_DAYS` that went back to where it was."""
    dose = dose_mg.copy()
    changed = np.flatnonzero(np.abs(np.diff(dose)) > SMALLEST_CHANGE * np.maximum(dose[:-1], 1e-9))
    for first in (int(day) + 1 for day in changed):
        was = dose[first - 1]
        for back in range(first + 1, min(first + BRIEF_DAYS + 1, dose.size)):
            if abs(dose[back] - was) <= SMALLEST_CHANGE * max(was, 1e-9):
                dose[first:back] = was
                break
    return dose


def slow_slopes(dose_mg: Floats) -> list[tuple[int, int, float]]:
    """Runs of changes too small to count one by one: first day, last day, share of the dose gone.

    A taper of half a percent a day has no cuts; it is a slope, along which nothing can be told from
    single days. `dose_mg` (days,) or (drugs, days).
    """
    found = []
    for dose in np.atleast_2d(dose_mg):
        smooth = without_brief(dose)
        relative = np.diff(smooth) / np.maximum(np.maximum(smooth[1:], smooth[:-1]), 1e-9)
        small = np.flatnonzero((np.abs(relative) > 0) & (np.abs(relative) < SMALLEST_CHANGE)) + 1
        for run in np.split(small, np.flatnonzero(np.diff(small) > WEEK_APART) + 1):
            if not run.size:
                continue
            first, last = int(run[0]), int(run[-1])
            gone = 1 - float(smooth[last] / max(smooth[first - 1], 1e-9))
            if last - first >= SLOPE_DAYS and abs(gone) >= LEAST_SLOPE:
                found.append((first, last, gone))
    return sorted(found)


WEEK_APART = 8
"""Small changes further apart than this belong to different slopes."""


def response_shape(days: int, changes: np.ndarray, sizes: Floats, lag_days: float) -> Floats:
    """The summed response (days,) to all changes; one usual cut peaks at one, `lag_days` later."""
    length = int(np.ceil(12 * lag_days)) + 1
    s = np.arange(length) / lag_days
    one = s * np.exp(1 - s)
    impulses = np.zeros(days)
    np.add.at(impulses, changes, sizes)
    shape: Floats = np.convolve(impulses, one)[:days]
    return shape
