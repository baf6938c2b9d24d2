"""Drafts of plans, half-finished ones too: what was typed, word for word, until it is kept.

A draft is no entry of the diary. It lies encrypted beside the journal, so that the back button, a
second tab and a closed laptop lose nothing of it; a plan is made from it anew whenever it is shown.
"""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Protocol

from pydantic import Field, ValidationError

from landward.model.base import BadInput, Frozen
from landward.model.said import phrase

FACT = "plan_drafts"
MOST_DRAFTS = 6
MOST_CHARACTERS = 60_000
Fields = Mapping[str, Sequence[str]]


class Keeps(Protocol):
    """Where drafts lie: an unlocked vault."""

    def fact(self, name: str, /) -> str | None:
        """A small text kept beside the journal."""

    def remember(self, name: str, value: str | None, /) -> None:
        """Keep or (None) drop it."""


class PlanDraft(Frozen):
    """One draft: the fields of every question by name, as they were typed."""

    id: str
    fields: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    safety_on: dt.date | None = None
    """The day the questions for safe planning were confirmed for this draft."""
    given: str = ""
    """A plan of somebody else, packed, where this draft is one."""
    replans: str = ""
    """The id of the adopted plan this goes on from."""

    def said(self, name: str) -> str:
        """The last word of a field, "" for nothing."""
        values = self.fields.get(name, ())
        return values[-1] if values else ""

    def said_all(self, name: str) -> tuple[str, ...]:
        """Every word of a field."""
        return tuple(text for text in self.fields.get(name, ()) if text)

    def saying(self, fields: Fields) -> "PlanDraft":
        """The draft with some fields anew; what they held before is gone."""
        said = {name: tuple(values) for name, values in fields.items()}
        return self.model_copy(update={"fields": {**self.fields, **said}})

    @property
    def changes_over(self) -> bool:
        """Whether this draft is a change from one medicine to another."""
        return self.said("way") == "crossover"

    @property
    def stamp(self) -> str:
        """What differs whenever anything in it does: a page says which draft it showed."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


def drafts(keeps: Keeps) -> tuple[PlanDraft, ...]:
    """Every draft, the one changed last first. What cannot be read any more is left out."""
    try:
        found = json.loads(keeps.fact(FACT) or "[]")
        return tuple(PlanDraft.model_validate(one) for one in found)
    except (ValueError, TypeError, ValidationError):
        return ()


def draft(keeps: Keeps, draft_id: str) -> PlanDraft:
    """One draft. Raises BadInput where it was thrown away or never was."""
    for one in drafts(keeps):
        if one.id == draft_id:
            return one
    raise BadInput(
        phrase("that draft is not there any more: it was kept as a plan, or thrown away")
    )


def new_draft(fields: Fields | None = None, replans: str = "") -> PlanDraft:
    """An empty draft under a name of its own. It is kept once something is said in it."""
    return PlanDraft(id=secrets.token_hex(4), replans=replans).saying(fields or {})


def keep_draft(keeps: Keeps, one: PlanDraft) -> PlanDraft:
    """Keep a draft, the oldest making room. Raises BadInput where it is longer than any plan."""
    rest = [other for other in drafts(keeps) if other.id != one.id]
    text = one.model_dump_json()
    if len(text) > MOST_CHARACTERS:
        raise BadInput(phrase("this is more than a draft holds: shorten what you typed"))
    kept = [one, *rest][:MOST_DRAFTS]
    keeps.remember(FACT, "[" + ",".join(each.model_dump_json() for each in kept) + "]")
    return one


def drop_draft(keeps: Keeps, draft_id: str) -> None:
    """Throw a draft away."""
    rest = [other for other in drafts(keeps) if other.id != draft_id]
    keeps.remember(FACT, "[" + ",".join(each.model_dump_json() for each in rest) + "]")
