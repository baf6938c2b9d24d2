"""How long a drug and its active metabolite take to leave, over many people."""

import numpy as np
import numpy.typing as npt

from landward.engines.pharmacology.concentration import amounts_at_last_dose
from landward.engines.pharmacology.propagator import advance, propagator
from landward.engines.pharmacology.rates import Rates
from landward.model.dosing import Dosing

Floats = npt.NDArray[np.float64]

_FINE = ((0.05, 120), (0.25, 168))
"""Hours and number of the first steps: six hours finely, for the peak, then to two days."""
_PER_HALF_LIFE = 40
_HALF_LIVES = 16


def hours_until(rates: Rates, dosing: Dosing, fractions: tuple[float, ...]) -> Floats:
    """Hours from the last dose until what is left stays below a share of its peak.

    What is left is parent and metabolite together; the peak is the highest sum (ng/ml) after the
    last dose. Returns (fractions, people). Two days are stepped finely, then 40 steps a half-life,
    with log-linear interpolation between them: the error is below 0.2 %.
    """
    amounts = amounts_at_last_dose(rates, dosing)
    slow_step = rates.slowest_half_life_h() / _PER_HALF_LIFE
    times, totals = [np.zeros(rates.people)], [_total(rates, amounts)]
    stretches = (*_FINE, (slow_step, _PER_HALF_LIFE * _HALF_LIVES))
    for hours, count in stretches:
        step = propagator(rates, hours)
        for _ in range(count):
            amounts = advance(step, amounts)
            times.append(times[-1] + hours)
            totals.append(_total(rates, amounts))
    time, total = np.array(times), np.array(totals)
    peak = total.max(axis=0)
    lag_h = rates.lag_s / 3600.0
    return np.array([_last_crossing(time, total, peak * share) for share in fractions]) + lag_h


def _total(rates: Rates, amounts: Floats) -> Floats:
    return np.asarray(amounts[1] * rates.parent_scale + amounts[3] * rates.metabolite_scale)


def _last_crossing(time: Floats, total: Floats, threshold: Floats) -> Floats:
    """The moment each person's total passes its threshold for the last time, (people,)."""
    above = total >= threshold
    last = len(time) - 1 - above[::-1].argmax(axis=0)
    after = np.minimum(last + 1, len(time) - 1)
    people = np.arange(time.shape[1])
    upper, lower = total[last, people], total[after, people]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.log(upper / threshold) / np.log(upper / lower)
    share = np.where(np.isfinite(share), share, 0.0)
    return np.asarray(time[last, people] + share * (time[after, people] - time[last, people]))
