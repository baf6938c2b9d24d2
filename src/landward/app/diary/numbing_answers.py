"""What else can numb, as the person tells it: when it was there, and whether before the medicine.

Fields of the profile, ``numbing.THING.from``, ``.until``, ``.before`` and ``.words``; what was
left open stays open. `app/read/numbing.py` sets them side by side.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from landward.app.diary.profile import Person
from landward.app.diary.setting import Choice, Day, Line
from landward.model.base import BadInput
from landward.model.said import phrase

FIELD = "numbing."
NUMB = "numb"
OTHERS: Mapping[str, str] = {
    "antidepressant": phrase("A medicine for depression"),
    "depression": phrase("Depression"),
    "trauma_reminders": phrase("Reminders of a bad time"),
    "burnout": phrase("Burnout"),
    "something_else": phrase("Something else"),
}
"""What the diary has no days of: the person says from when to when."""

BEFORE = {
    "yes": phrase("yes"),
    "no": phrase("no"),
    "": phrase("not known"),
}
QUESTIONS: tuple[Choice | Day | Line, ...] = (
    Day("numbing", phrase("There since"), stored="from"),
    Day("numbing", phrase("Until"), hint=phrase("Empty: it is there now."), stored="until"),
    Choice("numbing", phrase("Was it so before the medicine?"), BEFORE, stored="before"),
    Line("numbing", phrase("In my words"), longest=120, stored="words"),
)
"""Asked of each; all may stay open."""


@dataclass(frozen=True, slots=True)
class ToldStretch:
    """One thing as it was told."""

    thing: str
    since: dt.date | None
    until: dt.date | None
    before: str
    words: str


def told_stretches(me: Person) -> tuple[ToldStretch, ...]:
    """Everything something was said about, in the order it is asked."""
    found = (_told(me, thing) for thing in OTHERS)
    return tuple(one for one in found if one.since or one.until or one.before or one.words)


def numb_before(me: Person) -> str:
    """“yes”, “no”, or “” for not known: whether they felt less before the medicine."""
    return me.stated(f"{FIELD}{NUMB}.before")


def _told(me: Person, thing: str) -> ToldStretch:
    said = {one.name: me.stated(f"{FIELD}{thing}.{one.name}") for one in QUESTIONS}
    return ToldStretch(
        thing, _day(said["from"]), _day(said["until"]), said["before"], said["words"]
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None  # a newer Landward may say it in another way


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
