"""The nine plain questions about what must not be missed, and what was answered to them when.

They ask about the month up to the day they are answered; each is yes, no, or skipped. An answer is
a field of the profile, beside those for safe planning: no reading, no table of answers and no
bundle meets it, and “same as yesterday” cannot carry it. Where planning asks the same, one answer
counts for both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from landward.model.bodies import Body, Profile
from landward.model.entries import Entry
from landward.model.said import phrase

FAMILY = "safety."
YES, NO, SKIPPED = "yes", "no", "skipped"
ABOUT_DAYS = 31
"""An answer is about so many days up to the day it was given."""

PLANNING = "supervision."
"""How the profile names the answers for safe planning; the question's id follows."""


@dataclass(frozen=True, slots=True)
class SafetyQuestion:
    """One question: its id, as it is asked, what the page calls it, what else asks the same."""

    id: str
    words: str
    name: str
    statement: str
    """The statement whose page of next steps a yes opens."""
    planning: str = ""
    """The question for safe planning that a yes or no of this one answers too."""
    yes_only: bool = False
    """Whether only a yes is told to planning, which asks about more than a month."""
    only_if_shared: bool = False


SAFETY_QUESTIONS = (
    SafetyQuestion(
        "seizure", phrase("Did you have a seizure or a fit?"), phrase("seizure"), "flag.seizure",
        planning="ask.seizures", yes_only=True,
    ),
    SafetyQuestion(
        "confusion", phrase("Were you confused, or did you not know where you were?"),
        phrase("confusion"), "flag.delirium",
    ),
    SafetyQuestion(
        "hallucination", phrase("Did you see or hear things that others did not?"),
        phrase("seeing or hearing things"), "flag.hallucinations",
    ),
    SafetyQuestion("fall", phrase("Did you fall?"), phrase("fall"), "fall"),
    SafetyQuestion(
        "alcohol", phrase("Did you drink alcohol while taking the medicine?"),
        phrase("alcohol with it"), "flag.alcohol_mix",
    ),
    SafetyQuestion(
        "opioid", phrase("Did you take an opioid (strong pain medicine, methadone)?"),
        phrase("opioid"), "flag.new_opioid", planning="ask.opioids",
    ),
    SafetyQuestion(
        "ran_out", phrase("Did you run out of the medicine?"), phrase("ran out"), "flag.ran_out",
    ),
    SafetyQuestion(
        "pregnancy", phrase("Are you pregnant, or might you be?"), phrase("pregnancy"),
        "flag.pregnancy", planning="ask.pregnancy",
    ),
    SafetyQuestion(
        "suicidal_thoughts", phrase("Did you have thoughts of ending your life?"),
        phrase("thoughts of suicide"), "flag.suicidal_thoughts", planning="ask.suicidality",
        yes_only=True, only_if_shared=True,
    ),
)  # fmt: skip
"""All nine, in the order they are asked."""

BY_NAME: Mapping[str, SafetyQuestion] = MappingProxyType({one.id: one for one in SAFETY_QUESTIONS})


@dataclass(frozen=True, slots=True)
class SafetyAnswer:
    """One answer: the day it was given, and yes, no or skipped."""

    day: date
    word: str


def safety_body(answers: Mapping[str, str]) -> Profile:
    """What a page of answers is stored as; a question without an answer was asked and skipped."""
    said = {
        FAMILY + one.id: answers[one.id] if answers.get(one.id) in (YES, NO) else SKIPPED
        for one in SAFETY_QUESTIONS
    }
    return Profile(fields=said | planning_fields(answers))


def planning_fields(answers: Mapping[str, str]) -> dict[str, str]:
    """The profile fields that the same answers fill for safe planning."""
    return {
        PLANNING + one.planning: answers[one.id]
        for one in SAFETY_QUESTIONS
        if one.planning and answers.get(one.id) in ((YES,) if one.yes_only else (YES, NO))
    }


def safety_answers(
    lines: Iterable[tuple[Entry, Body]], until: date
) -> dict[str, tuple[SafetyAnswer, ...]]:
    """Every answer up to a day by question, in date order; what planning asked counts too."""
    found: dict[str, list[SafetyAnswer]] = {one.id: [] for one in SAFETY_QUESTIONS}
    for entry, body in lines:
        if entry.date > until or not isinstance(body, Profile):
            continue
        for one in SAFETY_QUESTIONS:
            word = body.fields.get(FAMILY + one.id, "")
            if not word and one.planning and not one.yes_only:
                # What planning asks of a whole life is no answer about the last month.
                word = body.fields.get(PLANNING + one.planning, "")
                word = word if word in (YES, NO) else ""
            if word:
                found[one.id].append(SafetyAnswer(entry.date, word))
    return {name: tuple(sorted(them, key=lambda a: a.day)) for name, them in found.items()}


def last_asked(lines: Iterable[tuple[Entry, Body]]) -> date | None:
    """The last day the page of nine was answered, however much of it was skipped."""
    first = FAMILY + SAFETY_QUESTIONS[0].id
    days = (e.date for e, body in lines if isinstance(body, Profile) and first in body.fields)
    return max(days, default=None)


def is_due(lines: Iterable[tuple[Entry, Body]], today: date) -> bool:
    """Whether a month has passed since the page of nine was answered, or it never was."""
    last = last_asked(lines)
    return last is None or (today - last).days >= ABOUT_DAYS
