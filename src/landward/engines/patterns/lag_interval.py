"""How wide an interval must be to hold the size of a response as often as it says.

The lag is not known beforehand, so sizes are averaged over lags, and the middle 95 % of such an
average holds the truth oftener than stated where lags differ in how much they can tell. The level
is therefore set by trying: sizes and lags as this diary has them likely are drawn, each is measured
once more in the Gaussian experiment this diary amounts to (its information, the likeness of its
responses), and the share of the average below the truth is noted. Where its 95 % lie is where the
interval ends (prepivoting, Beran 1987). Draws follow a fixed low-discrepancy sequence, so the same
diary always gives the same interval.
"""

import numpy as np
from numpy.typing import NDArray

from landward.engines.patterns.lag_evidence import Evidence
from landward.engines.patterns.series import Floats

DRAWS = 512
HOLDS = 0.95
WIDEST = 0.4995


def tails(evidence: Evidence, weight: Floats, before: Floats, wide: float) -> tuple[float, float]:
    """Lower and upper share of the averaged size at which the interval ends.

    `weight` (n, sizes): chances of every response and size; `before` (n,): prior chances of the
    responses; `wide`: prior SD of the size.
    """
    alike = evidence.alike
    n = before.size
    normal = _normals(DRAWS, n + 1)
    which, size = _likely(weight, evidence.sizes, normal[:, 0])
    root_information = np.sqrt(np.maximum(evidence.information, 1e-6))
    values, vectors = np.linalg.eigh(alike)
    noise = normal[:, 1:] @ (vectors * np.sqrt(np.maximum(values, 0.0))).T
    pull = alike[which] * (size * root_information[which])[:, None] + noise
    keep = wide**2 / (wide**2 + 1 / root_information**2)
    log_chance = np.log(before) + 0.5 * np.log1p(-keep) + 0.5 * keep * pull**2
    chance = np.exp(log_chance - log_chance.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    from scipy.special import ndtr

    middle, sd = keep * pull / root_information, np.sqrt(keep) / root_information
    below = (chance * ndtr((size[:, None] - middle) / sd)).sum(axis=1)
    half = min(float(np.quantile(np.abs(below - 0.5), HOLDS)), WIDEST)
    return 0.5 - half, 0.5 + half


def _likely(weight: Floats, sizes: Floats, normal: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Responses (draws,) and sizes (draws,) as often as they are likely."""
    from scipy.special import ndtr

    below = np.cumsum(weight.ravel())
    place = np.minimum(np.searchsorted(below, ndtr(normal) * below[-1]), weight.size - 1)
    return place // sizes.size, sizes[place % sizes.size]


def _normals(draws: int, dimensions: int) -> Floats:
    """Standard normal quantiles of the additive sequence on the generalised golden ratio."""
    from scipy.special import ndtri

    ratio = 2.0
    for _ in range(60):
        ratio = (1 + ratio) ** (1 / (dimensions + 1))
    steps = ratio ** -np.arange(1.0, dimensions + 1)
    places = np.mod(0.5 + np.outer(np.arange(1, draws + 1), steps), 1.0)
    return np.asarray(ndtri(1e-4 + (1 - 2e-4) * places))
