"""Run a program over a population: in blocks, from a seed, on all cores, keeping only the bands."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from landward.engines.pharmacology.adaptation import CURVES, adapt
from landward.engines.pharmacology.grid import Program
from landward.engines.pharmacology.people import People, draw_people, typical_person
from landward.engines.pharmacology.quantiles import (
    LEVELS,
    empty_counts,
    exact_bands,
    quantile_bands,
)
from landward.model.adaptation import Adaptation
from landward.model.base import BadInput
from landward.model.kinetics import OralKinetics
from landward.model.said import phrase

Floats = npt.NDArray[np.float64]
Progress = Callable[[int, int], None]

BLOCK = 1024
"""People simulated at a time; part of the definition of who is who, so never tuned."""
BANDED = len(CURVES) + 1
"""The columns that get bands: six daily means and the day's worst withdrawal."""
MAX_PEOPLE = 100_000_000
_MAX_COUNTED_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Bands:
    """What a population showed: `bands` (days, 7, 3) at 10, 50, 90 %; `peak_day` of withdrawal
    after `since_day`, as quantiles over people."""

    bands: Floats
    peak_day: tuple[float, float, float]


def simulate_population(  # the work's own knobs, each independent of the others
    program: Program,
    kinetics: Sequence[OralKinetics],
    adaptation: Adaptation,
    *,
    people: int,
    seed: int,
    since_day: int = 0,
    compiled: bool = True,
    workers: int = 1,
    progress: Progress | None = None,
) -> Bands:
    """Simulate `people` fictional people. The same seed gives the same bands on any machine.

    Up to `BLOCK` people the quantiles are exact; beyond, counts in bins (see `quantiles.py`), so
    memory does not grow with people. `progress(done, all)` is called after each block. `compiled`
    chooses the numba kernel. Raises BadInput for a number of people that cannot be simulated.
    """
    if not 1 <= people <= MAX_PEOPLE:
        raise BadInput(
            phrase(
                "the lab takes 1 to {max_people} people, not {people}",
                max_people=format(MAX_PEOPLE, ","),
                people=format(people, ","),
            )
        )
    blocks = -(-people // BLOCK)
    if blocks > 1 and program.days > _MAX_COUNTED_DAYS:
        raise BadInput(
            phrase(
                "bands of more than {block} people are kept for up to {max_counted_days} "
                "days; this run has {days}",
                block=BLOCK,
                max_counted_days=_MAX_COUNTED_DAYS,
                days=program.days,
            )
        )

    def drawn(block: int) -> People:
        count = min(BLOCK, people - block * BLOCK)
        if people == 1:
            return typical_person(kinetics, adaptation)
        return draw_people(kinetics, adaptation, count, seed, block)

    if blocks == 1:
        days = run_people(program, drawn(0), compiled=compiled)
        if progress:
            progress(people, people)
        return Bands(exact_bands(days[:, :, :BANDED]), _peaks([_peak_days(days, since_day)]))

    def shard(first: int) -> tuple[npt.NDArray[np.int32], list[Floats]]:
        counts, peaks = empty_counts(program.days, BANDED), []
        for block in range(first, blocks, lanes):
            one = drawn(block)
            days = run_people(program, one, compiled=compiled)
            _count(counts, days, compiled=compiled)
            peaks.append(_peak_days(days, since_day))
            if progress:
                progress(one.count, people)
        return counts, peaks

    lanes = max(1, min(workers, blocks))
    with ThreadPoolExecutor(max_workers=lanes) as pool:
        total, peaks = empty_counts(program.days, BANDED), []
        for done in as_completed([pool.submit(shard, first) for first in range(lanes)]):
            counts, found = done.result()
            total += counts
            peaks += found
    return Bands(quantile_bands(total), _peaks(peaks))


def run_people(program: Program, people: People, *, compiled: bool) -> Floats:
    """Everyone's days, (people, days, 12), by the compiled kernel or the numpy reference."""
    if compiled:
        from landward.engines.pharmacology.lanes import adapt_compiled

        return adapt_compiled(
            program, people.rates, people.potencies, people.reference_ec50, people.traits
        )
    return adapt(program, people.rates, people.potencies, people.reference_ec50, people.traits)


def _count(counts: npt.NDArray[np.int32], days: Floats, *, compiled: bool) -> None:
    if compiled:
        from landward.engines.pharmacology.lanes import count_compiled

        count_compiled(counts, days)
        return
    from landward.engines.pharmacology.quantiles import count

    count(counts, days[:, :, :BANDED])


def _peak_days(days: Floats, since_day: int) -> Floats:
    """Days from `since_day` to each person's worst mean withdrawal, (people,)."""
    withdrawal = days[:, since_day:, CURVES.index("withdrawal")]
    return np.asarray(withdrawal.argmax(axis=1), dtype=np.float64)


def _peaks(found: Iterable[Floats]) -> tuple[float, float, float]:
    low, middle, high = np.quantile(np.concatenate(list(found)), LEVELS)
    return float(low), float(middle), float(high)
