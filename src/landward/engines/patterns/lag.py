"""`dose_lag`: what this diary says about symptoms after dose changes.

The response to dose changes is estimated inside the joint model (lag_evidence.py); size and lag are
averaged over all lags and shapes, weighed by prior and evidence, with intervals as wide as it takes
to hold the truth (lag_interval.py); claims pay for every lag and symptom looked at (lag_claims.py).
Equations and measured coverage: docs/methods/patterns.md.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landward.engines.patterns.dose_response import dose_changes, slow_slopes
from landward.engines.patterns.joint_model import prepare
from landward.engines.patterns.lag_claims import any_as_clear, claim
from landward.engines.patterns.lag_evidence import Evidence, read_evidence
from landward.engines.patterns.lag_interval import tails
from landward.engines.patterns.lag_prior import LAGS, lag_prior, lag_quantiles, prior_interval
from landward.engines.patterns.rhythm import REGULAR, WEEK
from landward.engines.patterns.series import Floats, as_series, check_dose, check_scale
from landward.model.base import BadInput
from landward.model.lag import LagEstimate, LagReading, Span
from landward.model.said import phrase

FALSE_CLAIMS = 0.05
FEWEST_CHANGES = 4
FEWEST_DAYS = 42

SIZE_SD = 2.0
"""Prior SD of the size, in units (see parameters.py): wide, so that the diary decides."""

TOLD_APART = 0.35
"""Share of a response that weekdays or a cycle must not be able to imitate."""

SLOW_SHAPE = 0.7
"""Chance that a response rises and falls slowly rather than in a late, narrow peak."""


def dose_lag(
    severity: ArrayLike | Mapping[str, ArrayLike],
    dose_mg: ArrayLike | Mapping[str, ArrayLike],
    *,
    scale: tuple[float, float] | Mapping[str, tuple[float, float]] = (0, 10),
    half_life_h: float | None = None,
) -> LagReading:
    """Size and lag of each symptom's response to dose changes, with 95 % intervals.

    `severity` (days,) or a mapping symptom -> (days,), higher is worse, NaN where nothing was
    answered; `dose_mg` (days,) in mg a day, or a mapping drug -> (days,), whose changes are read
    together; `scale` one for all or one per symptom; `half_life_h` of the drug or of its active
    metabolite, whichever is longer, tells which lags are likely beforehand. Claims are
    controlled over symptoms (Holm). Raises BadInput for values that cannot be such a diary.
    """
    named = severity if isinstance(severity, Mapping) else {"severity": severity}
    if not named:
        raise BadInput(phrase("there is no symptom to read"))
    if half_life_h is not None and not (np.isfinite(half_life_h) and half_life_h > 0):
        raise BadInput(
            phrase(
                "a half-life is a number of hours above zero, not {half_life_h}",
                half_life_h=half_life_h,
            )
        )
    series = {name: as_series(values, name) for name, values in named.items()}
    sizes = {values.size for values in series.values()}
    if len(sizes) > 1:
        raise BadInput(phrase("the symptoms cover different numbers of days"))
    dose = check_dose(dose_mg, sizes.pop())
    days, steps = dose_changes(dose)
    prior = lag_prior(half_life_h)
    found = []
    for name, values in series.items():
        own = scale[name] if isinstance(scale, Mapping) else scale
        found.append(_estimate(name, values, check_scale(values, own), days, steps, prior))
    return LagReading(
        symptoms=claim(found, FALSE_CLAIMS),
        changes=tuple(int(day) for day in days),
        slow_slopes=tuple(slow_slopes(dose)),
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
    evidence = read_evidence(
        prepare(series, scale, np.full(series.size, 2, np.int8)), changes, steps
    )
    if same := _same_as(evidence, prior, changes):
        return bare.model_copy(update={"standing": same})
    size, size_interval, lag, lag_interval = summarise(evidence, prior)
    points = (scale[1] - scale[0]) / 10
    slow = slice(0, LAGS.size)
    return bare.model_copy(
        update={
            "size": size * points,
            "size_interval": (size_interval[0] * points, size_interval[1] * points),
            "lag_days": lag,
            "lag_interval": lag_interval,
            "p_value": any_as_clear(
                evidence.pull[slow], evidence.alike[slow, slow], evidence.freedom
            ),
            "standing": "not enough evidence yet",
        }
    )


def _same_as(
    evidence: Evidence, prior: Floats, changes: NDArray[np.int64]
) -> Literal["same as weekdays", "same as a rhythm"] | None:
    """The rhythm that likely responses cannot be told apart from, if there is one."""
    slow = slice(0, LAGS.size)
    if every_week(changes) or float(prior @ evidence.apart[slow]) < TOLD_APART:
        return "same as weekdays"
    if float(prior @ evidence.apart_from_cycle[slow]) < TOLD_APART:
        return "same as a rhythm"
    return None


def every_week(changes: NDArray[np.int64]) -> bool:
    """Whether most changes come a week after the one before: each weekday is then always as far
    from a change, and only the ends of the taper could tell the two apart."""
    return bool(np.mean(np.diff(changes) == WEEK) >= REGULAR)


def summarise(evidence: Evidence, prior: Floats) -> tuple[float, Span, float, Span]:
    """Size and lag with 95 % intervals: a mixture over lags and shapes, by prior and evidence."""
    before = np.concatenate((SLOW_SHAPE * prior, (1 - SLOW_SHAPE) * prior))
    wide = SIZE_SD * evidence.unit
    log_weight = evidence.log_ratio - 0.5 * (evidence.sizes / wide) ** 2
    weight = before[:, None] * np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    step = float(evidence.sizes[1] - evidence.sizes[0])
    edges = np.append(evidence.sizes - step / 2, evidence.sizes[-1] + step / 2)
    below = np.concatenate(([0.0], np.cumsum(weight.sum(axis=0))))
    ends = tails(evidence, weight, before, wide)
    low, middle, high = np.interp([ends[0], 0.5, ends[1]], below, edges)
    by_lag = weight.sum(axis=1).reshape(-1, LAGS.size).sum(axis=0)
    return float(middle), (float(low), float(high)), *lag_quantiles(by_lag)
