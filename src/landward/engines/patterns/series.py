"""What every pattern engine asks of its input: a one-dimensional daily series with honest gaps."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landward.model.base import BadInput
from landward.model.said import phrase
from landward.model.waves import State

Floats = NDArray[np.float64]

MIN_ANSWERED = 14
"""Fewer answered days than this say nothing about a person's usual: every day stays unknown."""

LONG_GAP = 3
"""This many days without an answer, or more, are unknown; shorter gaps are bridged."""

MOST_MG_A_DAY = 10_000.0
"""No psychiatric drug is taken by more than ten grams a day: larger numbers are in micrograms."""


def as_series(values: ArrayLike, name: str = "severity") -> Floats:
    """A float array (days,) with NaN for missing. Raises BadInput when it is not one."""
    try:
        series = np.asarray(
            [np.nan if v is None else v for v in values]  # type: ignore[union-attr]  # any iterable
            if not isinstance(values, np.ndarray)
            else values,
            dtype=float,
        )
    except (TypeError, ValueError) as error:
        raise BadInput(
            phrase("{name} must be numbers, one a day, NaN where nothing was answered", name=name)
        ) from error
    if series.ndim != 1:
        raise BadInput(
            phrase(
                "{name} must be one number a day, not an array of shape {shape}",
                name=name,
                shape=series.shape,
            )
        )
    if np.isinf(series).any():
        where = int(np.flatnonzero(np.isinf(series))[0])
        raise BadInput(
            phrase(
                "{name} is infinite at position {where}; write NaN where it is missing",
                name=name,
                where=where,
            )
        )
    return series


def check_scale(series: Floats, scale: tuple[float, float]) -> tuple[float, float]:
    """The scale as two floats. Raises BadInput if it is no range or an answer lies outside it."""
    try:
        low, high = (float(end) for end in scale)
    except (TypeError, ValueError) as error:
        raise BadInput(
            phrase("a scale is two numbers, lowest and highest answer, like (0, 10)")
        ) from error
    if not (np.isfinite([low, high]).all() and low < high):
        raise BadInput(
            phrase(
                "a scale runs from low to high, not from {low} to {high}",
                low=format(low, "g"),
                high=format(high, "g"),
            )
        )
    outside = np.flatnonzero((series < low) | (series > high))
    if outside.size:
        at = int(outside[0])
        raise BadInput(
            phrase(
                "the answer {series} at position {at} is not on the scale {low} to "
                "{high}; were two scales mixed?",
                series=format(series[at], "g"),
                at=at,
                low=format(low, "g"),
                high=format(high, "g"),
            )
        )
    return low, high


def check_dose(dose_mg: ArrayLike | Mapping[str, ArrayLike], days: int) -> Floats:
    """Daily doses in mg, gaps carried forward: (days,), or (drugs, days) for a mapping of drugs.

    Raises BadInput when they cannot be such.
    """
    if isinstance(dose_mg, Mapping):
        if not dose_mg:
            return np.zeros(days)
        return np.vstack([_one_dose(dose, days, drug) for drug, dose in sorted(dose_mg.items())])
    return _one_dose(dose_mg, days, "dose_mg")


def _one_dose(dose_mg: ArrayLike, days: int, name: str) -> Floats:
    dose = as_series(dose_mg, name)
    if dose.size != days:
        raise BadInput(
            phrase(
                "{name} has {size} days but severity has {days}; give one dose a day",
                name=name,
                size=dose.size,
                days=days,
            )
        )
    if (dose < 0).any():
        raise BadInput(phrase("{name} holds a dose below zero", name=name))
    if (dose > MOST_MG_A_DAY).any():
        raise BadInput(
            phrase(
                "{name} reaches {nanmax} mg a day; is it in micrograms?",
                name=name,
                nanmax=format(np.nanmax(dose), "g"),
            )
        )
    known = np.flatnonzero(np.isfinite(dose))
    if not known.size:
        return np.zeros(days)
    last = np.searchsorted(known, np.arange(days), side="right") - 1
    return dose[known[np.maximum(last, 0)]]


def as_labels(labels: Any, days: int) -> NDArray[np.int8]:
    """A person's own labels as (days,) of -1 window, 0 usual, +1 wave, 2 none given.

    Accepts a mapping position -> label or one label a day; a label is a State, its word, -1/0/+1,
    or None / NaN / "" / "unknown" where nothing was said. Raises BadInput for anything else.
    """
    coded = np.full(days, 2, np.int8)
    if labels is None:
        return coded
    if not isinstance(labels, Mapping) and len(labels) != days:
        raise BadInput(
            phrase(
                "labels has {count} days but severity has {days}; give one a day",
                count=len(labels),
                days=days,
            )
        )
    pairs: Sequence[tuple[int, Any]] = (
        list(labels.items()) if isinstance(labels, Mapping) else list(enumerate(labels))
    )
    for position, label in pairs:
        if not 0 <= int(position) < days:
            raise BadInput(
                phrase(
                    "a label is for day {position}, outside the {days} days of the diary",
                    position=position,
                    days=days,
                )
            )
        coded[int(position)] = _label_code(label)
    return coded


_CODES = {State.WINDOW: -1, State.USUAL: 0, State.WAVE: 1, State.UNKNOWN: 2, "": 2}


def _label_code(label: Any) -> int:
    if label is None or (isinstance(label, float | np.floating) and np.isnan(label)):
        return 2
    if isinstance(label, str):
        code = _CODES.get(label)
    else:
        code = int(label) if label in (-1, 0, 1) else None
    if code is None:
        raise BadInput(phrase("“{label}” is not a label; say window, usual or wave", label=label))
    return code


def gap_lengths(answered: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For every day the length of the unanswered run it lies in; 0 on answered days."""
    lengths = np.zeros(answered.size, np.int64)
    edges = np.flatnonzero(np.diff(np.concatenate(([1], answered.astype(np.int8), [1]))))
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        lengths[start:stop] = stop - start
    return lengths


def robust_sd(values: Floats) -> float:
    """1.4826 × median absolute deviation; the plain SD where more than half of all are equal."""
    kept = values[np.isfinite(values)]
    if kept.size < 2:
        return 0.0
    mad = 1.4826 * float(np.median(np.abs(kept - np.median(kept))))
    return mad if mad > 0 else float(kept.std())
