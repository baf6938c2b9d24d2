"""`dose_lag`: what this diary says about symptoms after dose changes.

The response to dose changes is estimated inside the joint model, so that windows, waves and the
moving baseline are summed over rather than mistaken for it. For every lag on a grid the marginal
likelihood is read at three sizes; its curvature gives the size and its error at that lag. Slow
parts of the response, which a baseline can imitate, are taken out first. The error is then compared
with what the very same procedure finds for cuts on other dates of the same diary, where there is
nothing to find, and widened by as much. Equations and measured coverage: docs/methods/patterns.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landward.engines.patterns.dose_response import dose_changes, response_shape
from landward.engines.patterns.joint_model import Diary, Fit, fit, log_likelihood, prepare, reach_of
from landward.engines.patterns.lag_prior import LAGS, lag_prior, prior_interval
from landward.engines.patterns.parameters import PLAIN, STEADY
from landward.engines.patterns.series import Floats, as_series, check_dose, check_scale
from landward.model.base import BadInput
from landward.model.lag import LagEstimate, LagReading, Span

FALSE_CLAIMS = 0.05
FEWEST_CHANGES = 4
FEWEST_DAYS = 42
SLOW_DAYS = 57
"""What a centred mean over this many days shows of a response is left to the baseline."""

SIZE_SD = 1.0
"""Prior SD of the size, in units (see parameters.py): wide, so that the diary mostly decides."""

LOOKS = 5.0
"""Independent looks the lag grid amounts to; the smallest p value is multiplied by it."""

PLACEBOS = 16
PLACEBO_LAG = 5.0
PLACEBO_TRUST = 16.0
"""Placebo sets, the lag they are read at, and how many of them the plain error is worth."""

PRICE = 3.0
SPARE = 4


def dose_lag(
    severity: ArrayLike | Mapping[str, ArrayLike],
    dose_mg: ArrayLike,
    *,
    scale: tuple[float, float] | Mapping[str, tuple[float, float]] = (0, 10),
    half_life_h: float | None = None,
) -> LagReading:
    """Size and lag of each symptom's response to dose changes, with 95 % intervals.

    `severity` (days,) or a mapping symptom -> (days,), higher is worse, NaN where nothing was
    answered; `dose_mg` (days,) in mg a day; `scale` one for all or one per symptom; `half_life_h`
    of the drug (with its active metabolites) tells which lags are likely beforehand. Claims are
    controlled over symptoms (Holm). Raises BadInput for values that cannot be such a diary.
    """
    named = severity if isinstance(severity, Mapping) else {"severity": severity}
    if not named:
        raise BadInput("there is no symptom to read")
    if half_life_h is not None and not (np.isfinite(half_life_h) and half_life_h > 0):
        raise BadInput(f"a half-life is a number of hours above zero, not {half_life_h}")
    series = {name: as_series(values, name) for name, values in named.items()}
    sizes = {values.size for values in series.values()}
    if len(sizes) > 1:
        raise BadInput("the symptoms cover different numbers of days")
    dose = check_dose(dose_mg, sizes.pop())
    days, steps = dose_changes(dose)
    prior = lag_prior(half_life_h)
    found = []
    for name, values in series.items():
        own = scale[name] if isinstance(scale, Mapping) else scale
        found.append(_estimate(name, values, check_scale(values, own), days, steps, prior))
    return LagReading(
        symptoms=_claim(found),
        changes=tuple(int(day) for day in days),
        half_life_h=half_life_h,
        prior_lag_interval=prior_interval(prior),
        false_claims=FALSE_CLAIMS,
    )


def _estimate(  # noqa: PLR0917 - private
    name: str,
    series: Floats,
    scale: Span,
    changes: NDArray[np.int64],
    steps: Floats,
    prior: Floats,
) -> LagEstimate:
    answered = np.isfinite(series)
    seen = [c for c in changes if answered[c : c + 15].sum() >= 5]
    bare = LagEstimate(
        symptom=name,
        scale=scale,
        days=series.size,
        answered=int(answered.sum()),
        changes=len(seen),
        standing="too few days",
    )
    if bare.answered < FEWEST_DAYS or np.nanmax(series) == np.nanmin(series):
        return bare
    if len(seen) < FEWEST_CHANGES:
        return bare.model_copy(update={"standing": "too few dose changes"})
    surface = likelihood_surface(series, scale, changes, steps)
    size, size_interval, lag, lag_interval = summarise(surface, prior)
    points = (scale[1] - scale[0]) / 10
    return bare.model_copy(
        update={
            "size": size * points,
            "size_interval": (size_interval[0] * points, size_interval[1] * points),
            "lag_days": lag,
            "lag_interval": lag_interval,
            "p_value": surface.p_value,
            "standing": "not enough evidence yet",
        }
    )


@dataclass(frozen=True)
class Surface:
    """Size (n,) and its error (n,) at every lag of the grid, on the 0–10 working scale.

    `p_value` is the chance of so clear a response at any lag without one, two-sided.
    """

    sizes: Floats
    errors: Floats
    unit: float
    p_value: float


def likelihood_surface(
    series: Floats, scale: Span, changes: NDArray[np.int64], steps: Floats
) -> Surface:
    """Estimate at every lag by the curvature of the marginal likelihood around no response."""
    diary = prepare(series, scale, np.full(series.size, 2, np.int8))
    reader = _Reader(diary, _chosen(diary))
    shapes = [_fast(series.size, changes, steps, lag) for lag in LAGS]
    found = np.array([reader.estimate(shape) for shape in shapes])
    errors = found[:, 1] * _widening(reader, series.size, changes, steps)
    return Surface(found[:, 0], errors, diary.unit, _p_value(found[:, 0] / errors))


def _widening(reader: "_Reader", days: int, changes: NDArray[np.int64], steps: Floats) -> float:
    """How much larger errors are than the likelihood has it, from dates with nothing to find."""
    sets = _other_dates(days, changes)
    placebo = np.array([reader.estimate(_fast(days, at, steps, PLACEBO_LAG)) for at in sets])
    z = placebo[:, 0] / placebo[:, 1]
    return max(float(np.sqrt((PLACEBO_TRUST + z @ z) / (PLACEBO_TRUST + z.size))), 1.0)


def _p_value(z: Floats) -> float:
    from scipy.special import ndtr

    return float(min(1.0, LOOKS * 2 * ndtr(-float(np.abs(z).max()))))


def _chosen(diary: Diary) -> Fit:
    """Spells where the diary shows them, else a baseline and noise alone."""
    plain = fit(diary, PLAIN, rounds=6)
    steady = fit(diary, STEADY, rounds=4)
    better = plain.log_likelihood - PRICE > steady.log_likelihood
    return plain if better else steady


class _Reader:
    """Reads the likelihood of one fitted diary for any response shape."""

    def __init__(self, diary: Diary, model: Fit) -> None:
        self.diary, self.model = diary, model
        reach = reach_of(diary, model) + np.array([-SPARE, SPARE])
        self.reach = np.clip(reach, 0, diary.cells)
        self.buffer = np.empty((diary.answers.size, 2 * model.template.levels, diary.cells))
        self.none = self._likelihood(np.zeros(diary.answers.size), 0.0)

    def estimate(self, shape: Floats) -> tuple[float, float]:
        """Size and its error for a response of this shape (days,)."""
        half = 1.0 / max(1.0, float(np.abs(shape).max()))
        above, below = self._likelihood(shape, half), self._likelihood(shape, -half)
        score = (above - below) / (2 * half)
        information = max((2 * self.none - above - below) / half**2, 1e-3)
        return score / information, 1 / np.sqrt(information)

    def _likelihood(self, shape: Floats, size: float) -> float:
        values = replace(self.model.values, dose=size)
        template = self.model.template
        return log_likelihood(self.diary, template, values, shape, self.buffer, self.reach)


def _fast(days: int, changes: NDArray[np.int64], steps: Floats, lag: float) -> Floats:
    """The response without what a slowly moving baseline could imitate."""
    shape = response_shape(days, changes, steps, lag)
    half = SLOW_DAYS // 2
    padded = np.pad(shape, half, mode="edge")
    slow = np.convolve(padded, np.full(SLOW_DAYS, 1 / SLOW_DAYS), "valid")
    return shape - slow[:days]


def _other_dates(days: int, changes: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Sets of as many dates spread irregularly over the same stretch (golden-ratio sequence)."""
    first, last = int(changes.min()), min(int(changes.max()) + 14, days - 1)
    golden = (np.sqrt(5) - 1) / 2
    sets = []
    for k in range(PLACEBOS):
        spread = np.mod(np.arange(1, changes.size + 1) * (golden + 0.137 * k) + 0.61 * k, 1.0)
        jitter = np.mod(spread * 997.13 + k * 0.7071, 1.0)
        mixed = np.mod(0.5 * spread + 0.5 * jitter + 0.37 * k, 1.0)
        sets.append(np.sort(first + np.floor(mixed * (last - first)).astype(np.int64)))
    return sets


def summarise(surface: Surface, prior: Floats) -> tuple[float, Span, float, Span]:
    """Size and lag with 95 % intervals: a mixture over lags, weighed by prior and evidence."""
    wide = (SIZE_SD * surface.unit) ** 2
    variance = surface.errors**2
    shrink = wide / (wide + variance)
    z = surface.sizes / surface.errors
    log_weight = np.log(prior) + 0.5 * np.log(1 - shrink) + 0.5 * shrink * z**2
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    mean, sd = shrink * surface.sizes, np.sqrt(shrink) * surface.errors
    grid = np.linspace((mean - 5 * sd).min(), (mean + 5 * sd).max(), 801)
    from scipy.special import ndtr

    below = (weight * ndtr((grid[:, None] - mean) / sd)).sum(axis=1)
    low, middle, high = np.interp([0.025, 0.5, 0.975], below, grid)
    return float(middle), (float(low), float(high)), *lag_quantiles(weight)


def lag_quantiles(weight: Floats) -> tuple[float, Span]:
    """Median and 95 % interval of the lag in days; each grid lag stands for its surroundings."""
    logs = np.log(LAGS)
    middles = (logs[1:] + logs[:-1]) / 2
    edges = np.concatenate(([2 * logs[0] - middles[0]], middles, [2 * logs[-1] - middles[-1]]))
    below = np.concatenate(([0.0], np.cumsum(weight)))
    low, middle, high = np.exp(np.interp([0.025, 0.5, 0.975], below, edges))
    return float(middle), (float(low), float(high))


def _claim(found: list[LagEstimate]) -> tuple[LagEstimate, ...]:
    """Holm's step-down over symptoms with a p value."""
    tested = sorted(
        (one for one in found if one.p_value is not None),
        key=lambda one: (one.p_value or 0.0, one.symptom),
    )
    claimed: set[str] = set()
    for rank, one in enumerate(tested):
        if (one.p_value or 0.0) * (len(tested) - rank) > FALSE_CLAIMS:
            break
        claimed.add(one.symptom)
    return tuple(
        one.model_copy(update={"claimed": True, "standing": "found"})
        if one.symptom in claimed
        else one
        for one in found
    )
