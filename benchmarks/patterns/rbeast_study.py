"""Rbeast (Zhao et al. 2019) on the same diaries; no part of the project: `pip install rbeast`.

python rbeast_study.py 30      30 diaries a row, at the seeds kept for it

Steps: change points of a trend without season, levels of 21 days or more, at most ten, by the
probability it gives each. States: its piecewise trend of the detrended days, levels of two days or
more, beyond 0.9 points, which is how KernelCPD is read too.
"""

import sys
import time

import numpy as np
from final_study import ROWS, STEPS
from opponents import _by_level, _detrended
from scoring import false_days, kappa, spell_f1

import kinds

STATES = ("semi_markov", "bursts", "recovery", "AR .7")
QUIET = {"quiet": True, "print_progress": False, "print_param": False, "print_warning": False}


def beast(y, least, order, most):
    """Rbeast's own answer; seeded."""
    import Rbeast

    return Rbeast.beast(
        y, season="none", tseg_minlength=least, torder_minmax=order, tcp_minmax=[0, most],
        mcmc_seed=1, **QUIET,
    ).trend  # fmt: skip


def by_beast(y):
    """Codes (days,) of its piecewise constant trend, read as KernelCPD's levels are."""
    return _by_level(np.array(beast(_detrended(y), 2, [0, 0], 60).Y), 0.9)


def steps(seeds, surest):
    """(share found within 21 days, share with any other) of every row with or without a step."""
    for name, make in STEPS.items():
        right, other, start = [], [], time.process_time()
        for seed in seeds:
            made = make(seed)
            trend = beast(made.severity, 21, [0, 1], 10)
            level, days = np.array(trend.Y), made.severity.size
            found = [
                (int(at) - 1, level[min(int(at) + 9, days - 1)] > level[max(int(at) - 11, 0)])
                for at, sure in zip(np.array(trend.cp), np.array(trend.cpPr), strict=True)
                if np.isfinite(at) and sure >= surest
            ]
            day, up = made.shift_day, made.shift > 0
            same = [at for at, rises in found if day is not None and rises == up]
            right.append(any(abs(at - day) <= 21 for at in same))
            other.append(any(at not in same or abs(at - day) > 45 for at, _ in found))
        spent = (time.process_time() - start) / len(right)
        hit = f"{100 * np.mean(right):.0f} %" if day is not None else "–"
        print(f"| {name} | {hit} | {100 * np.mean(other):.0f} % | {spent:.2f} s |", flush=True)


def states(seeds):
    """Agreement on days, F1 of waves, share of days called a spell."""
    for name in STATES:
        rows = []
        for seed in seeds:
            made = ROWS[f"{name} [states]"](seed)
            codes = by_beast(made.severity)
            calm = np.ptp(made.truth) == 0
            agreed = np.nan if calm else kappa(codes, made.truth)
            rows.append((agreed, spell_f1(codes, made.truth), false_days(codes)))
        k, f, share = np.mean(rows, axis=0)
        print(f"| {name} | {k:.2f} / {f:.2f} | {100 * share:.1f} % |", flush=True)


def main():
    seeds = range(kinds.FIRST_SEED, kinds.FIRST_SEED + int(sys.argv[1]))
    for surest in (0.5, 0.9):
        print(f"steps of a probability of {surest} and more: found, other, CPU a diary")
        steps(seeds, surest)
    states(seeds)


if __name__ == "__main__":
    main()
