"""Does *what helped* praise what only came along? Tags that do nothing, used as people use them.

Six tags a diary, none of which does anything: reached for on hard days, after a sudden rise, after
several hard days, on easy days, as a habit of some months, and at random. Then one that works.
"""

import numpy as np
from diaries import bursts, semi_markov

from landward.engines.patterns import what_helped

FIRST_SEED = 80_000
DAYS = 540
RULES = ("hard day", "sudden rise", "three hard days", "easy day", "habit of some months", "random")


def quiet(seed):
    """AR(1) severity around 5 with no spells, rounded, 15 % missing."""
    rng = np.random.default_rng([seed, 8])
    y = np.full(DAYS, 5.0)
    for t in range(1, DAYS):
        y[t] = 5 + 0.6 * (y[t - 1] - 5) + rng.normal(0, 1)
    return np.clip(np.round(y), 0, 10), rng.random(DAYS) < 0.15


def _world(name, seed):
    if name == "quiet":
        return quiet(seed)
    made = {"semi_markov": semi_markov, "bursts": bursts}[name](
        seed, DAYS, missing=0.0, cut_effect=0.0
    )
    y = made.severity
    gap = np.isnan(y)
    rng = np.random.default_rng([seed, 9])
    filled = np.where(gap, np.nanmedian(y), y)
    return filled, gap | (rng.random(DAYS) < 0.15)


def tagged_days(rule, y, seed):
    """Positions of the days one rule reaches for its tag, from that day and the days before."""
    rng = np.random.default_rng([seed, RULES.index(rule)])
    usual = np.array([np.median(y[max(0, t - 42) : t + 1]) for t in range(DAYS)])
    above = y - usual
    rise = np.diff(y, prepend=y[0])
    chance = {
        "hard day": 0.5 / (1 + np.exp(-2 * (above - 1))),
        "sudden rise": np.where(rise >= 2, 0.6, 0.02),
        "three hard days": np.where(np.convolve(above >= 1, [1, 1, 1])[:DAYS] >= 3, 0.5, 0.02),
        "easy day": 0.4 / (1 + np.exp(2 * (above + 1))),
        "habit of some months": np.where((np.arange(DAYS) // 90) % 2 == 1, 0.4, 0.0),
        "random": np.full(DAYS, 0.12),
    }[rule]
    return np.flatnonzero(rng.random(DAYS) < chance)


def helped_table(diaries):
    """Rows: how often each idle tag stands out, any of six does, and a working tag is found."""
    lines = [
        "| severity | "
        + " | ".join(RULES)
        + " | any of the six | plain table praises “hard day” |",
        "|---" * (len(RULES) + 3) + "|",
    ]
    for name in ("quiet", "semi_markov", "bursts"):
        stands, praised = [], []
        for seed in range(FIRST_SEED, FIRST_SEED + diaries):
            y, gap = _world(name, seed)
            tags = {rule: tagged_days(rule, y, seed) for rule in RULES}
            reading = what_helped(np.where(gap, np.nan, y), tags)
            found = {one.tag: one for one in reading.tags}
            stands.append([found[rule].stands_out for rule in RULES])
            hard = found["hard day"]
            praised.append(hard.after is not None and hard.after < hard.before)
        share = np.mean(stands, axis=0)
        lines.append(
            f"| {name} | "
            + " | ".join(f"{100 * s:.1f} %" for s in share)
            + f" | {100 * np.mean(np.any(stands, axis=1)):.1f} % | {100 * np.mean(praised):.0f} % |"
        )
        print(lines[-1], flush=True)
    lines += [
        "",
        "| severity | tag lowers the next day by | found | interval holds it |",
        "|---|---|---|---|",
    ]
    for name in ("quiet", "semi_markov", "bursts"):
        for effect in (0.4, 0.8, 1.2):
            found, covers = [], []
            for seed in range(FIRST_SEED, FIRST_SEED + diaries):
                y, gap = _world(name, seed)
                tags = {rule: tagged_days(rule, y, seed) for rule in RULES}
                y = y.copy()
                at = tags["hard day"]
                y[at[at + 1 < DAYS] + 1] -= effect
                y = np.clip(
                    np.round(y + np.random.default_rng(seed).uniform(-0.5, 0.5, DAYS)), 0, 10
                )
                reading = what_helped(np.where(gap, np.nan, y), tags)
                one = next(tag for tag in reading.tags if tag.tag == "hard day")
                found.append(one.stands_out and one.difference < 0)
                if one.interval:
                    covers.append(one.interval[0] <= -effect <= one.interval[1])
            share, held = 100 * np.mean(found), 100 * np.mean(covers)
            lines.append(f"| {name} | {effect:g} | {share:.0f} % | {held:.0f} % |")
            print(lines[-1], flush=True)
    return lines


if __name__ == "__main__":
    import sys

    helped_table(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
