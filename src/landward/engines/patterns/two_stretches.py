"""How far the mean of one stretch of days lies from that of another, with an interval.

Days are like their neighbours, so a mean of n days knows less than n days' worth: its variance is
widened by (1 + φ) / (1 − φ), φ the autocorrelation of lag one within the stretches, with its
small-sample bias added back (Marriott & Pope 1954, Biometrika 41:390). The interval is Welch's
(1947), with as many degrees of freedom as days that count; its t value comes from the normal one by
the first term of Cornish and Fisher (1938).
"""

import math
from statistics import NormalDist

import numpy as np

from landward.engines.patterns.series import Floats

FEWEST = 7
"""A stretch with fewer answers is not compared."""
MOST_ALIKE = 0.9
Z = NormalDist().inv_cdf(0.975)


def difference(before: Floats, after: Floats) -> tuple[float, float, float] | None:
    """(mean after − mean before, low, high) with a 95 % interval, in points of the scale.

    `before` and `after` are daily answers in order, NaN for days without one. None where either
    has fewer than seven answers, or where no day differs from another.
    """
    stretches = [part[np.isfinite(part)] for part in (before, after)]
    if min(part.size for part in stretches) < FEWEST:
        return None
    size = float(stretches[1].mean() - stretches[0].mean())
    alike = _autocorrelation([before, after])
    widened = (1 + alike) / (1 - alike)
    errors = [float(part.var(ddof=1)) / part.size * widened for part in stretches]
    error = sum(errors)
    if error == 0:
        return None
    counts = [max(part.size / widened, 2.0) for part in stretches]
    freedom = error**2 / sum(e**2 / (n - 1) for e, n in zip(errors, counts, strict=True))
    t = Z + (Z**3 + Z) / (4 * freedom)
    reach = t * math.sqrt(error)
    return size, size - reach, size + reach


def _autocorrelation(stretches: list[Floats]) -> float:
    """Of lag one, over pairs of neighbouring answered days inside a stretch; never below none."""
    products, squares, days = 0.0, 0.0, 0
    for part in stretches:
        moved = part - np.nanmean(part)
        pairs = moved[:-1] * moved[1:]
        known = np.isfinite(pairs)
        if not known.any():
            continue
        products += float(pairs[known].mean())
        squares += float(np.nanmean(moved**2))
        days += int(np.isfinite(part).sum())
    if squares <= 0 or not days:
        return 0.0
    found = products / squares
    found += (1 + 3 * max(found, 0.0)) * len(stretches) / days
    return max(0.0, min(found, MOST_ALIKE))
