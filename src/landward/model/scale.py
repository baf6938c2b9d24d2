"""Answer scales: their range and which end is better. Values stay as given."""

import re
from typing import Literal, Self

from pydantic import model_validator

from landward.model.base import BadInput, Frozen
from landward.model.said import phrase

_TEXT = re.compile(r"(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?) better (up|down)")


class Scale(Frozen):
    """A closed range of answers and the end that means "better"."""

    low: float
    high: float
    better: Literal["up", "down"] = "down"

    @model_validator(mode="after")
    def _low_below_high(self) -> Self:
        if not self.low < self.high:
            raise ValueError(
                phrase(
                    "a scale runs from low to high, not from {low} to {high}",
                    low=self.low,
                    high=self.high,
                )
            )
        return self

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the stored form, e.g. ``0..10 better down``. Raises BadInput if it is not one."""
        found = _TEXT.fullmatch(text)
        if found is None:
            raise BadInput(
                phrase("“{text}” is not a scale; write it like “0..10 better down”", text=text)
            )
        low, high, better = found.groups()
        return cls.model_validate({"low": low, "high": high, "better": better})

    def __str__(self) -> str:
        return f"{self.span} better {self.better}"

    @property
    def span(self) -> str:
        """Both ends, as they are stored: “0..10”."""
        return f"{self.low:g}..{self.high:g}"

    def holds(self, value: float) -> bool:
        """Whether an answer lies on the scale, both ends included."""
        return self.low <= value <= self.high

    @property
    def width(self) -> float:
        """The distance between the two ends, in the scale's own points."""
        return self.high - self.low


DAY = Scale(low=0, high=10)
"""How hard was today: 0 no trouble, 10 worst."""

SYMPTOM = Scale(low=0, high=4)
"""A symptom in words: none, mild, moderate, severe, extreme."""

FEELING = Scale(low=0, high=4, better="up")
"""A feeling that reached me: 0 none to 4 fully."""
