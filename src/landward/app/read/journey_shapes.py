"""What one view of the journey is made of: tracks in lanes, bands behind them, a table beside."""

import datetime as dt
from dataclasses import dataclass

Row = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """One line in a lane: a value per slot (a day or a week), None where nothing is known."""

    name: str
    values: Row
    style: str = "line"
    carried: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """One of the three lanes: its tracks on one axis, with the words at its two ends."""

    name: str
    low: float
    high: float
    top_words: str
    bottom_words: str
    tracks: tuple[Track, ...]
    turned: bool = False
    """Whether small values are drawn on top, because small is better."""


@dataclass(frozen=True, slots=True)
class Band:
    """A run of days drawn behind the symptoms: a window or a wave, the person's own or read."""

    state: str
    first: dt.date
    last: dt.date
    own: bool
    helped: str = ""

    @property
    def days(self) -> int:
        """Length in days, both ends included."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Journey:
    """One view of the diary: a period, its slots, three lanes, bands, and a sentence."""

    first: dt.date
    last: dt.date
    slot_days: int
    lanes: tuple[Lane, ...]
    bands: tuple[Band, ...]
    sentence: str
    table: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]

    @property
    def days(self) -> int:
        """Calendar days shown."""
        return (self.last - self.first).days + 1
