"""`symptom_course`: when one symptom began, was hardest, eased, and which way it went.

A trend is the slope of weekly means. Weeks next to each other are alike, so the error is widened by
their autocorrelation. Over several symptoms false discoveries among the trends are held to one in
twenty.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from landward.engines.patterns.annotation import running_median
from landward.engines.patterns.discoveries import discoveries
from landward.engines.patterns.series import Floats, as_series, check_scale
from landward.model.symptom_course import Span, SymptomCourse

SEVERE_FROM = 0.75
WEEK = 3
"""Days each side of a running week."""

FEWEST_IN_WEEK = 4
PRESENT = 0.125
"""A week's median above this share of the scale (half a step of 0–4): the symptom was there."""

FEWEST_WEEKS = 8
FALSE_DISCOVERIES = 0.05


def symptom_courses(
    symptoms: Mapping[str, ArrayLike], *, scales: Mapping[str, tuple[float, float]]
) -> tuple[SymptomCourse, ...]:
    """The course of every symptom (days,), higher worse, NaN where missing; ordered by name.

    A trend that would be named for one symptom alone is not, where looking at so many explains it.
    """
    found = [
        symptom_course(name, values, scale=scales[name])
        for name, values in sorted(symptoms.items())
    ]
    named = discoveries([one.trend_p_value for one in found], FALSE_DISCOVERIES)
    return tuple(
        one
        if stands or one.trend == "too few days"
        else one.model_copy(update={"trend": "no clear trend"})
        for one, stands in zip(found, named, strict=True)
    )


def symptom_course(
    symptom: str, values: ArrayLike, *, scale: tuple[float, float] = (0, 4)
) -> SymptomCourse:
    """The course of one symptom. Raises BadInput for values off the scale."""
    series = as_series(values, symptom)
    low, high = check_scale(series, scale)
    answered = np.isfinite(series)
    if not answered.any():
        return SymptomCourse(
            symptom=symptom, scale=(low, high), days=series.size, answered=0, severe_days=0
        )
    severe = int((series[answered] >= low + SEVERE_FROM * (high - low)).sum())
    weekly = running_median(series, WEEK, FEWEST_IN_WEEK)
    onset, peak, easing = _landmarks(weekly, low + PRESENT * (high - low), low)
    readable = np.flatnonzero(np.isfinite(weekly))
    slope, span, p_value = _trend(series)
    return SymptomCourse(
        symptom=symptom,
        scale=(low, high),
        days=series.size,
        answered=int(answered.sum()),
        severe_days=severe,
        onset=onset,
        from_start=onset is not None and onset == readable[0],
        peak=peak,
        easing=easing,
        trend_per_month=slope,
        trend_interval=span,
        trend_p_value=p_value,
        trend="too few days" if span is None else _direction(span),
    )


def _direction(span: Span) -> str:
    return "easier" if span[1] < 0 else "harder" if span[0] > 0 else "no clear trend"


def _landmarks(
    weekly: Floats, present: float, low: float
) -> tuple[int | None, int | None, int | None]:
    there = np.flatnonzero(weekly > present)
    if not there.size:
        return None, None, None
    highest = float(np.nanmax(weekly))
    hardest = np.flatnonzero(weekly == highest)
    run = hardest[: int(np.argmax(np.append(np.diff(hardest) > 1, True))) + 1]
    peak = int(run[run.size // 2])
    above = np.flatnonzero(weekly > low + (highest - low) / 2)
    rest = np.flatnonzero(np.isfinite(weekly) & (np.arange(weekly.size) > above[-1]))
    eased = rest.size >= 2 * WEEK + 1
    return int(there[0]), peak, int(rest[0]) if eased else None


def _trend(series: Floats) -> tuple[float | None, Span | None, float | None]:
    """Points per 30 days with interval and p value, errors widened for neighbouring weeks alike."""
    weeks = series[: series.size // 7 * 7].reshape(-1, 7)
    count = np.isfinite(weeks).sum(axis=1)
    kept = np.flatnonzero(count >= FEWEST_IN_WEEK)
    if kept.size < FEWEST_WEEKS:
        return None, None, None
    means = np.nanmean(weeks[kept], axis=1)
    t = (kept - kept.mean()) * 7.0
    slope = float(t @ means / (t @ t))
    residual = means - means.mean() - slope * t
    variance = float(residual @ residual) / (kept.size - 2)
    if variance <= 1e-12:
        still = abs(slope) < 1e-12
        return slope * 30, (slope * 30, slope * 30), 1.0 if still else 0.0
    phi = _carried_over(residual, kept) + 3 / kept.size
    phi = min(max(phi, 0.0), 0.85)
    error = float(np.sqrt(variance / (t @ t) * (1 + phi) / (1 - phi)))
    freedom = max(kept.size * (1 - phi) / (1 + phi) - 2, 2.0)
    from scipy.special import stdtr, stdtrit

    half = float(stdtrit(freedom, 0.975)) * error
    p_value = float(2 * stdtr(freedom, -abs(slope) / error))
    return slope * 30, ((slope - half) * 30, (slope + half) * 30), p_value


def _carried_over(residual: Floats, weeks: np.ndarray) -> float:
    """Correlation of one week's residual with the next week's, over weeks that are neighbours."""
    follows = np.flatnonzero(np.diff(weeks) == 1)
    if follows.size < FEWEST_WEEKS // 2:
        return 0.5
    product = float(residual[follows + 1] @ residual[follows]) / follows.size
    return product / (float(residual @ residual) / residual.size)
