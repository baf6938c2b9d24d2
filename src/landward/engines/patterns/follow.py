"""By how many days one series follows another, as an interval, or None while it cannot be told.

The follower is correlated with the leader shifted by every lag from −7 to 42 days, over the same
days for all lags. How much such a correlation is worth follows from how slowly both series move
(Bartlett 1946: n shrinks by 1 + 2 Σ ρx(k) ρy(k)). The interval is every lag whose likelihood ratio
is within reach of the best; it is only given when some lag explains clearly more than none, with
all the lags looked at paid for.
"""

import numpy as np

from landward.engines.patterns.series import Floats
from landward.model.feelings import Span

EARLIEST, LATEST = -7, 42
FEWEST = 60
SMOOTH = 5
"""Both series are averaged over so many days: feelings are not expected to follow to the day."""

NEEDED = 13.0
"""Likelihood ratio that the best lag must reach over none; at 50 correlated lags p is under .01."""

WITHIN = 3.84


def follow_interval(leader: Floats, follower: Floats) -> Span | None:
    """The 95 % interval of days by which `follower` (days,) trails `leader` (days,), or None."""
    if leader.size != follower.size or follower.size < FEWEST:
        return None
    x, y = _smooth(leader), _smooth(follower)
    lags = np.arange(EARLIEST, LATEST + 1)
    shifted = np.full((lags.size, y.size), np.nan)
    for row, lag in enumerate(lags):
        source = np.arange(y.size) - lag
        inside = (source >= 0) & (source < x.size)
        shifted[row, inside] = x[source[inside]]
    common = np.isfinite(y) & np.isfinite(shifted).all(axis=0)
    if common.sum() < FEWEST or np.ptp(y[common]) == 0 or np.ptp(x[np.isfinite(x)]) == 0:
        return None
    days = np.flatnonzero(common)
    response = y[days] - y[days].mean()
    design = shifted[:, days] - shifted[:, days].mean(axis=1, keepdims=True)
    best = int(np.argmax([_correlation(row, response) ** 2 for row in design]))
    worth = _worth(design[best], response, days)
    correlation = np.array([_correlation(row, response) for row in design])
    ratio = -worth * np.log1p(-np.minimum(correlation**2, 1 - 1e-9))
    if ratio.max() < NEEDED:
        return None
    kept = lags[ratio >= ratio.max() - WITHIN]
    return float(kept.min()), float(kept.max())


def _smooth(values: Floats) -> Floats:
    """Centred mean over `SMOOTH` days where most of them were answered."""
    answered = np.isfinite(values)
    window = np.ones(SMOOTH)
    count = np.convolve(answered, window, "same")
    total = np.convolve(np.where(answered, values, 0.0), window, "same")
    return np.where(2 * count > SMOOTH, total / np.maximum(count, 1), np.nan)


def _correlation(x: Floats, y: Floats) -> float:
    size = float((x @ x) * (y @ y))
    return float(x @ y) / np.sqrt(size) if size > 0 else 0.0


def _worth(x: Floats, y: Floats, days: np.ndarray) -> float:
    """Independent days that the common days amount to."""
    span = int(days[-1] - days[0]) + 1
    filled = np.zeros((2, span))
    filled[:, days - days[0]] = x, y
    shrink = 1.0
    for k in range(1, span // 4):
        rho = [float(v[k:] @ v[:-k]) / max(float(v @ v), 1e-12) for v in filled]
        shrink += 2 * (1 - k / (span // 4)) * rho[0] * rho[1]
    return days.size / max(shrink, 1.0)
