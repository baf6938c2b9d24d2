"""Between people as rows and people in lanes: packs arrays for the kernels and unpacks results."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from landward.engines.pharmacology.adaptation import TRAITS
from landward.engines.pharmacology.grid import Program
from landward.engines.pharmacology.kernels import (
    COLUMNS,
    ENTRIES,
    LANES,
    adapt_lanes,
    count_lanes,
    fill_propagators,
)
from landward.engines.pharmacology.rates import Rates

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TIMES = tuple(
    TRAITS.index(name)
    for name in ("tau_1_d", "tau_2_d", "kindle_tau_d", "blunt_rise_d", "blunt_fall_d")
)

_MAX_TABLE = 8_000_000
"""Propagator entries kept at once (64 MB); irregular courses take people in smaller portions."""


def adapt_compiled(
    program: Program,
    rates: Sequence[Rates],
    potencies: Sequence[Floats],
    reference_ec50: Floats,
    traits: Floats,
) -> Floats:
    """The compiled twin of `adaptation.adapt`: (people, days, 12)."""
    people = traits.shape[1]
    out = np.empty((people, program.days, COLUMNS))
    table = len(rates) * len(program.steps_h) * ENTRIES
    portion = max(LANES, _MAX_TABLE // table // LANES * LANES)
    halves, days = program.steps_h / 2.0, program.steps_h / 24.0
    for first in range(0, people, portion):
        part = slice(first, min(first + portion, people))
        padded = _pad(np.arange(part.start, part.stop))
        groups = len(padded) // LANES
        steps = np.stack([_propagators(one, padded, halves) for one in rates], axis=1)
        scales = np.stack([
            _by_lane(np.stack([one.taken_up, one.parent_scale * strength[0],
                               one.metabolite_scale * strength[1]])[:, padded])
            for one, strength in zip(rates, potencies, strict=True)
        ], axis=1)  # fmt: skip
        packed, reference = _by_lane(_as_rates(traits[:, padded])), reference_ec50[padded]
        for group in range(groups):
            begin = part.start + group * LANES
            adapt_lanes(
                steps[group], program.kind, days, program.doses, program.stimuli, program.day,
                program.closes_day, scales[group],
                reference[group * LANES : (group + 1) * LANES], packed[group],
                out[begin : min(begin + LANES, part.stop)],
            )  # fmt: skip
    return out


def count_compiled(counts: npt.NDArray[np.int32], days: Floats) -> None:
    """The compiled twin of `quantiles.count`, first seven columns of (people, days, 12)."""
    count_lanes(counts, days)


def _as_rates(traits: Floats) -> Floats:
    """Each time constant that only ever divides becomes its reciprocal, once."""
    turned = traits.copy()
    turned[list(TIMES)] = 1.0 / turned[list(TIMES)]
    return turned


def _propagators(rates: Rates, padded: Ints, steps_h: Floats) -> Floats:
    pathways = np.stack([rates.absorption, rates.elimination, rates.out, rates.back,
                         rates.formation, rates.metabolite_elimination])[:, padded]  # fmt: skip
    macro = np.stack(rates.macro_rates())[:, padded]
    out = np.empty((len(padded) // LANES, len(steps_h), ENTRIES * LANES))
    fill_propagators(pathways, macro, steps_h, out)
    return out


def _pad(people: Ints) -> Ints:
    """Fill the last group with copies of its last person."""
    missing = -len(people) % LANES
    return np.concatenate([people, np.full(missing, people[-1])])


def _by_lane(rows: Floats) -> Floats:
    """(rows, G * LANES) to (G, rows * LANES)."""
    lanes = rows.reshape(len(rows), -1, LANES).transpose(1, 0, 2)
    return np.ascontiguousarray(lanes).reshape(-1, len(rows) * LANES)
