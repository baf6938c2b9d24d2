"""The tide calendar: every day a small cell, easy light and hard dark, the dose beside it.

Plain values only: which days, how hard, in which spell, which dose. How they are laid out follows
from how many there are: days to tap, a row a week, a row a month.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from landward.model.said import phrase
from landward.report.figure.roles import SHADES

MOST_DAY_CELLS = 42
"""Up to so many days are drawn large enough for a finger."""
MOST_WEEK_DAYS = 731
"""Up to two years have a row a week; more a row a month."""
FEWEST_DOSE_DAYS = 14
"""The dose is drawn beside two weeks and more: beside one row it would be a stub of a line."""

Kind = Literal["answered", "none", "unwell", "outside"]
Layout = Literal["days", "weeks", "months"]


@dataclass(frozen=True, slots=True)
class TideDay:
    """One day: how hard as a shade (None without an answer), its spell, its words."""

    day: dt.date
    kind: Kind
    shade: int | None = None
    state: str = ""
    """“window”, “wave” or “” as the reading or the person has it."""
    own: bool = False
    """Whether the state is the person's own word for the day."""
    words: str = ""
    """The answer as given, for cells large enough."""


@dataclass(frozen=True, slots=True)
class TideDose:
    """One drug along the days: milligrams, None where nothing is known."""

    drug: str
    mg: tuple[float | None, ...]
    most_words: str
    now_words: str


@dataclass(frozen=True, slots=True)
class Tide:
    """The calendar: its days without a gap, at most two drugs, and what it says in words."""

    days: tuple[TideDay, ...]
    doses: tuple[TideDose, ...] = ()
    description: str = ""
    right_to_left: bool = False

    def __post_init__(self) -> None:
        """Refuse days that do not follow each other and doses that do not cover them."""
        if not self.days:
            raise ValueError(phrase("a calendar has at least one day"))
        first = self.days[0].day
        for place, one in enumerate(self.days):
            if (one.day - first).days != place:
                raise ValueError(
                    phrase("the days of a calendar follow each other; {day} does not", day=one.day)
                )
            if one.shade is not None and not 0 <= one.shade < SHADES:
                raise ValueError(
                    phrase(
                        "a shade lies between 0 and {shades}, not {shade}",
                        shades=SHADES - 1,
                        shade=one.shade,
                    )
                )
        if any(len(dose.mg) != len(self.days) for dose in self.doses):
            raise ValueError(phrase("a dose covers the days of its calendar"))

    @property
    def layout(self) -> Layout:
        """Days to tap, a row a week, or a row a month."""
        if len(self.days) <= MOST_DAY_CELLS:
            return "days"
        return "weeks" if len(self.days) <= MOST_WEEK_DAYS else "months"

    @property
    def drawn_doses(self) -> tuple[TideDose, ...]:
        """The doses that have a column beside the days; of a few days the words alone tell them."""
        return self.doses if len(self.days) >= FEWEST_DOSE_DAYS else ()

    @property
    def first(self) -> dt.date:
        """The first day drawn."""
        return self.days[0].day

    @property
    def last(self) -> dt.date:
        """The last day drawn, today at the thumb."""
        return self.days[-1].day


def shade_of(value: float, low: float, high: float, *, better_up: bool = False) -> int:
    """The shade of an answer: 0 for the easy end of its scale, the last one for the hard end."""
    share = (value - low) / (high - low)
    hard = 1 - share if better_up else share
    return max(0, min(SHADES - 1, int(hard * (SHADES - 1) + 0.5)))
