"""Quantile bands of any number of people without keeping them: counts in narrow bins.

A value's bin is the leading bits of its 32-bit float (after adding a floor of 1e-6): 64 bins an
octave, so a quantile is off by at most 0.8 %, and usually far less. Counts only add up, so the
result is the same for any order of blocks and any number of cores.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int32]

LEVELS = (0.1, 0.5, 0.9)
FLOOR = 2.0**-20
_SHIFT = 23 - 6
_BASE = int(np.array([FLOOR], dtype=np.float32).view(np.int32)[0]) >> _SHIFT
BINS = 37 * 64
"""Up to 2^17 (131,072): beyond any ng/ml here; larger values fall in the last bin."""


def empty_counts(days: int, curves: int) -> Counts:
    """No one counted yet: (days, curves, 2 * BINS), negative values in the lower half."""
    return np.zeros((days, curves, 2 * BINS), dtype=np.int32)


def bins_of(values: Floats) -> npt.NDArray[np.int64]:
    """The bin of each value, 0 … 2 * BINS - 1; BINS holds zero."""
    bits = (np.abs(values) + FLOOR).astype(np.float32).view(np.int32).astype(np.int64)
    code = np.minimum((bits >> _SHIFT) - _BASE, BINS - 1)
    return np.asarray(np.where(values < 0, BINS - 1 - code, BINS + code))


def count(counts: Counts, values: Floats) -> None:
    """Add people to the counts: `values` (people, days, curves)."""
    place = bins_of(values)
    days, curves = np.ogrid[: values.shape[1], : values.shape[2]]
    for person in place:
        counts[days, curves, person] += 1


def quantile_bands(counts: Counts) -> Floats:
    """The quantiles `LEVELS` of every day and curve, (days, curves, 3), evenly spread in a bin."""
    edges = _edges()
    totals = counts.sum(axis=2)
    bands = np.empty((*counts.shape[:2], len(LEVELS)))
    for day in range(counts.shape[0]):
        below = np.cumsum(counts[day], axis=1, dtype=np.int64)
        for curve in range(counts.shape[1]):
            ranks = np.array(LEVELS) * (totals[day, curve] - 1) + 0.5
            place = np.searchsorted(below[curve], ranks, side="left")
            held = counts[day, curve, place]
            inside = (ranks - (below[curve, place] - held)) / held
            bands[day, curve] = edges[place] + inside * (edges[place + 1] - edges[place])
    return bands


def exact_bands(values: Floats) -> Floats:
    """The same from all values at once: `values` (people, days, curves) to (days, curves, 3)."""
    return np.moveaxis(np.quantile(values, LEVELS, axis=0), 0, -1)


def _edges() -> Floats:
    """The 2 * BINS + 1 borders between bins, rising."""
    codes = (np.arange(BINS + 1, dtype=np.int64) + _BASE) << _SHIFT
    upward = codes.astype(np.int32).view(np.float32).astype(np.float64) - FLOOR
    upward[0] = 0.0
    return np.concatenate([-upward[:0:-1], upward])
