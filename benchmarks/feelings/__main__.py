"""Do feelings follow symptoms, and by how many days? `python3 run.py bench feelings`.

Writes RESULTS.md beside this: how often an interval is claimed where there is nothing to find, and
how often it holds the truth where there is. `--quick` takes few diaries and writes nothing.
"""

import sys
from pathlib import Path

import numpy as np
from made_up import GENERATORS, LAGS, SMEARED, pair

from landward.engines.patterns.follow import follow_interval

HERE = Path(__file__).parent
DAYS = (180, 365, 730)
FIRST_SEED = 40_000_000
"""Seeds no limit of the engine was chosen on."""


def claims(n, **kind):
    """Rows: in what share of diaries without anything to find an interval is given."""
    for days in DAYS:
        for generator in GENERATORS:
            seeds = range(FIRST_SEED, FIRST_SEED + n)
            made = [follow_interval(*pair(seed, generator, days, **kind)) for seed in seeds]
            yield days, generator, np.mean([one is not None for one in made])


def truths(n):
    """Rows: claimed, true of those, and the width, for each length, generator and smear."""
    for days in DAYS:
        for generator in GENERATORS:
            for smeared in SMEARED:
                found = []
                for seed in range(FIRST_SEED, FIRST_SEED + n):
                    lag = LAGS[seed % len(LAGS)]
                    span = follow_interval(*pair(seed, generator, days, lag=lag, smeared=smeared))
                    if span:
                        found.append((span[0] <= lag <= span[1], span[1] - span[0]))
                yield days, generator, smeared, len(found), found


def main():
    """The two tables."""
    n = 12 if "--quick" in sys.argv else 200
    lines = [
        "# Feelings after symptoms",
        "",
        f"Made by `python3 run.py bench feelings`; {n} diaries a row, 15 % of the days and one or",
        "more gaps unanswered, seeds on which no limit was chosen.",
        "",
        "## Nothing to find: an interval all the same",
        "",
        "| days | diaries | unrelated | unrelated, getting better together |",
        "|---|---|---|---|",
    ]
    for plain, shared in zip(claims(n), claims(n, shared=True), strict=True):
        lines.append(
            f"| {plain[0]} | {plain[1]} | {100 * plain[2]:.1f} % | {100 * shared[2]:.1f} % |"
        )
        print(lines[-1], flush=True)
    lines += [
        "",
        "## Feelings that follow by 0 to 28 days",
        "",
        "| days | diaries | smeared over | interval given | truth inside | days wide, middle |",
        "|---|---|---|---|---|---|",
    ]
    every = []
    for days, generator, smeared, given, found in truths(n):
        every += found
        inside = f"{100 * np.mean([one for one, _ in found]):.1f} %" if found else "–"
        wide = f"{np.median([width for _, width in found]):g}" if found else "–"
        lines.append(
            f"| {days} | {generator} | {smeared} | {100 * given / n:.0f} % | {inside} | {wide} |"
        )
        print(lines[-1], flush=True)
    share = 100 * np.mean([one for one, _ in every])
    lines += ["", f"Of all {len(every)} intervals given, {share:.1f} % hold the truth."]
    print(lines[-1])
    if "--quick" not in sys.argv:
        (HERE / "RESULTS.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
