"""Does the lag engine keep its promises? Coverage, false claims, power, over many diaries."""

import numpy as np
from diaries import bursts, semi_markov

from landward.engines.patterns import dose_lag

GENERATORS = {"semi_markov": (semi_markov, 14), "bursts": (bursts, 21)}
FIRST_SEED = 40_000
"""Far from the seeds anything was looked at with."""


def _diary(name, seed, effect, cuts, random_dates):
    generate, every = GENERATORS[name]
    d = generate(seed, cut_effect=effect)
    y, dose = d.severity, d.dose_mg
    if cuts is not None:
        end = min(y.size, int(d.cut_days[cuts - 1]) + every)
        y, dose = y[:end], dose[:end]
    if random_dates:
        count = int((np.diff(dose) < 0).sum())
        rng = np.random.default_rng([seed, 99])
        dose = np.full(y.size, 20.0)
        for cut in rng.choice(np.arange(20, y.size - 15), count, replace=False):
            dose[cut:] *= 0.9
    return y, dose, d.lag_days


def lag_table(diaries):
    """Rows of claims and coverage: each effect over 12 cuts, all cuts, and cuts on random dates."""
    lines = [
        "| diaries | effect | cuts | n | claims | size in its interval | lag in its interval |",
        "|---|---|---|---|---|---|---|",
    ]
    cases = [(e, 12, False) for e in (0.0, 0.4, 0.8, 1.2, 1.6)]
    cases += [(0.8, None, False), (0.8, 12, True), (0.8, None, True)]
    covered = asked = 0
    for name in GENERATORS:
        for effect, cuts, random_dates in cases:
            claims, sizes, lags = [], [], []
            true = 0.0 if random_dates else effect
            for seed in range(FIRST_SEED, FIRST_SEED + diaries):
                y, dose, lag = _diary(name, seed, effect, cuts, random_dates)
                (one,) = dose_lag(y, dose).symptoms
                claims.append(one.claimed)
                sizes.append(one.size_interval[0] <= true <= one.size_interval[1])
                lags.append(one.lag_interval[0] <= lag <= one.lag_interval[1])
            covered, asked = covered + sum(sizes), asked + len(sizes)
            dates = f"{cuts or 'all'}, random dates" if random_dates else str(cuts or "all")
            lag_cell = "–" if true == 0 else f"{100 * np.mean(lags):.0f} %"
            lines.append(
                f"| {name} | {effect:g} | {dates} | {len(claims)} "
                f"| {100 * np.mean(claims):.0f} % | {100 * np.mean(sizes):.0f} % | {lag_cell} |"
            )
            print(lines[-1], flush=True)
    lines += [
        "",
        f"Size intervals hold the truth in {100 * covered / asked:.1f} % of {asked} diaries.",
    ]
    return lines
