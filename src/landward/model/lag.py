"""What a diary says about symptoms after dose changes. After is not because."""

from typing import Literal

from landward.model.base import Frozen

Span = tuple[float, float]
"""The two ends of a 95 % interval."""


class LagEstimate(Frozen):
    """One symptom after the usual dose cut of this diary.

    `size` is how far the symptom lies above the course it would have had, in points of its scale,
    on the day that peaks; `lag_days` is the time from the cut to that day. Both come with 95 %
    intervals and are None where the diary is too short to say anything. `claimed` is only true
    when chance, looking at several lags and several symptoms included, is an unlikely explanation.
    """

    symptom: str
    scale: Span
    days: int
    answered: int
    changes: int
    size: float | None = None
    size_interval: Span | None = None
    lag_days: float | None = None
    lag_interval: Span | None = None
    p_value: float | None = None
    claimed: bool = False
    standing: Literal[
        "found",
        "not enough evidence yet",
        "too few days",
        "too few dose changes",
        "same as weekdays",
        "same as a rhythm",
    ]
    """“Same as”: the dose changes keep to weekdays, or to a rhythm of weeks, so closely that what
    follows them cannot be told apart from it. Nothing is estimated then."""


class LagReading(Frozen):
    """Every symptom's estimate, and what was assumed before looking.

    `prior_lag_interval` is the range of lags thought likely beforehand, from `half_life_h` where
    it was given. `false_claims` bounds the chance of one or more claims without any response.
    """

    symptoms: tuple[LagEstimate, ...]
    changes: tuple[int, ...]
    """Positions of the dose changes that were read."""
    slow_slopes: tuple[tuple[int, int, float], ...] = ()
    """Where the dose went down (up: share below zero) in steps too small to count one by one: first
    and last position, and the share of the dose that went."""
    half_life_h: float | None = None
    prior_lag_interval: Span
    false_claims: float

    @property
    def found(self) -> tuple[LagEstimate, ...]:
        """The symptoms about which something may be said."""
        return tuple(one for one in self.symptoms if one.claimed)
