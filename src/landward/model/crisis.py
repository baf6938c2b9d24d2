"""Whom to call. Shown to anyone, with no vault open, the emergency number always first."""

from datetime import date, timedelta
from typing import Literal

from landward.model.base import Frozen
from landward.model.facts import Fact

STALE_AFTER = timedelta(days=180)
"""A line not read against its source for longer than this blocks a release."""


class CrisisLine(Fact):
    """One number to call or text. Nobody dialled it; `checked_on` is when it was last read."""

    country: str
    kind: Literal["emergency", "crisis", "text", "advice"]
    name: str
    phone: str = ""
    text_to: str = ""
    hours: str = ""
    languages: tuple[str, ...] = ()
    checked_on: date

    def is_stale(self, today: date) -> bool:
        """Whether the line was last read in its source more than 180 days ago."""
        return today - self.checked_on > STALE_AFTER


class CrisisInfo(Frozen):
    """What to show for one country. `lines` is empty for a country we have nothing for."""

    country: str
    lines: tuple[CrisisLine, ...]
    first_words: str
    oldest_check: date | None
    warning: str = ""
