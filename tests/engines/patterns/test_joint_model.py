"""The compiled chain against the same chain written out as dense matrices."""

import itertools

import numpy as np
import pytest

from landward.engines.patterns.emissions import (
    CARRIED,
    emission_tables,
    grain_of,
    look_up_chance,
)
from landward.engines.patterns.joint_model import fit, log_likelihood, prepare
from landward.engines.patterns.parameters import (
    GRADED,
    JUMP,
    PLAIN,
    STEADY,
    USUAL,
    moves_of,
    prior_parameters,
)


def a_diary(days=12):
    y = np.array([5, 6, np.nan, 8, 8, 9, np.nan, np.nan, 4, 0, 5, 10.0])[:days]
    return prepare(y, (0.0, 10.0), np.full(days, 2, np.int8))


def dense(diary, template, values):
    """Forward and backward over every (level, phase, baseline) at once, nothing left out."""
    levels, grid = template.levels, diary.grid
    step = min(values.drift**2 / (2 * diary.width**2), 0.3)
    k = grid.size
    drift = (1 - JUMP) * ((1 - 2 * step) * np.eye(k) + step * (np.eye(k, k=1) + np.eye(k, k=-1)))
    drift += JUMP / k
    moves = moves_of(template, values).transpose(0, 2, 1, 3).reshape(2 * levels, 2 * levels)
    tables = emission_tables(values.sigma, values.phi, diary.grain)
    level = np.repeat(np.arange(levels), 2)
    share = np.where(template.group == USUAL, 0.6, 0.4 / max(levels - 1, 1))
    alpha = np.repeat(share / share.sum() / 2, 2)[:, None] * np.ones(k) / k
    total, filtered, steps = 0.0, [], []
    for t, y in enumerate(diary.answers):
        jump = np.ones((2 * levels, 2 * levels, k))
        if diary.answered[t]:
            earlier = [k for k in range(max(t - CARRIED, 0), t) if diary.answered[k]]
            mean = values.deviation[level][None, :, None] + grid[None, None, :]
            row = CARRIED
            if earlier:
                last = earlier[-1]
                row = t - last - 1
                before = diary.answers[last] - values.deviation[level][:, None, None] - grid
                told = look_up_chance(tables.told[diary.kind[last]], before)
                mean = mean + values.phi ** (t - last) * told
            jump = look_up_chance(tables.chance[row, diary.kind[t]], y - mean)
            jump = np.broadcast_to(jump, (2 * levels, 2 * levels, k))
        if t == 0:
            alpha = alpha * np.einsum("ssk->sk", jump)
        else:
            steps.append(moves[:, :, None] * jump)
            alpha = np.einsum("ik,ijk->jk", alpha @ drift, steps[-1])
        total += np.log(alpha.sum())
        alpha = alpha / alpha.sum()
        filtered.append(alpha)
    later, smoothed = np.ones_like(alpha), [None] * len(filtered)
    for t in range(len(filtered) - 1, -1, -1):
        smoothed[t] = filtered[t] * later / (filtered[t] * later).sum()
        if t:
            later = np.einsum("ijk,jk->ik", steps[t - 1], later) @ drift.T
            later = later / later.max()
    joint = np.stack(smoothed).reshape(len(filtered), levels, 2, k).sum(axis=2)
    return total, joint


@pytest.mark.parametrize("template", [STEADY, PLAIN, GRADED], ids=["steady", "plain", "graded"])
def test_the_compiled_chain_is_the_dense_one(template):
    diary = a_diary()
    values = prior_parameters(template, diary.unit, diary.noise)
    total, joint = dense(diary, template, values)
    one = fit(diary, template, rounds=1)
    assert one.log_likelihood == pytest.approx(total, abs=1e-6)
    assert one.joint == pytest.approx(joint, abs=1e-6)
    buffer = np.empty((12, diary.cells, 2 * template.levels))
    nothing = np.zeros(12)
    assert log_likelihood(diary, template, values, nothing, buffer) == pytest.approx(
        total, abs=1e-6
    )


def test_every_round_of_learning_fits_better():
    rng = np.random.default_rng(1)
    y = np.round(5 + rng.normal(0, 0.8, 200) + np.where(np.arange(200) % 40 < 10, 2, 0))
    diary = prepare(np.clip(y, 0, 10), (0.0, 10.0), np.full(200, 2, np.int8))
    reached = [fit(diary, PLAIN, rounds=n).log_likelihood for n in (1, 2, 4, 8)]
    # the residual an answer tells of moves with sigma and phi, so a step may lose a hair again
    assert all(later > earlier - 0.05 for earlier, later in itertools.pairwise(reached))


@pytest.mark.parametrize(
    ("answers", "scale", "grain"),
    [
        ([0, 3, 4], (0, 4), 1.0),
        ([1.5, 2], (0, 4), 0.5),
        ([1, 2.25], (1, 7), 0.25),
        ([0.333], (0, 3), 0.03),
    ],
)
def test_the_grain_of_a_scale_is_recognised(answers, scale, grain):
    assert grain_of(np.array(answers, float), scale) == pytest.approx(grain)


def test_scores_are_only_there_where_they_were_asked_for():
    asked = fit(a_diary(), PLAIN, rounds=2, scored=True)
    assert asked.day_scores.shape == (12, 2)
    with pytest.raises(ValueError, match="scored"):
        _ = fit(a_diary(), PLAIN, rounds=2).day_scores


def test_a_hopeless_template_is_read_as_it_stands():
    learned = fit(a_diary(), GRADED, rounds=3)
    given_up = fit(a_diary(), GRADED, rounds=3, hopeless=np.inf)
    assert learned.values != given_up.values
    assert given_up.values.sigma == prior_parameters(GRADED, a_diary().unit, a_diary().noise).sigma
    assert np.allclose(given_up.joint.sum(axis=(1, 2)), 1)


def test_where_only_the_likelihood_is_wanted_it_is_the_same_and_nothing_else_is_made():
    read = fit(a_diary(), PLAIN, rounds=2)
    counted = fit(a_diary(), PLAIN, rounds=2, worth=np.inf)
    assert counted.log_likelihood == read.log_likelihood
    assert (counted.joint.size, read.joint.size > 0) == (0, True)
    enough = fit(a_diary(), PLAIN, rounds=2, worth=read.log_likelihood - 1)
    assert np.array_equal(enough.joint, read.joint)
