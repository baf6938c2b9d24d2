"""What leaves: cells that passed disclosure control, and the study they answer."""

from typing import Any, Literal

from pydantic import Field

from landward.model.base import Frozen


class ReleasedCell(Frozen):
    """One cell. `n` is rounded; everything is empty where the cell may not leave."""

    group: str
    n: int | None = None
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    bounds: tuple[float, float] | None = None
    of_people: float | None = None
    count: int | None = None
    expected: float | None = None
    claim: bool | None = None

    @property
    def conditions(self) -> tuple[tuple[str, str], ...]:
        """The group as pairs of a column and a value."""
        if self.group == "all":
            return ()
        parts = [part.partition("=") for part in self.group.split("; ")]
        return tuple(sorted((left, right) for left, _, right in parts))


class ReleasedRule(Frozen):
    """The rule a release was made by, so that whoever reads it knows what the numbers can mean."""

    cell_min: int
    rounding: int
    rounding_rule: Literal["nearest"] = "nearest"
    estimates_from: Literal["released"] = "released"
    """Shares are worked out from the rounded counts."""


class ReleasedMeasure(Frozen):
    """One measure of one study, with what it means and what it cannot say."""

    name: str
    estimand: str
    assumptions: str
    cannot_say: str
    settings: dict[str, Any]
    cells: tuple[ReleasedCell, ...]
    suppressed: int


class Release(Frozen):
    """The answer to a study: everything that leaves, and nothing else."""

    study: str
    title: str
    question: str
    engine: str
    data: str
    made_up: bool
    source: str
    licence: str
    people: int | None
    population: str
    registered: str = ""
    """When and where the protocol was written down, if its author said so."""
    intended: str = ""
    """Whom the protocol means; `population` is who was counted."""
    selection_odds: float
    measures: tuple[ReleasedMeasure, ...]
    disclosure: ReleasedRule
    warning: str = Field(
        default="Do not stop a benzodiazepine suddenly: that can be dangerous. These are numbers "
        "about groups; they say nothing about what one person should do."
    )

    def as_json(self) -> dict[str, Any]:
        """The shape of `cohort run --json`."""
        return self.model_dump(mode="json")
