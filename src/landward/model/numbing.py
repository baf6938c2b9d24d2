"""What else can numb, as the person told it: when it was there, and whether before the medicine.

Fields of the profile, ``numbing.THING.from``, ``.until``, ``.before`` and ``.words``. What was left
open stays open.
"""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from landward.model.base import Frozen
from landward.model.said import phrase

FIELD = "numbing."
NUMB = "numb"
"""Feeling less itself: whether it was so before the medicine."""

OTHERS: Mapping[str, str] = MappingProxyType(
    {
        "antidepressant": phrase("A medicine for depression"),
        "depression": phrase("Depression"),
        "trauma_reminders": phrase("Reminders of a bad time"),
        "burnout": phrase("Burnout"),
        "something_else": phrase("Something else"),
    }
)
"""What the diary has no days of: the person says from when to when."""

BEFORE: Mapping[str, str] = MappingProxyType(
    {"yes": phrase("yes"), "no": phrase("no"), "": phrase("not known")}
)
"""Whether it was so before the medicine."""


class ToldStretch(Frozen):
    """One thing as it was told; None and "" where it was left open."""

    thing: str
    since: dt.date | None = None
    until: dt.date | None = None
    before: str = ""
    words: str = ""

    @property
    def dated(self) -> bool:
        """Whether a day was named."""
        return self.since is not None or self.until is not None


def told_stretches(fields: Mapping[str, str]) -> tuple[ToldStretch, ...]:
    """Everything something was said about, in the order it is asked."""
    found = (_told(fields, thing) for thing in OTHERS)
    return tuple(one for one in found if one.dated or one.before or one.words)


def numb_before(fields: Mapping[str, str]) -> str:
    """“yes”, “no”, or "" for not known: whether they felt less before the medicine."""
    return fields.get(f"{FIELD}{NUMB}.before", "")


def _told(fields: Mapping[str, str], thing: str) -> ToldStretch:
    def said(name: str) -> str:
        return fields.get(f"{FIELD}{thing}.{name}", "")

    return ToldStretch(
        thing=thing,
        since=_day(said("from")),
        until=_day(said("until")),
        before=said("before"),
        words=said("words"),
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None  # a newer Landward may say it in another way
