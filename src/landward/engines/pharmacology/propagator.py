"""The exact step: what is where after a time, given what was where before.

The boxes are gut G, central A, peripheral P and metabolite M:

    G' = -ka G      A' = ka G - (k10 + k12) A + k21 P      P' = k12 A - k21 P
    M' = kf A - km M

With alpha, beta the macro rates of A and P, every entry of exp(K t) is a sum of divided
differences of exp with positive weights, so nothing cancels and nothing divides by a difference
of rates: equal rates, a metabolite faster than its parent and one compartment (k12 = k21 = 0)
need no special case.
"""

import numpy as np
import numpy.typing as npt

from landward.engines.pharmacology.divided_differences import exp_divided_difference
from landward.engines.pharmacology.rates import Rates

Floats = npt.NDArray[np.float64]

ENTRIES = ("GG", "AG", "AA", "AP", "PG", "PA", "PP", "MG", "MA", "MP", "MM")
"""The eleven entries that are not always zero: to-from, in the order of a propagator's rows."""


def propagator(rates: Rates, step_h: float | Floats) -> Floats:
    """The entries of exp(K t) for every person, shape (11, people), rows as `ENTRIES`.

    `step_h` is one time for all, or one each; one person's rates stretch over many times.
    Rows that belong to a box nobody has (no peripheral, no metabolite) are 0: such a box is empty.
    """
    fast, slow = rates.macro_rates()
    t, fast, slow, ka, km, kf, k12, k21 = np.broadcast_arrays(
        step_h, fast, slow, rates.absorption, rates.metabolite_elimination, rates.formation,
        rates.out, rates.back,
    )  # fmt: skip

    def flow(*chain: Floats) -> Floats:
        """What a unit dose at the head leaves at the end of a chain with these rates."""
        points = np.stack([-rate * t for rate in chain])
        return np.asarray(t ** (len(chain) - 1) * exp_divided_difference(points))

    entries = np.zeros((len(ENTRIES), len(t)))
    entries[0] = np.exp(-ka * t)
    entries[2] = np.exp(-fast * t)
    entries[1] = ka * flow(ka, fast)
    two = bool(k12.any())
    if two:
        lift = k21 - slow  # ≥ 0: beta never exceeds k21
        central, from_gut = flow(fast, slow), flow(ka, fast, slow)
        entries[6] = entries[2] + (fast - k21) * central
        entries[1] += ka * lift * from_gut
        entries[2] += lift * central
        entries[3] = k21 * central
        entries[4] = ka * k12 * from_gut
        entries[5] = k12 * central
    if kf.any():
        entries[7] = ka * kf * flow(ka, fast, km)
        entries[8] = kf * flow(fast, km)
        entries[10] = np.exp(-km * t)
    if two and kf.any():
        chain = flow(fast, slow, km)
        entries[7] += ka * kf * lift * flow(ka, fast, slow, km)
        entries[8] += kf * lift * chain
        entries[9] = kf * k21 * chain
    return entries


def advance(entries: Floats, amounts: Floats) -> Floats:
    """One step: `amounts` (4, people) of G, A, P, M in mg, before and after."""
    gut, central, peripheral, made = amounts
    after = np.empty_like(amounts)
    after[0] = entries[0] * gut
    after[1] = entries[1] * gut + entries[2] * central + entries[3] * peripheral
    after[2] = entries[4] * gut + entries[5] * central + entries[6] * peripheral
    after[3] = (
        entries[7] * gut + entries[8] * central + entries[9] * peripheral + entries[10] * made
    )
    return after
