"""Which lags are likely before looking at a diary: from the drug's half-life.

A dose cut is only felt as the drug leaves. The response is taken to peak one day and one and a half
half-lives after the cut, within a factor of about three either way: 1–2 days for short-acting
drugs, 4–7 for long-acting ones, as the secondary literature has it (docs/methods/patterns.md).
Without a half-life every lag from one day to two weeks is as likely as any other, by its logarithm.
"""

import numpy as np

from landward.engines.patterns.series import Floats
from landward.model.lag import Span

LAGS = np.array([1.0, 1.5, 2.2, 3.3, 5.0, 7.0, 10.0, 14.0])
"""Days from a change to the peak of its response."""

FIRST_DAY = 1.0
HALF_LIVES = 1.5
LOG_SD = 0.55


def lag_prior(half_life_h: float | None) -> Floats:
    """Chance (n,) of every lag of the grid."""
    if half_life_h is None:
        return np.full(LAGS.size, 1 / LAGS.size)
    middle = FIRST_DAY + HALF_LIVES * half_life_h / 24
    weight: Floats = np.exp(-0.5 * (np.log(LAGS / middle) / LOG_SD) ** 2) + 1e-3
    return np.asarray(weight / weight.sum())


def prior_interval(prior: Floats) -> Span:
    """The central 95 % of the lags thought likely beforehand, in days."""
    below = np.cumsum(prior)
    return float(LAGS[np.searchsorted(below, 0.025)]), float(LAGS[np.searchsorted(below, 0.975)])
