"""What was agreed at a visit, as the person wrote it down: a few words of the profile.

It changes no dose by itself. A hold may be written into the plan as a new version; anything else
needs a new draft, which only the person begins.
"""

from collections.abc import Iterable
from datetime import date

from landward.model.base import BadInput, Frozen
from landward.model.bodies import Body, Profile
from landward.model.entries import Entry
from landward.model.said import Words, phrase

FAMILY = "visit."
WHAT, WHO, UNTIL = "visit.agreed", "visit.with", "visit.until"
WHO_LETTERS = 60

HOLD = "hold"
AGREED: dict[str, Words] = {
    HOLD: phrase("hold"),
    "smaller": phrase("smaller steps"),
    "slower": phrase("slower"),
    "back": phrase("go back a step"),
    "nothing": phrase("nothing was agreed"),
}
"""What the boxes of the page for a prescriber offer, by the word it is stored under."""


class Visit(Frozen):
    """What was agreed, with whom, until when; `day` is the day it was written down."""

    day: date
    what: str
    who: str = ""
    until: date | None = None


def visit_body(what: str, who: str, until: date | None, today: date) -> Profile:
    """What the three answers are stored as. Raises BadInput for no answer and a day gone by."""
    if what not in AGREED:
        raise BadInput(phrase("choose what was agreed; “nothing was agreed” is an answer too"))
    if until is not None and until < today:
        raise BadInput(phrase("until when? {day} has gone by", day=until.isoformat()))
    who = " ".join(who.split())
    if len(who) > WHO_LETTERS:
        raise BadInput(phrase("by whom: at most {many} letters", many=WHO_LETTERS))
    return Profile(fields={WHAT: what, WHO: who, UNTIL: until.isoformat() if until else ""})


def last_visit(lines: Iterable[tuple[Entry, Body]], until: date) -> Visit | None:
    """The visit written down last, up to a day; None where there was none or nothing was agreed."""
    found: Visit | None = None
    for entry, body in lines:
        if isinstance(body, Profile) and WHAT in body.fields and entry.date <= until:
            found = _read(entry.date, body)
    return None if found is None or found.what == "nothing" else found


def _read(day: date, body: Profile) -> Visit | None:
    """None for a word this version does not know: it is kept and never guessed at."""
    what, text = body.fields[WHAT], body.fields.get(UNTIL, "")
    try:
        until = date.fromisoformat(text) if text else None
    except ValueError:
        until = None
    if what not in AGREED:
        return None
    return Visit(day=day, what=what, who=body.fields.get(WHO, ""), until=until)
