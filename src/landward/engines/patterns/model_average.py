"""Several readings of one diary, weighed by how well each predicts it.

The diary is fitted with one size of spell, with graded spells and with none; around each fit the
numbers a diary leaves least certain are varied. What all of them say about each day is averaged by
their evidence: spells are only reported when a moving baseline with noise alone does clearly worse,
and the daily chances stay honest, for a single best fit is too sure of itself.
"""

from dataclasses import dataclass, replace

import numpy as np

from landward.engines.patterns.dose_response import dose_changes, response_shape
from landward.engines.patterns.joint_model import Diary, Fit, fit, reach_of, with_grading
from landward.engines.patterns.parameters import GRADED, PLAIN, STEADY, WAVE, WINDOW, Parameters
from landward.engines.patterns.series import Floats

PRICE = 3.0
"""Log evidence that spells must pay for the numbers they learn; a fixed ladder learns no more."""

DRIFTS = (2.0,)
SIZES = (0.8, 1.25)
"""Around the best fit the least certain numbers are varied by these factors, one at a time: how
fast the baseline drifts, and how far waves and windows lie from it."""

HOPELESS = 10.0
"""Log likelihood behind another template from which one is neither learned nor varied further."""

LAGS = (2.0, 4.0, 7.0, 12.0)
"""Lags (days) tried for the dose response when spells are read."""

FIRST_ROUNDS, PLAIN_ROUNDS, GRADED_ROUNDS, STEADY_ROUNDS = 2, 4, 3, 4


@dataclass(frozen=True)
class Average:
    """What the readings together say, on the 0–10 working scale."""

    p_window: Floats
    p_wave: Floats
    baseline: Floats
    deviation: Floats
    """Expected distance from the baseline (days,), which spells make."""
    spell_weight: float
    """Chance that this diary has spells at all, given the model."""
    fits: tuple[tuple[float, Fit], ...]
    """Every fit with its weight; weights sum to one."""


def best_response(first: Fit, days: int, dose_mg: Floats | None) -> Floats | None:
    """The response shape (days,) whose lag `first` supports best; None without dose changes."""
    if dose_mg is None:
        return None
    changes, sizes = dose_changes(dose_mg)
    if not changes.size:
        return None
    scores = first.dose_scores
    shapes = [response_shape(days, changes, sizes, lag) for lag in LAGS]
    gains = [(s @ scores[:, 0]) ** 2 / (s**2 @ scores[:, 1] + 1.0) for s in shapes]
    return shapes[int(np.argmax(gains))]


def average(diary: Diary, dose_mg: Floats | None = None) -> Average:
    """Fit all templates and average them. One call is linear in the days of the diary."""
    first = fit(diary, PLAIN, rounds=FIRST_ROUNDS, scored=True)
    shape = best_response(first, diary.answers.size, dose_mg)
    reach = reach_of(diary, first)
    plain = fit(diary, PLAIN, rounds=PLAIN_ROUNDS, start=first.values, response=shape, reach=reach)
    graded = fit(
        diary,
        GRADED,
        rounds=GRADED_ROUNDS,
        response=shape,
        start=with_grading(plain.values, GRADED, diary.unit),
        reach=reach,
        hopeless=plain.log_likelihood - HOPELESS,
    )

    def varied(one: Fit, other: Fit) -> list[Fit]:
        if one.log_likelihood < other.log_likelihood - HOPELESS:
            return []
        return [
            fit(diary, one.template, rounds=1, start=start, response=shape, reach=reach)
            for start in variations(one)
        ]

    steady = fit(diary, STEADY, rounds=STEADY_ROUNDS, response=shape)
    with_spells = [plain, *varied(plain, graded), graded, *varied(graded, plain)]
    evidence = np.array([f.log_likelihood for f in with_spells]) - PRICE
    weights = np.exp(evidence - evidence.max())
    gain = float(np.clip(evidence.max() - steady.log_likelihood, -50, 50))
    spells = 1.0 if (diary.labels != 2).any() else 1 / (1 + np.exp(-gain))
    weights *= spells / weights.sum()
    fits = ((1 - spells, steady), *zip(weights.tolist(), with_spells, strict=True))
    days = np.zeros(diary.answers.size)
    return Average(
        p_window=sum((w * counted(f, WINDOW, diary) for w, f in fits), days),
        p_wave=sum((w * counted(f, WAVE, diary) for w, f in fits), days),
        baseline=sum((w * (f.joint.sum(axis=1) @ diary.grid) for w, f in fits), days),
        deviation=sum((w * (f.joint.sum(axis=2) @ f.values.deviation) for w, f in fits), days),
        spell_weight=float(spells),
        fits=fits,
    )


def variations(one: Fit) -> list[Parameters]:
    """The numbers of a fit, each time with one that the diary leaves uncertain moved a little."""
    values = one.values
    found = [replace(values, drift=values.drift * factor) for factor in DRIFTS]
    if one.template is PLAIN:
        for group in (WAVE, WINDOW):
            own = one.template.group == group
            for factor in SIZES:
                moved = np.where(own, values.deviation * factor, values.deviation)
                found.append(replace(values, deviation=moved))
    return found


VISIBLE = 0.5
"""Least change, in units, that a spell must make on the bounded scale to be called one."""


def counted(one: Fit, group: int, diary: Diary) -> Floats:
    """Chance (days,) of a spell of `group` that can be seen, slight deviations counting in part.

    A person whose days are already at an end of the scale cannot show a spell beyond it; such days
    are usual however the latent severity may move.
    """
    own = np.flatnonzero(one.template.group == group)
    chance = np.zeros(one.joint.shape[0])
    usual = np.clip(diary.grid, 0, 10)
    for level, share in zip(own, one.template.counts, strict=True):
        moved = np.clip(diary.grid + one.values.deviation[level], 0, 10)
        seen = np.abs(moved - usual) >= VISIBLE * diary.unit
        chance += share * one.joint[:, level, seen].sum(axis=1)
    return chance
