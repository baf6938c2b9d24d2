"""Intervals, all at 95 % unless a level is given, and the bounds for people not seen."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit
from scipy.stats import norm

Floats = NDArray[np.float64]

Z95 = 1.959963984540054
Z99 = 2.5758293035489004


def wilson(count: float, n: float, z: float = Z95) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927). `count` of `n`, n > 0."""
    share, spread = count / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def t_quantile(degrees: float, level: float = 0.95) -> float:
    """The two-sided quantile of Student's t; the normal one where degrees are not finite."""
    at = 0.5 + level / 2
    return float(stdtrit(degrees, at)) if math.isfinite(degrees) else float(norm.ppf(at))


def tilt_share(share: float, odds: float) -> tuple[float, float]:
    """What a share could be if people who have it were up to `odds` times as likely to be here,
    or up to `odds` times less likely (odds, not chances).
    """
    return share / (share + odds * (1 - share)), odds * share / (odds * share + 1 - share)


def tilted_root(
    scores: Callable[[float], Floats], low: float, high: float, odds: float, *, up: bool
) -> float:
    """Where an estimate would lie if each person weighed between 1 and `odds`.

    `scores(value)` gives each person's estimating score, falling in `value`; the plain estimate is
    where they add up to 0. Upward, people with a score above 0 weigh `odds` times the others.
    Between `low` and `high`, by halving.
    """
    for _ in range(60):
        middle = (low + high) / 2
        each = scores(middle)
        heavy = each > 0 if up else each < 0
        total = float(np.sum(np.where(heavy, odds, 1.0) * each))
        low, high = (middle, high) if total > 0 else (low, middle)
    return (low + high) / 2


def mean_interval(
    values: Floats, weights: Floats, level: float = 0.95
) -> tuple[float, float, float]:
    """Mean and t interval of values that stand for `weights` people each. At least two people."""
    n = float(weights.sum())
    mean = float(np.sum(weights * values) / n)
    variance = float(np.sum(weights * (values - mean) ** 2) / (n - 1))
    half = t_quantile(n - 1, level) * math.sqrt(variance / n)
    return mean, mean - half, mean + half


def mean_bounds(
    values: Floats, weights: Floats, unseen: float, scale: tuple[float, float], odds: float
) -> tuple[float, float]:
    """Bounds of a mean: `unseen` people may lie anywhere on the scale, and selection up to `odds`.

    The sampling error of the people who were seen is added outside.
    """
    n = float(weights.sum())
    _, plain_low, plain_high = mean_interval(values, weights) if n > 1 else (0.0, *scale)
    error = (plain_high - plain_low) / 2 * n / (n + unseen)
    ends = []
    for fill, up in ((scale[0], False), (scale[1], True)):
        all_values, all_weights = np.append(values, fill), np.append(weights, unseen)

        def scores(at: float, v: Floats = all_values, w: Floats = all_weights) -> Floats:
            return np.asarray(w * (v - at), dtype=np.float64)

        ends.append(tilted_root(scores, *scale, odds, up=up))
    return max(scale[0], ends[0] - error), min(scale[1], ends[1] + error)
