"""Levels in plasma at any times after any doses, exactly."""

from decimal import Decimal

import numpy as np
import numpy.typing as npt

from landward.engines.pharmacology.propagator import advance, propagator
from landward.engines.pharmacology.rates import Rates
from landward.model.base import BadInput
from landward.model.dosing import Dosing
from landward.model.kinetics import OralKinetics
from landward.model.said import phrase

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_FORGOTTEN = 64.0
"""Half-lives after which a dose has left less than one part in 2^64."""


def concentration(kinetics: OralKinetics, dosing: Dosing, times_s: Ints) -> Floats:
    """The typical person's levels, (substances, times) in ng/ml, at rising `times_s` (seconds).

    A time that is also a dose time shows the level as the dose is swallowed. Raises BadInput if
    the times fall.
    """
    if len(times_s) and (np.diff(times_s) < 0).any():
        raise BadInput(phrase("the times to show must rise"))
    rates = Rates.of(kinetics)
    arrivals = np.asarray(dosing.times_s, dtype=np.int64) + rates.lag_s
    begin = int(min(arrivals[0], times_s[0] if len(times_s) else arrivals[0]))
    moments = np.unique(np.concatenate([arrivals, times_s, [begin]]))
    fed = np.zeros(len(moments))
    np.add.at(fed, np.searchsorted(moments, arrivals), _absorbed(dosing.doses_mg, rates))
    found = _walk(rates, moments, fed)
    shown = found[:, np.searchsorted(moments, times_s)]
    scales = np.stack([rates.parent_scale, rates.metabolite_scale])
    return np.asarray(shown * scales)[: len(kinetics.substances)]


def _absorbed(doses_mg: tuple[Decimal, ...], rates: Rates) -> Floats:
    return np.asarray([float(mg) * float(rates.taken_up[0]) for mg in doses_mg])


def _walk(rates: Rates, moments: Ints, fed: Floats) -> Floats:
    """Milligrams of parent and metabolite at each moment, (2, moments).

    One person is stepped in plain floats: for a few numbers at a time that beats arrays.
    """
    distinct, kind = np.unique(np.diff(moments), return_inverse=True)
    steps = propagator(rates, distinct / 3600.0).T.tolist() if len(distinct) else []
    central_at, made_at = [0.0], [0.0]
    gut, central, outer, made = float(fed[0]), 0.0, 0.0, 0.0
    for which, dose in zip(kind.tolist(), fed[1:].tolist(), strict=True):
        gg, ag, aa, ap, pg, pa, pp, mg, ma, mp, mm = steps[which]
        made = mg * gut + ma * central + mp * outer + mm * made
        central, outer = (
            ag * gut + aa * central + ap * outer,
            pg * gut + pa * central + pp * outer,
        )
        gut = gg * gut + dose
        central_at.append(central)
        made_at.append(made)
    return np.array([central_at, made_at])


def amounts_at_last_dose(rates: Rates, dosing: Dosing) -> Floats:
    """Everyone's boxes (4, people), in mg, just after the last dose reached the gut.

    Doses more than 64 of anybody's slowest half-lives earlier are left out: they add less than
    one part in 10^19.
    """
    horizon_s = _FORGOTTEN * float(rates.slowest_half_life_h().max()) * 3600.0
    last = dosing.last_dose_s
    recent = [
        (time, float(mg))
        for time, mg in zip(dosing.times_s, dosing.doses_mg, strict=True)
        if last - horizon_s <= time <= last
    ]
    amounts = np.zeros((4, rates.people))
    steps: dict[int, Floats] = {}
    previous = recent[0][0]
    for time, dose in recent:
        gap = time - previous
        if gap:
            if gap not in steps:
                steps[gap] = propagator(rates, gap / 3600.0)
            amounts = advance(steps[gap], amounts)
        amounts[0] += dose * rates.taken_up
        previous = time
    return amounts
