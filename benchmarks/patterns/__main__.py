"""Patterns, side by side: `python3 run.py bench patterns` [--quick] writes RESULTS.md beside this.

All opponents see the same diaries in one run. Numbers of diaries are printed with every table.
"""

import sys
import time
from pathlib import Path

import numpy as np
from diaries import bursts, semi_markov
from held_out import FEWEST, FEWEST_OF_ALL, METHODS, losses, read_jang
from lag_study import lag_table
from opponents import OPPONENTS, landward
from scoring import KNOWN, STRICT, calibration, false_days, score

from landward.engines.patterns import level_shifts, read_waves

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "shared" / "data"
GENERATORS = {"semi_markov": semi_markov, "bursts": bursts}


def states_table(seeds, missing, with_false, *, ours_only=False):
    """Markdown rows: kappa / F1 per generator, two ways of counting unknown days, false days."""
    opponents = {} if ours_only else OPPONENTS
    methods = {name: (lambda d, f=f: f(d.severity)) for name, f in opponents.items()}
    methods["**landward**, severity alone"] = lambda d: landward(d.severity)
    methods["**landward**, with doses"] = lambda d: landward(d.severity, d.dose_mg)
    lines = [
        "| method | semi_markov | bursts | unknown as usual: semi_markov | bursts | false days |",
        "|---|---|---|---|---|---|",
    ]
    for name, method in methods.items():
        known, strict, wrong = [], [], []
        for generate in GENERATORS.values():
            found = [(method(d), d.truth) for d in (generate(s, missing=missing) for s in seeds)]
            scores = [score(*pair) for pair in found]
            known.append(np.mean([s[KNOWN] for s in scores], axis=0))
            strict.append(np.mean([s[STRICT] for s in scores], axis=0))
            if with_false:
                calm = [generate(s, missing=missing, states=False) for s in seeds]
                wrong.append(np.mean([false_days(method(d)) for d in calm]))
        cells = [f"{k:.2f} / {f:.2f}" for k, f in (*known, *strict)]
        cells.append(" / ".join(f"{100 * w:.0f} %" for w in wrong) or "–")
        lines.append(f"| {name} | {' | '.join(cells)} |")
        print(lines[-1], flush=True)
    return lines


def calibration_table(seeds):
    """Mean chance minus share true, in points, by decile."""
    lines = ["| generator | " + " | ".join(f"{10 * k}–{10 * k + 10} %" for k in range(10)) + " |"]
    lines.append("|---" * 11 + "|")
    for name, generate in GENERATORS.items():
        total = np.zeros((10, 3))
        for seed in seeds:
            diary = generate(seed)
            days = read_waves(diary.severity, diary.dose_mg).days
            known = np.array([d.p_wave is not None for d in days])
            for state, field in ((1, "p_wave"), (-1, "p_window")):
                chance = np.array([getattr(d, field) for d in days if d.p_wave is not None])
                total += calibration(chance, diary.truth[known] == state)
        off = 100 * (total[:, 1] - total[:, 2]) / np.maximum(total[:, 0], 1)
        lines.append(f"| {name} | " + " | ".join(f"{v:+.1f}" for v in off) + " |")
        print(lines[-1], flush=True)
    return lines


def shifts_table(series):
    """Share of one-year AR series without a shift that get one, and with a shift that keep none."""
    lines = [
        "| noise | no shift, but found one | shift of 1.5 SD found within 14 days |",
        "|---|---|---|",
    ]
    for phi in (0.0, 0.5, 0.7):
        rng = np.random.default_rng(11)
        wrong = right = 0
        for _ in range(series):
            x = rng.normal(size=365)
            for t in range(1, 365):
                x[t] += phi * x[t - 1]
            wrong += bool(level_shifts(x))
            x[180:] += 1.5 / np.sqrt(1 - phi**2)
            right += any(abs(s.index - 180) <= 14 for s in level_shifts(x))
        lines.append(
            f"| AR({phi:g}) | {100 * wrong / series:.1f} % | {100 * right / series:.0f} % |"
        )
        print(lines[-1], flush=True)
    return lines


def speed_table(repeats=5):
    """Milliseconds of the fastest of several warm readings."""
    lines = ["| days | wall ms | CPU ms | per day, µs |", "|---|---|---|---|"]
    for days in (365, 730, 1460, 3650):
        diary = semi_markov(0, days=days)
        wall, cpu = [], []
        for _ in range(repeats + 1):
            a, b = time.perf_counter(), time.process_time()
            read_waves(diary.severity, diary.dose_mg)
            wall.append(time.perf_counter() - a)
            cpu.append(time.process_time() - b)
        best, used = min(wall[1:]), min(cpu[1:])
        lines.append(f"| {days} | {1e3 * best:.0f} | {1e3 * used:.0f} | {1e6 * used / days:.0f} |")
        print(lines[-1], flush=True)
    return lines


def held_out_table(folds, fewest=FEWEST, most=10_000):
    """Mean log loss on hidden days of the real ordinal diaries; absent where the data are not."""
    path = DATA / "jang2024" / "emotion_diary.csv"
    if not path.is_file():
        return [f"Not run: {path.name} is not beside this checkout."]
    table, hidden = losses(read_jang(path, fewest, most), folds=folds)
    lines = ["| person | hidden answers | " + " | ".join(METHODS) + " |", "|---" * 5 + "|"]
    for person, row in table.items():
        lines.append(
            f"| {person} | {hidden[person]} | "
            + " | ".join(f"{v:.3f}" for v in row.values())
            + " |"
        )
    weights = np.array([hidden[person] for person in table])
    means = [np.average([row[name] for row in table.values()], weights=weights) for name in METHODS]
    lines.append(
        f"| **all** | {weights.sum()} | " + " | ".join(f"**{m:.4f}**" for m in means) + " |"
    )
    print(lines[-1], flush=True)
    return lines


def main():
    quick = "--quick" in sys.argv
    diaries = range(3 if quick else 12)
    read_waves(semi_markov(0).severity)  # compile before anything is timed
    parts = [
        ("Speed of one reading", speed_table()),
        (
            f"States, 15 % missing ({len(diaries)} diaries each; kappa / wave F1)",
            states_table(diaries, 0.15, True),
        ),
        (
            "States, 15 % missing, a hundred other diaries each",
            states_table(range(3) if quick else range(100, 200), 0.15, False, ours_only=True),
        ),
        (f"States, 45 % missing ({len(diaries)} diaries each)", states_table(diaries, 0.45, False)),
        (
            "Calibration of daily chances, points off by decile (100 diaries each)",
            calibration_table(range(3 if quick else 100)),
        ),
        ("Level shifts (1,000 years each)", shifts_table(50 if quick else 1000)),
        (
            "Held-out days of real ordinal diaries (mean log loss, smaller is better)",
            held_out_table(1 if quick else 4),
        ),
        (
            "The same for people with shorter diaries, never looked at while the engine was made",
            held_out_table(1 if quick else 8, FEWEST_OF_ALL, FEWEST - 1),
        ),
        ("Symptoms after dose cuts", lag_table(4 if quick else 64)),
    ]
    text = [
        "# Patterns: measured",
        "",
        "Written by `python3 run.py bench patterns`; see docs/methods/patterns.md.",
        "",
    ]
    for title, lines in parts:
        text += [f"## {title}", "", *lines, ""]
    if not quick:
        (HERE / "RESULTS.md").write_text("\n".join(text))
    print("\n".join(text))


if __name__ == "__main__":
    main()
