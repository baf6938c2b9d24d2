"""The level a steady dose settles at, exactly: the state that repeats itself every interval."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from landward.engines.pharmacology.propagator import advance, propagator
from landward.engines.pharmacology.rates import Rates
from landward.model.base import BadInput
from landward.model.kinetics import OralKinetics

Floats = npt.NDArray[np.float64]

_POINTS = 960


@dataclass(frozen=True, slots=True)
class SteadyState:
    """Levels in ng/ml of parent and metabolite (0 without one), each (2,).

    `accumulation` is the parent's average at steady state over its average in the first interval.
    """

    trough: Floats
    peak: Floats
    average: Floats
    accumulation: float


def steady_state(kinetics: OralKinetics, dose_mg: float, interval_h: float) -> SteadyState:
    """The typical person's levels when the same dose has been taken for ever.

    The trough is the level as a dose reaches the gut. Raises BadInput for a dose or interval that
    is not above zero.
    """
    if not (0 < dose_mg < np.inf and 0 < interval_h < np.inf):
        raise BadInput("a steady dose and its interval are numbers above zero")
    rates = Rates.of(kinetics)
    swallowed = np.zeros((4, 1))
    swallowed[0] = dose_mg * rates.taken_up
    whole = _matrix(propagator(rates, interval_h))
    two, made = bool(rates.back.any()), bool(rates.formation.any())
    used = [0, 1] + [2] * two + [3] * made
    settled = np.zeros((4, 1))
    system = np.eye(len(used)) - whole[np.ix_(used, used)]
    settled[used] = np.linalg.solve(system, whole[np.ix_(used, used)] @ swallowed[used])
    scale = np.stack([rates.parent_scale, rates.metabolite_scale])
    fine = propagator(rates, interval_h / _POINTS)
    levels, first = [], []
    boxes, fresh = settled + swallowed, swallowed.copy()
    for _ in range(_POINTS):
        boxes, fresh = advance(fine, boxes), advance(fine, fresh)
        levels.append(boxes[[1, 3]] * scale)
        first.append(fresh[1] * scale[0])
    course = np.array(levels)[:, :, 0]
    average = course.mean(axis=0)
    return SteadyState(
        trough=(settled[[1, 3]] * scale)[:, 0],
        peak=course.max(axis=0),
        average=average,
        accumulation=float(average[0] / np.mean(first)),
    )


def _matrix(entries: Floats) -> Floats:
    """One person's propagator as the 4 by 4 matrix it stands for."""
    gg, ag, aa, ap, pg, pa, pp, mg, ma, mp, mm = entries[:, 0]
    return np.array([[gg, 0, 0, 0], [ag, aa, ap, 0], [pg, pa, pp, 0], [mg, ma, mp, mm]])
