"""Days like a day: what followed them, and how much of a day its number leaves untold."""

import numpy as np
from numpy.typing import NDArray

from landward.engines.patterns.series import Floats

NEIGHBOURS = 15
MOST_HIDDEN = 0.5
USUAL_DAYS = 42


def after_alike(known: Floats, after: Floats, tagged: NDArray[np.bool_]) -> Floats:
    """(n,) mean of `after` over the untagged days most like each day, itself left out.

    `known` (n, m) is what is known of a day and those before it; columns are compared in units of
    their own spread, and nearer days count more.
    """
    spread = np.maximum(known.std(axis=0), 1e-9)
    x = known / spread
    pool = np.flatnonzero(~tagged)
    apart = ((x[:, None, :] - x[pool][None, :, :]) ** 2).sum(axis=2)
    apart[pool, np.arange(pool.size)] = np.inf
    k = min(NEIGHBOURS, pool.size - 1)
    nearest = np.argpartition(apart, k - 1, axis=1)[:, :k]
    weight = 1 / (0.1 + np.take_along_axis(apart, nearest, axis=1))
    return np.asarray((weight * after[pool[nearest]]).sum(axis=1) / weight.sum(axis=1))


def hidden_share(series: Floats) -> float:
    """Share of a day's excess that its number hides and the next day still shows, 0 to 0.5.

    With severity carried over by a share a of a day and noise that is not, correlations fall as
    r·a, r·a². A number tells r·a of the next day, the severity behind it a: the share is what lies
    between.
    """
    seen = np.isfinite(series)
    window = np.ones(USUAL_DAYS)
    count = np.convolve(seen, window, "same")[: series.size]
    total = np.convolve(np.where(seen, series, 0.0), window, "same")[: series.size]
    apart = np.where(seen, series - total / np.maximum(count, 1), np.nan)
    one, two = (_correlation(apart, lag) for lag in (1, 2))
    if one <= 0.05 or two <= 0:
        return 0.0
    return float(np.clip(min(two / one, 1.0) - one, 0.0, MOST_HIDDEN))


def _correlation(x: Floats, lag: int) -> float:
    pair = np.isfinite(x[lag:]) & np.isfinite(x[:-lag])
    if pair.sum() < 20:
        return 0.0
    a, b = x[lag:][pair], x[:-lag][pair]
    size = float(a.std() * b.std())
    return float(((a - a.mean()) * (b - b.mean())).mean() / size) if size > 0 else 0.0
