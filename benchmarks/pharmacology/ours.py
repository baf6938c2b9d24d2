"""Our own figures: time on one core, errors, scaling, memory, cold start."""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time

import numpy as np
import work
from linear import concentrations_compiled

from landward.engines.pharmacology.grid import plan_steps
from landward.engines.pharmacology.lanes import adapt_compiled
from landward.engines.pharmacology.people import typical_person
from landward.engines.pharmacology.simulate import simulate_population


def best(task, repeats: int = 7) -> float:
    """The least CPU seconds of several runs of `task`."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return min(times)


def linear_year(count: int = 1000):
    """W1: (people, 365, 2) levels a day after each dose arrived."""
    rates = work.people(count).rates[0]
    days = np.arange(work.W1_DAYS)
    out = np.empty((count, work.W1_DAYS, 2))  # the C peer is given its place to write, too
    return lambda: concentrations_compiled(
        rates, np.zeros_like(days), np.array([24.0]), np.full(work.W1_DAYS, work.DOSE_MG), days, out
    )


def adaptation(count: int = 1000, days: int = work.W2_DAYS):
    """W2: (people, days, 12)."""
    group, program = work.people(count), work.program(days)
    return lambda: adapt_compiled(
        program, group.rates, group.potencies, group.reference_ec50, group.traits
    )


def linear_error(checked: int = 20) -> float:
    """The largest error of W1 against the matrix exponential, relative to each curve's maximum."""
    from scipy.linalg import expm

    group = work.people(1000)
    found = linear_year()()
    shuffle = np.ix_([2, 0, 3, 1], [2, 0, 3, 1])
    worst = 0.0
    for person, row in enumerate(work.rows(group.rates[0])[:checked]):
        ka, k10, k12, k21, kf, km, taken, parent, made = row
        matrix = np.array(
            [[-ka, 0, 0, 0], [ka, -k10 - k12, k21, 0], [0, k12, -k21, 0], [0, kf, 0, -km]]
        )
        daily = np.empty((4, 4))
        daily[shuffle] = expm(matrix[shuffle] * 24.0)
        boxes, exact = np.zeros(4), []
        for _ in range(work.W1_DAYS):
            boxes = daily @ (boxes + np.array([work.DOSE_MG * taken, 0, 0, 0]))
            exact.append((boxes[1] * parent, boxes[3] * made))
        exact = np.array(exact)
        worst = max(worst, (np.abs(found[person] - exact) / exact.max(axis=0)).max())
    return worst


def adaptation_errors(exact: list) -> dict[str, float]:
    """Each state's largest error of W2 over its maximum, in the people whose `exact` is given."""
    found = adaptation()()[:, :, 7:]
    worst = np.zeros(5)
    for person, states in enumerate(np.array(exact)):
        scale = np.abs(states).max(axis=0)
        scale[scale == 0] = 1.0
        worst = np.maximum(worst, np.abs(found[person] - states).max(axis=0) / scale)
    return dict(zip(("X1", "X2", "K", "S", "B"), worst.tolist(), strict=True))


def one_person() -> float:
    """W2 for the typical person, warm, seconds."""
    person, program = typical_person([work.DIAZEPAM], work.ADAPTATION), work.program()
    task = lambda: adapt_compiled(  # noqa: E731 - a task is timed where it stands
        program, person.rates, person.potencies, person.reference_ec50, person.traits
    )
    task()
    return best(task)


def cold_level() -> list[tuple[float, float]]:
    """`landward level` from a new process: wall and CPU seconds of each of five runs."""
    times = []
    command = [sys.executable, "-m", "landward", "level", "--drug", "diazepam", "--dose",
               "10 mg nightly x 28", "--json"]  # fmt: skip
    for _ in range(5):
        start, before = time.perf_counter(), os.times()
        subprocess.run(command, check=True, capture_output=True)
        after = os.times()
        processor = (after.children_user - before.children_user) + (
            after.children_system - before.children_system
        )
        times.append((time.perf_counter() - start, processor))
    return times


def many(people: int, days: int = work.W2_DAYS) -> tuple[float, float]:
    """A population through W2 on all cores: wall seconds and peak memory in GB so far."""
    program = plan_steps([work.dosing()], [work.LAG_S], days)
    start = time.perf_counter()
    simulate_population(
        program, [work.DIAZEPAM], work.ADAPTATION, people=people, seed=1, since_day=365,
        workers=os.cpu_count() or 1,
    )  # fmt: skip
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return time.perf_counter() - start, memory


def c_peer() -> float | None:
    """W1 in C at -O3, CPU seconds, or None without a compiler. Its answer is held to ours."""
    import ctypes
    import tempfile
    from pathlib import Path

    compiler = shutil.which("cc")
    if compiler is None:
        return None
    group = work.people(1000)
    rates = work.rows(group.rates[0])
    out = np.empty((1000, work.W1_DAYS, 2))
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "propagate.so"
        source = Path(__file__).parent / "propagate.c"
        subprocess.run(
            [compiler, "-O3", "-march=native", "-shared", "-fPIC", "-o", str(library), str(source),
             "-lm"], check=True,
        )  # fmt: skip
        simulate = ctypes.CDLL(str(library)).simulate
        pointer = ctypes.POINTER(ctypes.c_double)
        simulate.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_double, ctypes.c_double, pointer,
                             pointer]  # fmt: skip

        def run():
            simulate(1000, work.W1_DAYS, work.DOSE_MG, 24.0, rates.ctypes.data_as(pointer),
                     out.ctypes.data_as(pointer))  # fmt: skip

        run()
        seconds = best(run, 30)
    difference = np.abs(out - linear_year()()).max() / out.max()
    assert difference < 1e-9, difference
    return seconds


def median(values: list[float]) -> float:
    return statistics.median(values)
