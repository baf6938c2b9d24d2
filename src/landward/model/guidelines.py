"""A guideline as data: who published it, and its rules with their place in the text."""

from decimal import Decimal
from typing import Literal

from landward.model.base import Frozen
from landward.model.facts import Fact, Status

RuleKind = Literal[
    "cut_percent",
    "cut_mg",
    "max_cut_percent",
    "max_daily_mg",
    "mg_band",
    "pace_days",
    "review_days",
    "review",
    "switch_days",
    "specialist_above_mg",
    "supply_max_days",
    "onset_days",
    "hold",
    "statement",
]


class GuidelineRule(Fact):
    """One rule of a guideline.

    Numbers: `value`, or `low` to `high`, in `unit` (%, mg or d). A percentage counts over
    `window_days` and is `of` the dose named; an `mg_band` holds between two daily doses (mg),
    with its own pace in days. `applies_to` says to whom or what; `plain` says the rule in words
    of our own.
    """

    guideline: str
    kind: RuleKind
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    window_days: int | None = None
    of: Literal["", "not_stated", "current", "original", "dose_at_window_start"] = ""
    band_from_mg: Decimal | None = None
    band_to_mg: Decimal | None = None
    pace_low_days: int | None = None
    pace_high_days: int | None = None
    applies_to: str
    country: str = ""
    plain: str


class Guideline(Frozen):
    """A guideline's header and its rules in the order of the file."""

    key: str
    title: str
    country: str = ""
    source: tuple[str, ...]
    licence: str
    status: Status
    note: str = ""
    rules: tuple[GuidelineRule, ...]
