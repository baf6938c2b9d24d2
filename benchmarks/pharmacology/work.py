"""The two pieces of work everyone does: W1 a linear year, W2 the adaptation model."""

import itertools

import numpy as np

from landward.catalog.catalog import load_catalog
from landward.catalog.kinetics import LabShelf
from landward.engines.pharmacology.grid import plan_steps
from landward.engines.pharmacology.people import draw_people
from landward.model.dosing import DAY_S, Dosing
from landward.model.dosing_text import parse_dosing

SHELF = LabShelf(load_catalog())
DIAZEPAM = SHELF.kinetics("diazepam")
ADAPTATION = SHELF.adaptation()
SEED = 7
W1_DAYS, W2_DAYS, DOSE_MG = 365, 545, 20.0
LAG_S = round(DIAZEPAM.lag_h * 3600)
RATE_NAMES = ("absorption", "elimination", "out", "back", "formation", "metabolite_elimination")


def dosing() -> Dosing:
    """20 mg at the start of each of 365 days, arriving after the lag."""
    return parse_dosing("diazepam", "20 mg every 24 hours x 365")


def people(count: int):
    """The made-up people of both contests."""
    return draw_people([DIAZEPAM], ADAPTATION, count, SEED, 0)


def program(days: int = W2_DAYS):
    """The grid of W2: 365 doses, then none."""
    return plan_steps([dosing()], [LAG_S], days)


def rows(rates) -> np.ndarray:
    """(people, 9): six rates, absorbed per mg, ng/ml per mg of parent and of metabolite."""
    names = (*RATE_NAMES, "taken_up", "parent_scale", "metabolite_scale")
    return np.ascontiguousarray(np.stack([getattr(rates, name) for name in names], axis=1))


def reference_states(
    group, person: int, days: int = W2_DAYS, tolerance: float = 1e-9
) -> np.ndarray:
    """The five slow states at each day's end by scipy's LSODA, restarted at every dose."""
    from scipy.integrate import solve_ivp

    from landward.engines.pharmacology.adaptation import slopes

    row = rows(group.rates[0])[person]
    ka, k10, k12, k21, kf, km, taken, parent, made = row
    matrix = 24.0 * np.array(
        [[-ka, 0, 0, 0], [ka, -k10 - k12, k21, 0], [0, k12, -k21, 0], [0, kf, 0, -km]]
    )
    parent *= group.potencies[0][0, person]
    made *= group.potencies[0][1, person]
    traits = group.traits[:, person : person + 1]

    def slope(_, y):
        u = np.array([y[1] * parent + y[3] * made])
        return np.concatenate([matrix @ y[:4], slopes(y[4:, None], u, traits)[:, 0]])

    doses = {time + LAG_S: DOSE_MG for time in dosing().times_s}
    moments = sorted({day * DAY_S for day in range(days + 1)} | set(doses))
    y, ends = np.zeros(9), []
    for start, end in itertools.pairwise(moments):
        y[0] += doses.get(start, 0.0) * taken
        y = solve_ivp(slope, (start / DAY_S, end / DAY_S), y, method="LSODA", rtol=tolerance,
                      atol=1e-12, max_step=0.25).y[:, -1]  # fmt: skip
        if end % DAY_S == 0:
            ends.append(y[4:].copy())
    return np.array(ends)
