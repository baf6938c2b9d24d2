"""The peers' side, run inside their own environment: `python peers.py CASES.json RESULT.json`.

Each is given the fastest way it offers. Times are CPU seconds of the simulation calls alone,
without compiling or loading, scaled to 1,000 people. Errors are against the reference in CASES.
"""

import contextlib
import json
import sys
import time
from pathlib import Path

import numpy as np

CASES = json.loads(Path(sys.argv[1]).read_text())
SLOW = ("X1", "X2", "K", "S", "B")


def error(found: np.ndarray, person: int, work: str) -> float:
    exact = np.array(CASES[work]["exact"][person])
    scale = np.abs(exact).max(axis=0)
    scale[scale == 0] = 1.0
    return float((np.abs(found - exact).max(axis=0) / scale).max())


def row(name: str, work: str, seconds: float, people: int, worst: float) -> dict:
    return {"peer": name, "work": work, "seconds_per_1000": seconds / people * 1000,
            "people": people, "error": worst}  # fmt: skip


def numbalsoda_rows() -> list[dict]:
    """LSODA compiled to machine code with the right-hand side, restarted at every dose."""
    from numba import cfunc, njit
    from numbalsoda import lsoda, lsoda_sig

    @cfunc(lsoda_sig)
    def linear(t, y, dy, p):
        dy[0] = -p[0] * y[0]
        dy[1] = p[0] * y[0] - (p[1] + p[2]) * y[1] + p[3] * y[2]
        dy[2] = p[2] * y[1] - p[3] * y[2]
        dy[3] = p[4] * y[1] - p[5] * y[3]

    @cfunc(lsoda_sig)
    def full(t, y, dy, p):
        dy[0] = -p[0] * y[0]
        dy[1] = p[0] * y[0] - (p[1] + p[2]) * y[1] + p[3] * y[2]
        dy[2] = p[2] * y[1] - p[3] * y[2]
        dy[3] = p[4] * y[1] - p[5] * y[3]
        u = p[6] * y[1] + p[7] * y[3]
        rho = u / (1.0 + u)
        opposed = y[4] + y[5]
        drive = p[8] * rho - p[13] * opposed
        lack = max(0.0, opposed - p[8] * rho)
        w = (1.0 + p[14] * y[6]) * lack * lack / (lack + p[18])
        target = p[22] * rho + p[23] * opposed + p[24] * w
        dy[4] = (p[9] * drive - y[4]) / p[11]
        dy[5] = (p[10] * drive - y[5]) / p[12]
        dy[6] = p[15] * max(0.0, w - p[16]) * (1.0 - y[6]) - y[6] / p[17]
        dy[7] = p[19] * w - y[7] * (w + p[18]) / (p[20] * (w * (1.0 + p[21]) + p[18]))
        dy[8] = (target - y[8]) / (p[25] if target > y[8] else p[26])

    @njit
    def course(address, y, p, moments, doses, keep, first, columns, rtol, atol):
        out = np.empty((keep.sum(), len(columns)))
        k = 0
        for n in range(len(moments) - 1):
            y[first] += doses[n]
            found, _ = lsoda(address, y, moments[n : n + 2], p, rtol, atol)
            y = found[1]
            if keep[n]:
                for c in range(len(columns)):
                    out[k, c] = y[columns[c]]
                k += 1
        return out

    def run(work, address, columns, given, rtol, atol):
        case = CASES[work]
        values = np.array(given["linear"] if work == "W1" else given["full"])
        out = course(
            address, np.zeros(4 if work == "W1" else 9), values, np.array(case["moments_h"]),
            np.array(case["doses"]) * given["taken"], np.array(case["keep"], dtype=np.bool_), 0,
            columns, rtol, atol,
        )  # fmt: skip
        return out * np.array(given["scales"]) if work == "W1" else out

    rows = []
    for work, address, columns in (
        ("W1", linear.address, np.array([1, 3])),
        ("W2", full.address, np.array([4, 5, 6, 7, 8])),
    ):
        people = CASES[work]["people"]
        for rtol, atol in ((1e-4, 1e-7), (1e-6, 1e-9), (1e-8, 1e-11)):
            run(work, address, columns, people[0], rtol, atol)
            start = time.process_time()
            found = [run(work, address, columns, given, rtol, atol) for given in people]
            seconds = time.process_time() - start
            worst = max(error(found[n], n, work) for n in range(len(CASES[work]["exact"])))
            rows.append(row(f"numbalsoda LSODA, rtol {rtol:g}", work, seconds, len(people), worst))
    return rows


def roadrunner_rows() -> list[dict]:
    """libRoadRunner on the SBML, CVODE, parameters set for each person."""
    import roadrunner

    rows = []
    for work in ("W1", "W2"):
        case = CASES[work]
        model = roadrunner.RoadRunner(case["sbml"])
        model.integrator.relative_tolerance, model.integrator.absolute_tolerance = 1e-6, 1e-9
        names = ["A_1", "M_1"] if work == "W1" else list(SLOW)
        model.selections = names
        days = case["days"]
        seconds, worst, count = 0.0, 0.0, 4
        for person in range(count):
            given = case["people"][person]
            model.resetToOrigin()
            for name, value in given["sbml"].items():
                model.setValue(name, value)
            start = time.process_time()
            found = np.array(model.simulate(0, days * 24, days + 1))[1:]
            seconds += time.process_time() - start
            if work == "W1":
                found = found * np.array(given["scales"])
            if person < len(case["exact"]):
                worst = max(worst, error(found, person, work))
        rows.append(row("libRoadRunner, CVODE 1e-6", work, seconds, count, worst))
    return rows


def copasi_rows() -> list[dict]:
    """COPASI on the SBML, its LSODA, parameters set for each person."""
    import basico

    rows = []
    for work in ("W1", "W2"):
        case = CASES[work]
        basico.load_model_from_string(case["sbml"])
        names = ["A_1", "M_1"] if work == "W1" else list(SLOW)
        days = case["days"]
        seconds, worst, count = 0.0, 0.0, 3
        for person in range(count):
            given = case["people"][person]
            for name, value in given["sbml"].items():
                basico.set_parameters(name, exact=True, initial_value=value)
            start = time.process_time()
            table = basico.run_time_course_with_output(
                [f"Values[{name}]" for name in names], duration=days * 24, intervals=days,
                r_tol=1e-6, a_tol=1e-9,
            )  # fmt: skip
            seconds += time.process_time() - start
            found = table.to_numpy()[1 : days + 1]
            if work == "W1":
                found = found * np.array(given["scales"])
            if person < len(case["exact"]):
                worst = max(worst, error(found, person, work))
        rows.append(row("COPASI, LSODA 1e-6", work, seconds, count, worst))
    return rows


def sbml_problems(text: str) -> int:
    """Errors libSBML finds in the document, unit advice aside."""
    import libsbml

    document = libsbml.readSBMLFromString(text)
    document.setConsistencyChecks(libsbml.LIBSBML_CAT_UNITS_CONSISTENCY, False)
    document.checkConsistency()
    return document.getNumErrors(libsbml.LIBSBML_SEV_ERROR) + document.getNumErrors(
        libsbml.LIBSBML_SEV_FATAL
    )


def main() -> None:
    found: dict = {"rows": [], "failed": {}}
    for name, task in (
        ("numbalsoda", numbalsoda_rows),
        ("libRoadRunner", roadrunner_rows),
        ("COPASI", copasi_rows),
    ):
        try:
            found["rows"] += task()
        except Exception as broken:  # one peer that will not run must not hide the others
            found["failed"][name] = f"{type(broken).__name__}: {broken}"
        print(f"  {name} done", flush=True)
    with contextlib.suppress(ImportError):
        found["sbml_errors"] = sbml_problems(CASES["W2"]["sbml"])
    Path(sys.argv[2]).write_text(json.dumps(found))


main()
