"""Every row of the audit's bars, one diary after the other, kept as they come: it can be stopped.

python final_study.py 100                 all rows, 100 diaries each, at the seeds kept for it
python final_study.py 100 --rows bursts,AR   rows whose name begins so, in this order
python final_study.py 100 --table         prints what is there, reads nothing

What each diary gave is in final.jsonl beside this, with a fingerprint of the engine: another engine
begins anew. The bars against the first engine are paired by seed where it ran on the same.
"""

# ruff: noqa: E501 - rows of tables

import hashlib
import json
import sys
from functools import partial
from pathlib import Path

import numpy as np
from kinds_study import CALM, SPARSE, STAYS, WITH_SPELLS, agreement, codes_of, scale_of
from scoring import calibration, false_days

import kinds
import landward.engines.patterns as engine
from landward.engines.patterns import read_waves

HERE = Path(__file__).parent
STEPS = {
    "set-back that eases over months": kinds.recovery,
    "set-back that eases over a year": partial(kinds.recovery, easing=(250, 500)),
    "set-back that stays": partial(kinds.recovery, easing=STAYS),
    "no step, spells": partial(kinds.level_change, shift=0.0),
    "gradual, spells": kinds.gradual,
    "gradual, no spells": partial(kinds.gradual, spells=False),
    "one step of 1.2-2.5, spells": kinds.level_change,
    "one step of 1.2-2.5, no spells": partial(kinds.level_change, spells=False),
    "no step, no spells": partial(kinds.level_change, shift=0.0, spells=False),
}
WINDOWS = {f"one wave in {d} days": partial(kinds.one_wave, days=d) for d in (66, 128)}
ROWS = {
    **{f"{name} [states]": make for name, make in {**WITH_SPELLS, **CALM, **WINDOWS}.items()},
    **{f"{name} [steps]": make for name, make in STEPS.items()},
}


def fingerprint() -> str:
    """A short hash of the engine's own files."""
    digest = hashlib.sha256()
    for path in sorted(Path(engine.__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def of_diary(name, made):
    """What one diary gives: plain numbers."""
    reading = read_waves(made.severity, scale=scale_of(made))
    codes, kind = codes_of(reading), name.rsplit(" [", 1)[0]
    day = getattr(made, "shift_day", None)
    pair = agreement(codes, made, kind in SPARSE)
    deciles = np.zeros((10, 3))
    for state, field in ((1, "p_wave"), (-1, "p_window")):
        known = np.array([getattr(d, field) is not None for d in reading.days])
        if known.any():
            chance = np.array(
                [getattr(d, field) for d in reading.days if getattr(d, field) is not None]
            )
            deciles += calibration(chance, made.truth[known] == state)
    steps = [
        {"at": s.index, "up": s.after > s.before, "from": s.interval[0], "to": s.interval[1]}
        for s in reading.level_shifts
    ]
    return {
        "kappa": None if np.isnan(pair[0]) else round(float(pair[0]), 4),
        "f1": round(float(pair[1]), 4),
        "false": round(false_days(codes), 5),
        "windows": round(float(np.mean(codes == -1)), 5),
        "sparse": "sparse" in reading.method or "few" in reading.method,
        "deciles": np.round(deciles, 3).tolist(),
        "steps": steps,
        "day": day,
        "up": bool(getattr(made, "shift", 0.0) > 0),
        "gradual": len(reading.gradual_changes),
    }


def kept(mark):
    """{(row, seed): result} of this engine so far."""
    path = HERE / "final.jsonl"
    found = [json.loads(line) for line in path.read_text().splitlines()] if path.is_file() else []
    return {(one["row"], one["seed"]): one for one in found if one["engine"] == mark}


def table(done):
    """Markdown lines of all rows that hold anything."""
    lines = [
        "| row | n | kappa / F1 | days called a spell | windows | too sparse | deciles off | worst |",
        "|---" * 8 + "|",
    ]
    for row in ROWS:
        ones = [one for (name, _), one in done.items() if name == row]
        if not ones or "[states]" not in row:
            continue
        kappas = [one["kappa"] for one in ones if one["kappa"] is not None]
        total = np.sum([one["deciles"] for one in ones], axis=0)
        off = 100 * (total[:, 1] - total[:, 2]) / np.maximum(total[:, 0], 1)
        enough = total[:, 0] >= 300
        worst = np.abs(off[enough]).max() if enough.any() else np.nan
        agreed = (
            f"{np.mean(kappas):.3f} / {np.mean([one['f1'] for one in ones]):.3f}" if kappas else "–"
        )
        share = {
            key: 100 * np.mean([one[key] for one in ones]) for key in ("false", "windows", "sparse")
        }
        lines.append(
            f"| {row[:-9]} | {len(ones)} | {agreed} | {share['false']:.2f} % | {share['windows']:.1f} % | {share['sparse']:.0f} % | "
            + " ".join(f"{v:+.0f}" if fine else "--" for v, fine in zip(off, enough, strict=True))
            + f" | {worst:.0f} |"
        )
    lines += [
        "",
        "| row | n | found, dated within 21 days | any other step | interval holds; width | told as slow |",
        "|---" * 6 + "|",
    ]
    for row in ROWS:
        ones = [one for (name, _), one in done.items() if name == row]
        if not ones or "[steps]" not in row:
            continue
        right, other, held, width = [], [], [], []
        for one in ones:
            near = [s for s in one["steps"] if one["day"] is not None and s["up"] == one["up"]]
            right.append(any(abs(s["at"] - one["day"]) <= 21 for s in near))
            other.append(any(s not in near or abs(s["at"] - one["day"]) > 45 for s in one["steps"]))
            for s in near:
                if abs(s["at"] - one["day"]) <= 120:
                    held.append(s["from"] <= one["day"] <= s["to"])
                    width.append(s["to"] - s["from"])
        inside = (
            f"{100 * np.mean(held):.0f} % of {len(held)}; {np.median(width):.0f}" if held else "–"
        )
        hit = f"{100 * np.mean(right):.0f} %" if ones[0]["day"] is not None else "–"
        slow = 100 * np.mean([one["gradual"] > 0 for one in ones])
        lines.append(
            f"| {row[:-8]} | {len(ones)} | {hit} | {100 * np.mean(other):.0f} % | {inside} | {slow:.0f} % |"
        )
    return lines


def main():
    mark, many = fingerprint(), int(sys.argv[1])
    done = kept(mark)
    wanted = sys.argv[sys.argv.index("--rows") + 1].split(",") if "--rows" in sys.argv else [""]
    rows = list(dict.fromkeys(row for start in wanted for row in ROWS if row.startswith(start)))
    if "--table" not in sys.argv:
        with (HERE / "final.jsonl").open("a") as file:
            for row in rows:
                for seed in range(kinds.FIRST_SEED, kinds.FIRST_SEED + many):
                    if (row, seed) not in done:
                        one = {
                            "engine": mark,
                            "row": row,
                            "seed": seed,
                            **of_diary(row, ROWS[row](seed)),
                        }
                        done[row, seed] = one
                        file.write(json.dumps(one) + "\n")
                        file.flush()
    print(f"engine {mark}\n" + "\n".join(table(done)))


if __name__ == "__main__":
    main()
