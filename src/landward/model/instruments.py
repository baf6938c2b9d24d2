"""A questionnaire that may be shipped: its items, answers, scoring and notice."""

from typing import Literal

from pydantic import Field

from landward.model.base import Frozen
from landward.model.facts import Status
from landward.model.scale import Scale


class Item(Frozen):
    """One question. `answers` are its own worded answers, else the instrument's."""

    id: str
    text: str
    answers: tuple[str, ...] = ()


class Band(Frozen):
    """A range of totals (both ends included) and its published word."""

    low: int = Field(alias="from")
    high: int = Field(alias="to")
    words: str


class Instrument(Frozen):
    """A questionnaire. `answers` stand for low, low + 1, … high; `notice` is shown with it.

    `scoring` none means that items are shown for themselves and never added up. `safety_item`
    names the item that leads to the crisis page when its answer is above `low`.
    """

    key: str
    title: str
    source: tuple[str, ...]
    locator: str
    licence: str
    status: Status
    note: str = ""
    notice: str
    lead: str
    recall_days: int
    scoring: Literal["sum", "none"]
    low: int
    high: int
    better: Literal["up", "down"]
    answers: tuple[str, ...]
    no_occasion: str = ""
    safety_item: str = ""
    items: tuple[Item, ...]
    extras: tuple[Item, ...] = ()
    bands: tuple[Band, ...] = ()

    @property
    def scale(self) -> Scale:
        """The scale of every item, as it is stored with an answer."""
        return Scale(low=self.low, high=self.high, better=self.better)

    @property
    def highest_total(self) -> int | None:
        """The highest sum, or None where there is no total."""
        return self.high * len(self.items) if self.scoring == "sum" else None

    def band(self, total: int) -> Band | None:
        """The published band of a total, or None."""
        return next((band for band in self.bands if band.low <= total <= band.high), None)
