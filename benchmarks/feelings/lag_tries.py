"""Two other ways to an interval of the lag, beside the one that is used.

`python benchmarks/feelings/lag_tries.py [DIARIES]`: the share of intervals that hold the truth, for

- **used**: every lag within reach of the best one, farther where the best only just suffices;
- **profile**: the same likelihoods, within 3.84 of the best: what a textbook says of 95 %;
- **bootstrap**: two hundred times blocks of two weeks drawn with the best noise taken out, and the
  middle 95 % of the lags that are then the best.

`whole` diaries follow by whole days, as in the other benchmark; `between` ones by any time between
0 and 28 days, where an interval from a to b days is right from half a day before a to half a day
after b. An interval is given by all three for the same diaries.
"""

import sys

import numpy as np
from made_up import GENERATORS, LAGS, SMEARED, pair

from landward.engines.patterns import follow
from landward.engines.patterns.follow import LATEST, NEEDED, WIDTHS, lag_ratios

FIRST_SEED = 60_000_000
PROFILE = 3.84
DRAWN, BLOCK_DAYS = 200, 14
KINDS = ("whole", "between")
WAYS = ("used", "profile", "bootstrap")


def intervals(leader, follower, rng):
    """The three intervals, or None where none is given."""
    found = lag_ratios(leader, follower)
    if found is None or found[1].max() < NEEDED:
        return None
    lags, ratio = found
    best = ratio.max()
    used = lags[ratio >= best - follow.WITHIN * (1 + NEEDED / best)]
    near = lags[ratio >= best - PROFILE]
    drawn = bootstrap(leader, follower, rng)
    return (used[0], used[-1]), (near[0], near[-1]), drawn


def bootstrap(leader, follower, rng):
    """The middle 95 % of the best lags of resampled blocks, whole days, outward."""
    trend = follow._trend(leader.size)
    moves = follow._moves(leader, trend)
    inside, reach = np.arange(leader.size), WIDTHS[-1] // 2
    days = np.flatnonzero(
        np.isfinite(follower) & (inside >= LATEST) & (inside < leader.size + follow.EARLIEST)
    )
    shifts = np.arange(follow.EARLIEST - reach, LATEST + reach + 1)
    sources = np.clip(days[:, None] - shifts, 0, leader.size - 1)
    columns = np.column_stack([follower[days], trend[days], moves[sources]])
    white, scales = follow._whitened(columns, days)
    fits = [follow._likelihoods(one, trend.shape[1])[1].max() - scale
            for one, scale in zip(white, scales, strict=True)]  # fmt: skip
    rows = white[int(np.argmax(fits))]
    starts = np.arange(max(1, len(rows) - BLOCK_DAYS + 1))
    many = -(-len(rows) // BLOCK_DAYS)
    best = []
    for _ in range(DRAWN):
        picked = rng.choice(starts, many)[:, None] + np.arange(BLOCK_DAYS)
        again = rows[np.minimum(picked.ravel(), len(rows) - 1)]
        best.append(int(np.argmax(follow._likelihoods(again, trend.shape[1])[1])))
    low, high = np.quantile(best, (0.025, 0.975))
    return np.floor(low) + follow.EARLIEST, np.ceil(high) + follow.EARLIEST


def held(kind, n):
    """For each way: (right, days wide, smeared) of every interval given."""
    found = {way: [] for way in WAYS}
    half = 0.5 if kind == "between" else 0.0
    for days in (180, 365, 730):
        for generator in GENERATORS:
            for smeared in SMEARED:
                for seed in range(FIRST_SEED, FIRST_SEED + n):
                    rng = np.random.default_rng([seed, 3])
                    lag = LAGS[seed % len(LAGS)] if kind == "whole" else rng.uniform(0, 28)
                    given = intervals(*pair(seed, generator, days, lag=lag, smeared=smeared), rng)
                    for way, span in zip(WAYS, given or (), strict=False):
                        right = span[0] - half <= lag <= span[1] + half
                        found[way].append((right, span[1] - span[0], smeared))
    return found


def main():
    """The table: all, only those wider than a day, and the most smeared."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    print("| truths | way | intervals | hold the truth | of those wider than a day | "
          "smeared over 13 days | days wide, mean |")  # fmt: skip
    print("|---|---|---|---|---|---|---|")
    for kind in KINDS:
        for way, rows in held(kind, n).items():
            right, wide, smeared = (np.array(part) for part in zip(*rows, strict=True))
            said = (right.mean(), right[wide > 0].mean(), right[smeared == 13].mean())
            cells = " | ".join(f"{100 * one:.1f} %" for one in said)
            print(f"| {kind} | {way} | {len(rows)} | {cells} | {wide.mean():.1f} |", flush=True)


if __name__ == "__main__":
    main()
