"""What one diary's likelihood says about responses to dose changes, for every lag and shape.

The response sits inside the joint model, so windows, waves and the moving baseline are summed over
rather than mistaken for it. The likelihood of each response is read at several sizes, not judged by
its curvature at none: spells that take a response for a wave bend it away from a parabola. How much
it may be trusted is read off the score, the daily pull of the answers on the mean: if the model
were right, the score along a response would vary as much as the likelihood is curved. Where it
varies more (autocorrelation or tails the model does not have) the likelihood is flattened by as
much. Equations and measured coverage: docs/methods/patterns.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landward.engines.patterns.joint_model import (
    Diary,
    Fit,
    carry_of,
    fit,
    log_likelihood,
    reach_of,
)
from landward.engines.patterns.lag_prior import LAGS
from landward.engines.patterns.parameters import PLAIN, STEADY
from landward.engines.patterns.rhythm import (
    cycle,
    likely_cycle,
    likely_effects,
    rhythm_of_changes,
    weekdays,
)
from landward.engines.patterns.series import Floats

ORDERS = (1, 4)
"""Powers of the hump s·e^(1−s): a slow rise and fall, and a late, narrow peak."""

SLOW_DAYS = 57
"""What a centred mean over this many days shows of a response is left to the baseline."""

SIZES = np.linspace(-2.2, 3.8, 301)
"""Sizes of the response in units (parameters.py), towards the side the diary leans to."""

READ_AT = np.array([-2.0, -0.8, 0.0, 0.8, 2.0, 3.6])
CURVED_OVER = 0.5
SCORE_DAYS = 21
"""Days over which the score's autocorrelation is followed: longer than most spells."""

PRICE = 3.0
SPARE = 4


@dataclass(frozen=True)
class Evidence:
    """n responses, the first `LAGS.size` of order one. Sizes are on the 0–10 working scale.

    `log_ratio` (n, sizes): flattened log likelihood over none at `sizes` (sizes,). `information`
    (n,): its curvature at none. `pull` (n,): the score at none over its error. `alike` (n, n):
    correlation of the pulls. `freedom`: degrees of freedom of those errors.
    """

    sizes: Floats
    log_ratio: Floats
    information: Floats
    pull: Floats
    alike: Floats
    freedom: float
    unit: float
    apart: Floats
    """(n,) share of every response that weekdays could not imitate."""
    apart_from_cycle: Floats
    """(n,) share that neither weekdays nor the cycle could."""


def read_evidence(diary: Diary, changes: NDArray[np.int64], steps: Floats) -> Evidence:
    """Read a prepared diary for responses to changes (n,) of sizes (n,)."""
    model = _chosen(diary)
    bare = responses(diary.answers.size, changes, steps)
    rhythm = rhythms(diary, model, changes)
    shapes = without_rhythm(bare, rhythm, diary.answered)
    score = daily_score(diary, model)
    pulled = shapes @ score
    length = np.sqrt(np.maximum((shapes**2).sum(axis=1), 1e-12))
    side = -1.0 if pulled[int(np.argmax(np.abs(pulled) / length))] < 0 else 1.0
    curves = _curves(diary, model, shapes, side * READ_AT * diary.unit)
    from scipy.interpolate import CubicSpline

    spline = CubicSpline(READ_AT, curves, axis=1)
    near = spline(np.array([-CURVED_OVER, 0.0, CURVED_OVER])) @ np.array([-1.0, 2.0, -1.0])
    information = np.maximum(near / (CURVED_OVER * diary.unit) ** 2, 1e-2)
    spread = score_covariance(score, np.where(diary.answered, shapes, 0.0))
    variance = np.maximum(np.diag(spread), information)
    root = np.sqrt(np.maximum(np.diag(spread), 1e-12))
    flattened = spline(SIZES) / (variance / information)[:, None]
    order = 1 if side > 0 else -1
    return Evidence(
        sizes=(side * SIZES * diary.unit)[::order],
        log_ratio=flattened[:, ::order],
        information=information**2 / variance,
        pull=pulled / np.sqrt(variance),
        alike=spread / np.outer(root, root),
        freedom=3 * float(diary.answered.sum()) / (SCORE_DAYS + 1),
        unit=diary.unit,
        apart=_share_left(bare, weekdays(diary.answers.size), diary.answered),
        apart_from_cycle=_share_left(bare, rhythm, diary.answered),
    )


def rhythms(diary: Diary, model: Fit, changes: NDArray[np.int64]) -> Floats:
    """(days, m) weekdays, and a cycle where the diary shows one or the changes keep to one."""
    days = diary.answers.size
    found = [weekdays(days)]
    if (period := rhythm_of_changes(changes)) is not None:
        found.append(cycle(days, period, waves=2))
    elif (period := likely_cycle(diary, model)) is not None:
        found.append(cycle(days, period))
    return np.hstack(found)


def without_rhythm(shapes: Floats, rhythm: Floats, answered: NDArray[np.bool_]) -> Floats:
    """Shapes (n, days) less what a rhythm (days, m) could imitate on answered days.

    A response that keeps to weekdays cannot be told apart from them, whatever its size.
    """
    columns = np.column_stack((np.ones(answered.size), rhythm))
    seen = columns[answered]
    found, *_ = np.linalg.lstsq(seen, shapes[:, answered].T, rcond=1e-8)
    return np.asarray(shapes - (columns @ found).T)


def _share_left(shapes: Floats, rhythm: Floats, answered: NDArray[np.bool_]) -> Floats:
    """(n,) share of every shape that a rhythm could not imitate."""
    left = without_rhythm(shapes, rhythm, answered)[:, answered]
    whole = shapes[:, answered] - shapes[:, answered].mean(axis=1, keepdims=True)
    return np.asarray((left**2).sum(axis=1) / np.maximum((whole**2).sum(axis=1), 1e-12))


def responses(days: int, changes: NDArray[np.int64], steps: Floats) -> Floats:
    """Shapes (n, days) for every order and lag, without what a moving baseline could imitate."""
    impulses = np.zeros(days)
    np.add.at(impulses, changes, steps)
    half = SLOW_DAYS // 2
    found = []
    for order in ORDERS:
        for lag in LAGS:
            s = np.arange(int(np.ceil(12 * lag)) + 1) / lag
            shape = np.convolve(impulses, (s * np.exp(1 - s)) ** order)[:days]
            padded = np.pad(shape, half, mode="edge")
            found.append(shape - np.convolve(padded, np.full(SLOW_DAYS, 1 / SLOW_DAYS), "valid"))
    return np.array(found)


def _chosen(diary: Diary) -> Fit:
    """Spells where the diary shows them, else a baseline and noise alone; weekdays where likely."""
    first = fit(diary, PLAIN, rounds=2, scored=True)
    effects = likely_effects(diary, first, None)
    plain = fit(diary, PLAIN, rounds=5, start=first.values, effects=effects, scored=True)
    steady = fit(diary, STEADY, rounds=4, effects=effects, scored=True)
    better = plain.log_likelihood - PRICE > steady.log_likelihood
    return plain if better else steady


def daily_score(diary: Diary, model: Fit) -> Floats:
    """(days,) derivative of the log likelihood by an offset of each day, where there is none.

    An offset moves its own day and, through the residual carried over, the next answered one
    (Fisher's identity: the smoothed score is the derivative of the likelihood).
    """
    pull = np.where(diary.answered, model.day_scores[:, 0], 0.0)
    carry = carry_of(model.values.phi, diary.age)
    score = pull.copy()
    np.subtract.at(score, diary.last, carry * pull)
    return score


def score_covariance(score: Floats, shapes: Floats) -> Floats:
    """(n, n) covariance of the scores along shapes (n, days), autocorrelation allowed for.

    Bartlett's weights keep it positive (Newey & West 1987); 3 · days / (SCORE_DAYS + 1) degrees of
    freedom (Priestley 1981).
    """
    days = score.size
    total = np.zeros((shapes.shape[0], shapes.shape[0]))
    for lag in range(min(SCORE_DAYS, days - 1) + 1):
        weight = (1 - lag / (SCORE_DAYS + 1)) * float(score[lag:] @ score[: days - lag]) / days
        product = shapes[:, lag:] @ shapes[:, : days - lag].T
        total += weight * (product if lag == 0 else product + product.T)
    return total


def _curves(diary: Diary, model: Fit, shapes: Floats, sizes: Floats) -> Floats:
    """(n, sizes) log likelihood of every shape at every size, over that of none."""
    reach = reach_of(diary, model) + np.array([-SPARE, SPARE])
    reach = np.clip(reach, 0, diary.cells)
    buffer = np.empty((diary.answers.size, diary.cells, 2 * model.template.levels))

    def likelihood(shape: Floats, size: float) -> float:
        moved = model.effects.offset + size * shape
        return log_likelihood(diary, model.template, model.values, moved, buffer, reach)

    none = likelihood(shapes[0], 0.0)
    return np.array(
        [[likelihood(one, float(b)) - none if b else 0.0 for b in sizes] for one in shapes]
    )
