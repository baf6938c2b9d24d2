"""The slow side: two opponent processes, net tone, withdrawal, kindling, sensitisation, blunting.

Concentrations are exact (propagator); these equations are stepped by classical Runge-Kutta over
the dose-graded grid, with the drug's effect at the start, middle and end of each step. Time is in
days here. This numpy version is the reference; `kernels.py` does the same arithmetic compiled.

    u = Σ C_j / EC50_j     rho = u / (1 + u)     e = Emax rho
    X_i' = (g_i (e - feedback (X1 + X2)) - X_i) / t_i
    z = e - X1 - X2        y = max(0, -z)        W = (1 + kap K) y² / (y + w0)
    K' = kon max(0, W - Wth) (1 - K) - K / tK
    S' = cs W - S / (tS (1 + eta W / (W + w0)))   + each stimulus as it comes
    B' = (b1 rho + b2 (X1 + X2) + b3 W - B) / (tBon while rising, else tBoff)
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from landward.engines.pharmacology.grid import Program
from landward.engines.pharmacology.propagator import advance, propagator
from landward.engines.pharmacology.rates import Rates

Floats = npt.NDArray[np.float64]

CURVES = ("concentration", "tone", "withdrawal", "kindling", "sensitisation", "blunting")
"""Means over each day, in this order; then the day's worst withdrawal, then the states below."""
COLUMNS = (*CURVES, "withdrawal_worst", "x1", "x2", "k", "s", "b")
"""What a run returns a day: six means, the worst moment, five states at the day's end."""
TRAITS = (
    "emax", "gain_1", "gain_2", "tau_1_d", "tau_2_d", "feedback", "kappa", "kindle_per_d",
    "kindle_threshold", "kindle_tau_d", "w0", "sensitise_per_d", "sensitise_tau_d", "eta",
    "blunt_occupancy", "blunt_opponent", "blunt_withdrawal", "blunt_rise_d", "blunt_fall_d",
)  # fmt: skip
"""The rows of a traits array (19, people), in the order the kernel reads them."""


def adapt(
    program: Program,
    rates: Sequence[Rates],
    potencies: Sequence[Floats],
    reference_ec50: Floats,
    traits: Floats,
) -> Floats:
    """Everyone's days, shape (people, days, 12), columns as `COLUMNS`.

    `rates` one entry per drug; `potencies` per drug (2, people): 1/EC50 in ml/ng of parent and
    metabolite (0 = inactive); `reference_ec50` (people,) expresses the summed concentration in
    ng/ml of the first drug; `traits` (19, people) as `TRAITS`.
    """
    people = traits.shape[1]
    halves = [[propagator(one, step / 2.0) for step in program.steps_h] for one in rates]
    weights = [
        np.stack([one.parent_scale * strength[0], one.metabolite_scale * strength[1]])
        for one, strength in zip(rates, potencies, strict=True)
    ]
    amounts = [np.zeros((4, people)) for _ in rates]
    state = np.zeros((5, people))
    out = np.zeros((people, program.days, len(COLUMNS)))
    sums, worst = np.zeros((6, people)), np.zeros(people)
    for step, kind in enumerate(program.kind):
        u_start, u_middle, u_end = np.zeros(people), np.zeros(people), np.zeros(people)
        for drug, one in enumerate(rates):
            boxes, weight, half = amounts[drug], weights[drug], halves[drug][kind]
            boxes[0] += program.doses[step, drug] * one.taken_up
            u_start += boxes[1] * weight[0] + boxes[3] * weight[1]
            boxes = advance(half, boxes)
            u_middle += boxes[1] * weight[0] + boxes[3] * weight[1]
            boxes = advance(half, boxes)
            u_end += boxes[1] * weight[0] + boxes[3] * weight[1]
            amounts[drug] = boxes
        state[3] += program.stimuli[step]
        h = program.steps_h[kind] / 24.0
        before = _readings(state, u_start, traits)
        state = _runge_kutta(state, h, (u_start, u_middle, u_end), traits)
        after = _readings(state, u_end, traits)
        sums[0] += h / 6.0 * (u_start + 4.0 * u_middle + u_end)
        sums[1:] += h / 2.0 * (before + after)
        worst = np.maximum(worst, np.maximum(before[1], after[1]))
        if program.closes_day[step]:
            day = program.day[step]
            out[:, day, :6] = sums.T
            out[:, day, 0] *= reference_ec50
            out[:, day, 6] = worst
            out[:, day, 7:] = state.T
            sums[:], worst = 0.0, np.zeros(people)
    return out


def _readings(state: Floats, u: Floats, traits: Floats) -> Floats:
    """Tone, withdrawal, kindling, sensitisation and blunting at a moment, (5, people)."""
    tone = traits[0] * u / (1.0 + u) - state[0] - state[1]
    lack = np.maximum(0.0, -tone)
    withdrawal = (1.0 + traits[6] * state[2]) * lack * lack / (lack + traits[10])
    return np.stack([tone, withdrawal, state[2], state[3], state[4]])


def _runge_kutta(
    state: Floats, h: float, u: tuple[Floats, Floats, Floats], traits: Floats
) -> Floats:
    k1 = slopes(state, u[0], traits)
    k2 = slopes(state + h / 2.0 * k1, u[1], traits)
    k3 = slopes(state + h / 2.0 * k2, u[1], traits)
    k4 = slopes(state + h * k3, u[2], traits)
    return state + h / 6.0 * (k1 + 2.0 * (k2 + k3) + k4)


def slopes(state: Floats, u: Floats, traits: Floats) -> Floats:
    """The right-hand side, per day: `state` (5, people) of X1, X2, K, S, B; `u` (people,)."""
    (emax, g1, g2, t1, t2, feedback, kappa, kon, threshold, tk, w0, cs, ts, eta,
     b1, b2, b3, rise, fall) = traits  # fmt: skip
    x1, x2, k, s, b = state
    rho = u / (1.0 + u)
    opposed = x1 + x2
    drive = emax * rho - feedback * opposed
    lack = np.maximum(0.0, opposed - emax * rho)
    w = (1.0 + kappa * k) * lack * lack / (lack + w0)
    target = b1 * rho + b2 * opposed + b3 * w
    return np.stack([
        (g1 * drive - x1) / t1,
        (g2 * drive - x2) / t2,
        kon * np.maximum(0.0, w - threshold) * (1.0 - k) - k / tk,
        cs * w - s * (w + w0) / (ts * (w * (1.0 + eta) + w0)),
        (target - b) / np.where(target > b, rise, fall),
    ])  # fmt: skip
