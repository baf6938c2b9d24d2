"""What the joint model learns about one person, and the priors it starts from.

Units are points of the 0–10 working scale. `unit` is the least distance from the usual that counts
as a spell: one point or one standard deviation of the day-to-day noise, whichever is larger (the
annotation rule of docs/methods/patterns.md). Priors are stated in such units.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from landward.engines.patterns.series import Floats

USUAL, WAVE, WINDOW = 0, 1, 2

DRIFT = 0.05
"""Prior SD of the baseline's daily movement; worth `DRIFT_DAYS` days of observation."""

DRIFT_DAYS = 400.0
JUMP = 0.0012
"""Chance per day that the baseline jumps anywhere: a lasting shift once in two or three years."""

MEAN_DAYS = np.array([20.0, 12.0, 12.0])
"""Prior mean lengths of usual, wave and window runs."""

MEAN_ANSWERS = np.array([6.0, 3.5, 3.5])
"""The same in answers where they are rarer than daily: shorter spells cannot be seen there."""

SLIDE, SLIDE_DAYS = 0.2, 40.0
"""Prior chance per day of moving on the ladder inside a spell; worth so many days in spells."""

PHI = 0.2
PHI_DAYS = 20.0
SIGMA_DAYS = 20.0
MOST_PHI = 0.95


@dataclass(frozen=True)
class Template:
    """How finely spells are graded: deviations of waves in units (windows mirror them).

    `counts` says how much a day at such a deviation counts as a spell: a shift clearly under one
    unit is a spell for some people and not for others. `prior_days` is the weight of the deviations
    given here, in days, and `least` their smallest allowed size.
    """

    sizes: tuple[float, ...]
    counts: tuple[float, ...]
    prior_days: float
    least: float
    sides: tuple[int, ...] = (WAVE, WINDOW)
    length_runs: float = 20.0
    """Runs that the prior mean lengths are worth."""
    pace: float = 1.0
    """Days from one answer to the next: seven where a diary holds one a week."""

    @property
    def mean_lengths(self) -> Floats:
        """(3,) prior mean lengths of usual, wave and window runs, in answers."""
        return MEAN_DAYS if self.pace == 1 else MEAN_ANSWERS

    @property
    def graded(self) -> bool:
        """Whether spells may build up, fade and differ in size."""
        return len(self.sizes) > 1

    @property
    def levels(self) -> int:
        """Number of deviation levels, the usual included."""
        return 1 + len(self.sides) * len(self.sizes)

    @cached_property
    def group(self) -> NDArray[np.int64]:
        """(D,) USUAL, WAVE or WINDOW of every level."""
        return np.array([USUAL, *(side for side in self.sides for _ in self.sizes)])

    @cached_property
    def rank(self) -> NDArray[np.int64]:
        """(D,) position of every level on its own ladder."""
        return np.array([0, *(rank for _ in self.sides for rank in range(len(self.sizes)))])

    def deviations(self, unit: float) -> Floats:
        """(D,) prior deviations in points."""
        sizes = unit * np.asarray(self.sizes)
        return np.concatenate(([0.0], *(sizes if side == WAVE else -sizes for side in self.sides)))

    @cached_property
    def follows(self) -> Floats:
        """(3, 3) which state may follow which: no other side, no other follower."""
        there = np.isin(np.arange(3), [USUAL, *self.sides])
        return np.where(np.outer(there, there) & ~np.eye(3, dtype=bool), 1.0, 0.0)


PLAIN = Template((1.8,), (1.0,), prior_days=8, least=0.8)
"""One size of wave and one of window, as a person mostly has."""

GRADED = Template((0.5, 1.0, 1.6, 2.5), (0.1, 0.6, 1.0, 1.0), prior_days=10_000, least=0.3)
"""Spells that build up, fade, and differ in size: a fixed ladder, as fine as one can tell apart.

Its rungs stand for the sizes around them, so of the days on the rung at one unit six in ten
count, and of those at half a unit, which its neighbours share, one in ten."""

WAVES = replace(PLAIN, sides=(WAVE,), prior_days=2, length_runs=40)
WINDOWS = replace(PLAIN, sides=(WINDOW,), prior_days=2, length_runs=40)
"""A person whose days are usual or harder, usual or easier: hard days do not make calm ones easy.

Their lengths are held more tightly, or a lasting change would be told as one long spell."""

STEADY = Template((), (), prior_days=1, least=0)
"""No spells at all: a moving baseline and noise."""


@dataclass(frozen=True)
class Parameters:
    """One person's values: deviation (D,), leave (3,), to (3, 3), enter (3, n), slide (3,)."""

    sigma: float
    phi: float
    drift: float
    deviation: Floats
    leave: Floats
    """Chance per day of advancing a phase; two phases make a run, of mean length 2 / leave."""
    to: Floats
    enter: Floats
    slide: Floats
    """Chance per day of moving one step on the ladder inside a spell."""


def prior_parameters(template: Template, unit: float, sigma: float) -> Parameters:
    """Where learning starts."""
    n = max(len(template.sizes), 1)
    return Parameters(
        sigma=sigma,
        phi=PHI,
        drift=DRIFT * unit * np.sqrt(template.pace),
        deviation=template.deviations(unit),
        leave=2 / template.mean_lengths,
        to=_shares(template.follows),
        enter=np.full((3, n), 1 / n),
        slide=np.array([0.0, SLIDE, SLIDE]) if n > 1 else np.zeros(3),
    )


def _shares(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(rows.sum(axis=1, keepdims=True), 1e-300))


def moves_of(template: Template, values: Parameters) -> Floats:
    """Chances (D, D, 2, 2) from (level i, phase p) to (level j, phase q), one day on."""
    levels, group, rank = template.levels, template.group, template.rank
    moves = np.zeros((levels, levels, 2, 2))
    if levels == 1:
        moves[0, 0] = [[0.9, 0.1], [0.1, 0.9]]
        return moves
    top = len(template.sizes) - 1
    for i in range(levels):
        g, leave = group[i], values.leave[group[i]]
        neighbours = 0 if g == USUAL else int(rank[i] > 0) + int(rank[i] < top)
        slide = values.slide[g] if neighbours else 0.0
        for j in range(levels):
            if group[j] != g:
                entry = values.enter[group[j], rank[j]] if group[j] != USUAL else 1.0
                moves[i, j, 1, 0] = leave * values.to[g, group[j]] * entry
            else:
                apart = abs(int(rank[i]) - int(rank[j]))
                share = (1 - slide, slide / max(neighbours, 1), 0.0)[min(apart, 2)]
                moves[i, j] = share * np.array([[1 - leave, leave], [0.0, 1 - leave]])
    return moves


def learn(
    template: Template,
    values: Parameters,
    prior: Parameters,
    *,
    unit: float,
    sums: Floats,
    moves: Floats,
    steps: tuple[float, float],
) -> Parameters:
    """One EM step: scores over information, each with its prior (see kernel.backward for `sums`).

    `steps` is the expected squared baseline movement and the days it was seen in.
    """
    levels = template.levels
    hold = SIGMA_DAYS * 1.5
    log_sigma = np.log(values.sigma) + (
        sums[0] + hold * (np.log(prior.sigma) - np.log(values.sigma))
    ) / (sums[1] + hold)
    phi = values.phi + (sums[2] + PHI_DAYS * (PHI - values.phi)) / (sums[3] + PHI_DAYS)
    drift = np.sqrt(
        (steps[0] + DRIFT_DAYS * template.pace * (DRIFT * unit) ** 2) / (steps[1] + DRIFT_DAYS)
    )
    weight = template.prior_days / values.sigma**2
    score, information = sums[5 : 5 + levels], sums[5 + levels :]
    deviation = values.deviation + (score + weight * (prior.deviation - values.deviation)) / (
        information + weight
    )
    least = template.least * unit
    deviation = np.where(
        template.group == WAVE, np.maximum(deviation, least), np.minimum(deviation, -least)
    )
    deviation[0] = 0.0
    learned = replace(
        values,
        sigma=float(np.clip(np.exp(log_sigma), 0.5 * values.sigma, 2 * values.sigma)),
        phi=float(np.clip(phi, 0.0, MOST_PHI)),
        drift=float(drift),
        deviation=deviation,
    )
    return learned if levels == 1 else _learn_moves(template, learned, moves)


def _learn_moves(template: Template, values: Parameters, moves: Floats) -> Parameters:
    group, rank, n = template.group, template.rank, len(template.sizes)
    member = (group[None, :] == np.arange(3)[:, None]).astype(float)
    between = member @ moves[0] @ member.T
    advance = member @ moves[1] @ member.T
    stays = np.diag(between)
    leaving = between.sum(axis=1) - stays
    leave = (np.diag(advance) + leaving + template.length_runs) / (
        between.sum(axis=1) + template.length_runs * template.mean_lengths / 2
    )
    to = (between + 2.0) * template.follows
    enter = np.full((3, n), 2.0)
    slide = np.zeros(3)
    for g in (WAVE, WINDOW):
        own = group == g
        np.add.at(enter[g], rank[own], moves[0][np.ix_(~own, own)].sum(axis=0))
        inside = moves[0][np.ix_(own, own)]
        if n > 1:
            moved = inside.sum() - np.trace(inside)
            slide[g] = (moved + SLIDE * SLIDE_DAYS) / (inside.sum() + SLIDE_DAYS)
    return replace(
        values,
        leave=np.clip(leave, 0.02, 0.9),
        to=_shares(to),
        enter=enter / enter.sum(axis=1, keepdims=True),
        slide=slide,
    )
