"""Lasting changes of a daily diary: steps of the baseline, told from spells, and slow courses.

The joint model lets the baseline jump, seldom, to any level (parameters.JUMP). How likely a jump is
between any two days comes with the reading itself, windows and waves summed over, so every day is
looked at for nothing. The likeliest days are tried in earnest: the diary is learned once more with
a step there, one that stays and one that eases, and once without, no jump allowed in any of them. A
step is told if it explains the diary clearly better than none, and than a baseline that drifts
faster. On which day it lies is then as uncertain as the diary leaves it. What is left of the
baseline's way is slow: it is gradual.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from landward.engines.patterns.effects import STEP_SD, Effects
from landward.engines.patterns.joint_model import Diary, Fit, fit, reach_of
from landward.engines.patterns.series import Floats
from landward.model.said import phrase
from landward.model.waves import GradualChange, LevelShift

LEAST = 1.0
"""Points of the working scale (tenths of the scale) by which a level must differ to be told."""

PART = 0.6
"""A jump counts from this share of `LEAST` on: what it lacks the days around may drift."""

NEEDED, NEEDED_EASING = 6.0, 6.5
"""Log likelihood that a step must add, staying or easing: its day, its size and the looking
everywhere are paid for. Set where 5 % of diaries without any step had one (seeds 2000 to 2039)."""

FASTER, FASTER_PRICE = 2.0, 2.0
"""A baseline drifting so many times faster is the other reading of a step; it pays so much."""

SLOWLY_DAYS, SLOWLY_PRICE = 90, 3.5
"""A level that moves evenly over so many days, instead of on one, is another reading of a step. It
pays so much, a step `NEEDED`: what went slowly is not dated to a day (130 slow recoveries under
spells, 130 without, seeds 2100 on: a step in 5 and 5 %, 8 and 6 without this)."""

EASING_DAYS = 120.0
"""Time in which a set-back that eases falls to 37 %."""

LEARNS = 5.0
"""Log likelihood that learning on may still add to a step; one further behind is given up."""

PROMISING = -4.0
"""A step that adds less is not tried as one that eases."""

NO_JUMP = 1e-9

TRIED = 3
"""Likeliest days on which a step is tried."""

TRY_SIZE, TRY_SIZE_CALM = 2.6, 1.5
"""A step is tried at this size, in units, and learned from there; calm diaries hide less."""

NEAR = 10.0
"""Log likelihood by which a reading may lie behind the best one for its jumps to be tried."""

TRY_ROUNDS, SPARE = 3, 4
WITHIN_DAYS = 45
"""A baseline that may not jump needs this long to go from one kept level to another."""

LEAST_CHANCE = 0.003
"""Days on which a jump is less likely than this, a week to either side counted, are not tried."""

TOGETHER_DAYS = 60
"""Days to either side within which chances belong to one step."""

LASTING_DAYS = 21
"""A level of a daily diary held for fewer answered days than this is not a lasting one."""

HOLDS = 0.95
DATE_TEMPER = 1.25
"""Evidence between days counts for so much less when a step is dated: what was learned is taken as
known there, and intervals of small steps under spells held the day in 93 % at 1, 97 % at 1.25
(73 steps found in seeds 2100 to 2209)."""

SHORTEST_COURSE = 56
"""A gradual change takes eight weeks or more."""


@dataclass(frozen=True)
class Step:
    """A step: LevelShift on the working scale, the column (days,) it adds, and by which size."""

    shift: LevelShift
    column: Floats
    size: float

    @property
    def moved(self) -> Floats:
        """(days,) what the step adds to the level that was there at first."""
        return np.asarray(self.size * (self.column - self.column[0]))


@dataclass(frozen=True)
class _Try:
    """A step learned from a likely day: what it explains beyond what it must."""

    base: Fit
    fit: Fit
    day: int
    sign: int
    eases: bool
    surplus: float
    chance: float
    """Of a jump there, or within a week of it."""

    @property
    def likely(self) -> float:
        """Which of two steps that may be the same one stands."""
        return self.surplus + float(np.log(self.chance))


def find_steps(fits: tuple[tuple[float, Fit], ...], diary: Diary) -> list[Step]:
    """Steps of the baseline, oldest first, each with its 95 % interval."""
    known = [one for _, one in fits if one.jumps is not None and not one.template.graded]
    best = max(known, key=lambda one: one.log_likelihood)
    near = [one for one in known if one.log_likelihood > best.log_likelihood - NEAR]
    likely = _likeliest(near, diary)
    if not likely:
        return []
    none = _learned(best, diary)
    tried = [_tried(base, day, sign, diary, none) for base, day, sign in likely]
    clear = [one for one in tried if one.surplus >= 0]
    if not clear:
        return []
    faster = _faster(none, diary)
    found: list[Step] = []
    for one in sorted(clear, key=lambda one: -one.likely):
        if one.surplus < max(faster, _slowly(one, diary, none)):
            continue
        step = _dated(one, diary)
        apart = not any(_overlap(step.shift, other.shift) for other in found)
        if apart and abs(step.shift.after - step.shift.before) >= LEAST:
            found.append(step)
    return _held(sorted(found, key=lambda step: step.shift.index), diary)


def _tried(base: Fit, day: int, sign: int, diary: Diary, none: Fit) -> _Try:
    """The better of a step that stays and one that eases on `day`."""
    least = none.log_likelihood + NEEDED - LEARNS
    stays = _with_step(base, day, sign, diary, eases=False, hopeless=least)
    gain = stays.log_likelihood - none.log_likelihood
    chance = _near(_ways(base, diary)[1 if sign > 0 else 0], day)
    better = _Try(base, stays, day, sign, False, gain - NEEDED, chance)
    if gain < PROMISING:
        return better
    eases = _with_step(base, day, sign, diary, eases=True, hopeless=least)
    more = eases.log_likelihood - none.log_likelihood - NEEDED_EASING
    return better if more <= better.surplus else _Try(base, eases, day, sign, True, more, chance)


def _faster(none: Fit, diary: Diary) -> float:
    """Log likelihood by which a baseline that drifts faster explains the diary better, less its
    price: a slow course, a season, are no steps.
    """
    values = replace(none.values, drift=FASTER * none.values.drift)
    quick = fit(
        diary,
        none.template,
        rounds=1,
        start=values,
        effects=none.effects,
        jump=NO_JUMP,
        worth=np.inf,
    )
    return max(quick.log_likelihood - none.log_likelihood - FASTER_PRICE, 0.0)


def _slowly(one: _Try, diary: Diary, none: Fit) -> float:
    """What a slow move around the day of a step explains beyond none, less its price."""
    since = np.arange(diary.answers.size) - one.day + 0.5
    column = np.clip(since / SLOWLY_DAYS, -0.5, 0.5)
    enough = none.log_likelihood + one.surplus + SLOWLY_PRICE
    moved = _with_column(one.base, column, one.sign, diary, hopeless=enough - LEARNS)
    return moved.log_likelihood - none.log_likelihood - SLOWLY_PRICE


def _overlap(one: LevelShift, other: LevelShift) -> bool:
    """Whether two steps may be the same one: the likelier one stands then."""
    return one.interval[0] <= other.interval[1] and other.interval[0] <= one.interval[1]


def _sizes(diary: Diary) -> Floats:
    """(2·K − 1,) points by which the baseline moves at each column of `Fit.jumps`."""
    return np.asarray(diary.width * (np.arange(2 * diary.cells - 1) - diary.cells + 1))


def _ways(one: Fit, diary: Diary) -> tuple[Floats, Floats]:
    """(days,) chances of a jump down and up."""
    if one.jumps is None:
        raise ValueError(phrase("this fit does not tell of jumps"))
    size = _sizes(diary)
    return tuple(one.jumps[:, sign * size >= PART * LEAST].sum(axis=1) for sign in (-1, 1))


def _likeliest(near: list[Fit], diary: Diary) -> list[tuple[Fit, int, int]]:
    """Readings, days and directions in which a jump is likeliest, the likeliest first."""
    best = max(one.log_likelihood for one in near)
    left = np.array([np.array(_ways(o, diary)) * np.exp(o.log_likelihood - best) for o in near])
    inside = np.cumsum(diary.answered)
    left[:, :, (inside < LASTING_DAYS) | (inside > inside[-1] - LASTING_DAYS)] = 0.0
    found: list[tuple[Fit, int, int]] = []
    while len(found) < TRIED and left.max(initial=0.0) > 0:
        which, way, day = (int(at) for at in np.unravel_index(int(np.argmax(left)), left.shape))
        if _near(left[which, way], day) < LEAST_CHANCE:
            break
        found.append((near[which], day, 1 if way else -1))
        left[:, :, max(day - TOGETHER_DAYS // 2, 0) : day + TOGETHER_DAYS // 2 + 1] = 0.0
    return found


def _near(chance: Floats, day: int) -> float:
    return float(chance[max(day - 7, 0) : day + 8].sum())


def _learned(
    base: Fit, diary: Diary, effects: Effects | None = None, hopeless: float = -np.inf
) -> Fit:
    """The diary learned on with `effects`, its baseline not allowed to jump: how likely it is."""
    return fit(
        diary,
        base.template,
        rounds=TRY_ROUNDS,
        start=base.values,
        effects=base.effects if effects is None else effects,
        reach=_wide(reach_of(diary, base), diary),
        jump=NO_JUMP,
        hopeless=hopeless,
        worth=np.inf,
    )


def _wide(reach: NDArray[np.int64], diary: Diary) -> NDArray[np.int64]:
    """`reach` (days, 2) and what is kept on the days around, some cells to spare."""
    around = np.pad(reach, ((WITHIN_DAYS, WITHIN_DAYS), (0, 0)), mode="edge")
    near = sliding_window_view(around, 2 * WITHIN_DAYS + 1, axis=0)
    low, high = near[:, 0].min(axis=1) - SPARE, near[:, 1].max(axis=1) + SPARE
    return np.stack((np.maximum(low, 0), np.minimum(high, diary.cells)), axis=1)


def _with_step(
    base: Fit, day: int, sign: int, diary: Diary, *, eases: bool, hopeless: float
) -> Fit:
    """The diary learned on with a step on `day`, staying or easing, unless it is `hopeless`."""
    since = np.arange(diary.answers.size) - day
    if eases:
        column = np.where(since >= 0, np.exp(-np.maximum(since, 0) / EASING_DAYS), 0.0)
    else:
        column = np.where(since >= 0, 0.5, -0.5)
    return _with_column(base, column, sign, diary, hopeless)


def _with_column(base: Fit, column: Floats, sign: int, diary: Diary, hopeless: float) -> Fit:
    """The diary learned on with `column` (days,) of the level, begun in the direction `sign`."""
    size = TRY_SIZE if base.template.sizes else TRY_SIZE_CALM
    effects = base.effects.beside(column[:, None], STEP_SD * diary.unit)
    sizes = effects.sizes.copy()
    sizes[-1] = sign * size * diary.unit
    return _learned(base, diary, Effects(effects.columns, effects.stiffness, sizes), hopeless)


def _dated(one: _Try, diary: Diary) -> Step:
    """Where the step lies: the diary read with what was learned, but a jump in the step's place."""
    stepped, day, sign = one.fit, one.day, one.sign
    column, size = stepped.effects.columns[:, -1], float(stepped.effects.sizes[-1])
    kept = stepped.effects
    without = Effects(kept.columns[:, :-1], kept.stiffness[:-1], kept.sizes[:-1])
    read = fit(
        diary, stepped.template, rounds=1, start=stepped.values, effects=without, jumping=True
    )
    chance = _ways(read, diary)[1 if sign > 0 else 0]
    start = max(day - TOGETHER_DAYS, 0)
    here = np.cumsum(chance[start : day + TOGETHER_DAYS + 1] ** (1 / DATE_TEMPER))
    low, middle, high = (
        start + int(np.searchsorted(here, share * here[-1]))
        for share in ((1 - HOLDS) / 2, 0.5, (1 + HOLDS) / 2)
    )
    beside = fit(
        diary, stepped.template, rounds=1, start=stepped.values, effects=kept, jump=NO_JUMP
    )
    level = beside.joint.sum(axis=1) @ diary.grid + size * column
    before = float(level[max(day - LASTING_DAYS, 0) : day].mean())
    after = float(level[day : day + LASTING_DAYS].mean())
    shift = LevelShift(
        index=_answered_from(middle, diary),
        before=before,
        after=after,
        interval=(low, _answered_from(high, diary)),
        stays=not one.eases,
    )
    rise = float(column[day : day + LASTING_DAYS].mean() - column[day - 1])
    return Step(shift, column, (after - before) / rise)


def _answered_from(day: int, diary: Diary) -> int:
    later = np.flatnonzero(diary.answered[day:])
    return day + int(later[0]) if later.size else day


def _held(steps: list[Step], diary: Diary) -> list[Step]:
    """Without levels that were not held."""
    kept = steps
    while True:
        edges = [0, *(step.shift.index for step in kept), diary.answers.size]
        held = [int(diary.answered[a:b].sum()) for a, b in pairwise(edges)]
        short = [k for k, days in enumerate(held) if days < LASTING_DAYS]
        if not kept or not short:
            return kept
        # a short level between two steps goes with both; at an end with its only one
        gone = {max(short[0] - 1, 0), min(short[0], len(kept) - 1)}
        kept = [step for at, step in enumerate(kept) if at not in gone]


def find_gradual(
    baseline: Floats, spread: Floats, steps: list[Step], diary: Diary
) -> list[GradualChange]:
    """The largest slow rise or fall of the baseline (days,), steps taken out, if it is clear."""
    slow = baseline.copy()
    for step in steps:
        slow -= step.moved
    known = np.flatnonzero(diary.answered)
    slow, spread = slow[known], spread[known]
    best = (0.0, 0, 0)
    for sign in (1.0, -1.0):
        low = np.minimum.accumulate(sign * slow)
        rise = sign * slow - low
        end = int(np.argmax(rise))
        start = int(np.flatnonzero(sign * slow[: end + 1] == low[end])[-1])
        best = max(best, (float(rise[end]), start, end))
    size, start, end = best
    error = 1.96 * float(np.hypot(spread[start], spread[end]))
    first, last = int(known[start]), int(known[end])
    if size < LEAST or size - error < PART * LEAST or last - first < SHORTEST_COURSE:
        return []
    change = float(slow[end] - slow[start])
    return [
        GradualChange(
            start=first,
            end=last,
            before=float(baseline[first]),
            after=float(baseline[last]),
            change_interval=(change - error, change + error),
        )
    ]
