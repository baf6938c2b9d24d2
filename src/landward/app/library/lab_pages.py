"""What the lab's pages show: a fictional person, up to two courses, what is known of each curve.

Reads tables only: it is never filled from a diary. A course is worked out once and kept, because
the same person, seed and hypothesis give the same numbers.
"""

import re
from functools import cache, lru_cache

from landward.app.library.lab import list_parameters, list_scenarios, run_lab
from landward.catalog.catalog import load_catalog
from landward.catalog.kinetic_rows import middle
from landward.catalog.kinetics import OCCUPANCIES, LabShelf
from landward.catalog.scenarios import read_scenario
from landward.model.base import BadInput, Frozen
from landward.model.course import ArmCourse, Course
from landward.model.drugs import KineticClaim
from landward.model.knowledge import ModelParameter
from landward.model.said import Words, phrase
from landward.model.scenario import Scenario

PEOPLE = 120
MOST_ARMS = 2
LANES = {
    "concentration": ("kinetics", "population"),
    "tone": ("occupancy_low", "adaptation"),
    "withdrawal": ("kindling", "sensitisation"),
    "blunting": ("blunting",),
}
"""The groups of constants each curve hangs on, beyond those of the curves above it."""


class Guess(Frozen):
    """One hypothesis of how many receptors a dose takes up, in words."""

    id: str
    words: Words
    means: Words


GUESSES = (
    Guess(
        id="imaging", words=phrase("Few are taken up"),
        means=phrase("As pictures of the brain suggest: about 16 % at 2 mg of alprazolam."),
    ),
    Guess(
        id="between", words=phrase("Four times as many"),
        means=phrase("Between the other two: it fits how sedation wore off within four days."),
    ),
    Guess(
        id="high", words=phrase("Most are taken up"),
        means=phrase("As the figure behind hyperbolic steps has it; known to us second-hand."),
    ),
)  # fmt: skip


@cache
def people() -> tuple[Scenario, ...]:
    """Every fictional person with their courses, by name of the scenario."""
    return tuple(read_scenario(name) for name in list_scenarios())


def arms_shown(scenario: Scenario, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The courses that are shown: those picked, at most two, else the first two."""
    names = [arm.name for arm in scenario.arms]
    picked = [name for name in names if name in wanted] or names
    return tuple(picked[:MOST_ARMS])


@lru_cache(maxsize=24)
def course(name: str, guess: str = "imaging") -> Course:
    """A person's courses under one guess. Raises BadInput for a name there is not."""
    if guess not in OCCUPANCIES:
        raise BadInput(phrase("there is no such guess"))
    return run_lab(name, people=PEOPLE, occupancy=guess)


class Standing(Frozen):
    """The constants a curve hangs on, by how much is known of them."""

    curve: str
    measured: tuple[ModelParameter, ...]
    derived: tuple[ModelParameter, ...]
    assumed: tuple[ModelParameter, ...]


def standings(drugs: frozenset[str], guess: str) -> tuple[Standing, ...]:
    """Curve by curve what was measured, derived, assumed, for some drugs under a guess."""
    every = list_parameters()
    found = []
    for curve, groups in LANES.items():
        more = (OCCUPANCIES[guess],) if curve == "tone" and OCCUPANCIES[guess] else ()
        rows = [row for row in every if row.model in (*groups, *more) and _about(row, drugs)]
        by = {
            word: tuple(row for row in rows if row.standing == word)
            for word in ("measured", "derived", "assumed")
        }
        found.append(Standing(curve=curve, **by))
    return tuple(found)


def _about(row: ModelParameter, drugs: frozenset[str]) -> bool:
    named = frozenset(re.split(r"[._]", row.symbol)) & _drug_names()
    return not named or bool(named & drugs)


@cache
def _drug_names() -> frozenset[str]:
    return frozenset(load_catalog().drugs)


def drugs_of(scenario: Scenario) -> frozenset[str]:
    """The drugs in a person's courses."""
    return frozenset(use.drug for arm in scenario.arms for use in arm.use)


class Settled(Frozen):
    """A level that was measured in people, beside what each printed clearance would give."""

    drug: str
    substance: str
    dose_mg_a_day: float
    measured: float
    source: str
    rows: tuple[tuple[str, float, str], ...]
    """Clearance as printed, level in ng/ml, source; the lowest level first."""

    @property
    def low(self) -> float:
        """The lowest level that a printed clearance gives."""
        return self.rows[0][1]

    @property
    def high(self) -> float:
        """The highest one."""
        return self.rows[-1][1]


CHECKED = (("lorazepam", "lorazepam", 6.0, "T8.css.lorazepam_6mg"),
           ("clorazepate", "nordazepam", 20.0, "T10.css.nordazepam"))  # fmt: skip
"""Drug, substance, mg a day, and the row of what was measured: both are misses of one number."""


@cache
def settled_levels() -> tuple[Settled, ...]:
    """Two measured levels beside the range that the printed clearances leave open."""
    return tuple(_settled(*one) for one in CHECKED)


def _settled(drug: str, substance: str, mg: float, row_symbol: str) -> Settled:
    facts = load_catalog()
    kinetics = LabShelf(facts).kinetics(drug)
    row = facts.parameters("validation")[row_symbol]
    per_h = mg * 1000.0 * kinetics.bioavailability * kinetics.mass_ratio / 24.0
    weight = facts.parameters("population")["body_weight"].value or 70.0
    claims = [*facts.kinetics(drug, substance), *facts.kinetics(substance, substance)]
    found: dict[float, tuple[str, float, str]] = {}
    for claim in claims:
        for clearance in _clearances(claim, weight):
            level = per_h / clearance
            words = f"{clearance:.2f} L/h"
            found.setdefault(round(level, 1), (words, level, ", ".join(claim.source)))
    return Settled(
        drug=drug, substance=substance, dose_mg_a_day=mg, measured=row.value or 0.0,
        source=", ".join(row.source), rows=tuple(sorted(found.values(), key=lambda one: one[1])),
    )  # fmt: skip


def _clearances(claim: KineticClaim, weight_kg: float) -> list[float]:
    """The clearances a row prints, in L/h: both ends of a range, else its number."""
    factor = {"clearance_l_h": 1.0, "clearance_ml_min": 0.06,
              "clearance_ml_min_kg": 0.06 * weight_kg}.get(claim.parameter)  # fmt: skip
    if factor is None:
        return []
    given = [claim.low, claim.high] if claim.low and claim.high else [middle(claim)]
    return [float(number) * factor for number in given if number]


def both_shown(found: Course, names: tuple[str, ...]) -> tuple[ArmCourse, ...]:
    """The courses of some names, in their order."""
    return tuple(arm for arm in found.arms if arm.name in names)
