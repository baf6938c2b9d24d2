"""A lab scenario: named fictional people, what they take, and the behaviours it must show."""

from typing import Literal, Self

from pydantic import Field, model_validator

from landward.model.base import Frozen
from landward.model.said import phrase

BehaviourKind = Literal[
    "peak-day",
    "lower-peak",
    "worst-at-end",
    "tolerance",
    "stays-below",
    "higher-between",
    "lower-between",
    "interdose",
    "kindling-grows",
    "feelings-later",
    "stimulus-larger",
]


class Use(Frozen):
    """One drug and its course of doses, as people write them."""

    drug: str
    dose: str


class Stimuli(Frozen):
    """The same stimulus on several days, at a time of day, of a size without unit."""

    days: tuple[int, ...]
    at: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    size: float = Field(gt=0, le=10)


class Arm(Frozen):
    """One course of events for the same fictional person."""

    name: str
    use: tuple[Use, ...] = Field(min_length=1, max_length=4)
    stimuli: Stimuli | None = None


class Behaviour(Frozen):
    """Something a scenario must show in the median person, and on whose word.

    `basis` is the key of a source, or says in words that nobody measured it in people
    (`measured` false). A `known_miss` is a measurement the model does not reach, kept in sight.
    """

    kind: BehaviourKind
    behaviour: str
    arms: tuple[str, ...] = Field(min_length=1)
    basis: str
    measured: bool
    known_miss: bool = False
    low: float = 0.0
    high: float = 0.0
    factor: float = 1.0
    from_day: int = 0
    first: tuple[int, int] = (0, 1)
    later: tuple[int, int] = (0, 1)
    between: tuple[int, int] = (0, 1)
    before: tuple[int, int] = (0, 1)
    during: tuple[int, int] = (0, 1)
    stops: tuple[int, ...] = ()


class Scenario(Frozen):
    """One file of `tables/scenarios`."""

    name: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    person: str
    story: str
    days: int = Field(ge=1, le=3660)
    arms: tuple[Arm, ...] = Field(min_length=1, max_length=4)
    shows: tuple[Behaviour, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _arms_exist(self) -> Self:
        names = {arm.name for arm in self.arms}
        for behaviour in self.shows:
            unknown = set(behaviour.arms) - names
            if unknown:
                raise ValueError(
                    phrase(
                        "{name}: no arm is called {unknown}",
                        name=self.name,
                        unknown=", ".join(sorted(unknown)),
                    )
                )
        return self
