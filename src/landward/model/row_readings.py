"""How sure the tables are: what was read of a row, and what a sample of rows found."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from landward.model.base import Frozen
from landward.model.facts import Fact
from landward.model.said import Words


class Reading(Fact):
    """One reading of a row against an opened source: the words seen, where, when, by whom.

    `row` is the id of the row read. `words` quotes no more than is needed to check the fact.
    """

    row: str
    reader: Literal["first", "second", "third", "fourth"]
    read_on: date
    words: str = Field(min_length=2, max_length=240)
    agrees: Literal["yes", "no"]


class Sample(Fact):
    """A sample of rows drawn with a seed and read by someone who wrote none of them.

    `checkable` of `rows` could be checked; of those `wrong` were wrong or stronger than their
    source, and `dangerous` of the wrong ones could have harmed someone (None: not judged).
    """

    taken_on: date
    seed: int | None = None
    rows: int = Field(gt=0)
    checkable: int = Field(ge=0)
    wrong: int = Field(ge=0)
    dangerous: int | None = None


class ErrorRate(Frozen):
    """The share (%) of checkable rows found wrong, with the Wilson interval (95 %)."""

    sample: str
    taken_on: date
    checkable: int
    wrong: int
    percent: Decimal
    low_percent: Decimal
    high_percent: Decimal


class Sureness(Frozen):
    """How sure the tables are: usable rows by status, the last reading, the last sample."""

    rows: int
    double_checked: int
    draft: int
    withdrawn: int
    readings: int
    last_reading: date | None
    error_rate: ErrorRate | None
    plain: Words
