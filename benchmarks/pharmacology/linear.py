"""Levels of many people at once with our own propagators, for the race against other solvers.

The app never needs levels of many people without what they do, so this is no part of it.
"""

import numpy as np

from landward.engines._numba import njit_smooth as njit
from landward.engines.pharmacology.kernels import LANES, Floats, Ints, L, _one_step
from landward.engines.pharmacology.lanes import _by_lane, _pad, _propagators
from landward.engines.pharmacology.rates import Rates


@njit
def step_concentrations(
    propagators: Floats, kind: Ints, doses: Floats, slot: Ints, scales: Floats, out: Floats
) -> None:
    """Concentrations of one drug: `out` (people, outputs, 2) ng/ml of parent and metabolite.

    `propagators` (G, H, 11 * LANES); `kind`, `doses`, `slot` (T,): the step's length, mg swallowed
    as it begins, and the output written as it ends (-1 for none); `scales` (G, 3 * LANES): mg
    absorbed per mg, ng/ml per mg of parent and of metabolite.
    """
    boxes = np.zeros(4 * LANES)
    for group in range(propagators.shape[0]):
        boxes[:] = 0.0
        scale = scales[group]
        for step in range(len(kind)):
            dose = doses[step]
            if dose > 0.0:
                for n in range(LANES):
                    boxes[n] += dose * scale[n]
            _one_step(propagators[group, kind[step]], boxes)
            if slot[step] >= 0:
                place = slot[step]
                for n in range(min(LANES, out.shape[0] - group * LANES)):
                    out[group * LANES + n, place, 0] = boxes[L + n] * scale[L + n]
                    out[group * LANES + n, place, 1] = boxes[3 * L + n] * scale[2 * L + n]


def concentrations_compiled(
    rates: Rates, kind: Ints, steps_h: Floats, doses: Floats, slot: Ints, out: Floats | None = None
) -> Floats:
    """Many people's levels: (people, outputs, 2) ng/ml of parent and metabolite.

    They are written into `out` where one is given. Other arguments: `step_concentrations`.
    """
    padded = _pad(np.arange(rates.people))
    steps = _propagators(rates, padded, steps_h)
    scales = _by_lane(
        np.stack([rates.taken_up, rates.parent_scale, rates.metabolite_scale])[:, padded]
    )
    found = np.empty((rates.people, int(slot.max()) + 1, 2)) if out is None else out
    step_concentrations(steps, kind, doses, slot, scales, found)
    return found
