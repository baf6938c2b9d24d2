"""One person's diary under one template: baseline, spells and dose response learned together.

The baseline is never estimated first and subtracted; it is part of the hidden state and summed
over, which is what decides accuracy (docs/methods/patterns.md). Learning is EM: the compiled
forward–backward pass of kernel.py gives expected scores, parameters.py turns them into new values.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landward.engines.patterns.annotation import running_median
from landward.engines.patterns.emissions import (
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
    )


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
    """What one template makes of a diary. `joint` (days, D, K) sums to one on every day."""

    template: Template
    values: Parameters
    log_likelihood: float
    joint: Floats
    scores: Floats | None

    @property
    def dose_scores(self) -> Floats:
        """(days, 2) score and information of each day's mean, for telling dose responses."""
        if self.scores is None:
            raise ValueError("this fit only read the diary; ask for one that is `scored`")
        return self.scores


def fit(
    diary: Diary,
    template: Template,
    *,
    rounds: int,
    start: Parameters | None = None,
    response: Floats | None = None,
    reach: NDArray[np.int64] | None = None,
    scored: bool = False,
    hopeless: float = -np.inf,
) -> Fit:
    """Learn one template by `rounds` passes; the last one only reads.

    `response` (days,) is the shape of the dose response; `reach` (days, 2) the baselines worth
    keeping (see `reach_of`), all where not given. `dose_scores` are kept where `scored`. A
    likelihood under `hopeless` is not learned any further.
    """
    from landward.engines.patterns import kernel

    backward: Any = kernel.backward
    prior = prior_parameters(template, diary.unit, diary.noise)
    values = prior if start is None else start
    levels, days = template.levels, diary.answers.size
    shape = np.zeros(days) if response is None else response
    alpha = np.empty((days, 2 * levels, diary.cells))
    scores, moves = np.empty((days, 2)), np.empty((2, levels, levels))
    sums = np.empty(5 + 2 * levels)
    carried = np.zeros(days)  # the response of the day before, where its residual is known
    carried[1:] = np.where(diary.answered[1:] & diary.answered[:-1], shape[:-1], 0.0)
    weight = label_weights(template, diary.labels)
    likelihood = 0.0
    for turn in range(rounds):
        inputs = _inputs(diary, template, values, shape, weight, reach)
        tables = inputs.tables
        likelihood = _run_forward(inputs, diary, values, alpha)
        last = turn == rounds - 1 or likelihood < hopeless
        backward(
            *inputs.common(diary, values),
            values.phi,
            tables.chance,
            tables.pull,
            tables.spread,
            REACH,
            RESOLUTION,
            scored or not last,
            alpha,
            scores,
            moves,
            sums,
        )
        if last:
            break
        slope = shape - values.phi * carried
        values = learn(
            template,
            values,
            prior,
            unit=diary.unit,
            sums=sums,
            moves=moves,
            dose_score=(float(slope @ scores[:, 0]), float(slope**2 @ scores[:, 1])),
            steps=(float(sums[4]) * diary.width**2, float(days)),
        )
    joint = alpha[:, 0::2] + alpha[:, 1::2]
    return Fit(template, values, likelihood, joint, scores if scored else None)


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
    response: Floats,
    alpha: Floats,
    reach: NDArray[np.int64] | None = None,
) -> float:
    """The log likelihood alone, by one forward pass into the buffer `alpha` (days, 2·D, K)."""
    weight = label_weights(template, diary.labels)
    inputs = _inputs(diary, template, values, response, weight, reach)
    return _run_forward(inputs, diary, values, alpha)


@dataclass(frozen=True)
class _Inputs:
    offset: Floats
    weight: Floats
    reach: NDArray[np.int64]
    step: float
    moves: Floats
    start: Floats
    tables: Tables

    def common(self, diary: Diary, values: Parameters) -> tuple[object, ...]:
        return (
            diary.answers,
            diary.answered,
            diary.kind,
            self.offset,
            self.weight,
            self.reach,
            diary.lowest,
            diary.width,
            self.step,
            JUMP,
            values.deviation,
            self.moves,
        )


def _inputs(  # noqa: PLR0917 - private
    diary: Diary,
    template: Template,
    values: Parameters,
    shape: Floats,
    weight: Floats,
    reach: NDArray[np.int64] | None,
) -> _Inputs:
    share = np.where(template.group == USUAL, 0.6, 0.4 / max(template.levels - 1, 1))
    if reach is None:
        reach = np.tile(np.array([0, diary.cells]), (diary.answers.size, 1))
    return _Inputs(
        offset=values.dose * shape,
        weight=weight,
        reach=reach,
        step=min(values.drift**2 / (2 * diary.width**2), 0.3),
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
        values.phi,
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
        dose=values.dose,
        leave=values.leave if template.levels > 1 else fresh.leave,
        to=values.to if template.levels > 1 else fresh.to,
    )
