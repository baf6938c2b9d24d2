"""Made-up diaries of which it is known by how many days feelings follow symptoms.

The symptoms come from the two generators of `benchmarks/patterns`. The follower is
made from them: later, smeared over some days, with noise of its own, answered 0 to 4. A `shared`
diary has two unrelated series that get better together over the same months.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "patterns"))
from diaries import bursts, semi_markov

GENERATORS = {"semi_markov": semi_markov, "bursts": bursts}
AHEAD = 60
LAGS = (0, 3, 7, 14, 21, 28)
SMEARED = (1, 3, 7, 13)


def pair(seed, generator, days, *, lag=None, smeared=1, shared=False, missing=0.15):
    """How hard (days,) and how much reached me (days,), NaN where not answered.

    `lag` None makes the two unrelated, and may lie between two days; `shared` gives both one
    recovery.
    """
    rng = np.random.default_rng([seed, 77])
    make = GENERATORS[generator]
    hard = _bridged(make(seed, days=days + AHEAD, missing=0.0).severity)
    source = (
        hard
        if lag is not None
        else _bridged(make(seed + 5_000_000, days=days + AHEAD, missing=0.0).severity)
    )
    source = np.convolve(source, np.ones(smeared) / smeared, "same")
    at = np.arange(AHEAD, AHEAD + days)
    slow = np.zeros(days)
    for day in range(1, days):
        slow[day] = 0.5 * slow[day - 1] + rng.normal(0, 0.42)
    then = np.interp(at - (lag or 0), np.arange(source.size), source)
    reached = 2 - 0.45 * (then - source.mean()) + slow + rng.normal(0, 0.35, days)
    hard = hard[at]
    if shared:
        middle, width = days * rng.uniform(0.3, 0.7), days * rng.uniform(0.05, 0.25)
        better = 1 / (1 + np.exp(-(np.arange(days) - middle) / width))
        hard, reached = hard + 2 - 4.5 * better, reached - 0.6 + 2 * better
    gone = rng.random(days) < missing
    for _ in range(max(1, days // 250)):
        start = int(rng.integers(0, days - 14))
        gone[start : start + int(rng.integers(5, 14))] = True
    answers = np.clip(np.round(hard), 0, 10), np.clip(np.round(reached), 0, 4)
    return tuple(np.where(gone, np.nan, answer) for answer in answers)


def _bridged(values):
    known = np.flatnonzero(np.isfinite(values))
    return np.interp(np.arange(values.size), known, values[known])
