"""`read_feelings`: emotional range over time, each measure with the least data it needs.

What is measured and what is left out follows docs/methods/patterns.md: levels and shares first,
variability only relative to what the mean allows, no inertia, no entropy, no total.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landward.engines.patterns.follow import follow_interval
from landward.engines.patterns.reach import best_events, by_phase, range_of, reactivity_of
from landward.engines.patterns.series import Floats, as_series, check_scale
from landward.model.base import BadInput
from landward.model.feelings import (
    FeelingPoint,
    FeelingSeries,
    FeelingsReading,
    FeelingStretch,
    Share,
    Span,
)
from landward.model.said import phrase

LOWEST_QUARTER = 0.25


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
    stretches: Sequence[FeelingStretch] = (),
) -> FeelingsReading:
    """Read feelings day by day.

    `items` maps an item to its answers (days,), NaN where there is none, higher meaning more
    feeling; `pair` names the pleasant and the painful item; `no_occasion` and `too_much` give
    positions answered in words; `events` are (position, pleasantness −2 … +2); `severity` (days,)
    is how hard each day was, and `follower` the item whose lag behind it is asked (the first of
    `pair` unless given); `stretches` are parts of the time to look at apart, as before, during and
    after a taper. Raises BadInput for values that are no such diary.
    """
    series = {name: as_series(values, name) for name, values in items.items()}
    lengths = {values.size for values in series.values()}
    if len(lengths) != 1:
        raise BadInput(phrase("feelings need at least one item, all over the same days"))
    days = lengths.pop()
    spans = {name: check_scale(values, scales[name]) for name, values in series.items()}
    words = (no_occasion or {}, too_much or {})
    follow = follower or (pair[0] if pair else None)
    lag = None
    if severity is not None and follow in series:
        lag = follow_interval(as_series(severity), series[follow])
    best = best_events(events)
    slopes = (reactivity_of(name, series[name], spans[name], best) for name in sorted(series))
    return FeelingsReading(
        items=tuple(_series(name, series[name], spans[name], *words) for name in sorted(series)),
        days=days,
        answered=int(np.any([np.isfinite(v) for v in series.values()], axis=0).sum()),
        both_low=_both_low(series, spans, pair),
        too_much=_too_much(series, words[1], days),
        range=tuple(range_of(name, series[name], spans[name]) for name in sorted(series)),
        reactivity=tuple(one for one in slopes if one),
        events=len(events),
        phases=by_phase(series, spans, best, stretches),
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
