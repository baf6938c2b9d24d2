"""Which responses are likely before looking at a diary: their lag from the drug's half-life.

A dose cut is only felt as the drug leaves. The response is taken to peak one day and one and a half
half-lives after the cut, within a factor of about three either way: 1–2 days for short-acting
drugs, 4–7 for long-acting ones, as the secondary literature has it (docs/methods/patterns.md).
Without a half-life every one between 6 and 100 hours is thought equally likely, by its logarithm.
"""

import numpy as np

from landward.engines.patterns.series import Floats
from landward.model.lag import Span

LAGS = np.array([1.0, 1.7, 3.0, 5.0, 8.3, 14.0])
"""Days from a change to the peak of its response."""

FIRST_DAY = 1.0
HALF_LIVES = 1.5
LOG_SD = 0.55
UNKNOWN_H = np.geomspace(6, 100, 25)
"""Half-lives a drug may have whose half-life is not known, its active metabolites included."""


def lag_prior(half_life_h: float | None) -> Floats:
    """Chance (n,) of every lag of the grid."""
    if half_life_h is not None:
        return _around(half_life_h)
    return np.asarray(np.mean([_around(float(h)) for h in UNKNOWN_H], axis=0))


def _around(half_life_h: float) -> Floats:
    middle = FIRST_DAY + HALF_LIVES * half_life_h / 24
    weight: Floats = np.exp(-0.5 * (np.log(LAGS / middle) / LOG_SD) ** 2) + 1e-3
    return np.asarray(weight / weight.sum())


def prior_interval(prior: Floats) -> Span:
    """The central 95 % of the lags thought likely beforehand, in days."""
    return lag_quantiles(prior)[1]


def lag_quantiles(weight: Floats) -> tuple[float, Span]:
    """Median and 95 % interval of the lag in days; each grid lag stands for its surroundings."""
    logs = np.log(LAGS)
    middles = (logs[1:] + logs[:-1]) / 2
    edges = np.concatenate(([2 * logs[0] - middles[0]], middles, [2 * logs[-1] - middles[-1]]))
    below = np.concatenate(([0.0], np.cumsum(weight / weight.sum())))
    low, middle, high = np.exp(np.interp([0.025, 0.5, 0.975], below, edges))
    return float(middle), (float(low), float(high))
