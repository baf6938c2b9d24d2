"""Change what the profile says: only the fields that differ are written, the last word counts."""

import re
from collections.abc import Mapping

from landward.app.diary.profile import FIELDS, Person
from landward.model.base import BadInput
from landward.model.bodies import Profile
from landward.model.questions import OPTIONAL, registered

CHOICES: Mapping[str, tuple[str, ...]] = {
    "rhythm": ("daily", "twice", "weekly", "resting"),
    "weekday": ("0", "1", "2", "3", "4", "5", "6"),
    "charts": ("shown", "hidden"),
    "spells": ("on", "off"),
    "lag": ("on", "off"),
    "theme": ("dim", "paper", "contrast"),
    "text": ("100", "125", "150", "200"),
    "lock_after_min": ("2", "5", "10", "30", "60", "0"),
    "locked_page": ("named", "plain"),
    "doses_outside": ("yes", "no"),
    "card_outside": ("yes", "no"),
    "plan_outside": ("yes", "no"),
    "better_note_from": ("5", "6", "7", "8", "9"),
}
LONGEST_NAME = 24
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def changed(me: Person, said: Mapping[str, str]) -> Profile | None:
    """The fields that differ from what stands, or None. Raises BadInput for an unknown choice."""
    for field, value in said.items():
        if field not in FIELDS and not field.startswith("supervision."):
            raise BadInput(f"there is no setting “{field}”")
        if field in CHOICES and value not in CHOICES[field]:
            raise BadInput(f"“{value[:40]}” is not one of the choices for {field}")
    if len(said.get("app_name", "")) > LONGEST_NAME:
        raise BadInput(f"a name of at most {LONGEST_NAME} letters fits the page")
    if "day_starts_at" in said and not CLOCK.fullmatch(said["day_starts_at"]):
        raise BadInput(f"“{said['day_starts_at'][:20]}” is not a time of day; write it like 04:00")
    for item in said.get("asked", "").split():
        if registered(item).asked != "chosen":
            raise BadInput(f"“{item}” is asked anyway; only {_optional()} can be chosen")
    different = {field: value for field, value in said.items() if me[field] != value}
    return Profile(fields=different) if different else None


def _optional() -> str:
    return ", ".join(one.id for one in OPTIONAL)
