"""What the journal refuses before saving: days that no diary can be about."""

from datetime import timedelta

from landward.model.base import BadInput
from landward.model.entries import Entry

FIRST_YEAR, LAST_YEAR = 1900, 2199
AHEAD = timedelta(days=400)
"""A prescription may begin next month; a diary line about the year 9999 is a slip of the keys."""


def refuse_impossible_dates(entry: Entry) -> None:
    """Raises BadInput for a day, or a time of writing, that can only be a mistake."""
    if not FIRST_YEAR <= entry.recorded_at.year <= LAST_YEAR:
        raise BadInput(
            f"this machine's clock says {entry.recorded_at.year}: set it, then try again"
        )
    if (
        not FIRST_YEAR <= entry.date.year <= LAST_YEAR
        or entry.date > entry.recorded_at.date() + AHEAD
    ):
        raise BadInput(f"{entry.date.isoformat()} cannot be the day of an entry: check the year")
