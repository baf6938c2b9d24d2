"""Several readings of one diary, weighed by how well each predicts it.

The diary is fitted with one size of spell, with graded spells and with none; around each fit the
numbers a diary leaves least certain are varied. What all of them say about each day is averaged by
their evidence: spells are only reported when a moving baseline with noise alone does clearly worse,
and the daily chances stay honest, for a single best fit is too sure of itself.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landward.engines.patterns.effects import RHYTHM_SD, STEP_SD, Effects, no_effects
from landward.engines.patterns.joint_model import Diary, Fit, fit, reach_of, starts, with_grading
from landward.engines.patterns.parameters import (
    GRADED,
    PLAIN,
    STEADY,
    USUAL,
    WAVE,
    WAVES,
    WINDOW,
    WINDOWS,
    Parameters,
    Template,
)
from landward.engines.patterns.rhythm import cycle_columns, likely_effects
from landward.engines.patterns.series import Floats

Reach = NDArray[np.int64]

PRICE = 1.5
"""Log evidence that spells must pay for the numbers they learn; a fixed ladder learns no more."""

DRIFTS = (2.0,)
SIZES = (0.8, 1.25)
"""Around the best fit the least certain numbers are varied by these factors, one at a time: how
fast the baseline drifts, and how far waves and windows lie from it."""

HOPELESS = 10.0
"""Log likelihood behind another template from which one is neither learned nor varied further."""

OUTNUMBER = 0.15
"""Log evidence to be paid for each day by which spells of one kind outnumber the usual days."""

TEMPER = 1.5
"""Evidence between readings counts for so much less: answers of neighbouring days tell less apart
than the model believes, and the likeliest reading is then too sure of itself."""

UNHEARD = 0.02
"""Readings of less weight are not learned again."""

SPARE = 4
"""Cells by which the baseline may move once a step is taken out of it."""

BEYOND = 2
"""Cells beyond other readings in which those of one side are begun."""

FIRST_ROUNDS, PLAIN_ROUNDS, SIDE_ROUNDS, GRADED_ROUNDS, STEADY_ROUNDS = 2, 4, 3, 3, 4


@dataclass(frozen=True)
class Average:
    """What the readings together say, on the 0–10 working scale."""

    p_window: Floats
    p_wave: Floats
    baseline: Floats
    spread: Floats
    """Standard deviation of the baseline (days,)."""
    deviation: Floats
    """Expected distance from the baseline (days,), which spells make."""
    spell_weight: float
    """Chance that this diary has spells at all, given the model."""
    fits: tuple[tuple[float, Fit], ...]
    """Every fit with its weight, the one without spells first; weights sum to one."""
    steps: int = 0
    """How many of the last effects of every fit are lasting steps."""


def average(
    diary: Diary, dose_mg: Floats | None = None, *, pace: float = 1.0, jumps: bool = True
) -> Average:
    """Fit all templates and average them. One call is linear in the days of the diary.

    `pace` is how many days lie between neighbouring answers of `diary`. With `jumps` the fits tell
    where the baseline may have jumped.
    """
    both, up, down, ladder, none = (
        replace(template, pace=pace) for template in (PLAIN, WAVES, WINDOWS, GRADED, STEADY)
    )
    first = from_best_start(diary, both, FIRST_ROUNDS)
    daily = pace == 1
    effects = likely_effects(diary, first, dose_mg) if daily else no_effects(diary.answers.size)
    reach = reach_of(diary, first)

    def learn(template: Template, rounds: int, **how: Any) -> Fit:
        return fit(
            diary,
            template,
            rounds=rounds,
            effects=effects,
            jumping=jumps and template is not ladder,
            **how,
        )

    plain = learn(both, PLAIN_ROUNDS, start=first.values, reach=reach)
    calm = fit(diary, none, rounds=FIRST_ROUNDS, effects=effects, scored=True)
    if daily and (columns := cycle_columns(diary, calm)) is not None:
        # spells and a cycle explain one another: each is read without the other first
        cycled = effects.beside(columns, RHYTHM_SD * diary.unit)
        turning = fit(diary, none, rounds=STEADY_ROUNDS, start=calm.values, effects=cycled)
        spelled = fit(diary, both, rounds=STEADY_ROUNDS, start=plain.values, effects=cycled)
        better = max(turning.log_likelihood, spelled.log_likelihood - PRICE) - PRICE
        if better > max(calm.log_likelihood, plain.log_likelihood - PRICE):
            effects, calm = cycled, turning
            plain = learn(both, PLAIN_ROUNDS, start=spelled.values)
    steady = learn(none, STEADY_ROUNDS, start=calm.values, reach=reach_of(diary, calm))
    wide = either(reach, reach_of(diary, calm), diary)
    begun = (from_best_start(diary, template, FIRST_ROUNDS, reach=wide) for template in (up, down))
    waves, windows = (
        learn(
            one.template,
            SIDE_ROUNDS if one.log_likelihood > plain.log_likelihood - 2 * HOPELESS else 1,
            start=one.values,
            reach=reach_of(diary, one),
        )
        for one in begun
    )
    best = max(one.log_likelihood for one in (plain, waves, windows))
    graded = learn(
        ladder,
        GRADED_ROUNDS,
        start=with_grading(plain.values, ladder, diary.unit),
        reach=reach,
        hopeless=best - HOPELESS,
    )
    with_spells = []
    best = max(best, graded.log_likelihood)
    for one in (plain, waves, windows, graded):
        with_spells.append(one)
        if one.log_likelihood >= best - HOPELESS:
            reach = reach_of(diary, one)
            varied = (
                fit(
                    diary,
                    one.template,
                    rounds=1,
                    start=start,
                    effects=one.effects,
                    reach=reach,
                    worth=best - HOPELESS,
                )
                for start in variations(one)
            )
            with_spells += [other for other in varied if other.joint.size]
    return weighed(diary, steady, with_spells)


def with_steps(found: Average, diary: Diary, steps: Floats, sizes: Floats) -> Average:
    """What the readings say once lasting steps, columns (days, m) of `sizes` (m,), are known."""
    again = []
    for weight, one in found.fits:
        if weight < UNHEARD and one.template.sizes:
            continue
        effects = one.effects.beside(steps, STEP_SD * diary.unit, sizes)
        reach = np.clip(reach_of(diary, one) + np.array([-SPARE, SPARE]), 0, diary.cells)
        again.append(
            fit(
                diary,
                one.template,
                rounds=FIRST_ROUNDS,
                start=one.values,
                effects=effects,
                reach=reach,
            )
        )
    return weighed(diary, again[0], again[1:], steps=sizes.size)


def read_again(found: Average, diary: Diary) -> Average:
    """What the readings say of `diary` with what they have learned: nothing new is learned.

    Steps, where they are known, stay as they are.
    """
    heard = [one for weight, one in found.fits if weight >= UNHEARD or not one.template.sizes]
    steady, *spells = (
        fit(
            diary,
            one.template,
            rounds=1,
            start=one.values,
            effects=one.effects,
            reach=reach_of(diary, one),
        )
        for one in heard
    )
    return weighed(diary, steady, spells, steps=found.steps)


def weighed(diary: Diary, steady: Fit, with_spells: list[Fit], *, steps: int = 0) -> Average:
    """Readings averaged by their evidence. The last `steps` effects belong to the baseline."""
    evidence = np.array(
        [f.log_likelihood - price_of(f.template) - outnumbered(f, diary) for f in with_spells]
    )
    weights = np.exp((evidence - evidence.max(initial=-np.inf)) / TEMPER)
    gain = float(np.clip(evidence.max(initial=-np.inf) - steady.log_likelihood, -50, 50)) / TEMPER
    labelled = np.isin(diary.labels, (-1, 1)).any() and bool(with_spells)
    spells = 1.0 if labelled else 1 / (1 + np.exp(-gain))
    weights *= spells / max(weights.sum(), 1e-300)
    fits = ((1 - spells, steady), *zip(weights.tolist(), with_spells, strict=True))
    days = np.zeros(diary.answers.size)
    baseline, square = days.copy(), days.copy()
    for weight, one in fits:
        chance = one.joint.sum(axis=1)
        beside = _steps_of(one.effects, steps)
        middle = chance @ diary.grid
        baseline += weight * (middle + beside)
        square += weight * (chance @ diary.grid**2 + 2 * beside * middle + beside**2)
    return Average(
        p_window=sum((w * counted(f, WINDOW, diary) for w, f in fits), days),
        p_wave=sum((w * counted(f, WAVE, diary) for w, f in fits), days),
        baseline=baseline,
        spread=np.sqrt(np.maximum(square - baseline**2, 0.0)),
        deviation=sum((w * (f.joint.sum(axis=2) @ f.values.deviation) for w, f in fits), days),
        spell_weight=float(spells),
        fits=fits,
        steps=steps,
    )


def _steps_of(effects: Effects, count: int) -> Floats:
    """(days,) what the last `count` columns, the lasting steps, add to each day."""
    first = effects.sizes.size - count
    return np.asarray(effects.columns[:, first:] @ effects.sizes[first:])


def either(one: Reach, other: Reach, diary: Diary) -> Reach:
    """(days, 2) the baselines that one reading or the other keeps, and some beyond."""
    low, high = np.minimum(one[:, 0], other[:, 0]), np.maximum(one[:, 1], other[:, 1])
    return np.asarray(np.clip(np.stack((low - BEYOND, high + BEYOND), axis=1), 0, diary.cells))


def from_best_start(
    diary: Diary, template: Template, rounds: int, *, reach: Reach | None = None
) -> Fit:
    """A first fit from whichever start explains the diary better."""
    begun = (
        fit(diary, template, rounds=rounds, start=start, reach=reach, scored=reach is None)
        for start in starts(template, diary)
    )
    return max(begun, key=lambda one: one.log_likelihood)


def outnumbered(one: Fit, diary: Diary) -> float:
    """Log evidence that a reading pays for calling more days a window (or a wave) than usual.

    What is commonest is the usual: that is what the word means. A person's own labels overrule it.
    """
    if np.isin(diary.labels, (-1, 1)).any():
        return 0.0
    share = one.joint.sum(axis=2)[diary.answered]
    usual, *sides = (
        float(share[:, one.template.group == g].sum()) for g in (USUAL, *one.template.sides)
    )
    return OUTNUMBER * max(max(sides) - usual, 0.0)


def price_of(template: Template) -> float:
    """Log evidence that a template pays for what it learns."""
    return PRICE * len(template.sides) / 2 if template.pace == 1 else 0.0


def variations(one: Fit) -> list[Parameters]:
    """The numbers of a fit, each time with one that the diary leaves uncertain moved a little."""
    values = one.values
    found = [replace(values, drift=values.drift * factor) for factor in DRIFTS]
    if not one.template.graded:
        for group in one.template.sides:
            own = one.template.group == group
            for factor in SIZES:
                moved = np.where(own, values.deviation * factor, values.deviation)
                found.append(replace(values, deviation=moved))
    return found


VISIBLE = 0.5
"""Least change, in units, that a spell must make on the bounded scale to be called one."""


ROOM = 1.25
"""Steps of the scale between the usual level and its end that a spell towards that end needs.

Whoever mostly answers the lowest word cannot show a window: fewer hard days are not easier ones."""


def counted(one: Fit, group: int, diary: Diary) -> Floats:
    """Chance (days,) of a spell of `group` that can be seen, slight deviations counting in part.

    A person whose days are already at an end of the scale cannot show a spell beyond it; such days
    are usual however the latent severity may move.
    """
    own = np.flatnonzero(one.template.group == group)
    chance = np.zeros(one.joint.shape[0])
    usual = np.clip(diary.grid, 0, 10)
    room = (usual if group == WINDOW else 10 - usual) >= ROOM * diary.grain
    for level, share in zip(own, one.template.counts, strict=False):
        moved = np.clip(diary.grid + one.values.deviation[level], 0, 10)
        seen = room & (np.abs(moved - usual) >= VISIBLE * diary.unit)
        chance += share * one.joint[:, level, seen].sum(axis=1)
    return chance
