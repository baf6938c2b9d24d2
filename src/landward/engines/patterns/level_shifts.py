"""Lasting changes of level in a plain series, honest when neighbouring values are alike.

Every value is first put where its rank would lie in a normal sample (van der Waerden), so that a
few far values are not taken for a level. Then binary segmentation with a supremum test: for each
split of a segment the difference of the two means is divided by its standard error under
autoregressive noise (long-run variance, estimated with the candidate shift taken out). The largest
such ratio is compared with the supremum of a standardised Brownian bridge (Vostrikova 1981; tail
formula of Csörgő & Horváth 1997, A.3.4 there), so that looking everywhere for a shift is paid for.
The interval on the date inverts the likelihood ratio of the break, in the values themselves (Hansen
2000, Econometrica 68:575: critical value −2·log(1−√0.95) = 7.35).
"""

import math
from itertools import pairwise
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landward.engines.patterns.series import Floats, as_series
from landward.model.waves import LevelShift

ALPHA = 0.03
"""Level of each test; below 5 % because the noise is itself estimated."""

SHORTEST = 4
"""A level held for fewer values than this is not lasting."""

SHORT = 10
"""A level of fewer values than this is one only if more than half of them lie nearer to it than to
the level beside it: one far answer among equal ones makes none."""

FEWEST = 10
"""Shorter series never show a shift: their noise cannot be judged."""

ROUNDING = 1e-18
"""Squared differences smaller than this are floating-point dust (series are scaled by people)."""

BREAK_LR = -2 * math.log(1 - math.sqrt(0.95))


def level_shifts(values: ArrayLike, *, max_shifts: int | None = None) -> list[LevelShift]:
    """Lasting level changes in `values` (n,), NaN for missing, oldest first.

    `index` is the position of the first value of the new level, `interval` the positions between
    which that first value lies with about 95 % confidence. The number of shifts is not asked for;
    `max_shifts` only keeps the most telling. Constant and short series give none. Raises BadInput
    for values that are not a plain numeric series.
    """
    return find_shifts(as_series(values, "values"), SHORTEST, max_shifts)


def find_shifts(
    series: Floats, shortest: int, max_shifts: int | None = None, *, least: float = 0.0
) -> list[LevelShift]:
    """`level_shifts` of a checked series: levels of `shortest` values or more, `least` apart."""
    kept = np.flatnonzero(np.isfinite(series))
    x = series[kept]
    if x.size < FEWEST or float(np.ptp(x)) == 0.0:
        return []
    ranks = _normal_ranks(x)
    cuts = _segment(ranks, shortest)
    while max_shifts is not None and len(cuts) > max_shifts:
        cuts.remove(_weakest(ranks, cuts))
    while loose := _not_held(x, cuts):
        cuts = [cut for cut in cuts if cut not in loose]
    while cuts and (nearest := _nearest(x, cuts))[0] < least:
        cuts.remove(nearest[1])
    edges = [0, *cuts, x.size]
    variance = _long_run_variance(_residuals(x, cuts))
    found = []
    for before, at, after in zip(edges[:-2], edges[1:-1], edges[2:], strict=True):
        first, last = _interval(x[before:after], at - before, variance)
        found.append(
            LevelShift(
                index=int(kept[at]),
                before=float(x[before:at].mean()),
                after=float(x[at:after].mean()),
                interval=(int(kept[before + first]), int(kept[before + last])),
            )
        )
    return found


def _normal_ranks(x: Floats) -> Floats:
    """Where each value's rank lies in a standard normal sample (n,); equal values share one."""
    _, place, many = np.unique(x, return_inverse=True, return_counts=True)
    share = (np.cumsum(many) - many / 2) / x.size
    normal = NormalDist()
    return np.array([normal.inv_cdf(float(one)) for one in share])[place]


def _segment(x: Floats, shortest: int) -> list[int]:
    cuts: list[int] = []
    while step := _best_step(x, cuts, 1, shortest) or _best_step(x, cuts, 2, shortest):
        cuts = sorted([*cuts, *step])
    return cuts


def _nearest(x: Floats, cuts: list[int]) -> tuple[float, int]:
    """The least difference of neighbouring levels, and the cut between them."""
    means = [float(x[a:b].mean()) for a, b in pairwise([0, *cuts, x.size])]
    return min((abs(b - a), at) for (a, b), at in zip(pairwise(means), cuts, strict=True))


def _not_held(x: Floats, cuts: list[int]) -> set[int]:
    """The cuts around a short level that most of its own values do not bear out; none: empty."""
    edges = [0, *cuts, x.size]
    for before, at, after in zip(edges[:-2], edges[1:-1], edges[2:], strict=True):
        left, right = x[before:at], x[at:after]
        middle = (float(left.mean()) + float(right.mean())) / 2
        way = float(right.mean()) - middle
        for level, sign, ends in ((left, -1.0, {before, at}), (right, 1.0, {at, after})):
            near = np.count_nonzero((level - middle) * sign * way > 0)
            if level.size < SHORT and 2 * near <= level.size:
                return ends
    return set()


def _weakest(x: Floats, cuts: list[int]) -> int:
    """The cut between the two most alike levels."""
    edges = [0, *cuts, x.size]
    gains = [
        (float(_gains(x[a:b])[at - a]), at)
        for a, at, b in zip(edges[:-2], edges[1:-1], edges[2:], strict=True)
    ]
    return min(gains)[1]


def _best_step(x: Floats, cuts: list[int], count: int, shortest: int) -> list[int] | None:
    """The most telling `count` new cuts inside one segment, or None when none is beyond chance.

    Two at once are tried because a level that rises and comes back hides each of its edges from a
    search for one: the other edge looks like noise that lasts.
    """
    best: tuple[float, list[int]] | None = None
    for start, stop in pairwise([0, *cuts, x.size]):
        added = _greedy(x, start, stop, count, shortest)
        if len(added) < count:
            continue
        all_cuts = sorted([*cuts, *added])
        variance = _long_run_variance(_residuals(x, all_cuts))
        freedom = x.size - len(all_cuts) - 2
        local = [start, *added, stop]
        p = max(
            _p_of_split(x[a:b], at - a, variance, freedom)
            for a, at, b in zip(local[:-2], local[1:-1], local[2:], strict=True)
        )
        if count * p < ALPHA and (best is None or (p, added) < best):
            best = (p, added)
    return None if best is None else best[1]


def _greedy(x: Floats, start: int, stop: int, count: int, shortest: int) -> list[int]:
    """The `count` cuts inside start..stop that one after the other explain most."""
    cuts: list[int] = []
    for _ in range(count):
        options = []
        for a, b in pairwise([start, *cuts, stop]):
            if b - a >= 2 * shortest:
                gain = _gains(x[a:b], shortest)
                options.append((float(gain.max()), a + int(np.argmax(gain))))
        if not options:
            break
        cuts = sorted([*cuts, max(options)[1]])
    return cuts


def _p_of_split(segment: Floats, at: int, variance: float, freedom: int) -> float:
    gain = max(float(_gains(segment)[at]), 0.0)
    if gain <= ROUNDING:  # a step of nothing is none …
        return 1.0
    if variance <= ROUNDING * gain:  # … and without noise every true step is certain
        return 0.0
    z = _normal_score(math.sqrt(gain / variance), freedom)
    return _supremum_p(z, SHORTEST / segment.size)


def _gains(x: Floats, shortest: int = SHORTEST) -> Floats:
    """Squared mean difference over (1/n1 + 1/n2) for every split (n,), −1 where none is allowed."""
    n = x.size
    left = np.arange(1, n)
    total = np.cumsum(x)
    difference = total[:-1] / left - (total[-1] - total[:-1]) / (n - left)
    gain = np.full(n, -1.0)
    gain[1:] = difference**2 * left * (n - left) / n
    gain[:shortest] = -1.0
    gain[n - shortest + 1 :] = -1.0
    return gain


def _residuals(x: Floats, cuts: list[int]) -> Floats:
    edges = [0, *cuts, x.size]
    return np.concatenate([x[a:b] - x[a:b].mean() for a, b in pairwise(edges)])


def _long_run_variance(residuals: Floats) -> float:
    """Variance of √n × mean under autoregressive noise, never below the plain variance.

    AR(1) to AR(3) by BIC on Yule–Walker equations; the small-sample bias of the autocorrelation
    is added back (Marriott & Pope 1954).
    """
    n = residuals.size
    autocovariance = np.array([residuals[: n - k] @ residuals[k:] / n for k in range(4)])
    plain = float(autocovariance[0])
    if plain <= 0:
        return 0.0
    best, chosen = math.inf, plain
    for order in (1, 2, 3):
        matrix = autocovariance[np.abs(np.subtract.outer(range(order), range(order)))]
        phi: NDArray[np.float64] = np.linalg.solve(
            matrix + 1e-9 * plain * np.eye(order), autocovariance[1 : order + 1]
        )
        innovation = max(plain - float(phi @ autocovariance[1 : order + 1]), 1e-9 * plain)
        score = n * math.log(innovation) + order * math.log(n)
        if score < best:
            total = float(phi.sum())
            total = min(total + (1 + 3 * max(total, 0.0)) * 1.5 / n, 0.97)
            best, chosen = score, innovation / (1 - total) ** 2
    return max(plain, chosen) * n / max(n - 2, 1)


def _normal_score(t: float, freedom: int) -> float:
    """A t value as the normal value of the same tail (Wallace 1959)."""
    freedom = max(freedom, 1)
    return math.sqrt(freedom * math.log1p(t * t / freedom)) * (8 * freedom + 1) / (8 * freedom + 3)


def _supremum_p(z: float, trim: float) -> float:
    """P(sup of a standardised Brownian bridge over trim..1−trim exceeds z)."""
    if z < 1.5:
        return 1.0
    if z > 38:
        return 0.0
    width = 2 * math.log((1 - trim) / trim)
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return min(1.0, z * density * (width * (1 - 1 / z**2) + 4 / z**2))


def _interval(segment: Floats, at: int, variance: float) -> tuple[int, int]:
    gain = _gains(segment)
    inside = np.flatnonzero((gain >= 0) & (gain[at] - gain <= BREAK_LR * max(variance, 1e-12)))
    return int(inside[0]), int(inside[-1])
