"""Every kind of diary at once: agreement, false days, lasting changes, lag claims, tags.

python kinds_study.py 100                 all tables at the seeds kept for it
python kinds_study.py 20 --looked-at      at the seeds the engine was made with
python kinds_study.py 20 --only states,lasting
python kinds_study.py 20 --only states --rbeast   Rbeast beside the others, where it is installed
"""
# ruff: noqa: E501, PERF401 - rows of tables

import sys
import time
from functools import partial

import confounded
import numpy as np
from diaries import bursts, semi_markov
from opponents import CODES, OPPONENTS
from scoring import calibration, false_days, kappa, spell_f1

import kinds
from landward.engines.patterns import dose_lag, level_shifts, read_waves, what_helped

WITH_SPELLS = {
    "semi_markov": semi_markov,
    "bursts": bursts,
    "worded": kinds.worded,
    "twice_weekly": kinds.twice_weekly,
    "weekly": kinds.weekly,
    "weekly, half a year": partial(kinds.weekly, days=182),
    "recovery": kinds.recovery,
    "rescale": kinds.rescale,
    "level_change": kinds.level_change,
    "sawtooth": kinds.sawtooth,
    "seasons": kinds.seasons,
    "one_length": kinds.one_length,
    "one_wave": partial(kinds.one_wave, days=128),
}
CALM = {
    "worded, no spells": partial(kinds.worded, spells=False),
    "AR .7": partial(kinds.autocorrelated, phi=0.7),
    "AR .8": partial(kinds.autocorrelated, phi=0.8),
    "rhythms": kinds.rhythms,
    "semi_markov, no spells": partial(semi_markov, states=False),
    "bursts, no spells": partial(bursts, states=False),
    "gradual, no spells": partial(kinds.gradual, spells=False),
}
STAYS = (1e6, 2e6)
SPARSE = ("weekly", "weekly, half a year", "twice_weekly")


def scale_of(made):
    return getattr(made, "scale", (0.0, 10.0))


def stretched(made):
    """The answers on 0–10, for methods that know no other scale."""
    low, high = scale_of(made)
    return (made.severity - low) * 10 / (high - low)


def codes_of(reading):
    return np.array([CODES[day.state] for day in reading.days])


def agreement(found, made, sparse):
    """(kappa, wave F1): over known days; where answers are sparse over the answered ones."""
    if sparse:
        kept = np.isfinite(made.severity)
        mine = np.where(found[kept] == 2, 0, found[kept])
        return kappa_or_nan(mine, made.truth[kept]), spell_f1(mine, made.truth[kept])
    known = found != 2
    return kappa_or_nan(found[known], made.truth[known]), spell_f1(found[known], made.truth[known])


def kappa_or_nan(found, truth):
    if not found.size or (np.ptp(found) == 0 and np.ptp(truth) == 0):
        return np.nan
    with np.errstate(invalid="ignore", divide="ignore"):
        return kappa(found, truth)


def states(seeds, opponents):
    """Rows of kappa / F1 for kinds with spells, share of false days for those without."""
    lines = [
        "| kind | landward | " + " | ".join(opponents) + " |",
        "|---" * (2 + len(opponents)) + "|",
    ]
    off = {}
    for name, make in WITH_SPELLS.items():
        diaries = [make(seed) for seed in seeds]
        readings = [read_waves(d.severity, scale=scale_of(d)) for d in diaries]
        cells = []
        mine = [
            agreement(codes_of(r), d, name in SPARSE)
            for r, d in zip(readings, diaries, strict=True)
        ]
        cells.append(cell(mine))
        if name in ("one_wave",):
            cells[-1] += f", windows {np.mean([np.mean(codes_of(r) == -1) for r in readings]):.2f}"
        if name in SPARSE:
            sparse = np.mean(["sparse" in r.method or "few" in r.method for r in readings])
            cells[-1] += f", too sparse {100 * sparse:.0f} %"
        for method in opponents.values():
            cells.append(
                cell([agreement(method(stretched(d)), d, name in SPARSE) for d in diaries])
            )
        off[name] = chances_off(readings, diaries)
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
        print(lines[-1], flush=True)
    lines += ["", "| kind | false days: landward | " + " | ".join(opponents) + " |", lines[1]]
    calm = {**CALM}
    for days in (66, 128):
        calm[f"one wave in {days} days: windows"] = partial(kinds.one_wave, days=days)
    for name, make in calm.items():
        diaries = [make(seed) for seed in seeds]
        wave_too = "windows" not in name
        count = (lambda c: false_days(c)) if wave_too else (lambda c: float(np.mean(c == -1)))
        readings = [read_waves(d.severity, scale=scale_of(d)) for d in diaries]
        cells = [f"{100 * np.mean([count(codes_of(r)) for r in readings]):.1f} %"]
        for method in opponents.values():
            cells.append(f"{100 * np.mean([count(method(stretched(d))) for d in diaries]):.1f} %")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
        print(lines[-1], flush=True)
    return lines, off


def cell(pairs):
    k, f = np.nanmean(np.array(pairs), axis=0)
    return f"{k:.3f} / {f:.3f}"


def chances_off(readings, diaries):
    """(10,) chance minus share true in points by decile, NaN under 300 days; pooled both states."""
    total = np.zeros((10, 3))
    for reading, made in zip(readings, diaries, strict=True):
        known = np.array([d.p_wave is not None for d in reading.days])
        for state, field in ((1, "p_wave"), (-1, "p_window")):
            chance = np.array([getattr(d, field) for d in reading.days if d.p_wave is not None])
            if chance.size:
                total += calibration(chance, made.truth[known] == state)
    return np.where(
        total[:, 0] >= 300, 100 * (total[:, 1] - total[:, 2]) / np.maximum(total[:, 0], 1), np.nan
    )


def calibrated(off):
    lines = [
        "| kind | " + " | ".join(f"{10 * k}–{10 * k + 10}" for k in range(10)) + " | worst |",
        "|---" * 12 + "|",
    ]
    for name, row in off.items():
        worst = np.nanmax(np.abs(row)) if np.isfinite(row).any() else np.nan
        lines.append(
            f"| {name} | "
            + " | ".join("–" if np.isnan(v) else f"{v:+.0f}" for v in row)
            + f" | {worst:.0f} |"
        )
        print(lines[-1], flush=True)
    return lines


def lasting(seeds):
    """How often lasting changes are found, dated, held by their interval; and found without any."""
    lines = [
        "| diary | found within 21 days | shifts told | interval holds | its width, days, median | days CPU |",
        "|---" * 6 + "|",
    ]
    rows = {
        "one step of 1.2–2.5, spells": kinds.level_change,
        "one step of 1.2–2.5, no spells": partial(kinds.level_change, spells=False),
        "recovery, set-back 2.5 that stays, spells": partial(kinds.recovery, easing=STAYS),
        "recovery, set-back 2.5 that eases over a year, spells": partial(
            kinds.recovery, easing=(250, 500)
        ),
        "recovery, set-back 2.5 that eases over months, spells": kinds.recovery,
        "the same, no spells": partial(kinds.recovery, spells=False),
        "no step, spells": partial(kinds.level_change, shift=0.0),
        "no step, no spells": partial(kinds.level_change, shift=0.0, spells=False),
        "gradual recovery, spells": kinds.gradual,
        "gradual recovery, no spells": partial(kinds.gradual, spells=False),
        "semi_markov": semi_markov,
        "AR .8": partial(kinds.autocorrelated, phi=0.8),
        "rhythms": kinds.rhythms,
        "worded, spells": kinds.worded,
    }
    for name, make in rows.items():
        found, told, held, width, gradual = [], [], [], [], []
        for seed in seeds:
            made = make(seed)
            reading = read_waves(made.severity, scale=scale_of(made))
            shifts = reading.level_shifts
            told.append(len(shifts))
            gradual.append(bool(getattr(reading, "gradual_changes", ())))
            day = getattr(made, "shift_day", None)
            if day is None:
                continue
            near = [
                s
                for s in shifts
                if abs(s.index - day) <= 21 and (s.after > s.before) == (made.shift > 0)
            ]
            found.append(bool(near))
            same = [
                s
                for s in shifts
                if (s.after > s.before) == (made.shift > 0) and abs(s.index - day) <= 120
            ]
            if same:
                best = min(same, key=lambda s: abs(s.index - day))
                seen = np.flatnonzero(np.isfinite(made.severity[day:]))
                first = day + (int(seen[0]) if seen.size else 0)
                held.append(best.interval[0] <= first and day <= best.interval[1])
                width.append(best.interval[1] - best.interval[0])
        text = f"{100 * np.mean(found):.0f} %" if found else "–"
        lines.append(
            f"| {name} | {text} | {np.mean(told):.2f} a diary, any in {100 * np.mean(np.array(told) > 0):.0f} % "
            f"| {f'{100 * np.mean(held):.0f} %' if held else '–'} | {f'{np.median(width):.0f}' if width else '–'} | gradual {100 * np.mean(gradual):.0f} % |"
        )
        print(lines[-1], flush=True)
    return lines


def noises(seeds):
    lines = [
        "| noise, one year, no shift | level_shifts finds one | shift of 1.5 SD found within 14 days |",
        "|---|---|---|",
    ]
    for kind in confounded.NOISES:
        wrong, right = [], []
        for seed in seeds:
            x = confounded.noise(seed, kind)
            wrong.append(bool(level_shifts(x)))
            x = x + 1.5 * np.std(x) * (np.arange(x.size) >= 180)
            right.append(any(abs(s.index - 180) <= 14 for s in level_shifts(x)))
        lines.append(f"| {kind} | {100 * np.mean(wrong):.0f} % | {100 * np.mean(right):.0f} % |")
        print(lines[-1], flush=True)
    return lines


def lag(seeds):
    lines = ["| idle cuts | claims | cannot be told apart |", "|---|---|---|"]
    rows = {
        "weekly, weekday +0.9": {"every": 7},
        "weekly, weekday +0.45": {"every": 7, "weekday": 0.45},
        "fortnightly, weekday +0.9": {"every": 14},
        "fortnightly, weekday +0.45": {"every": 14, "weekday": 0.45},
        "every 28 days, rhythm of 28 days": {"every": 28, "weekday": 0.0, "cycle": 0.5},
        "every 28 days, nothing": {"every": 28, "weekday": 0.0},
        "fortnightly, spells, weekday +0.9": {"every": 14, "spells": True},
    }
    for name, how in rows.items():
        claims, same = [], []
        for seed in seeds:
            y, dose = confounded.idle_cuts(seed, **how)
            (one,) = dose_lag(y, dose).symptoms
            claims.append(one.claimed)
            same.append("weekday" in one.standing or "rhythm" in one.standing)
        lines.append(f"| {name} | {100 * np.mean(claims):.1f} % | {100 * np.mean(same):.0f} % |")
        print(lines[-1], flush=True)
    return lines


def helped(seeds):
    lines = [
        "| tags that do nothing | named harder | named easier | travels with | interval holds none |",
        "|---" * 5 + "|",
    ]
    for make, tops in (
        (confounded.weekday_tags, (10, 4)),
        (confounded.coping_tags, (10, 4)),
    ):
        for top in tops:
            found = {}
            for seed in seeds:
                y, tags = make(seed, top=top)
                for tag, at in tags.items():
                    (one,) = what_helped(y, {tag: at}, scale=(0, top)).tags
                    found.setdefault(tag, []).append(one)
            for tag, ones in found.items():
                harder = np.mean([o.stands_out and o.difference > 0 for o in ones])
                easier = np.mean([o.stands_out and o.difference < 0 for o in ones])
                travels = np.mean([bool(getattr(o, "travels_with", None)) for o in ones])
                held = np.mean([o.interval[0] <= 0 <= o.interval[1] for o in ones if o.interval])
                lines.append(
                    f"| {tag}, 0–{top} | {100 * harder:.0f} % | {100 * easier:.0f} % | {100 * travels:.0f} % | {100 * held:.0f} % |"
                )
                print(lines[-1], flush=True)
    lines += [
        "",
        "| tag on bad days that lowers the next day by | named easier | named harder | interval holds it |",
        "|---|---|---|---|",
    ]
    for top in (10, 4):
        for effect in (0.8, 1.2, -1.2):
            ones = []
            for seed in seeds:
                y, tags = confounded.with_effect(seed, effect, top=top)
                ones += what_helped(y, tags, scale=(0, top)).tags
            easier = np.mean([o.stands_out and o.difference < 0 for o in ones])
            harder = np.mean([o.stands_out and o.difference > 0 for o in ones])
            true = -effect * top / 10
            held = np.mean([o.interval[0] <= true <= o.interval[1] for o in ones if o.interval])
            lines.append(
                f"| {effect:g} tenths of 0–{top} | {100 * easier:.0f} % | {100 * harder:.0f} % | {100 * held:.0f} % |"
            )
            print(lines[-1], flush=True)
    return lines


def main():
    many = int(sys.argv[1])
    first = 0 if "--looked-at" in sys.argv else kinds.FIRST_SEED
    only = sys.argv[sys.argv.index("--only") + 1].split(",") if "--only" in sys.argv else None
    seeds = range(first, first + many)
    opponents = (
        {}
        if "--ours" in sys.argv
        else {k: v for k, v in OPPONENTS.items() if "annotation" not in k and "hmmlearn" not in k}
    )
    if "--rbeast" in sys.argv:
        from rbeast_study import by_beast

        opponents["Rbeast"] = by_beast
    start = time.process_time()
    if only is None or "states" in only:
        _, off = states(seeds, opponents)
        calibrated(off)
    for name, table in (("lasting", lasting), ("noises", noises), ("lag", lag), ("helped", helped)):
        if only is None or name in only:
            print(f"\n{name}")
            table(seeds)
    print(f"{time.process_time() - start:.0f} s of CPU")


if __name__ == "__main__":
    main()
