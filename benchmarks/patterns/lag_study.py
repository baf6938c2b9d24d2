"""Does the lag engine keep its promises? Coverage, false claims, power, over many diaries.

python lag_study.py 256 first      both frozen generators, 256 diaries a cell
python lag_study.py 256 rough      the third generator: other shapes, noise, scales, gaps
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from diaries import bursts, semi_markov
from rough_tapers import rough_taper

from landward.engines.patterns import dose_lag

GENERATORS = {"semi_markov": (semi_markov, 14), "bursts": (bursts, 21)}
RESPONSES = ("hump", "late", "plateau", "decay")
FIRST_SEED = 40_000
"""Far from the seeds anything was looked at with."""

HEADER = [
    "| diaries | effect | cuts | n | claims | size in its interval | lag in its interval |",
    "|---|---|---|---|---|---|---|",
]


@dataclass(frozen=True)
class Cell:
    """One row: a generator under one effect, number of cuts, scale and prior."""

    generator: str
    effect: float
    cuts: int | None = 12
    random_dates: bool = False
    top: int = 10
    half_life_h: float | None = None

    @property
    def what(self):
        """The row in words."""
        name = self.generator if self.generator in GENERATORS else f"rough, {self.generator}"
        if self.top != 10:
            name += f", 0–{self.top}"
        return name if self.half_life_h is None else f"{name}, half-life {self.half_life_h:g} h"


FIRST = [
    Cell(name, effect, cuts, random_dates)
    for name in GENERATORS
    for effect, cuts, random_dates in (
        *((e, 12, False) for e in (0.0, 0.4, 0.8, 1.2, 1.6)),
        (0.8, None, False),
        (0.8, 12, True),
        (0.8, None, True),
    )
] + [
    Cell("semi_markov", 1.2, half_life_h=48.0),
    Cell("bursts", 1.2, half_life_h=80.0),
    Cell("bursts", 1.6, half_life_h=80.0),
]
ROUGH = [
    Cell(name, effect, random_dates=random_dates, top=top)
    for name in RESPONSES
    for effect, random_dates, top in (
        (0.0, False, 10),
        (1.2, False, 10),
        (0.8, True, 10),
        (0.0, False, 4),
        (1.2, False, 4),
    )
] + [Cell("late", 1.2, half_life_h=100.0)]


def _diary(cell, seed):
    """Severity, doses, the true size in points, and first and last day of the true peak."""
    if cell.generator not in GENERATORS:
        made = rough_taper(
            seed,
            response=cell.generator,
            effect=cell.effect,
            top=cell.top,
            random_dates=cell.random_dates,
        )
        return made.severity, made.dose_mg, cell.effect * cell.top / 10, made.peak_days
    generate, every = GENERATORS[cell.generator]
    d = generate(seed, cut_effect=cell.effect)
    y, dose = d.severity, d.dose_mg
    if cell.cuts is not None:
        end = min(y.size, int(d.cut_days[cell.cuts - 1]) + every)
        y, dose = y[:end], dose[:end]
    if cell.random_dates:
        count = int((np.diff(dose) < 0).sum())
        rng = np.random.default_rng([seed, 99])
        dose = np.full(y.size, 20.0)
        for cut in rng.choice(np.arange(20, y.size - 15), count, replace=False):
            dose[cut:] *= 0.9
    return y, dose, cell.effect, (d.lag_days, d.lag_days)


def _row(cell, diaries):
    claims, sizes, lags = [], [], []
    for seed in range(FIRST_SEED, FIRST_SEED + diaries):
        y, dose, size, peak = _diary(cell, seed)
        true = 0.0 if cell.random_dates else size
        (one,) = dose_lag(y, dose, scale=(0, cell.top), half_life_h=cell.half_life_h).symptoms
        if one.size_interval is None:
            continue  # too few answers around the cuts: says so, and claims nothing
        claims.append(one.claimed)
        sizes.append(one.size_interval[0] <= true <= one.size_interval[1])
        lags.append(one.lag_interval[0] <= peak[1] and peak[0] <= one.lag_interval[1])
    dates = f"{cell.cuts or 'all'}, random dates" if cell.random_dates else str(cell.cuts or "all")
    lag_cell = "–" if cell.random_dates or not cell.effect else f"{100 * np.mean(lags):.0f} %"
    line = (
        f"| {cell.what} | {cell.effect:g} | {dates} | {len(claims)} "
        f"| {100 * np.mean(claims):.1f} % | {100 * np.mean(sizes):.1f} % | {lag_cell} |"
    )
    print(line, flush=True)
    return line, sizes, claims


def lag_table(diaries, cells=None):
    """Rows of claims and coverage: each effect over 12 cuts, all cuts, and cuts on random dates."""
    lines, pooled, idle = list(HEADER), [], []
    for cell in FIRST + ROUGH if cells is None else cells:
        line, sizes, claims = _row(cell, diaries)
        lines.append(line)
        pooled += sizes
        if cell.random_dates or not cell.effect:
            idle += claims
    lines += [
        "",
        f"Size intervals hold the truth in {100 * np.mean(pooled):.1f} % of {len(pooled)} diaries; "
        f"{100 * np.mean(idle):.1f} % of {len(idle)} without a response claim one.",
    ]
    print(lines[-1], flush=True)
    return lines


def write_up(diaries):
    """Every cell of both studies, and what helped beside them, into LAG.md."""
    from helped_study import helped_table

    parts = (
        "# Symptoms after dose cuts, and the day after a tag: measured\n",
        "Written by `python lag_study.py`; see docs/methods/patterns.md. The lag is 4 days in "
        "*semi_markov*, 6 in *bursts*, and not told to the engine but for its half-life where "
        "stated. 256 diaries tell a true 95 % apart from 92 % or 98 %, and 5 % from 8 %.\n",
        "## The two frozen generators\n",
        *lag_table(diaries, FIRST),
        "\n## The third generator (`rough_tapers.py`)\n",
        *lag_table(diaries, ROUGH),
        "\n## What helped (`helped_study.py`)\n",
        *helped_table(diaries),
    )
    (Path(__file__).parent / "LAG.md").write_text("\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    import sys

    if len(sys.argv) > 2:
        lag_table(int(sys.argv[1]), {"first": FIRST, "rough": ROUGH}[sys.argv[2]])
    else:
        write_up(int(sys.argv[1]))
