"""The shared time grid: fine just after a dose, coarse later, restarted at every real dose.

Everyone in a scenario swallows the same doses at the same times, so one list of steps serves all.
Times are whole seconds, so equal steps are equal exactly and each distinct length needs its
propagator only once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from landward.model.base import BadInput
from landward.model.dosing import DAY_S, MAX_DAYS, Dosing
from landward.model.said import phrase

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_HOURS = (0.1, 0.2, 0.3, 0.4, 0.55, 0.75, 1.1, 1.75, *range(3, 22, 2), 22.5, 24)
OFFSETS_S = tuple(round(3600 * hour) for hour in _HOURS)
"""Step ends after a dose reaches the gut. Absorption needs the fine ones; the two corners of the
model (tone below zero, withdrawal past the kindling threshold) need none much above two hours."""
_QUIET_S = 4 * 3600
"""The step where nothing was swallowed for a day."""
MAX_STEPS = 20_000_000


@dataclass(frozen=True, slots=True)
class Stimulus:
    """Something that touches a person at a moment: light, noise, a hard day. `size` has no unit."""

    time_s: int
    size: float


@dataclass(frozen=True, slots=True)
class Program:
    """The steps of a run: T steps, H distinct lengths, D drugs.

    `kind` (T,) is the place of the step's length in `steps_h` (H,); `doses` (T, D) mg that reach
    the gut and `stimuli` (T,) sizes felt as the step begins; `day` (T,) counts from 0;
    `closes_day` (T,) marks the last step of a day.
    """

    kind: Ints
    steps_h: Floats
    doses: Floats
    stimuli: Floats
    day: Ints
    closes_day: npt.NDArray[np.bool_]
    days: int


def plan_steps(
    courses: Sequence[Dosing],
    lags_s: Sequence[int],
    days: int,
    stimuli: Sequence[Stimulus] = (),
) -> Program:
    """Lay the grid over `days` days. Raises BadInput if that is more than can be stepped."""
    if not 1 <= days <= MAX_DAYS:
        raise BadInput(
            phrase("a run lasts 1 to {max_days} days, not {days}", max_days=MAX_DAYS, days=days)
        )
    end = days * DAY_S
    arrivals = [
        np.asarray(course.times_s, dtype=np.int64) + lag
        for course, lag in zip(courses, lags_s, strict=True)
    ]
    fed = np.unique(np.concatenate([*arrivals, np.zeros(0, dtype=np.int64)]))
    fed = fed[fed < end]
    points = _grade(fed, end)
    felt = np.asarray([s.time_s for s in stimuli if 0 <= s.time_s < end], dtype=np.int64)
    points = np.unique(np.concatenate([points, felt]))
    if len(points) > MAX_STEPS:
        raise BadInput(
            phrase(
                "this course needs {count} steps; shorten it or dose less often",
                count=format(len(points), ","),
            )
        )
    starts, lengths = points[:-1], np.diff(points)
    distinct, kind = np.unique(lengths, return_inverse=True)
    doses = np.zeros((len(starts), len(courses)))
    for column, (course, when) in enumerate(zip(courses, arrivals, strict=True)):
        kept = when < end
        amounts = np.asarray([float(mg) for mg in course.doses_mg])[kept]
        np.add.at(doses[:, column], np.searchsorted(starts, when[kept]), amounts)
    touches = np.zeros(len(starts))
    for stimulus in stimuli:
        if 0 <= stimulus.time_s < end:
            touches[np.searchsorted(starts, stimulus.time_s)] += stimulus.size
    return Program(
        kind=kind.astype(np.int64),
        steps_h=distinct / 3600.0,
        doses=doses,
        stimuli=touches,
        day=starts // DAY_S,
        closes_day=points[1:] % DAY_S == 0,
        days=days,
    )


def _grade(fed: Ints, end: int) -> Ints:
    """All step borders from 0 to `end`: arrivals, graded offsets after them, days, quiet steps."""
    midnights = np.arange(0, end + 1, DAY_S, dtype=np.int64)
    following = np.append(fed[1:], end)
    graded = fed[:, None] + np.asarray(OFFSETS_S, dtype=np.int64)
    inside = graded < following[:, None]
    quiet = np.arange(0, end, _QUIET_S, dtype=np.int64)
    last = np.searchsorted(fed, quiet, side="right") - 1
    since = np.where(last >= 0, quiet - fed[np.maximum(last, 0)] if len(fed) else quiet, end)
    return np.unique(np.concatenate([midnights, fed, graded[inside], quiet[since > OFFSETS_S[-1]]]))
