"""Crisis lines for one country, as they are shown with no vault open."""

from collections.abc import Iterable
from datetime import date

from landward.model.crisis import CrisisInfo, CrisisLine
from landward.model.said import phrase

GENERAL_WORDS = phrase(
    "If you or someone else might be in danger, call your local emergency "
    "number now. In much of the world that is 112, 911 or 999."
)
FIRST_WORDS = phrase("If you or someone else might be in danger, call {phone} now.")


def crisis_info(country: str, lines: Iterable[CrisisLine], today: date | None = None) -> CrisisInfo:
    """The lines of one country, emergency first; with *today*, a dated warning if some are old."""
    code = country.strip().upper()
    here = tuple(line for line in lines if line.country == code and line.usable)
    emergency = tuple(line for line in here if line.kind == "emergency")
    ordered = emergency + tuple(line for line in here if line.kind != "emergency")
    words = FIRST_WORDS.format(phone=emergency[0].phone) if emergency else GENERAL_WORDS
    oldest = min((line.checked_on for line in ordered), default=None)
    warning = ""
    if today is not None and any(line.is_stale(today) for line in ordered):
        warning = phrase(
            "These numbers were last checked on {oldest}. They may have changed.", oldest=oldest
        )
    return CrisisInfo(
        country=code, lines=ordered, first_words=words, oldest_check=oldest, warning=warning
    )
