"""Rhythms of a diary: weekdays and a cycle of about a month, told by evidence.

A rhythm is only read into a diary that shows it: its columns must make the answers more likely by
more than their number costs (Laplace's evidence on the scores of a fit without them).
"""

import numpy as np
from numpy.typing import NDArray

from landward.engines.patterns.dose_response import dose_changes, response_shape
from landward.engines.patterns.effects import (
    DOSE_SD,
    RHYTHM_SD,
    Effects,
    gain,
    no_effects,
    without_carried,
)
from landward.engines.patterns.joint_model import Diary, Fit, carry_of
from landward.engines.patterns.series import Floats

WEEK = 7
NEEDED = 3.0
"""Log evidence above which a rhythm is taken to be there: twenty to one."""

LAGS = (2.0, 4.0, 7.0, 12.0)
"""Lags (days) tried for the dose response when spells are read."""


def weekdays(days: int) -> Floats:
    """(days, 7) one column a weekday, their mean taken out."""
    return np.eye(WEEK)[np.arange(days) % WEEK] - 1 / WEEK


def cycle(days: int, period: float, waves: int = 1) -> Floats:
    """(days, 2 · waves) a cycle of `period` days: its wave, the one of half the length, …"""
    turn = 2 * np.pi * np.arange(days) / period
    return np.column_stack([f(k * turn) for k in range(1, waves + 1) for f in (np.cos, np.sin)])


CYCLES = tuple(range(25, 33))
"""Lengths of a cycle, in days, that are looked for: a month, more or less."""

REGULAR = 0.6
"""Share of the gaps between dose changes that must be alike for them to keep a rhythm."""


def likely_cycle(diary: Diary, one: Fit) -> int | None:
    """Length in days of the cycle that the scores of a fit without it show, or None."""
    days = diary.answers.size
    if days < 3 * CYCLES[-1]:
        return None
    carry = carry_of(one.values.phi, diary.age)
    stiffness = np.full(2, (RHYTHM_SD * diary.unit) ** -2)
    gains = [
        gain(without_carried(cycle(days, p), diary.last, carry), stiffness, one.day_scores)
        for p in CYCLES
    ]
    best = int(np.argmax(gains))
    return CYCLES[best] if gains[best] > NEEDED + np.log(len(CYCLES)) else None


def rhythm_of_changes(changes: NDArray[np.int64]) -> int | None:
    """Days between dose changes that keep a rhythm of about a month, or None."""
    gaps = np.diff(changes)
    if gaps.size < 2:
        return None
    usual = int(np.median(gaps))
    alike = float(np.mean(np.abs(gaps - usual) <= 1))
    return usual if CYCLES[0] <= usual <= CYCLES[-1] and alike >= REGULAR else None


def likely_effects(diary: Diary, first: Fit, dose_mg: Floats | None) -> Effects:
    """The dose response whose lag `first` supports best, and weekdays where they are likely."""
    days = diary.answers.size
    found = no_effects(days)
    scores, carry = first.day_scores, carry_of(first.values.phi, diary.age)
    if dose_mg is not None and (changes := dose_changes(dose_mg))[0].size:
        shapes = [response_shape(days, *changes, lag) for lag in LAGS]
        gains = [(s @ scores[:, 0]) ** 2 / (s**2 @ scores[:, 1] + 1.0) for s in shapes]
        best = shapes[int(np.argmax(gains))]
        found = found.beside(best[:, None], DOSE_SD * diary.unit)
    week = weekdays(days)
    stiffness = np.full(WEEK, (RHYTHM_SD * diary.unit) ** -2)
    if gain(without_carried(week, diary.last, carry), stiffness, scores) > NEEDED:
        found = found.beside(week, RHYTHM_SD * diary.unit)
    return found


def cycle_columns(diary: Diary, calm: Fit) -> Floats | None:
    """(days, 2) the cycle that a reading without spells shows, or None."""
    period = likely_cycle(diary, calm)
    return None if period is None else cycle(diary.answers.size, period)
