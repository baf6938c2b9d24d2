"""One person's diary under one template: baseline, spells and effects learned together.

The baseline is never estimated first and subtracted; it is part of the hidden state and summed
over, which is what decides accuracy (docs/methods/patterns.md). Learning is EM: the compiled
forward–backward pass of kernel.py gives expected scores, parameters.py turns them into new values.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landward.engines.patterns.annotation import running_median
from landward.engines.patterns.effects import Effects, no_effects
from landward.engines.patterns.emissions import (
    CARRIED,
    REACH,
    RESOLUTION,
    Tables,
    emission_tables,
    grain_of,
)
from landward.engines.patterns.parameters import (
    JUMP,
    USUAL,
    Parameters,
    Template,
    learn,
    moves_of,
    prior_parameters,
)
from landward.engines.patterns.series import Floats
from landward.model.said import phrase

MARGIN = 1.5
"""How far, in units, the baseline may lie beyond the range of the running median."""

CELLS_PER_UNIT = 3
MOST_CELLS = 48

NEGLIGIBLE = 1e-3
SPARE_CELLS = 2
"""Baselines under this chance are left out of later passes, after this many to spare."""


@dataclass(frozen=True)
class Diary:
    """A checked diary on the 0–10 working scale, with the grid its baseline may move on."""

    answers: Floats
    """(days,) answers, 0 where there is none."""
    answered: NDArray[np.bool_]
    kind: NDArray[np.int64]
    """(days,) 0 inside the scale, 1 its lowest answer, 2 its highest."""
    grain: float
    unit: float
    noise: float
    lowest: float
    width: float
    cells: int
    labels: NDArray[np.int8]
    """(days,) the person's own: -1 window, 0 usual, 1 wave, 2 none."""
    age: NDArray[np.int64]
    """(days,) days since the answer before, on answered days, up to CARRIED; else 0."""
    far: tuple[float, float]
    """How far hard and easy days lie from the running median, in points: where learning starts."""

    @cached_property
    def last(self) -> NDArray[np.int64]:
        """(days,) the day of the answer before, itself where there is none."""
        return np.arange(self.age.size) - self.age

    @property
    def grid(self) -> Floats:
        """(K,) the baselines."""
        return np.asarray(self.lowest + self.width * np.arange(self.cells), dtype=float)


def prepare(series: Floats, scale: tuple[float, float], labels: NDArray[np.int8]) -> Diary:
    """Stretch to 0–10 and measure the noise by the steps between neighbouring days."""
    answered = np.isfinite(series)
    span = scale[1] - scale[0]
    y = np.where(answered, series - scale[0], 0.0) * 10 / span
    grain = grain_of(series, scale) * 10 / span
    both = answered[1:] & answered[:-1]
    steps = np.diff(y)[both]
    if steps.size < 8:
        steps = np.diff(y[answered])
    noise = float(np.sqrt(np.mean(np.minimum(np.abs(steps), max(3.0, 1.5 * grain)) ** 2) / 2))
    noise = max(noise, 0.3)
    unit = max(1.0, noise)
    median = running_median(np.where(answered, y, np.nan))
    middle = float(np.median(y[answered]))
    median = np.where(np.isfinite(median), median, middle)
    lowest = float(median.min()) - MARGIN * unit
    reach = float(median.max()) + MARGIN * unit - lowest
    width = max(unit / CELLS_PER_UNIT, reach / (MOST_CELLS - 1))
    days = np.arange(y.size)
    before = np.maximum.accumulate(np.where(answered, days, -1))
    age = np.where(answered, days - np.append(-1, before[:-1]), 0)
    age = np.where((np.append(-1, before[:-1]) >= 0) & (age <= CARRIED), age, 0)
    kind = np.where(y <= 1e-9, 1, np.where(y >= 10 - 1e-9, 2, 0))
    return Diary(
        answers=y,
        answered=answered,
        kind=np.where(answered, kind, 0).astype(np.int64),
        grain=grain,
        unit=unit,
        noise=noise,
        lowest=lowest,
        width=width,
        cells=int(np.ceil(reach / width)) + 1,
        labels=labels,
        age=age.astype(np.int64),
        far=_far((y - median)[answered], unit),
    )


def _far(apart: Floats, unit: float) -> tuple[float, float]:
    """Usual distances above and below the median of days that two neighbours share, in points."""
    both = np.minimum(apart[1:], apart[:-1]), np.minimum(-apart[1:], -apart[:-1])
    found = []
    for shared in both:
        clear = shared[shared > unit]
        found.append(float(clear.mean()) if clear.size > 1 else 0.0)
    return found[0], found[1]


LABEL_TRUST = 0.9
"""How often a person's own label of a day is taken to agree with the state of the model."""


def label_weights(template: Template, labels: NDArray[np.int8]) -> Floats:
    """Evidence (days, D) of the person's own labels; one where nothing was said."""
    sign = np.array([0, 1, -1])[template.group]
    said = (labels != 2)[:, None]
    agree = labels[:, None] == sign[None, :]
    return np.where(said, np.where(agree, LABEL_TRUST, (1 - LABEL_TRUST) / 2), 1.0)


@dataclass(frozen=True)
class Fit:
    """What one template makes of a diary. `joint` (days, D, K) sums to one on every day, or has no
    size where only the likelihood was asked for."""

    template: Template
    values: Parameters
    effects: Effects
    log_likelihood: float
    joint: Floats
    scores: Floats | None
    jumps: Floats | None
    """(days, 2·K − 1) chance that the baseline jumped by so many cells, the middle being none."""

    @property
    def day_scores(self) -> Floats:
        """(days, 2) score and information of each day's mean."""
        if self.scores is None:
            raise ValueError(phrase("this fit only read the diary; ask for one that is `scored`"))
        return self.scores


def fit(
    diary: Diary,
    template: Template,
    *,
    rounds: int,
    start: Parameters | None = None,
    effects: Effects | None = None,
    reach: NDArray[np.int64] | None = None,
    scored: bool = False,
    jumping: bool = False,
    jump: float = JUMP,
    hopeless: float = -np.inf,
    worth: float = -np.inf,
) -> Fit:
    """Learn one template by `rounds` passes; the last one only reads.

    `effects` are learned along; `reach` (days, 2) the baselines worth keeping (see `reach_of`), all
    where not given. `day_scores` are kept where `scored`, `jumps` where `jumping`. `jump` is the
    chance a day that the baseline jumps. A likelihood under `hopeless` is not learned any further;
    of one under `worth` nothing but the likelihood is wanted: `joint` is then left empty.
    """
    from landward.engines.patterns import kernel

    backward: Any = kernel.backward
    prior = prior_parameters(template, diary.unit, diary.noise)
    values = prior if start is None else start
    levels, days = template.levels, diary.answers.size
    also = no_effects(days) if effects is None else effects
    alpha = np.empty((days, diary.cells, 2 * levels))
    joint = np.empty((days, levels, diary.cells))
    scores, moves = np.empty((days, 2)), np.empty((2, levels, levels))
    sums, jumps = np.empty(5 + 2 * levels), np.empty((0, 0))
    weight = label_weights(template, diary.labels)
    likelihood = 0.0
    for turn in range(rounds):
        inputs = _inputs(diary, template, values, also.offset, weight, reach, jump)
        tables = inputs.tables
        likelihood = _run_forward(inputs, diary, values, alpha)
        last = turn == rounds - 1 or likelihood < hopeless
        if last and likelihood < worth:
            return Fit(template, values, also, likelihood, np.empty((0, 0, 0)), None, None)
        telling = scored or not last
        if last and jumping:
            jumps = np.empty((days, 2 * diary.cells - 1))
        backward(
            *inputs.common(diary, values),
            tables.chance,
            tables.pull if telling else tables.chance,
            tables.spread if telling else tables.chance,
            REACH,
            RESOLUTION,
            telling,
            alpha,
            joint,
            scores,
            moves,
            sums,
            jumps,
        )
        if last:
            break
        also = also.learned(scores, diary.last, inputs.carry)
        values = learn(
            template,
            values,
            prior,
            unit=diary.unit,
            sums=sums,
            moves=moves,
            steps=(float(sums[4]) * diary.width**2, float(days)),
        )
    kept = (scores if scored else None, jumps if jumping else None)
    return Fit(template, values, also, likelihood, joint, *kept)


def starts(template: Template, diary: Diary) -> list[Parameters]:
    """Where learning may start: at the prior and, if the running median shows larger spells, there.

    Learning moves in small steps; from too small a size it may call the usual days a spell instead.
    """
    prior = prior_parameters(template, diary.unit, diary.noise)
    far = np.array([0.0, diary.far[0], -diary.far[1]])[template.group]
    larger = np.abs(far) > FAR * np.abs(prior.deviation)
    if len(template.sides) > 1 or not larger.any():
        return [prior]
    return [prior, replace(prior, deviation=np.where(larger, far, prior.deviation))]


FAR = 1.3
"""Spells that look so much larger than expected beforehand are learned from there as well."""


def carry_of(phi: float, age: NDArray[np.int64]) -> Floats:
    """(days,) share of the last answer's residual that is left."""
    return np.where(age > 0, phi ** np.maximum(age, 1), 0.0)


def reach_of(diary: Diary, one: Fit) -> NDArray[np.int64]:
    """(days, 2) first and one past the last baseline a fit gives any chance worth keeping."""
    chance = one.joint.sum(axis=1)
    kept = chance > NEGLIGIBLE
    first = np.argmax(kept, axis=1) - SPARE_CELLS
    last = diary.cells - np.argmax(kept[:, ::-1], axis=1) + SPARE_CELLS
    return np.stack((np.maximum(first, 0), np.minimum(last, diary.cells)), axis=1).astype(np.int64)


def log_likelihood(  # noqa: PLR0917 - called in a tight loop by the lag engine only
    diary: Diary,
    template: Template,
    values: Parameters,
    offset: Floats,
    alpha: Floats,
    reach: NDArray[np.int64] | None = None,
) -> float:
    """The log likelihood alone, by one forward pass into the buffer `alpha` (days, K, 2·D).

    `offset` (days,) is what is added to the mean of each day.
    """
    weight = label_weights(template, diary.labels)
    inputs = _inputs(diary, template, values, offset, weight, reach)
    return _run_forward(inputs, diary, values, alpha)


@dataclass(frozen=True)
class _Inputs:
    answers: Floats
    before: Floats
    carry: Floats
    row: NDArray[np.int64]
    weight: Floats
    reach: NDArray[np.int64]
    step: float
    jump: float
    moves: Floats
    start: Floats
    tables: Tables

    def common(self, diary: Diary, values: Parameters) -> tuple[object, ...]:
        return (
            self.answers,
            diary.answered,
            diary.kind,
            self.before,
            diary.kind[diary.last],
            self.carry,
            self.row,
            self.tables.told,
            self.weight,
            self.reach,
            diary.lowest,
            diary.width,
            self.step,
            self.jump,
            values.deviation,
            self.moves,
        )


def _inputs(  # noqa: PLR0917 - private
    diary: Diary,
    template: Template,
    values: Parameters,
    offset: Floats,
    weight: Floats,
    reach: NDArray[np.int64] | None,
    jump: float = JUMP,
) -> _Inputs:
    share = np.where(template.group == USUAL, 0.6, 0.4 / max(template.levels - 1, 1))
    if reach is None:
        reach = np.tile(np.array([0, diary.cells]), (diary.answers.size, 1))
    answers = diary.answers - offset
    return _Inputs(
        answers=answers,
        before=np.where(diary.age > 0, answers[diary.last], 0.0),
        carry=carry_of(values.phi, diary.age),
        row=np.where(diary.age > 0, diary.age - 1, CARRIED),
        weight=weight,
        reach=reach,
        step=min(values.drift**2 / (2 * diary.width**2), 0.3),
        jump=jump,
        moves=moves_of(template, values),
        start=np.repeat(share / share.sum() / 2, 2),
        tables=emission_tables(values.sigma, values.phi, diary.grain),
    )


def _run_forward(inputs: _Inputs, diary: Diary, values: Parameters, alpha: Floats) -> float:
    from landward.engines.patterns import kernel

    forward: Any = kernel.forward
    found: float = forward(
        *inputs.common(diary, values),
        inputs.start,
        inputs.tables.chance,
        REACH,
        RESOLUTION,
        alpha,
    )
    return found


def with_grading(values: Parameters, template: Template, unit: float) -> Parameters:
    """Carry what another template learned over to `template`, whose levels start at the prior."""
    fresh = prior_parameters(template, unit, values.sigma)
    return replace(
        fresh,
        phi=values.phi,
        drift=values.drift,
        leave=values.leave if template.levels > 1 else fresh.leave,
        to=values.to if template.levels > 1 else fresh.to,
    )
