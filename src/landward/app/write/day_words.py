"""What was said about a day, before it is entries."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from landward.model.base import Frozen
from landward.model.questions import scale_of

DoseAnswer = Literal["", "as_planned", "not_taken"]


class DoseSaid(Frozen):
    """What was said about one drug's doses of a day."""

    answer: Literal["as_planned", "different", "not_taken"]
    dose_mg: Decimal | None = None
    """The whole day's amount, where it was different."""


class DayWords(Frozen):
    """What was said about a day. What was asked and left open is in `asked` alone."""

    asked: tuple[str, ...] = ()
    answers: Mapping[str, float] = {}
    scales: Mapping[str, str] = {}
    """Scales as given, for answers that came from elsewhere; all others are the diary's own."""
    choices: Mapping[str, str] = {}
    """Answers that are words, by the id of their question."""
    words: Mapping[str, str] = {}
    """What the person calls an item whose id does not say it, by item."""
    wordings: Mapping[str, str] = {}
    """In which words something was asked, as `questions.wordings` says it; absent: not known."""
    no_occasion: tuple[str, ...] = ()
    too_much: tuple[str, ...] = ()
    mode: Literal["answered", "unwell", "resting"] = "answered"
    carried: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    sleep_hours: float | None = None
    event: str = ""
    event_valence: int | None = None
    dose: DoseAnswer = ""
    """One answer for every planned drug of the day."""
    doses: Mapping[str, DoseSaid] = {}
    """Answers drug by drug, where they differ."""

    def scale_of(self, item: str) -> str:
        """The scale an answer is on."""
        return self.scales.get(item) or str(scale_of(item))

    @property
    def has_check_in(self) -> bool:
        """Whether a check-in is part of it."""
        return bool(
            self.answers
            or self.choices
            or self.no_occasion
            or self.too_much
            or self.tags
            or self.mode != "answered"
        )

    @property
    def says_something(self) -> bool:
        """Whether anything at all was answered, chosen or written."""
        return bool(
            self.has_check_in or self.note or self.event or self.dose or self.doses
            or self.sleep_hours is not None
        )  # fmt: skip
