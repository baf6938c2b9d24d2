"""What a reading of a diary found: windows, waves and lasting level shifts.

Readings are indexed by position in the series that was read; `WaveReading.first_day` ties
position 0 to a calendar date once the caller knows it.
"""

from datetime import date, timedelta
from enum import StrEnum

from landward.model.base import Frozen
from landward.model.said import phrase


class State(StrEnum):
    """How one day stands against the person's own moving baseline."""

    WINDOW = "window"
    USUAL = "usual"
    WAVE = "wave"
    UNKNOWN = "unknown"


class DayReading(Frozen):
    """One day: the answer as given, its state, the chance of each spell, the baseline that day."""

    severity: float | None
    state: State
    p_window: float | None
    p_wave: float | None
    baseline: float | None


class Spell(Frozen):
    """A run of window or wave days. `end` is the last day of the run, included.

    `amplitude` is the mean distance from the baseline in points of the scale (waves positive,
    windows negative). The intervals are positions between which the true edge probably lies.
    """

    state: State
    start: int
    end: int
    amplitude: float
    start_interval: tuple[int, int]
    end_interval: tuple[int, int]

    @property
    def days(self) -> int:
        """Length in days, both ends included."""
        return self.end - self.start + 1


class LevelShift(Frozen):
    """A change of level that stayed, or eased over months; `index` is its first value's position.

    The first value of the new level lies within `interval` with about 95 % confidence.
    """

    index: int
    before: float
    after: float
    interval: tuple[int, int]
    stays: bool = True
    """False where the new level eased towards the old one over the months after it."""


class GradualChange(Frozen):
    """A level that moved slowly, with no step: from `before` at `start` to `after` at `end`.

    `change_interval` is the 95 % interval of the difference, in points of the scale.
    """

    start: int
    end: int
    before: float
    after: float
    change_interval: tuple[float, float]


class WaveReading(Frozen):
    """Every day's state, the spells they form, the lasting shifts, and how much was answered."""

    scale: tuple[float, float]
    days: tuple[DayReading, ...]
    spells: tuple[Spell, ...]
    level_shifts: tuple[LevelShift, ...] = ()
    gradual_changes: tuple[GradualChange, ...] = ()
    answered: int
    first_day: date | None = None
    taught_by: int = 0
    """Days of the person's own labels that set what counts as a spell in this reading."""
    method: str = ""
    """Which rule or model produced this reading, for the page that explains it."""

    def date_of(self, position: int) -> date:
        """The calendar date of a position. Raises ValueError while `first_day` is not set."""
        if self.first_day is None:
            raise ValueError(phrase("this reading was not tied to a calendar"))
        return self.first_day + timedelta(days=position)
