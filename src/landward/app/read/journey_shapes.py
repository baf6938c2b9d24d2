"""What one view of the journey is made of: lanes, bands behind them, the calendar, a table."""

import datetime as dt
from dataclasses import dataclass

from landward.model.said import phrase
from landward.report.figure.lane import Lane
from landward.report.figure.tide import Tide

STATES = {"window": phrase("window"), "wave": phrase("wave")}
MY_STATES = {"window": phrase("my window"), "wave": phrase("my wave")}


@dataclass(frozen=True, slots=True)
class Band:
    """A run of days drawn behind the answers: a window or a wave, the person's own or read."""

    state: str
    first: dt.date
    last: dt.date
    own: bool
    helped: str = ""

    @property
    def words(self) -> str:
        """“wave”, or “my wave” where it is the person's own."""
        return (MY_STATES if self.own else STATES)[self.state]

    @property
    def days(self) -> int:
        """Length in days, both ends included."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Journey:
    """One view of the diary: a period, its slots, lanes, bands, the calendar, and a sentence."""

    first: dt.date
    last: dt.date
    slot_days: int
    lanes: tuple[Lane, ...]
    bands: tuple[Band, ...]
    sentence: str
    table: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    tide: Tide
    items: tuple[tuple[str, str], ...] = ()
    """Every item that could have a lane: (key, words)."""

    @property
    def days(self) -> int:
        """Calendar days shown."""
        return (self.last - self.first).days + 1
