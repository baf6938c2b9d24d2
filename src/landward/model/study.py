"""A study, registered before its data are seen: the question, the measures, the people, the rule.

The protocol's fields follow HARPER (the harmonised protocol template for studies of this kind):
what is asked, in whom, with which comparison, over which time, and what would change the answer.
"""

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from landward.model.base import Frozen
from landward.model.cohort import GROUPINGS, SCHEMA
from landward.model.said import phrase

MeasureName = Literal[
    "prevalence", "duration", "course", "cuts", "pace", "pooled", "numbness", "drugs"
]


class Protocol(Frozen):
    """What was decided before anyone looked."""

    question: str = Field(min_length=10)
    rationale: str = ""
    population: str = ""
    exposure: str = ""
    comparator: str = ""
    outcome: str = ""
    follow_up: str = ""
    confounding: str = ""
    sensitivity: str = ""
    registered_on: str = ""
    registered_at: str = ""


class DisclosureRule(Frozen):
    """What may leave. A study may be stricter than these, never laxer."""

    cell_min: int = Field(default=10, ge=10)
    rounding: int = Field(default=5, ge=5)


class Filter(Frozen):
    """Only people whose `column` is one of `values`."""

    column: str
    values: tuple[str, ...] = Field(min_length=1)

    @field_validator("column")
    @classmethod
    def _known(cls, column: str) -> str:
        if column not in GROUPINGS:
            raise ValueError(
                phrase(
                    "people cannot be chosen by “{column}”: {groupings}",
                    column=column,
                    groupings=", ".join(GROUPINGS),
                )
            )
        return column


class MeasureSpec(Frozen):
    """One measure asked for, with its settings. Days count from each person's day 0."""

    measure: MeasureName
    items: tuple[str, ...] = ()
    by: tuple[str, ...] = Field(default=(), max_length=2)
    first_day: int = -100_000
    last_day: int = 100_000
    days_present: int = Field(default=1, ge=1)
    clock: Literal["onset", "last_dose"] = "onset"
    quiet_days: int = Field(default=28, ge=1)
    horizons_days: tuple[int, ...] = (28, 91, 182, 365)
    washout_weeks: int = Field(default=2, ge=0, le=12)
    weeks_after: int = Field(default=3, ge=0, le=8)
    risk_weeks: int = Field(default=2, ge=1, le=8)
    fast_percent: Annotated[float, Field(gt=0, lt=100)] | None = None
    limit_source: str = ""
    shares_source: str = ""

    @field_validator("by")
    @classmethod
    def _groupings(cls, by: tuple[str, ...]) -> tuple[str, ...]:
        for column in by:
            if column not in GROUPINGS:
                raise ValueError(
                    phrase(
                        "people cannot be grouped by “{column}”: {groupings}",
                        column=column,
                        groupings=", ".join(GROUPINGS),
                    )
                )
        if len(set(by)) < len(by):
            raise ValueError(phrase("a grouping is named twice"))
        return by

    @field_validator("horizons_days")
    @classmethod
    def _in_order(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if not days or list(days) != sorted(set(days)) or days[0] < 1:
            raise ValueError(
                phrase("horizons_days must be whole days above 0, each later than the last")
            )
        return days

    @model_validator(mode="after")
    def _whole(self) -> "MeasureSpec":
        if self.measure in ("prevalence", "duration", "cuts", "numbness", "drugs"):
            if not self.items:
                raise ValueError(
                    phrase(
                        "“{measure}” needs the items it is about (items = [...])",
                        measure=self.measure,
                    )
                )
        elif self.items:
            raise ValueError(
                phrase(
                    "“{measure}” reads the day's 0–10 answer and takes no items",
                    measure=self.measure,
                )
            )
        if self.measure == "pace" and (self.fast_percent is None or not self.limit_source):
            raise ValueError(
                phrase(
                    "“pace” needs fast_percent (the cut in four weeks above which a pace "
                    "counts as fast) and limit_source (where that number comes from)"
                )
            )
        if self.measure == "drugs" and (not self.shares_source or self.by):
            raise ValueError(
                phrase("“drugs” needs shares_source (and groups by drug itself: no `by`)")
            )
        if self.first_day > self.last_day:
            raise ValueError(phrase("first_day is after last_day"))
        return self


class Study(Frozen):
    """`study.toml`, checked."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{1,60}$")
    title: str
    schema_version: str = Field(default=SCHEMA, alias="schema")
    protocol: Protocol
    measures: tuple[MeasureSpec, ...] = Field(min_length=1, max_length=40)
    population: tuple[Filter, ...] = ()
    disclosure: DisclosureRule = DisclosureRule()
    selection_odds: float = Field(default=2.0, ge=1.0, le=100.0)
    consent_text: str = ""
    consent_version: str = ""
    elements: tuple[str, ...] = ()

    model_config = Frozen.model_config | {"populate_by_name": True}
