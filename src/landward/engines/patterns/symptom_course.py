"""`symptom_course`: when one symptom began, was hardest, eased, and which way it is going."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from landward.engines.patterns.annotation import running_median
from landward.engines.patterns.series import Floats, as_series, check_scale
from landward.model.symptom_course import Span, SymptomCourse

SEVERE_FROM = 0.75
WEEK = 3
"""Days each side of a running week."""

FEWEST_IN_WEEK = 4
PRESENT = 0.125
"""A week's median above this share of the scale (half a step of 0–4): the symptom was there."""

FEWEST_WEEKS = 8


def symptom_courses(
    symptoms: Mapping[str, ArrayLike], *, scales: Mapping[str, tuple[float, float]]
) -> tuple[SymptomCourse, ...]:
    """The course of every symptom (days,), higher worse, NaN where missing; ordered by name."""
    return tuple(
        symptom_course(name, values, scale=scales[name])
        for name, values in sorted(symptoms.items())
    )


def symptom_course(
    symptom: str, values: ArrayLike, *, scale: tuple[float, float] = (0, 4)
) -> SymptomCourse:
    """The course of one symptom. Raises BadInput for values off the scale."""
    series = as_series(values, symptom)
    low, high = check_scale(series, scale)
    answered = np.isfinite(series)
    severe = int((series[answered] >= low + SEVERE_FROM * (high - low)).sum())
    weekly = running_median(series, WEEK, FEWEST_IN_WEEK)
    onset, peak, easing = _landmarks(weekly, low + PRESENT * (high - low), low)
    slope, span = _trend(series)
    return SymptomCourse(
        symptom=symptom,
        scale=(low, high),
        days=series.size,
        answered=int(answered.sum()),
        severe_days=severe,
        onset=onset,
        peak=peak,
        easing=easing,
        trend_per_month=slope,
        trend_interval=span,
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


def _trend(series: Floats) -> tuple[float | None, Span | None]:
    """Points per 30 days over weekly means, the error widened for neighbouring weeks alike."""
    weeks = series[: series.size // 7 * 7].reshape(-1, 7)
    count = np.isfinite(weeks).sum(axis=1)
    kept = np.flatnonzero(count >= FEWEST_IN_WEEK)
    if kept.size < FEWEST_WEEKS:
        return None, None
    means = np.nanmean(weeks[kept], axis=1)
    t = (kept - kept.mean()) * 7.0
    slope = float(t @ means / (t @ t))
    residual = means - means.mean() - slope * t
    variance = float(residual @ residual) / (kept.size - 2)
    if variance <= 1e-12:
        return slope * 30, (slope * 30, slope * 30)
    phi = float(residual[1:] @ residual[:-1] / (residual @ residual)) + 3 / kept.size
    phi = min(max(phi, 0.0), 0.85)
    error = np.sqrt(variance / (t @ t) * (1 + phi) / (1 - phi))
    from scipy.special import stdtrit

    half = float(stdtrit(max(kept.size * (1 - phi) / (1 + phi) - 2, 2.0), 0.975)) * float(error)
    return slope * 30, ((slope - half) * 30, (slope + half) * 30)
