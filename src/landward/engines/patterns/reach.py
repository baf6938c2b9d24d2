"""How far a feeling moves, and how much of a day's events reaches it: for a stretch of days.

Both are given with what they are not sure of. The intervals of the range come from leaving out one
week after the other (a jackknife over weeks, since neighbouring days resemble each other).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.stats import t as students_t

from landward.engines.patterns.series import Floats
from landward.model.feelings import (
    FeelingRange,
    FeelingStretch,
    PhaseFeelings,
    Reactivity,
    Span,
)

FEWEST_FOR_RANGE = 14
FEWEST_EVENTS = 30
FEWEST_WEEKS = 4
WEEK = 7
SLOPE_SD = 0.1
"""Prior SD of reactivity as a share of the scale per step of pleasantness."""


def best_events(events: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The pleasantest event of each day, −2 … +2, by position."""
    best: dict[int, int] = {}
    for day, pleasantness in events:
        best[day] = max(pleasantness, best.get(day, -2))
    return best


def range_of(name: str, values: Floats, scale: Span) -> FeelingRange:
    """How far one item moves against what its mean allows, with its interval."""
    kept = values[np.isfinite(values)]
    mean = float(kept.mean()) if kept.size else None
    if kept.size < FEWEST_FOR_RANGE:
        return FeelingRange(item=name, relative_sd=None, mean=mean, n=kept.size)
    relative = _relative_sd(kept, scale)
    span = None if relative is None else _without_each_week(values, scale, relative)
    return FeelingRange(item=name, relative_sd=relative, interval=span, mean=mean, n=kept.size)


def _relative_sd(kept: Floats, scale: Span) -> float | None:
    mean = float(kept.mean())
    most = np.sqrt((mean - scale[0]) * (scale[1] - mean) * kept.size / (kept.size - 1))
    return float(min(kept.std(ddof=1) / most, 1.0)) if most > 1e-9 else None


def _without_each_week(values: Floats, scale: Span, whole: float) -> Span | None:
    weeks = np.arange(values.size) // WEEK
    answered = np.isfinite(values)
    held = np.unique(weeks[answered])
    if held.size < FEWEST_WEEKS:
        return None
    without = [_relative_sd(values[answered & (weeks != week)], scale) for week in held]
    found = np.array([one for one in without if one is not None])
    if found.size < held.size:
        return None  # all that moved was in one week
    error = np.sqrt((held.size - 1) / held.size * np.sum((found - found.mean()) ** 2))
    half = float(students_t.ppf(0.975, held.size - 1) * error)
    return max(whole - half, 0.0), min(whole + half, 1.0)


def reactivity_of(
    name: str, values: Floats, scale: Span, best: Mapping[int, int]
) -> Reactivity | None:
    """Slope of one item on the day's pleasantest event, with a prior around no reactivity.

    None below `FEWEST_EVENTS` days with both, or where every event was alike.
    """
    days = np.array([d for d in sorted(best) if d < values.size and np.isfinite(values[d])], int)
    if days.size < FEWEST_EVENTS:
        return None
    x = np.array([best[int(d)] for d in days], float)
    y = values[days]
    x = x - x.mean()
    if not x.any():
        return None
    prior = (SLOPE_SD * (scale[1] - scale[0])) ** 2
    plain = float(x @ (y - y.mean()) / (x @ x))
    noise = float(np.sum((y - y.mean() - plain * x) ** 2) / max(days.size - 2, 1))
    variance = 1 / (x @ x / max(noise, 1e-9) + 1 / prior)
    slope = float(variance * (x @ (y - y.mean())) / max(noise, 1e-9))
    half = 1.96 * float(np.sqrt(variance))
    return Reactivity(item=name, slope=slope, interval=(slope - half, slope + half), n=days.size)


def by_phase(
    series: Mapping[str, Floats],
    spans: Mapping[str, Span],
    best: Mapping[int, int],
    stretches: Sequence[FeelingStretch],
) -> tuple[PhaseFeelings, ...]:
    """Range and reactivity of every item in every stretch, in the order given."""
    found = []
    for stretch in stretches:
        inside = slice(stretch.first, stretch.last + 1)
        events = {
            day - stretch.first: step
            for day, step in best.items()
            if stretch.first <= day <= stretch.last
        }
        names = sorted(series)
        slopes = (reactivity_of(n, series[n][inside], spans[n], events) for n in names)
        found.append(
            PhaseFeelings(
                stretch=stretch,
                range=tuple(range_of(n, series[n][inside], spans[n]) for n in names),
                reactivity=tuple(one for one in slopes if one),
                events=len(events),
            )
        )
    return tuple(found)
