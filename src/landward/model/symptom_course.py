"""One symptom from its beginning on, and what went before easier days. After is not because."""

from typing import Literal

from landward.model.base import Frozen

Span = tuple[float, float]
"""The two ends of a 95 % interval."""


class SymptomCourse(Frozen):
    """Positions in the series; None where the diary does not show it (yet).

    `onset`: first of the days from which the symptom was there most of a week; `from_start` says
    that it was there in the first week that can be read, so that it may have begun earlier.
    `peak`: middle of the hardest week. `easing`: first day after the peak from which the level
    stayed below half of it until the end. `severe_days`: days in the top quarter of the scale (3
    and 4 of 0–4). `trend_per_month`: points per 30 days with its interval, above zero is harder.
    """

    symptom: str
    scale: Span
    days: int
    answered: int
    severe_days: int
    onset: int | None = None
    from_start: bool = False
    peak: int | None = None
    easing: int | None = None
    trend_per_month: float | None = None
    trend_interval: Span | None = None
    trend_p_value: float | None = None
    trend: Literal["easier", "harder", "no clear trend", "too few days"] = "too few days"


class BeforeAfter(Frozen):
    """Days around a tag or event, and how the day after differs from the day after like days.

    `before` and `after` are plain means of severity. `difference` compares with days that were as
    hard and had no such tag: people reach for help on hard days, and hard days ease by themselves.
    Below zero is easier.
    `stands_out` allows for the number of tags looked at (false discoveries held to a small share).
    `travels_with` says which days the tag keeps to: what follows them is not told apart from what
    would follow such days anyway, unless it goes clearly beyond.
    """

    tag: str
    times: int
    before: float | None = None
    after: float | None = None
    difference: float | None = None
    interval: Span | None = None
    p_value: float | None = None
    stands_out: bool = False
    standing: Literal["compared", "too few times", "always the same"] = "too few times"
    travels_with: Literal["hard days", "easy days", "easing days", "weekdays"] | None = None


class HelpedReading(Frozen):
    """Every tag that was looked at."""

    tags: tuple[BeforeAfter, ...]
    false_discoveries: float
    answered: int
