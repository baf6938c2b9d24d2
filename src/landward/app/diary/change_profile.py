"""Change what the profile says: only the fields that differ are written, the last word counts."""

from collections.abc import Mapping

from landward.app.diary.profile import Person
from landward.app.diary.settings import ANSWERS, BY_NAME
from landward.model.base import BadInput
from landward.model.bodies import Profile
from landward.model.said import phrase


def changed(me: Person, said: Mapping[str, str]) -> Profile | None:
    """The fields that differ from what stands, or None. Raises BadInput for an unknown choice.

    A text that stands as it is needs no check: a newer Landward may have stored it.
    """
    fields: dict[str, str] = {}
    for name, text in said.items():
        if name in BY_NAME:
            if me.stated(name) != text:
                fields |= BY_NAME[name].fields(text, me.names)
        elif name.startswith(ANSWERS):
            fields[name] = text
        else:
            raise BadInput(phrase("there is no setting “{name}”", name=name[:40]))
    different = {name: text for name, text in fields.items() if me.stated(name) != text}
    return Profile(fields=different) if different else None
