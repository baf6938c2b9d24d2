"""Which assumption moves which result: each number halved and doubled, one at a time.

All variations are people in one run: the first is the typical person, then two for each number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from landward.engines.pharmacology.adaptation import CURVES, TRAITS
from landward.engines.pharmacology.grid import Program
from landward.engines.pharmacology.people import people_of, typical_traits
from landward.engines.pharmacology.simulate import run_people
from landward.model.adaptation import Adaptation
from landward.model.base import BadInput
from landward.model.kinetics import OralKinetics
from landward.model.said import phrase

Floats = npt.NDArray[np.float64]

FACTORS = (0.5, 2.0)
_KINETIC = ("absorption", "clearance", "volume", "metabolite_clearance")
OUTCOMES = ("worst_day", "worst", "half_better_day", "feelings_half_back_day")


@dataclass(frozen=True, slots=True)
class Move:
    """What halving and doubling one number does: outcomes as `OUTCOMES`, (2, 4)."""

    what: str
    outcomes: Floats


def sensitivity(
    program: Program,
    kinetics: Sequence[OralKinetics],
    adaptation: Adaptation,
    *,
    stop_day: int,
    compiled: bool = True,
) -> tuple[Floats, tuple[Move, ...]]:
    """The typical person's outcomes (4,), and the moves, the one that matters most first.

    Outcomes count days from `stop_day`, the first day without any drug; a day that is not reached
    within the run is NaN. Numbers that are 0 in this structure are left out. Raises BadInput if a
    drug has no EC50, or nothing is left of the run after the stop.
    """
    if stop_day >= program.days - 1:
        raise BadInput(phrase("sensitivity is asked of what follows a stop; this course has none"))
    slow = [name for name in TRAITS if getattr(adaptation, name) != 0]
    made = any(one.metabolite for one in kinetics)
    quick = [name for name in _KINETIC if made or name != "metabolite_clearance"]
    names = [*slow, "ec50", *quick]
    count = 1 + len(FACTORS) * len(names)
    traits = typical_traits(adaptation, count)
    ec50, factors = np.ones(count), {name: np.ones(count) for name in quick}
    for place, name in enumerate(names):
        columns = slice(1 + len(FACTORS) * place, 1 + len(FACTORS) * (place + 1))
        if name in slow:
            traits[TRAITS.index(name), columns] *= FACTORS
        elif name == "ec50":
            ec50[columns] = FACTORS
        else:
            factors[name][columns] = FACTORS
    people = people_of(kinetics, adaptation, [factors for _ in kinetics], ec50, traits)
    found = run_people(program, people, compiled=compiled)
    outcomes = np.array([_outcomes(days[stop_day:]) for days in found])
    moves = [
        Move(name, outcomes[1 + len(FACTORS) * k : 1 + len(FACTORS) * (k + 1)])
        for k, name in enumerate(names)
    ]
    return outcomes[0], tuple(
        sorted(moves, key=lambda move: (-_size(move, outcomes[0]), move.what))
    )


def _outcomes(days: Floats) -> tuple[float, float, float, float]:
    """Worst day and how bad, then the days symptoms and numbness are half gone."""
    withdrawal = days[:, CURVES.index("withdrawal")]
    numbness = days[:, CURVES.index("blunting")]
    worst = int(withdrawal.argmax())
    return (
        float(worst),
        float(withdrawal[worst]),
        _half_gone(withdrawal),
        _half_gone(numbness),
    )


def _half_gone(values: Floats) -> float:
    top = int(values.argmax())
    below = np.flatnonzero(values[top:] < values[top] / 2)
    return float(top + below[0]) if len(below) else float("nan")


def _size(move: Move, base: Floats) -> float:
    """How far a move goes: the mean of |log2|, a day that is not reached counted as 8-fold."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.abs(np.log2((move.outcomes + 1e-6) / (base + 1e-6)))
    return float(np.where(np.isfinite(logs), logs, 3.0).mean())
