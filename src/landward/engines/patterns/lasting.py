"""Lasting changes of a daily diary: steps of the baseline, told from spells, and slow courses.

The joint model lets the baseline jump, seldom, to any level (parameters.JUMP). How likely a jump is
between any two days comes with the reading of the diary itself, windows and waves summed over; so
the days a step may lie on are known as well as the diary tells them, and no better. What is left of
the baseline's way once its steps are taken out is slow: it is told as gradual, with both its ends.
"""

from dataclasses import dataclass

import numpy as np

from landward.engines.patterns.joint_model import Diary, Fit
from landward.engines.patterns.series import Floats
from landward.model.waves import GradualChange, LevelShift

LEAST = 1.0
"""Points of the working scale (tenths of the scale) by which a level must differ to be told."""

PART = 0.6
"""A jump counts from this share of `LEAST` on: what it lacks the days around may drift."""

LIKELY = 0.5
"""Chance of a jump from which a change of `LEAST` is told as a step."""

SUDDEN_DAYS, SUDDEN = 21, 1.25
"""A level that moves by `SUDDEN` inside six weeks is told as a step, however it moved."""

LASTING_DAYS = 21
"""A level of a daily diary held for fewer answered days than this is not a lasting one."""

HOLDS = 0.95
SHORTEST_COURSE = 56
"""A gradual change takes eight weeks or more."""


@dataclass(frozen=True)
class Course:
    """The baseline as the readings together have it: mean and spread (days,), chances of jumps."""

    chance: Floats
    """(days, K) chance of every baseline."""
    baseline: Floats
    spread: Floats
    up: Floats
    down: Floats


def course_of(fits: tuple[tuple[float, Fit], ...], diary: Diary) -> Course:
    """What weighted fits say of the baseline. Only those that tell of jumps count for jumps."""
    chance = np.zeros((diary.answers.size, diary.cells))
    up, down = np.zeros(diary.answers.size), np.zeros(diary.answers.size)
    told: dict[int, float] = {}
    for weight, one in fits:
        chance += weight * one.joint.sum(axis=1)
        told[id(one.template)] = told.get(id(one.template), 0.0) + weight
    size = diary.width * (np.arange(2 * diary.cells - 1) - diary.cells + 1)
    for _, one in fits:
        if one.jumps is not None:
            weight = told[id(one.template)]
            up += weight * one.jumps[:, size >= PART * LEAST].sum(axis=1)
            down += weight * one.jumps[:, size <= -PART * LEAST].sum(axis=1)
    mean, square = chance @ diary.grid, chance @ diary.grid**2
    return Course(chance, mean, np.sqrt(np.maximum(square - mean**2, 0.0)), up, down)


def steps_of(course: Course, diary: Diary) -> list[LevelShift]:
    """Steps of the baseline on the working scale, oldest first, each with its 95 % interval.

    A step is where the level differs most from six weeks before, likely by a jump or by so much that
    no slow course would do it. The interval runs from where the baseline may have passed the middle
    between both levels to where it has.
    """
    days = np.arange(diary.answers.size)
    earlier = np.maximum(days - SUDDEN_DAYS, 0)
    later = np.minimum(days + SUDDEN_DAYS, days.size - 1)
    moved = course.baseline[later] - course.baseline[earlier]
    window = np.ones(2 * SUDDEN_DAYS + 1)
    jumped = np.where(moved > 0, course.up, course.down)
    jumped = np.convolve(jumped, window, "same")[: days.size]
    clear = (np.abs(moved) >= SUDDEN) | ((np.abs(moved) >= LEAST) & (jumped >= LIKELY))
    found = []
    size = np.where(clear, np.abs(moved), 0.0)
    while size.max(initial=0.0) > 0:
        at = int(np.argmax(size))
        found.append(_step(at, moved[at] > 0, course, diary))
        size[max(at - 2 * SUDDEN_DAYS, 0) : at + 2 * SUDDEN_DAYS + 1] = 0.0
    return _held(sorted(found, key=lambda step: step.index), diary)


def _step(at: int, up: bool, course: Course, diary: Diary) -> LevelShift:
    days = np.arange(diary.answers.size)
    before = course.baseline[(days <= at - SUDDEN_DAYS) & (days > at - 2 * SUDDEN_DAYS)]
    after = course.baseline[(days >= at + SUDDEN_DAYS) & (days < at + 2 * SUDDEN_DAYS)]
    first = float(before.mean()) if before.size else float(course.baseline[0])
    last = float(after.mean()) if after.size else float(course.baseline[-1])
    beyond = diary.grid >= (first + last) / 2
    passed = course.chance[:, beyond if up else ~beyond].sum(axis=1)
    tail = (1 - HOLDS) / 2
    low = high = middle = at
    while low > 0 and (passed[low - 1] > tail or low > middle):
        low -= 1
    while high < days.size - 1 and passed[high] < 1 - tail:
        high += 1
    inside = np.arange(low, high + 1)
    middle = int(inside[np.argmax(passed[low : high + 1] >= 0.5)])
    return LevelShift(
        index=_answered_from(middle, diary),
        before=first,
        after=last,
        interval=(low, max(_answered_from(high, diary), _answered_from(middle, diary))),
    )


def _answered_from(day: int, diary: Diary) -> int:
    later = np.flatnonzero(diary.answered[day:])
    return day + int(later[0]) if later.size else day


def _held(steps: list[LevelShift], diary: Diary) -> list[LevelShift]:
    """Without levels that were not held, or differ too little from the one before."""
    kept = [step for step in steps if abs(step.after - step.before) >= LEAST]
    while True:
        edges = [0, *(step.index for step in kept), diary.answers.size]
        held = [int(diary.answered[a:b].sum()) for a, b in zip(edges, edges[1:], strict=False)]
        short = [k for k, days in enumerate(held) if days < LASTING_DAYS]
        if not kept or not short:
            return kept
        k = short[0]
        # a short level between two steps goes with both; at an end with its only one
        gone = {max(k - 1, 0), min(k, len(kept) - 1)}
        kept = [step for at, step in enumerate(kept) if at not in gone]


def gradual_of(course: Course, steps: list[LevelShift], diary: Diary) -> list[GradualChange]:
    """The largest slow rise or fall of the baseline, its steps taken out, if it is clear."""
    slow = course.baseline.copy()
    for step in steps:
        slow[step.index :] -= step.after - step.before
    known = np.flatnonzero(diary.answered)
    slow, spread = slow[known], course.spread[known]
    best: tuple[float, int, int] | None = None
    for sign in (1.0, -1.0):
        low = np.minimum.accumulate(sign * slow)
        rise = sign * slow - low
        end = int(np.argmax(rise))
        start = int(np.flatnonzero(sign * slow[: end + 1] == low[end])[-1])
        if best is None or rise[end] > best[0]:
            best = (float(rise[end]), start, end)
    if best is None:
        return []
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
            before=float(course.baseline[first]),
            after=float(course.baseline[first]) + change,
            change_interval=(change - error, change + error),
        )
    ]
