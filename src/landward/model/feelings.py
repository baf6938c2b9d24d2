"""Emotional range over time: what reached a person, how far it moved, and what is not known yet."""

from typing import Literal

from landward.model.base import Frozen

Span = tuple[float, float]
"""The two ends of a 95 % interval."""


class FeelingPoint(Frozen):
    """One asked day of one item. `value` is None where there was no number.

    `occasion` is False where the person said nothing happened that could have been felt;
    `too_much` where it was too much to rate.
    """

    position: int
    value: float | None
    occasion: bool = True
    too_much: bool = False


class FeelingSeries(Frozen):
    """One item as answered, on its own scale, never rescaled or turned."""

    item: str
    scale: Span
    points: tuple[FeelingPoint, ...]


class Share(Frozen):
    """A share of `n` days with its 95 % interval; None where no day could be counted."""

    share: float | None
    interval: Span | None
    n: int


class FeelingRange(Frozen):
    """How far one item moves, against the most it could move given its mean (Mestdagh 2018).

    0 is always the same answer, 1 as much movement as the scale allows. None where fewer than the
    least number of days were answered or every answer lies at one end.
    """

    item: str
    relative_sd: float | None
    mean: float | None
    n: int
    interval: Span | None = None
    """Of `relative_sd`; None where too few weeks tell."""


class Reactivity(Frozen):
    """Points of an item per step of an event's pleasantness (−2 … +2), drawn towards zero."""

    item: str
    slope: float
    interval: Span
    n: int


class FeelingStretch(Frozen):
    """A part of the time, by position, both ends inside: before, while doses came down, after."""

    name: Literal["before", "coming_down", "after"]
    first: int
    last: int


class PhaseFeelings(Frozen):
    """What the feelings of one stretch say. Stretches stand side by side; none explains another."""

    stretch: FeelingStretch
    range: tuple[FeelingRange, ...]
    reactivity: tuple[Reactivity, ...]
    events: int


class FeelingsReading(Frozen):
    """Everything the feelings of a diary say. Nothing here is added up to a score."""

    items: tuple[FeelingSeries, ...]
    days: int
    answered: int
    both_low: Share
    """Days on which pleasant and painful feelings both lay in the lowest quarter of their scale."""
    too_much: Share
    range: tuple[FeelingRange, ...]
    reactivity: tuple[Reactivity, ...] = ()
    events: int = 0
    phases: tuple[PhaseFeelings, ...] = ()
    lag_behind_symptoms_days: Span | None = None
    """Days by which feelings follow symptoms, None while the diary cannot tell."""
