"""`read_feelings`: emotional range over time, each measure with the least data it needs.

What is measured and what is left out follows docs/methods/patterns.md: levels and shares first,
variability only relative to what the mean allows, no inertia, no entropy, no total.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landward.engines.patterns.follow import follow_interval
from landward.engines.patterns.series import Floats, as_series, check_scale
from landward.model.base import BadInput
from landward.model.feelings import (
    FeelingPoint,
    FeelingRange,
    FeelingSeries,
    FeelingsReading,
    Reactivity,
    Share,
    Span,
)

LOWEST_QUARTER = 0.25
FEWEST_FOR_RANGE = 14
FEWEST_EVENTS = 30
SLOPE_SD = 0.1
"""Prior SD of reactivity as a share of the scale per step of pleasantness."""


def read_feelings(
    items: Mapping[str, ArrayLike],
    *,
    scales: Mapping[str, tuple[float, float]],
    pair: tuple[str, str] | None = None,
    no_occasion: Mapping[str, Sequence[int]] | None = None,
    too_much: Mapping[str, Sequence[int]] | None = None,
    events: Sequence[tuple[int, int]] = (),
    severity: ArrayLike | None = None,
    follower: str | None = None,
) -> FeelingsReading:
    """Read feelings day by day.

    `items` maps an item to its answers (days,), NaN where there is none, higher meaning more
    feeling; `pair` names the pleasant and the painful item; `no_occasion` and `too_much` give
    positions answered in words; `events` are (position, pleasantness −2 … +2); `severity` (days,)
    is how hard each day was, and `follower` the item whose lag behind it is asked (the first of
    `pair` unless given). Raises BadInput for values that are no such diary.
    """
    series = {name: as_series(values, name) for name, values in items.items()}
    lengths = {values.size for values in series.values()}
    if len(lengths) != 1:
        raise BadInput("feelings need at least one item, all over the same days")
    days = lengths.pop()
    spans = {name: check_scale(values, scales[name]) for name, values in series.items()}
    words = (no_occasion or {}, too_much or {})
    follow = follower or (pair[0] if pair else None)
    lag = None
    if severity is not None and follow in series:
        lag = follow_interval(as_series(severity), series[follow])
    return FeelingsReading(
        items=tuple(_series(name, series[name], spans[name], *words) for name in sorted(series)),
        days=days,
        answered=int(np.any([np.isfinite(v) for v in series.values()], axis=0).sum()),
        both_low=_both_low(series, spans, pair),
        too_much=_too_much(series, words[1], days),
        range=tuple(_range(name, series[name], spans[name]) for name in sorted(series)),
        reactivity=_reactivity(series, spans, events),
        events=len(events),
        lag_behind_symptoms_days=lag,
    )


def _series(
    name: str,
    values: Floats,
    scale: Span,
    no_occasion: Mapping[str, Sequence[int]],
    too_much: Mapping[str, Sequence[int]],
) -> FeelingSeries:
    quiet, much = set(no_occasion.get(name, ())), set(too_much.get(name, ()))
    asked = sorted(set(np.flatnonzero(np.isfinite(values)).tolist()) | quiet | much)
    points = tuple(
        FeelingPoint(
            position=day,
            value=None if np.isnan(values[day]) else float(values[day]),
            occasion=day not in quiet,
            too_much=day in much,
        )
        for day in asked
    )
    return FeelingSeries(item=name, scale=scale, points=points)


def wilson(hits: int, n: int) -> Share:
    """A share with Wilson's 95 % interval."""
    if not n:
        return Share(share=None, interval=None, n=0)
    z2 = 1.96**2
    share = hits / n
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = np.sqrt(z2 * (share * (1 - share) + z2 / (4 * n)) / n) / (1 + z2 / n)
    span = (max(float(middle - half), 0.0), min(float(middle + half), 1.0))
    return Share(share=share, interval=span, n=n)


def _both_low(
    series: Mapping[str, Floats], spans: Mapping[str, Span], pair: tuple[str, str] | None
) -> Share:
    if pair is None or not all(name in series for name in pair):
        return wilson(0, 0)
    both = np.isfinite(series[pair[0]]) & np.isfinite(series[pair[1]])
    low: NDArray[np.bool_] = both.copy()
    for name in pair:
        bottom, top = spans[name]
        low &= series[name] <= bottom + LOWEST_QUARTER * (top - bottom)
    return wilson(int(low.sum()), int(both.sum()))


def _too_much(
    series: Mapping[str, Floats], too_much: Mapping[str, Sequence[int]], days: int
) -> Share:
    marked = np.zeros(days, bool)
    for positions in too_much.values():
        marked[list(positions)] = True
    answered = np.any([np.isfinite(values) for values in series.values()], axis=0) | marked
    return wilson(int(marked.sum()), int(answered.sum()))


def _range(name: str, values: Floats, scale: Span) -> FeelingRange:
    kept = values[np.isfinite(values)]
    if kept.size < FEWEST_FOR_RANGE:
        mean = float(kept.mean()) if kept.size else None
        return FeelingRange(item=name, relative_sd=None, mean=mean, n=kept.size)
    mean = float(kept.mean())
    most = np.sqrt((mean - scale[0]) * (scale[1] - mean) * kept.size / (kept.size - 1))
    relative = float(min(kept.std(ddof=1) / most, 1.0)) if most > 1e-9 else None
    return FeelingRange(item=name, relative_sd=relative, mean=mean, n=kept.size)


def _reactivity(
    series: Mapping[str, Floats], spans: Mapping[str, Span], events: Sequence[tuple[int, int]]
) -> tuple[Reactivity, ...]:
    """Slope of each item on the day's pleasantest event, with a prior around no reactivity."""
    best: dict[int, int] = {}
    for day, pleasantness in events:
        best[day] = max(pleasantness, best.get(day, -2))
    found = []
    for name in sorted(series):
        days = np.array([d for d in sorted(best) if np.isfinite(series[name][d])], int)
        if days.size < FEWEST_EVENTS:
            continue
        x = np.array([best[int(d)] for d in days], float)
        y = series[name][days]
        x = x - x.mean()
        if not x.any():
            continue
        prior = (SLOPE_SD * (spans[name][1] - spans[name][0])) ** 2
        plain = float(x @ (y - y.mean()) / (x @ x))
        noise = float(np.sum((y - y.mean() - plain * x) ** 2) / max(days.size - 2, 1))
        variance = 1 / (x @ x / max(noise, 1e-9) + 1 / prior)
        slope = float(variance * (x @ (y - y.mean())) / max(noise, 1e-9))
        half = 1.96 * float(np.sqrt(variance))
        span = (slope - half, slope + half)
        found.append(Reactivity(item=name, slope=slope, interval=span, n=days.size))
    return tuple(found)
