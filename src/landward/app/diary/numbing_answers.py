"""“What else can numb”, one thing at a time: the questions and what is stored.

Every answer may be left open, and taken back by leaving it open.
"""

from collections.abc import Mapping

from landward.app.diary.profile import Person
from landward.app.diary.setting import Choice, Day, Line
from landward.model.base import BadInput
from landward.model.numbing import BEFORE, FIELD, NUMB, OTHERS
from landward.model.said import phrase

QUESTIONS: tuple[Choice | Day | Line, ...] = (
    Day("numbing", phrase("There since"), stored="from"),
    Day("numbing", phrase("Until"), hint=phrase("Empty: it is there now."), stored="until"),
    Choice("numbing", phrase("Was it so before the medicine?"), dict(BEFORE), stored="before"),
    Line("numbing", phrase("In my words"), longest=120, stored="words"),
)
"""Asked of each; all may stay open."""

BEFORE_ALONE = QUESTIONS[2:3]
"""What is asked of feeling less itself."""


def stands(me: Person, thing: str) -> dict[str, str]:
    """What stands for one thing, by question."""
    return {one.name: me.stated(f"{FIELD}{thing}.{one.name}") for one in QUESTIONS}


def fields_said(me: Person, thing: str, said: Mapping[str, str | None]) -> dict[str, str]:
    """The profile fields of what was said about one thing. Raises BadInput."""
    if thing not in (*OTHERS, NUMB):
        raise BadInput(phrase("that is not one of the things asked about here"))
    fields: dict[str, str] = {}
    for one in QUESTIONS:
        text = said.get(one.name)
        if text is not None and text != me.stated(field := f"{FIELD}{thing}.{one.name}"):
            fields[field] = one.check(text)
    since = fields.get(f"{FIELD}{thing}.from", me.stated(f"{FIELD}{thing}.from"))
    until = fields.get(f"{FIELD}{thing}.until", me.stated(f"{FIELD}{thing}.until"))
    if since and until and until < since:
        raise BadInput(
            phrase("it cannot end ({until}) before it begins ({since})", until=until, since=since)
        )
    return fields
