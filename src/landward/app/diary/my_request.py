"""My request: the few words a person takes to the doctor. The report's page shows them."""

from landward.app.diary.profile import Person
from landward.model.base import Frozen
from landward.model.bodies import Profile
from landward.report.blocks.asking import WORDS

FIELD = "request"
"""Under this name the profile holds it, where the report looks for it."""


class MyRequest(Frozen):
    """The words as they would stand, and how many words the report's page has room for."""

    text: str
    words: int
    room: int = WORDS

    @property
    def too_many(self) -> bool:
        """Whether the page would cut it."""
        return self.words > self.room


def my_request(me: Person, more: str = "") -> MyRequest:
    """What stands, with a further sentence behind it if one is given that is not there yet."""
    stands = me.stated(FIELD).strip()
    text = stands if more in stands else f"{stands} {more}".strip()
    return MyRequest(text=text, words=len(text.split()))


def keep_request(me: Person, text: str) -> Profile | None:
    """The change of the profile, or None where the words stand already."""
    kept = " ".join(text.split())
    return None if kept == me.stated(FIELD) else Profile(fields={FIELD: kept})
