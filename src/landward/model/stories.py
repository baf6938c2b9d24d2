"""What a story says, as found by the reader: symptoms, of whom, when, and the medicines named."""

from typing import Literal

from landward.model.base import Frozen
from landward.model.said import phrase

Kind = Literal["effect", "withdrawal", "unsure"]
Phase = Literal["before", "on", "cutting", "stopped", "unknown"]
Whose = Literal["self", "other"]

PHASE_WORDS: dict[Phase, str] = {
    "before": phrase("about the time before the medicine"),
    "on": phrase("about the time on the medicine"),
    "cutting": phrase("written about the time of cutting down"),
    "stopped": phrase("about the time after the last dose"),
    "unknown": phrase("when is not clear"),
}
"""How a phase is shown to people: where the words place it, never what brought it about."""


class Finding(Frozen):
    """Words of a story that name a symptom. Characters `start` up to `end` of the story.

    `symptom` is the id of a main symptom, or None: a symptom that is not in our list, or unsure.
    `phase_sure`: the reader gives its phase a chance of 0.7 or more; else it is a guess, and shown
    as “perhaps”. For other people it is true where their own sentence says when. `confidence`
    (0 to 1) is the sequence model's for the words, lowered where the code is unsure.
    """

    text: str
    start: int
    end: int
    symptom: str | None
    label: str
    negated: bool
    possible: bool
    resolved: bool
    whose: Whose
    phase: Phase
    phase_sure: bool
    kind: Kind
    severity: str
    confidence: float


class DrugMention(Frozen):
    """A medicine named, with the day's amount and how long, where the words beside it say so."""

    text: str
    start: int
    end: int
    drug: str
    dose_mg: str | None
    duration_days: int | None


class TaperStep(Frozen):
    """A change of dose told in the story: from, to (mg a day), as far as the words say."""

    text: str
    start: int
    end: int
    from_mg: str | None
    to_mg: str | None


class StoryReading(Frozen):
    """Everything found in one story. `language` is “en” or “other”: then nothing is guessed."""

    language: Literal["en", "other"]
    findings: tuple[Finding, ...]
    drugs: tuple[DrugMention, ...]
    steps: tuple[TaperStep, ...]
    help_now: bool
    notice: str = ""


Span = tuple[int, int, Literal["effect", "withdrawal"]]
"""First token, past token, kind: what `landward stories spans` prints."""
