"""What the pharmacology lab found: levels of a drug over time, and how fictional people fared."""

from landward.model.base import Frozen

Band = tuple[float, float, float]
"""The 10th, 50th and 90th percentile over people."""


class SubstanceLevel(Frozen):
    """One substance in plasma: hours since the first dose, ng/ml."""

    name: str
    times_h: tuple[float, ...]
    concentration_ng_ml: tuple[float, ...]


class LevelReading(Frozen):
    """Levels for the typical adult, and times to leave over many fictional adults.

    `half_life_h` (low, typical, high) is what sources print about adults. The `gone` times (10th,
    50th, 90th percentile) run from the last dose until drug and metabolite together stay below
    10 % and 1 % of their last peak. `assumed` names parameters without a source.
    """

    drug: str
    dose: str
    substances: tuple[SubstanceLevel, ...]
    half_life_h: Band
    gone_10pct_h: Band
    gone_1pct_h: Band
    people: int
    sources: tuple[str, ...]
    assumed: tuple[str, ...]


class BehaviourCheck(Frozen):
    """One behaviour a scenario must show, whether it did, and whether people were ever measured.

    A `known_miss` is a measurement the model is known not to reach.
    """

    behaviour: str
    shown: bool
    found: str
    basis: str
    measured: bool
    known_miss: bool = False


class ArmCourse(Frozen):
    """One arm of a scenario: each curve a band a day, days counted from 0.

    `stop_day` is the first day without any drug. `peak_day` is how many days after it withdrawal
    was worst, as a band over people.
    """

    name: str
    doses: tuple[str, ...]
    stop_day: int
    curves: dict[str, tuple[Band, ...]]
    peak_day: Band


class Course(Frozen):
    """A scenario run over a population of fictional people. Never a forecast of anyone."""

    scenario: str
    title: str
    person: str
    story: str
    people: int
    seed: int
    variant: str
    occupancy: str
    days: tuple[int, ...]
    arms: tuple[ArmCourse, ...]
    checks: tuple[BehaviourCheck, ...]
    assumed: tuple[str, ...]
    unmeasured: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def first(self) -> ArmCourse:
        """The arm the scenario is named for."""
        return self.arms[0]
