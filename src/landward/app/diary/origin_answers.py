"""“Was it so before the medicine?”, one symptom at a time: the questions and what is stored.

Every answer may be left open, and taken back by leaving it open. They are fields of the profile,
``origin.ITEM.QUESTION``; `app/read/symptom_origins.py` reads them.
"""

from collections.abc import Mapping

from landward.app.diary.profile import Person
from landward.app.diary.setting import Choice, Day, Several
from landward.model.base import BadInput
from landward.model.diary import Diary
from landward.model.questions import BY_ID, SEVERITY_WORDS
from landward.model.registry import by_name
from landward.model.said import phrase

FIELD = "origin."
LONGEST_NAME = 80
"""What the name of a profile field may hold."""

OPEN = {"": phrase("not known")}
YES_NO = {"yes": "yes", "no": "no"} | OPEN
ASKED: tuple[Choice | Day | Several, ...] = (
    Choice("origin", phrase("Was it there before the medicine?"), YES_NO, stored="before"),
    Choice(
        "origin",
        phrase("If so, how strong was it then?"),
        {str(number): word for number, word in enumerate(SEVERITY_WORDS)} | OPEN,
        stored="level_before",
    ),
    Choice(
        "origin",
        phrase("When did it begin?"),
        {
            "before": phrase("before the medicine"),
            "on": phrase("while taking it"),
            "coming_down": phrase("while coming down"),
            "after": phrase("after the last dose"),
        }
        | OPEN,
        stored="onset",
    ),
    Day("origin", phrase("The day it began, if you know it"), stored="began_on"),
    Choice("origin", phrase("Do light, sound or touch set it off now?"), YES_NO, stored="set_off"),
    Several(
        "origin",
        phrase("Which of them"),
        {word: word.capitalize() for word in ("light", "sound", "touch")},
        stored="triggers",
    ),
    Choice(
        "origin",
        phrase("Did they set it off before the medicine too?"),
        YES_NO,
        stored="set_off_before",
    ),
)
QUESTIONS = by_name(phrase("questions about origin"), ASKED, lambda question: question.name)
"""The questions by the end of their field, in the order they are asked."""


def symptoms_asked(diary: Diary, me: Person) -> tuple[str, ...]:
    """The symptoms that can be asked about: pinned ones first, then all the diary holds."""
    pinned = tuple(pin.item for pin in me.pins)
    return tuple(dict.fromkeys((*pinned, *(i for i in sorted(diary.items) if i not in BY_ID))))


def origin_said(me: Person, item: str) -> dict[str, str]:
    """What stands for one symptom, by question."""
    return {name: me.stated(f"{FIELD}{item}.{name}") for name in QUESTIONS}


def origin_fields(me: Person, item: str, said: Mapping[str, str | None]) -> dict[str, str]:
    """The profile fields of what was answered about one symptom. Raises BadInput."""
    fields: dict[str, str] = {}
    for name, question in QUESTIONS.items():
        text = said.get(name)
        if text is not None and text != me.stated(field := f"{FIELD}{item}.{name}"):
            if len(field) > LONGEST_NAME:
                raise BadInput(
                    phrase("that symptom’s name is too long to ask about; give it a shorter one")
                )
            fields |= {field: question.check(text)}
    return fields
