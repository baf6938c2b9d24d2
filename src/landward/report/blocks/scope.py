"""What every block is built from: the diary, the period, the main series, the names of things."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from landward.model.diary import Diary
from landward.model.drugs import Equivalence
from landward.model.knowledge import NumbnessQuestion
from landward.model.medicines import Medicine, MedicineRecord, medicine_record
from landward.model.scale import Scale
from landward.model.series import DaySeries, Missing
from landward.model.waves import WaveReading
from landward.report.words import item_words


@dataclass(frozen=True, slots=True)
class Scope:
    """The diary seen through one report.

    `main` is the series of the chart, on its own scale, over the whole diary: the daily 0 to 10, or
    what an imported diary has in its place. Days outside it count as days without an entry.
    """

    diary: Diary
    first_day: date
    last_day: date
    main: DaySeries
    names: dict[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    reading: WaveReading | None = None
    """Windows and waves of the main series, where they were read."""
    request: str | None = None
    """What the person asks for; None takes what the diary holds."""
    share_suicidal_thoughts: bool = False
    watched: tuple[str, ...] = ()
    """The symptoms the person chose to watch, in their order."""
    own_words: bool = True
    """Whether what the person wrote freely about themselves may be on the page."""
    spells_shown: bool = False
    """Whether windows and waves, a reading of this program, are drawn: only if the person asks."""
    hidden: frozenset[str] = frozenset()
    """The blocks that may not be shown, by name: nothing else on the page tells what they tell."""
    feelings_away: frozenset[str] = frozenset()
    """Single feelings that are not shown, by choice."""
    numbness_questions: tuple[tuple[NumbnessQuestion, str], ...] = ()
    """What a clinician would ask to tell apart what can numb, each with its sources in words."""
    equivalents: tuple[tuple[Equivalence, str], ...] = ()
    """What the tables say of dose equivalents of these drugs, each with its source in words."""
    medicines: MedicineRecord = field(init=False, repr=False, compare=False)
    """What was prescribed, planned and taken: the one source of every dose on the page."""

    def __post_init__(self) -> None:
        """Read the medicine record once, for all blocks."""
        object.__setattr__(self, "medicines", medicine_record(self.diary.lines))

    def medicine(self, drug: str) -> Medicine:
        """One drug's record."""
        return self.medicines.of(drug)

    @property
    def doses_shown(self) -> bool:
        """Whether doses may stand in the pictures and behind: not where they were left out."""
        return "doses" not in self.hidden

    @property
    def days(self) -> int:
        """Calendar days of the period, both ends included."""
        return (self.last_day - self.first_day).days + 1

    def name(self, item: str) -> str:
        """What an item is called on the page."""
        return item_words(item, self.names)

    def holds(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return self.first_day <= day <= self.last_day

    def last(self, days: int) -> tuple[date, date]:
        """The last `days` days of the period (fewer where it is shorter), both ends included."""
        return max(self.first_day, self.last_day - timedelta(days=days - 1)), self.last_day

    def main_on(self, day: date) -> float | None:
        """The main series' number of a day, None where there is none."""
        place = (day - self.main.first_day).days
        if not 0 <= place < self.main.days or np.isnan(self.main.values[place]):
            return None
        return float(self.main.values[place])

    def main_answers(self, first: date, last: date) -> list[tuple[date, float]]:
        """Days and numbers of the main series between two days, in date order."""
        found = ((day, self.main_on(day)) for day in days_between(first, last))
        return [(day, value) for day, value in found if value is not None]

    def main_carried(self, day: date) -> bool:
        """Whether a day's number was "same as yesterday"."""
        place = (day - self.main.first_day).days
        return 0 <= place < self.main.days and bool(self.main.carried[place])

    def main_missing(self, day: date) -> Missing:
        """Why a day has no number in the main series."""
        place = (day - self.main.first_day).days
        if not 0 <= place < self.main.days:
            return Missing.NO_ENTRY
        return Missing(int(self.main.missing[place]))

    def answers(self, item: str, first: date, last: date) -> list[tuple[date, float]]:
        """Days and numbers of one item between two days, in date order."""
        return [
            (day, answers.answers[item])
            for day, answers in self.diary.days.items()
            if first <= day <= last and item in answers.answers
        ]

    def scales(self, item: str, first: date, last: date) -> set[Scale]:
        """Every scale an item was answered on between two days."""
        texts = {
            answers.scales[item]
            for day, answers in self.diary.days.items()
            if first <= day <= last and item in answers.answers
        }
        return {Scale.parse(text) for text in texts}


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


SAME_SHARE = 0.05
"""Two middles nearer than this share of the scale are called the same: half a point of 0 to 10."""


def about_the_same(one: float, other: float, scale: Scale) -> bool:
    """Whether two middle answers are too near to each other to be worth a word."""
    return abs(one - other) < SAME_SHARE * scale.width - 1e-9


def severity_share(value: float, scale: Scale) -> float:
    """How far an answer lies towards the worse end of its scale, 0 to 1."""
    share = (value - scale.low) / scale.width
    return share if scale.better == "down" else 1 - share
