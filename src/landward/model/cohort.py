"""Many diaries pooled: the tables, their columns, and what a study of them gives back.

Four tables of whole numbers and short codes, one Parquet file each, beside `cohort.json`:

* `people`: one row a person
* `days`: one row a person and day
* `dose_changes`: one row a change of dose
* `answers`: one row a person, day and item, with three states: absent, present, not asked

A day is a whole number: days since that person's first cut, or since the first day of their diary
where they made no cut. Nothing in a row says when in a calendar it was.
"""

from typing import Literal

from pydantic import Field, model_validator

from landward.model.base import Frozen
from landward.model.said import phrase

SCHEMA: Literal["landward-cohort/1"] = "landward-cohort/1"
"""The version of the tables below. A reader refuses any other."""

ABSENT, PRESENT, NOT_ASKED = 0, 1, 2
"""The three states of an answer. Not asked is never absent."""

Kind = Literal["int64", "int32", "int16", "int8", "text"]


class Column(Frozen):
    """One column: its name, what it holds, and whether it may be empty."""

    name: str
    kind: Kind
    empty: bool = False


class TableShape(Frozen):
    """One table: its columns, and the columns that together name a row and put rows in order."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


def _columns(**kinds: str) -> tuple[Column, ...]:
    return tuple(
        Column(name=name, kind=kind.rstrip("?"), empty=kind.endswith("?"))
        for name, kind in kinds.items()
    )


GROUPINGS = ("drug", "sex", "age_band", "country", "channel", "indication")
"""What people may be grouped or filtered by. Text codes; empty means not known."""

PEOPLE = TableShape(
    name="people",
    columns=_columns(
        person="int64",
        zero="text",  # what day 0 is: first_cut | first_day
        first_day="int32",
        last_day="int32",
        last_dose_day="int32?",
        ended="text",  # why the days end: data_cut (still writing) | left
        start_dose_ug="int64?",
        drug="text?",
        sex="text?",
        age_band="text?",
        country="text?",
        channel="text?",
        indication="text?",
        consent="text",
    ),
    key=("person",),
)
DAYS = TableShape(
    name="days",
    columns=_columns(person="int64", day="int32", severity="int16?", dose_ug="int64?"),
    key=("person", "day"),
)
DOSE_CHANGES = TableShape(
    name="dose_changes",
    columns=_columns(person="int64", day="int32", nth="int16", from_ug="int64", to_ug="int64"),
    key=("person", "day", "nth"),
)
ANSWERS = TableShape(
    name="answers",
    columns=_columns(person="int64", day="int32", item="int16", state="int8", value="int16?"),
    key=("person", "day", "item"),
)
TABLES = (PEOPLE, DAYS, DOSE_CHANGES, ANSWERS)


class CohortItem(Frozen):
    """One thing people were asked: its number in `answers`, its id, and its scale."""

    item: int = Field(ge=0)
    id: str = Field(min_length=1)
    low: int
    high: int


class CohortFile(Frozen):
    """`cohort.json`: what the tables beside it hold."""

    schema_version: Literal["landward-cohort/1"] = Field(default=SCHEMA, alias="schema")
    study: str
    made_up: bool
    source: str
    licence: str = ""
    severity_low: int = 0
    severity_high: int = 10
    items: tuple[CohortItem, ...]
    withdrawn: tuple[int, ...] = ()

    model_config = Frozen.model_config | {"populate_by_name": True}

    @model_validator(mode="after")
    def _items_differ(self) -> "CohortFile":
        if len({item.item for item in self.items}) < len(self.items):
            raise ValueError(phrase("two items share a number"))
        if len({item.id for item in self.items}) < len(self.items):
            raise ValueError(phrase("two items share an id"))
        return self

    def number_of(self, item_id: str) -> int | None:
        """The number of an item in `answers`, or None where these people were never asked it."""
        return next((item.item for item in self.items if item.id == item_id), None)
