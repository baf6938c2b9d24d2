"""What the joint model expects of days that were not answered: a chance for every answer.

Used to test the model on days hidden from it (benchmarks/patterns), never to forecast a person:
chances are only given inside the series, from the days around a gap.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landward.engines.patterns.emissions import emission_tables, look_up_chance
from landward.engines.patterns.joint_model import Diary, Fit, prepare
from landward.engines.patterns.model_average import average
from landward.engines.patterns.series import Floats, as_series, check_scale

NEGLIGIBLE = 1e-4
FAINTEST = 1e-6
STRAY = 0.002
"""Chance left to every answer alike before bending."""

NEARBY_DAYS = (3.0, 20.0)
VIEW_SHARES = (0.3, 0.1, 0.3, 0.3)
"""Weights before looking: the joint model, the days nearby, those around, the steps between."""

VIEW_WORTH, WEIGHT_WORTH = 30.0, 3.0
"""Prior precision of each view's weight and of each answer's weight."""

NEWTON_STEPS = 12


def answer_chances(severity: ArrayLike, *, scale: tuple[float, float] = (0, 10)) -> Floats:
    """Chance (days, answers) of each whole answer of the scale, from the days around.

    `severity` (days,) holds whole answers and NaN where a day is to be told from its neighbours;
    answered days are told from their neighbours as well. Raises BadInput as read_waves.
    """
    series = as_series(severity)
    low, high = check_scale(series, scale)
    diary = prepare(series, (low, high), np.full(series.size, 2, np.int8))
    answers = np.arange(round(high - low) + 1) * 10 / (high - low)
    found = average(diary, jumps=False)
    mixed = np.zeros((series.size, answers.size))
    for weight, one in found.fits:
        if weight > NEGLIGIBLE:
            mixed += weight * _without_own_answer(one, diary, answers)
    mixed = (1 - STRAY) * mixed / mixed.sum(axis=1, keepdims=True) + STRAY / answers.size
    own = np.round(diary.answers * (high - low) / 10).astype(int)
    nearby = [_nearby(own, diary.answered, answers.size, days) for days in NEARBY_DAYS]
    steps = _steps(own, diary.answered, answers.size)
    return personal([mixed, *nearby, steps], own, diary.answered)


def _steps(own: NDArray[np.int64], answered: NDArray[np.bool_], answers: int) -> Floats:
    """Chance of each answer between the answers of the day before and after (Markov chain).

    Counts of the pairs that a day belongs to are taken out before it is told.
    """
    both = answered[1:] & answered[:-1]
    counts = np.zeros((answers, answers))
    np.add.at(counts, (own[:-1][both], own[1:][both]), 1.0)
    share = np.bincount(own[answered], minlength=answers) + 0.5
    share = share / share.sum()
    told = np.tile(np.log(share), (own.size, 1))
    for t in range(own.size):
        before = t > 0 and answered[t - 1]
        after = t + 1 < own.size and answered[t + 1]
        table = counts + 2 * share
        if answered[t] and before:
            table[own[t - 1], own[t]] -= 1
        if answered[t] and after:
            table[own[t], own[t + 1]] -= 1
        table /= table.sum(axis=1, keepdims=True)
        if before:
            told[t] = np.log(table[own[t - 1]])
        if after:
            told[t] += np.log(table[:, own[t + 1]])
    return _softmax(told)


def _nearby(
    own: NDArray[np.int64], answered: NDArray[np.bool_], answers: int, days: float
) -> Floats:
    """How often each answer was given around a day, itself left out, fading over `days`."""
    hits = np.where(answered[:, None], np.eye(answers)[own], 0.0)
    apart = np.arange(-int(6 * days), int(6 * days) + 1)
    fading = np.exp(-np.abs(apart) / days)
    fading[apart == 0] = 0.0
    size = own.size
    summed = np.stack(
        [np.convolve(h, fading, "full")[int(6 * days) :][:size] for h in hits.T], axis=1
    )
    overall = (hits.sum(axis=0) - hits + 0.5) / (
        hits.sum() - hits.sum(axis=1)[:, None] + answers / 2
    )
    return np.asarray((summed + overall) / (summed.sum(axis=1, keepdims=True) + 1))


def _without_own_answer(one: Fit, diary: Diary, answers: Floats) -> Floats:
    """Chance (days, answers) by the days around alone: the day's own answer is divided out."""
    tables = emission_tables(one.values.sigma, one.values.phi, diary.grain)
    means = one.values.deviation[:, None] + diary.grid[None, :]
    chances = []
    for answer in answers:
        kind = 1 if answer <= 1e-9 else 2 if answer >= 10 - 1e-9 else 0
        chances.append(look_up_chance(tables.chance[1, kind], answer - means))
    given = np.stack(chances)
    own = np.argmin(np.abs(diary.answers[:, None] - answers[None, :]), axis=1)
    evidence = np.where(diary.answered[:, None, None], given[own], 1.0)
    around = one.joint / np.maximum(evidence, FAINTEST)
    around /= around.sum(axis=(1, 2), keepdims=True)
    return np.asarray(np.einsum("tdk,cdk->tc", around, given))


def personal(views: list[Floats], own: NDArray[np.int64], answered: NDArray[np.bool_]) -> Floats:
    """Several views of each day's chances, pooled and bent to how this person uses the scale.

    The steps of a worded scale are not equally wide for anybody. The weight of each view and one
    weight per answer are learned from the answered days, each told without itself, with a prior
    that shares it out beforehand (damped Newton steps on a concave objective).
    """
    answers = views[0].shape[1]
    logs = np.log(np.stack(views, axis=2))
    bias = np.broadcast_to(np.eye(answers), (own.size, answers, answers))
    design = np.concatenate((logs, bias), axis=2)
    prior = np.zeros(design.shape[2])
    prior[: len(views)] = VIEW_SHARES
    stiff = np.full(prior.size, WEIGHT_WORTH)
    stiff[: len(views)] = VIEW_WORTH
    seen, hits = design[answered], np.eye(answers)[own[answered]]

    def worth(theta: Floats) -> float:
        chance = np.sum(_softmax(seen @ theta) * hits, axis=1)
        return float(np.log(chance).sum() - 0.5 * stiff @ (theta - prior) ** 2)

    theta, best = prior, worth(prior)
    for _ in range(NEWTON_STEPS):
        p = _softmax(seen @ theta)
        score = np.einsum("tcp,tc->p", seen, hits - p) - stiff * (theta - prior)
        centred = seen - np.einsum("tc,tcp->tp", p, seen)[:, None, :]
        bend = np.einsum("tc,tcp,tcq->pq", p, centred, centred) + np.diag(stiff)
        step = np.linalg.solve(bend, score)
        while (reached := worth(theta + step)) < best and np.abs(step).max() > 1e-6:
            step = step / 2
        if reached <= best:
            break
        theta, best = theta + step, reached
    return _softmax(design @ theta)


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))
