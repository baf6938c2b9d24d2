"""Patterns, side by side: `python3 run.py bench patterns` writes RESULTS.md beside this.

`--quick`: few diaries, nothing written. `--only speed,states`: those tables alone, the others as
they stand. All opponents see the same diaries in one run; every table says how many.
"""

import sys
import time
from pathlib import Path

import numpy as np
from diaries import bursts, semi_markov
from held_out import FEWEST, FEWEST_OF_ALL, METHODS, losses, read_jang
from lag_study import lag_table
from opponents import OPPONENTS, kernel_cpd, landward
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


def speed_table(repeats=20):
    """Milliseconds of warm readings, ours and KernelCPD's: a shared machine slows for seconds, so
    sizes and methods take turns.
    """
    diaries = {days: semi_markov(0, days=days) for days in (365, 730, 1460, 3650)}
    methods = (lambda d: read_waves(d.severity, d.dose_mg), lambda d: kernel_cpd(d.severity))
    taken = {(days, number): [] for days in diaries for number in range(len(methods))}
    for _ in range(repeats):
        for days, diary in diaries.items():
            for number, method in enumerate(methods):
                a, b = time.perf_counter(), time.process_time()
                method(diary)
                taken[days, number].append((time.perf_counter() - a, time.process_time() - b))
    lines = [
        "| days | wall ms, median | least | CPU ms, least | per day, µs "
        "| KernelCPD: CPU ms, least |",
        "|---" * 6 + "|",
    ]
    for days in diaries:
        wall, cpu = 1e3 * np.array(taken[days, 0]).T
        peer = 1e3 * min(spent for _, spent in taken[days, 1])
        lines.append(
            f"| {days} | {np.median(wall):.0f} | {wall.min():.0f} | {cpu.min():.0f} "
            f"| {1e3 * cpu.min() / days:.0f} | {peer:.1f} |"
        )
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


def sections(quick):
    """Every table: its short name, its title, and what makes it."""
    diaries, folds = range(3 if quick else 12), 1 if quick else 4
    many = 3 if quick else 100
    return (
        ("speed", "Speed of one reading", lambda: speed_table(3 if quick else 20)),
        (
            "states",
            f"States, 15 % missing ({len(diaries)} diaries each; kappa / wave F1)",
            lambda: states_table(diaries, 0.15, True),
        ),
        (
            "more",
            f"States, 15 % missing, {many} other diaries each",
            lambda: states_table(range(100, 100 + many), 0.15, False, ours_only=True),
        ),
        (
            "missing",
            f"States, 45 % missing ({len(diaries)} diaries each)",
            lambda: states_table(diaries, 0.45, False),
        ),
        (
            "calibration",
            f"Calibration of daily chances, points off by decile ({many} diaries each)",
            lambda: calibration_table(range(many)),
        ),
        (
            "shifts",
            f"Level shifts ({50 if quick else 1000} years each)",
            lambda: shifts_table(50 if quick else 1000),
        ),
        (
            "hidden",
            "Held-out days of real ordinal diaries (mean log loss, smaller is better)",
            lambda: held_out_table(folds),
        ),
        (
            "unseen",
            "The same for people with shorter diaries, never looked at while the engine was made",
            lambda: held_out_table(2 * folds, FEWEST_OF_ALL, FEWEST - 1),
        ),
        ("lag", "Symptoms after dose cuts", lambda: lag_table(4 if quick else 64)),
    )


def kept_sections(text):
    """{title: its lines} of an earlier RESULTS.md."""
    parts = text.split("\n## ")[1:]
    return {part.split("\n", 1)[0]: part.split("\n", 1)[1].strip().split("\n") for part in parts}


def main():
    quick = "--quick" in sys.argv
    only = sys.argv[sys.argv.index("--only") + 1].split(",") if "--only" in sys.argv else None
    page = HERE / "RESULTS.md"
    kept = kept_sections(page.read_text()) if only and page.is_file() else {}
    read_waves(semi_markov(0).severity)  # compile before anything is timed
    text = [
        "# Patterns: measured",
        "",
        "Written by `python3 run.py bench patterns`; see docs/methods/patterns.md.",
        "",
    ]
    for name, title, make in sections(quick):
        if only is None or name in only:
            print(f"\n{title}", flush=True)
            kept[title] = make()
        if title in kept:
            text += [f"## {title}", "", *kept[title], ""]
    if not quick:
        page.write_text("\n".join(text))


if __name__ == "__main__":
    main()
