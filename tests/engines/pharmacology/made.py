"""Drugs and people for the tests, and the arithmetic of others to hold ours against."""

import itertools

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp
from scipy.linalg import expm

from landward.engines.pharmacology.adaptation import slopes
from landward.engines.pharmacology.people import People
from landward.engines.pharmacology.rates import Rates
from landward.model.adaptation import Adaptation, AdaptationSpread
from landward.model.dosing import DAY_S, Dosing
from landward.model.kinetics import Metabolite, OralKinetics, Spread

Floats = NDArray[np.float64]

SPREAD = Spread(
    absorption_cv=0.5,
    clearance_cv=0.4,
    volume_cv=0.3,
    metabolite_clearance_cv=0.4,
    clearance_volume_correlation=0.3,
)
ONE_BOX = OralKinetics(
    drug="short",
    substance="short",
    absorption_rate_per_h=1.1,
    clearance_l_per_h=3.5,
    volume_l=49.0,
    ec50_ng_per_ml=125.0,
    spread=SPREAD,
)
TWO_BOXES = OralKinetics(
    drug="long",
    substance="long",
    absorption_rate_per_h=2.19,
    lag_h=0.2,
    clearance_l_per_h=1.6,
    volume_l=17.4,
    exchange_l_per_h=4.57,
    peripheral_volume_l=65.6,
    metabolite=Metabolite(
        name="made",
        fraction_formed=0.6,
        mass_ratio=0.951,
        clearance_l_per_h=1.01,
        volume_l=87.0,
        ec50_ng_per_ml=10_400.0,
    ),
    ec50_ng_per_ml=10_400.0,
    spread=SPREAD,
)
ADAPTATION = Adaptation(
    variant="feed-forward",
    occupancy="imaging",
    emax=1.0,
    gain_1=0.65,
    gain_2=0.25,
    tau_1_d=3.0,
    tau_2_d=45.0,
    feedback=0.0,
    kappa=1.5,
    kindle_per_d=0.2,
    kindle_threshold=0.02,
    kindle_tau_d=540.0,
    w0=0.01,
    sensitise_per_d=0.05,
    sensitise_tau_d=3.0,
    eta=4.0,
    blunt_occupancy=1.0,
    blunt_opponent=1.5,
    blunt_withdrawal=0.0,
    blunt_rise_d=14.0,
    blunt_fall_d=90.0,
    spread=AdaptationSpread(ec50_cv=0.4, tau_1_cv=0.25, tau_2_cv=0.4, protracted_share=0.125),
)


def rate_matrix(rates: Rates, person: int) -> Floats:
    """K of the linear system, boxes G, A, P, M."""
    ka, k10, k12, k21, kf, km = (
        one[person]
        for one in (
            rates.absorption,
            rates.elimination,
            rates.out,
            rates.back,
            rates.formation,
            rates.metabolite_elimination,
        )
    )
    return np.array([[-ka, 0, 0, 0], [ka, -k10 - k12, k21, 0], [0, k12, -k21, 0], [0, kf, 0, -km]])


def matrix_exponential(matrix: Floats) -> Floats:
    """scipy's expm on shuffled boxes.

    In order, the matrix is triangular, and scipy 1.17's short cut for those loses 1e-3 where two
    rates nearly agree; shuffled, the short cut is not taken.
    """
    shuffle = np.ix_([2, 0, 3, 1], [2, 0, 3, 1])
    result = np.empty((4, 4))
    result[shuffle] = expm(matrix[shuffle])
    return result


def lsoda_states(
    people: People, person: int, dosing: Dosing, lag_s: int, days: int, tolerance: float = 1e-9
) -> Floats:
    """The five states at each day's end by LSODA, restarted at every dose: (days, 5)."""
    rates = people.rates[0]
    matrix = rate_matrix(rates, person)
    parent = rates.parent_scale[person] * people.potencies[0][0, person]
    made = rates.metabolite_scale[person] * people.potencies[0][1, person]
    traits = people.traits[:, person : person + 1]

    def slope(_: float, y: Floats) -> Floats:
        u = np.array([y[1] * parent + y[3] * made])
        return np.concatenate([24.0 * (matrix @ y[:4]), slopes(y[4:, None], u, traits)[:, 0]])

    doses: dict[int, float] = {}
    for time, dose in zip(dosing.times_s, dosing.doses_mg, strict=True):
        doses[time + lag_s] = doses.get(time + lag_s, 0.0) + float(dose)
    midnights = {day * DAY_S for day in range(days + 1)}
    moments = sorted(m for m in midnights | doses.keys() if m <= days * DAY_S)
    y, ends = np.zeros(9), []
    for start, end in itertools.pairwise(moments):
        y[0] += doses.get(start, 0.0) * rates.taken_up[person]
        y = solve_ivp(
            slope, (start / DAY_S, end / DAY_S), y, method="LSODA", rtol=tolerance, atol=1e-12,
            max_step=0.25,
        ).y[:, -1]  # fmt: skip
        if end % DAY_S == 0:
            ends.append(y[4:].copy())
    return np.array(ends)
