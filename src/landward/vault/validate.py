"""What the journal refuses before saving: impossible days, and bodies nobody could read back."""

import json
from datetime import timedelta

from landward.model.base import BadInput
from landward.model.bodies import read_body
from landward.model.entries import Entry

FIRST_YEAR, LAST_YEAR = 1900, 2199
AHEAD = timedelta(days=400)
"""A prescription may begin next month; a diary line about the year 9999 is a slip of the keys."""


def refuse_unfit(entry: Entry) -> None:
    """Raises BadInput for an entry that would spoil the diary it is added to.

    One malformed line must not keep ten years from being read, so it never gets in: neither from
    an import nor from an inbox that anyone on this machine can write to.
    """
    if not FIRST_YEAR <= entry.recorded_at.year <= LAST_YEAR:
        raise BadInput(
            f"this machine's clock says {entry.recorded_at.year}: set it, then try again"
        )
    ahead = entry.date > entry.recorded_at.date() + AHEAD
    if ahead or not FIRST_YEAR <= entry.date.year <= LAST_YEAR:
        raise BadInput(f"{entry.date.isoformat()} cannot be the day of an entry: check the year")
    try:
        if read_body(entry) is None and not isinstance(json.loads(entry.body), dict):
            raise ValueError("not an object")
    except (ValueError, KeyError, RecursionError) as error:
        raise BadInput(
            f"the {entry.kind.replace('_', '-')} about {entry.date.isoformat()} (entry "
            f"{entry.id[:8]}) is malformed: nothing was saved"
        ) from error
