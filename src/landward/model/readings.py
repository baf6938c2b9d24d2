"""A reading tied to its calendar: what an engine found, and which answers it was found in."""

from datetime import date, timedelta

from landward.model.base import Frozen
from landward.model.bodies import DidAnyway, Glimmer
from landward.model.feelings import FeelingsReading
from landward.model.lag import LagReading
from landward.model.said import phrase
from landward.model.symptom_course import HelpedReading, SymptomCourse
from landward.model.waves import WaveReading


class DiaryWaves(Frozen):
    """Windows, waves and lasting changes of one series."""

    reading: WaveReading
    items: tuple[str, ...]
    """One item, or several whose mean was read."""
    turned: bool
    """Whether answers were turned over so that higher is worse."""
    too_early: int
    """How many of the newest days carry no label yet."""
    drugs: tuple[str, ...] = ()
    """The drugs whose dose changes were told apart from waves, each by its own dose."""

    @property
    def better_up(self) -> bool:
        """Whether it is one series of which more is better, told in its own direction."""
        return self.turned and len(self.items) == 1

    @property
    def last_day(self) -> date:
        """The last calendar day of the reading."""
        return self.reading.date_of(len(self.reading.days) - 1)

    @property
    def what(self) -> str:
        """The series in words."""
        if len(self.items) == 1:
            return self.items[0].replace("_", " ")
        return phrase("mean of {count} items", count=len(self.items))


class DiaryLag(Frozen):
    """Symptoms after the dose changes of one drug."""

    reading: LagReading
    drug: str | None
    better_up: frozenset[str]
    """Items of which more is better. They are read turned over: above zero is less of them."""
    first_day: date
    days: int


class DiaryCourse(Frozen):
    """Courses of symptoms, the one with most answers first."""

    symptoms: tuple[SymptomCourse, ...]
    better_up: frozenset[str]
    """Items of which more is better. Their courses are read turned over: harder is less of it."""
    first_day: date
    days: int
    answered: int
    """Days on which at least one of the symptoms was answered."""

    def date_of(self, position: int | None) -> date | None:
        """The calendar day at a position of a course."""
        return None if position is None else self.first_day + timedelta(days=position)


class OwnWords(Frozen):
    """What the person wrote down as having helped, beside their own name for those days."""

    label: str
    first_day: date
    last_day: date
    text: str


class DiaryHelped(Frozen):
    """The day after a tag or an event, next to the day after like days without it."""

    reading: HelpedReading
    items: tuple[str, ...]
    """One item, or several whose mean was read."""
    scale: tuple[float, float]
    better_up: bool
    """Whether higher is better for the one item that was read. Readings stay harder-is-higher."""
    first_day: date
    days: int
    own_words: tuple[OwnWords, ...]


class AskedIn(Frozen):
    """In which words one question was asked: version and language (“1.en”), "" where not kept."""

    item: str
    wording: str
    first_day: date
    last_day: date
    days: int


class DiaryFeelings(Frozen):
    """How much feeling reached the person, day by day and week by week."""

    reading: FeelingsReading
    first_day: date
    asked_in: tuple[AskedIn, ...] = ()
    """In which words what is read was asked."""
    own_word: tuple[tuple[str, int], ...] = ()
    """Days that the person called calm, numb or low, by word."""
    symptoms: bool = False
    """Whether anything but feelings is in the diary."""
    glimmers: tuple[tuple[date, Glimmer], ...] = ()
    anyway: tuple[tuple[date, DidAnyway], ...] = ()
    """Both newest first."""
