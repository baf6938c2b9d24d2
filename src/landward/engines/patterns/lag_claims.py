"""How surprising the clearest of several alike responses is, and what may be said of symptoms.

Responses at neighbouring lags are nearly one response, so multiplying a p value by their number
would overpay. The chance that any of them is so clear is bounded by what they share in pairs along
a tree (Hunter 1976, Worsley 1982), and symptoms are controlled by Holm's step-down (Holm 1979).
"""

import numpy as np

from landward.engines.patterns.series import Floats
from landward.model.lag import LagEstimate


def any_as_clear(pull: Floats, alike: Floats, freedom: float) -> float:
    """Chance of one or more |pull| as large as the largest, where there is no response at all.

    `pull` (n,) are scores over errors known with `freedom` degrees of freedom, `alike` (n, n)
    their correlations.
    """
    from scipy.special import ndtr, ndtri, stdtr

    tail = float(stdtr(freedom, -float(np.abs(pull).max())))
    beyond = -float(ndtri(max(tail, 1e-300)))
    alone = pull.size * 2 * float(ndtr(-beyond))
    shared = sum(_both_beyond(beyond, r) for r in widest_tree(alike))
    return min(1.0, max(alone - shared, 2 * float(ndtr(-beyond))))


def _both_beyond(beyond: float, correlation: float) -> float:
    """Chance that two standard normals both lie beyond ± `beyond` (Owen 1956)."""
    from scipy.special import ndtr, owens_t

    def corner(r: float) -> float:
        return float(ndtr(-beyond)) - 2 * float(owens_t(beyond, np.sqrt((1 - r) / (1 + r))))

    r = min(max(correlation, -0.9999), 0.9999)
    return 2 * (corner(r) + corner(-r))


def widest_tree(alike: Floats) -> list[float]:
    """Correlations along the tree that joins the most alike responses (Prim 1957)."""
    size = np.abs(alike)
    joined, left, edges = [0], list(range(1, len(alike))), []
    while left:
        part = size[np.ix_(joined, left)]
        i, j = np.unravel_index(int(part.argmax()), part.shape)
        edges.append(float(alike[joined[i], left[j]]))
        joined.append(left.pop(int(j)))
    return edges


def claim(found: list[LagEstimate], false_claims: float) -> tuple[LagEstimate, ...]:
    """Holm's step-down over symptoms with a p value."""
    tested = sorted(
        (one for one in found if one.p_value is not None),
        key=lambda one: (one.p_value or 0.0, one.symptom),
    )
    claimed: set[str] = set()
    for rank, one in enumerate(tested):
        if (one.p_value or 0.0) * (len(tested) - rank) > false_claims:
            break
        claimed.add(one.symptom)
    return tuple(
        one.model_copy(update={"claimed": True, "standing": "found"})
        if one.symptom in claimed
        else one
        for one in found
    )
