"""The pharmacology lab beside its peers, same work, one run.

    python3 run.py bench pharmacology              everything but the million
    python3 run.py bench pharmacology million [N]  a million people (or N) through the model

Peers live in .envs/pharmacology, made here on first use. Times are CPU seconds on one core unless
they say otherwise; several things run on this machine at once, so read ratios, not seconds.
"""

import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(name, "1")

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))

import numpy as np
import ours
import work

from landward.model.dosing import DAY_S
from landward.report.sbml import sbml_model

PEERS = ("copasi-basico>=0.92", "libroadrunner>=2.10", "python-libsbml>=5.21", "numba", "numpy<2.5",
         "scipy")  # fmt: skip
CHECKED, TIMED = 3, 12
SBML_RATES = ("ka_1", "k10_1", "k12_1", "k21_1", "kf_1", "km_1")
SBML_TRAITS = ("Emax", "a1", "a2", "t1", "t2", "feedback", "kap", "kon", "Wth", "tK", "w0", "cs",
               "tS", "eta", "b1", "b2", "b3", "tBon", "tBoff")  # fmt: skip
IN_DAYS = {"t1", "t2", "tK", "tS", "tBon", "tBoff"}
PER_DAY = {"kon", "cs"}


def environment() -> Path:
    """The peers' own Python, made on first use. What cannot be installed is left out and said."""
    folder = ROOT / ".envs" / "pharmacology"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *PEERS], check=True)
        built = subprocess.run(
            [str(python), "-m", "pip", "install", "-q", "numbalsoda"], check=False
        )
        if built.returncode:
            print("  numbalsoda needs a Fortran compiler (gfortran) to build: left out")
    return python


def traits_per_hour(traits: np.ndarray) -> dict[str, float]:
    """One person's slow constants as the SBML names them, in hours."""
    values = {}
    for symbol, value in zip(SBML_TRAITS, traits.tolist(), strict=True):
        values[symbol] = (
            value * 24 if symbol in IN_DAYS else value / 24 if symbol in PER_DAY else value
        )
    return values


def full_parameters(rates: list[float], drive: list[float], slow: dict[str, float]) -> list:
    """The order `peers.py` reads: rates, drive, Emax a1 a2 t1 t2 feedback kap kon …"""
    return [*rates, *drive, *(slow[symbol] for symbol in SBML_TRAITS)]


def cases(exact: dict[str, list]) -> dict:
    """Everything the peers need, as plain numbers."""
    group = work.people(1000)
    rows = work.rows(group.rates[0])
    people = []
    for person in range(TIMED):
        rates, scales = rows[person, :6].tolist(), rows[person, 7:].tolist()
        drive = [scales[n] * float(group.potencies[0][n, person]) for n in (0, 1)]
        slow = traits_per_hour(group.traits[:, person])
        linear = dict(zip(SBML_RATES, rates, strict=True))
        people.append({
            "linear": rates, "scales": scales, "taken": float(rows[person, 6]),
            "full": full_parameters(rates, drive, slow),
            "sbml": {"W1": linear,
                     "W2": linear | {"wp_1": drive[0], "wm_1": drive[1]} | slow},
        })  # fmt: skip
    lag = work.LAG_S
    doses = {time + lag for time in work.dosing().times_s}
    result = {}
    for name, days, with_slow in (("W1", work.W1_DAYS, False), ("W2", work.W2_DAYS, True)):
        # W1 starts as the first dose arrives; W2 at midnight, as in the lab.
        start = {0} if with_slow else set()
        moved = doses if with_slow else {time - lag for time in doses}
        moments = sorted(start | moved | {day * DAY_S for day in range(days + 1)})
        kinetics = work.DIAZEPAM if with_slow else work.DIAZEPAM.model_copy(update={"lag_h": 0.0})
        result[name] = {
            "days": days,
            "moments_h": [moment / 3600 for moment in moments],
            "doses": [work.DOSE_MG if moment in moved else 0.0 for moment in moments],
            "keep": [moment % DAY_S == 0 for moment in moments[1:]],
            "people": [{**one, "sbml": one["sbml"][name]} for one in people],
            "exact": exact[name],
            "sbml": sbml_model(
                name, [(kinetics, work.dosing())], work.ADAPTATION if with_slow else None
            ),
        }
    return result


def peers(exact: dict[str, list]) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        given, answer = Path(folder) / "cases.json", Path(folder) / "answer.json"
        given.write_text(json.dumps(cases(exact)))
        subprocess.run([str(environment()), str(HERE / "peers.py"), str(given), str(answer)],
                       check=True)  # fmt: skip
        return json.loads(answer.read_text())


def scipy_rows(exact: dict[str, list]) -> None:
    """The reference itself: scipy's LSODA, with its time, so that its answers serve both."""
    import time

    group = work.people(1000)
    start = time.process_time()
    exact["W2"] = [work.reference_states(group, person).tolist() for person in range(CHECKED)]
    exact["W2_seconds"] = (time.process_time() - start) / CHECKED * 1000
    exact["W1"] = ours.linear_year()()[:CHECKED].tolist()


def line(*cells: object) -> None:
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def everything() -> None:
    print(f"# Pharmacology lab, {dt.date.today()}, {platform.machine()}, "
          f"Python {platform.python_version()}, {os.cpu_count()} cores, "
          f"load {os.getloadavg()[0]:.1f}\n")  # fmt: skip
    year, slow = ours.linear_year(), ours.adaptation()
    year()
    slow()
    w1, c = ours.best(year, 30), ours.c_peer()
    w2 = ours.best(slow, 7)
    exact: dict[str, list] = {}
    scipy_rows(exact)
    states = ours.adaptation_errors(exact["W2"])
    found = peers(exact)
    for work_name, title, own, error in (
        ("W1", "Linear year: 365 daily doses, two compartments and a metabolite, 1,000 people", w1,
         ours.linear_error()),
        ("W2", "Adaptation: 365 doses, 545 days, nine states, 1,000 people", w2,
         max(states.values())),
    ):  # fmt: skip
        print(f"\n## {work_name}. {title}\n")
        line("tool", "CPU s / 1,000 people", "times ours", "error", "people timed")
        line("---", "---:", "---:", "---:", "---:")
        line("**landward (numba)**", f"{own:.4f}", "1", f"{error:.1e}", 1000)
        if work_name == "W1" and c is not None:
            line("C, gcc -O3 -march=native", f"{c:.4f}", f"{c / own:.2f}", "same to 1e-9", 1000)
        if work_name == "W2":
            seconds = exact["W2_seconds"]
            line("scipy LSODA 1e-9 (the reference)", f"{seconds:.0f}", f"{seconds / own:,.0f}", "–",
                 CHECKED)  # fmt: skip
        mine = [row for row in found["rows"] if row["work"] == work_name]
        for row in sorted(mine, key=lambda row: row["seconds_per_1000"]):
            seconds = row["seconds_per_1000"]
            line(row["peer"], f"{seconds:.2f}", f"{seconds / own:,.0f}", f"{row['error']:.1e}",
                 row["people"])  # fmt: skip
    for name, why in found["failed"].items():
        print(f"\nnot measured: {name} ({why})")
    print("\n## Other figures\n")
    line("what", "found", "wanted")
    line("---", "---:", "---:")
    if c is not None:
        line("W1 over C at -O3", f"{w1 / c:.2f}", "at most 3")
    line("W2, CPU s, one core", f"{w2:.3f}", "at most 0.5")
    line("W2 error by state", ", ".join(f"{k} {v:.0e}" for k, v in states.items()), "1e-3")
    for label, measure in (("people", people_scaling), ("days", day_scaling)):
        line(f"W2 twice the {label} costs", f"{measure():.2f} times", "2")
    line("one person, warm", f"{ours.one_person() * 1000:.2f} ms", "at most 10 ms")
    cold = ours.cold_level()
    wall, processor = (ours.median([run[n] for run in cold]) for n in (0, 1))
    line("`landward level`, cold, wall (CPU)", f"{wall:.2f} s ({processor:.2f} s)", "at most 1.5 s")
    line("SBML errors (libSBML)", found.get("sbml_errors", "not checked"), "0")
    agree = {row["peer"]: row["error"] for row in found["rows"]
             if row["work"] == "W2" and "numbalsoda" not in row["peer"]}  # fmt: skip
    line("SBML runs against LSODA", ", ".join(f"{k} {v:.0e}" for k, v in agree.items()), "1e-3")


def people_scaling() -> float:
    return ours.best(ours.adaptation(2000), 3) / ours.best(ours.adaptation(1000), 3)


def day_scaling() -> float:
    """Dosing all along, so that each day is the same work."""
    from landward.engines.pharmacology.grid import plan_steps
    from landward.engines.pharmacology.lanes import adapt_compiled
    from landward.model.dosing_text import parse_dosing

    group, times = work.people(1000), []
    for days in (300, 600):
        program = plan_steps(
            [parse_dosing("d", f"10 mg every 24 hours x {days}")], [work.LAG_S], days
        )
        times.append(ours.best(lambda p=program: adapt_compiled(
            p, group.rates, group.potencies, group.reference_ec50, group.traits), 3))  # fmt: skip
    return times[1] / times[0]


def million(people: int) -> None:
    for count in (people // 10, people):
        seconds, memory = ours.many(count)
        print(f"{count:,} people × {work.W2_DAYS} days: {seconds:.0f} s wall on {os.cpu_count()} "
              f"cores, peak memory {memory:.2f} GB", flush=True)  # fmt: skip


if sys.argv[1:2] == ["million"]:
    million(int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
else:
    everything()
