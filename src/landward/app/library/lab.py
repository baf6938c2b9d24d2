"""Run a lab scenario over fictional people. Reads tables only: it is never fed from a diary."""

import os
from typing import TYPE_CHECKING

from landward.catalog.catalog import load_catalog
from landward.catalog.kinetics import LabShelf
from landward.catalog.scenarios import read_scenario, scenario_names
from landward.engines.pharmacology.adaptation import CURVES
from landward.engines.pharmacology.behaviours import ArmMedians, check_behaviours
from landward.engines.pharmacology.grid import Stimulus, plan_steps
from landward.engines.pharmacology.sensitivity import OUTCOMES, sensitivity
from landward.engines.pharmacology.simulate import Bands, Progress, simulate_population
from landward.model.adaptation import Adaptation
from landward.model.base import Frozen
from landward.model.course import ArmCourse, Band, Course
from landward.model.dosing import DAY_S, Dosing
from landward.model.dosing_text import parse_dosing
from landward.model.kinetics import OralKinetics
from landward.model.knowledge import ModelParameter
from landward.model.said import phrase
from landward.model.scenario import Arm, Scenario, Stimuli
from landward.report.sbml import Felt, sbml_model

if TYPE_CHECKING:
    import numpy as np

SEED = 20_261_121
_WORTH_COMPILING_DAYS = 60
"""Simulated days (all arms) from which loading the compiled kernels pays; below, numpy answers
sooner. The first run ever compiles them, which takes some ten seconds; later ones find them."""

UNMEASURED = (
    phrase("each stop harder than the one before (kindling)"),
    phrase("feelings returning after the symptoms"),
    phrase("a stronger response to the same stimuli"),
)
"""What the documents assert and nobody measured in people: printed on every picture."""


def list_scenarios() -> tuple[str, ...]:
    """The names of all scenarios."""
    return scenario_names()


def list_parameters() -> tuple[ModelParameter, ...]:
    """Every constant of the lab with its source and whether it was measured, derived or assumed."""
    return LabShelf(load_catalog()).parameter_rows()


def run_lab(  # the knobs of one run, each with a plain default
    name: str,
    *,
    people: int = 200,
    seed: int = SEED,
    variant: str = "feed-forward",
    occupancy: str = "imaging",
    progress: Progress | None = None,
) -> Course:
    """Run a scenario over `people` fictional people. The same seed gives the same numbers.

    Raises BadInput for an unknown scenario, structure or hypothesis, or an impossible number.
    """
    scenario = read_scenario(name)
    shelf = LabShelf(load_catalog())
    adaptation = shelf.adaptation(variant, occupancy)
    kinetics = {use.drug: shelf.kinetics(use.drug) for arm in scenario.arms for use in arm.use}
    compiled = scenario.days * len(scenario.arms) >= _WORTH_COMPILING_DAYS
    arms: list[ArmCourse] = []
    medians: dict[str, ArmMedians] = {}
    for arm in scenario.arms:
        courses = [parse_dosing(use.drug, use.dose) for use in arm.use]
        stop_day = min(max(course.stop_day for course in courses), scenario.days - 1)
        bands = _run_arm(
            arm, courses, kinetics, adaptation, scenario.days, stop_day, people, seed,
            compiled, progress,
        )  # fmt: skip
        arms.append(_as_course(arm, stop_day, bands))
        medians[arm.name] = ArmMedians(days=bands.bands[:, :, 1], stop_day=stop_day)
    return Course(
        scenario=scenario.name,
        title=scenario.title,
        person=scenario.person,
        story=scenario.story,
        people=people,
        seed=seed,
        variant=variant,
        occupancy=occupancy,
        days=tuple(range(scenario.days)),
        arms=tuple(arms),
        checks=check_behaviours(scenario.shows, medians),
        assumed=_assumed(adaptation, kinetics),
        unmeasured=UNMEASURED,
        sources=_sources(scenario, kinetics),
    )


class Sensitivity(Frozen):
    """A scenario's first arm in the typical person, and what each number does to it."""

    scenario: str
    outcomes: tuple[str, ...]
    typical: tuple[float | None, ...]
    moves: tuple[tuple[str, tuple[float | None, ...], tuple[float | None, ...]], ...]
    """(what, outcomes with it halved, outcomes with it doubled), the largest move first."""


def run_sensitivity(
    name: str, *, variant: str = "feed-forward", occupancy: str = "imaging"
) -> Sensitivity:
    """Halve and double each number of a scenario's first arm, one at a time.

    Raises BadInput for an unknown scenario, or one in which nothing is stopped.
    """
    scenario = read_scenario(name)
    shelf = LabShelf(load_catalog())
    arm = scenario.arms[0]
    courses = [parse_dosing(use.drug, use.dose) for use in arm.use]
    drugs = [shelf.kinetics(use.drug) for use in arm.use]
    lags = [round(one.lag_h * 3600) for one in drugs]
    program = plan_steps(courses, lags, scenario.days, _stimuli(arm.stimuli))
    typical, moves = sensitivity(
        program,
        drugs,
        shelf.adaptation(variant, occupancy),
        stop_day=max(course.stop_day for course in courses),
    )
    return Sensitivity(
        scenario=name,
        outcomes=OUTCOMES,
        typical=_known(typical),
        moves=tuple((one.what, _known(one.outcomes[0]), _known(one.outcomes[1])) for one in moves),
    )


def _known(values: "np.typing.NDArray[np.float64]") -> tuple[float | None, ...]:
    return tuple(None if value != value else value for value in values.tolist())  # noqa: PLR0124 - NaN


def export_sbml(name: str, *, variant: str = "feed-forward", occupancy: str = "imaging") -> str:
    """A scenario's first arm, for the typical person, as SBML Level 3 (text)."""
    scenario = read_scenario(name)
    shelf = LabShelf(load_catalog())
    arm = scenario.arms[0]
    uses = [(shelf.kinetics(use.drug), parse_dosing(use.drug, use.dose)) for use in arm.use]
    felt = [Felt(one.time_s / 3600, one.size) for one in _stimuli(arm.stimuli)]
    return sbml_model(name, uses, shelf.adaptation(variant, occupancy), felt)


def _run_arm(  # noqa: PLR0917 - one call site; naming each again would only repeat it
    arm: Arm,
    courses: list[Dosing],
    kinetics: dict[str, OralKinetics],
    adaptation: Adaptation,
    days: int,
    stop_day: int,
    people: int,
    seed: int,
    compiled: bool,
    progress: Progress | None,
) -> Bands:
    drugs = [kinetics[use.drug] for use in arm.use]
    lags = [round(one.lag_h * 3600) for one in drugs]
    program = plan_steps(courses, lags, days, _stimuli(arm.stimuli))
    return simulate_population(
        program, drugs, adaptation, people=people, seed=seed, since_day=stop_day,
        compiled=compiled, workers=os.cpu_count() or 1, progress=progress,
    )  # fmt: skip


def _stimuli(stimuli: Stimuli | None) -> list[Stimulus]:
    if stimuli is None:
        return []
    hour, minute = stimuli.at.split(":")
    second = int(hour) * 3600 + int(minute) * 60
    return [Stimulus(day * DAY_S + second, stimuli.size) for day in stimuli.days]


def _as_course(arm: Arm, stop_day: int, bands: Bands) -> ArmCourse:
    def curve(column: int) -> tuple[Band, ...]:
        return tuple((low, mid, high) for low, mid, high in bands.bands[:, column].tolist())

    names = (*CURVES, "withdrawal_worst")
    return ArmCourse(
        name=arm.name,
        doses=tuple(f"{use.drug} {use.dose}" for use in arm.use),
        stop_day=stop_day,
        curves={name: curve(column) for column, name in enumerate(names)},
        peak_day=bands.peak_day,
    )


def _assumed(adaptation: Adaptation, kinetics: dict[str, OralKinetics]) -> tuple[str, ...]:
    found = [f"adaptation: {symbol}" for symbol in adaptation.assumed]
    found += [f"{drug}: {what}" for drug, one in kinetics.items() for what in one.assumed]
    return tuple(found)


def _sources(scenario: Scenario, kinetics: dict[str, OralKinetics]) -> tuple[str, ...]:
    keys = {key for one in kinetics.values() for key in one.sources}
    known = load_catalog().sources
    keys |= {check.basis for check in scenario.shows if check.basis in known}
    return tuple(sorted(keys))
