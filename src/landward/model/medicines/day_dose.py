"""What was taken of one drug on one day, from the lines that stand for it.

The rule in words, with a table of cases: `tests/scenarios/doses`.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from landward.model.bodies import DoseTaken
from landward.model.entries import Entry

ZERO: Final = Decimal(0)
DoseLine = tuple[Entry, DoseTaken]


class DayState(StrEnum):
    """What is known of a day's regular doses."""

    TAKEN = "taken"
    PARTLY = "partly"
    NOT_TAKEN = "not_taken"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class DayDose:
    """One drug on one day; what was taken as needed never mixes with the regular dose.

    `taken_mg` is the regular amount, None where it is not known. `as_needed_mg` is 0 where nothing
    was taken as needed; None where one of those doses has no amount, or nothing was written at all.
    """

    day: dt.date
    taken_mg: Decimal | None
    as_needed_mg: Decimal | None
    state: DayState
    lines: tuple[DoseLine, ...] = ()
    """The entries behind it, as written, in display order; rivals included."""
    at_least_mg: Decimal = ZERO
    """What certainly left the box: every written amount, also of a day that is not known."""
    as_needed_at_least_mg: Decimal = ZERO
    """What of that was taken as needed."""


def day_dose(day: dt.date, lines: Sequence[DoseLine], rivals: Iterable[str] = ()) -> DayDose:
    """The day's dose from its standing lines of one drug, in display order.

    `rivals` are entries that a later one answers for: one question, one answer. They stay among
    the lines, for both are shown until somebody settles it.
    """
    out = frozenset(rivals)
    bodies = [body for entry, body in lines if entry.id not in out]
    taken, regular_least, state = _regular([body for body in bodies if not body.as_needed])
    needed, needed_least = _amount(
        [body for body in bodies if body.as_needed and body.status != "not_taken"]
    )
    return DayDose(
        day, taken, needed, state, tuple(lines), regular_least + needed_least, needed_least
    )


def not_known(day: dt.date) -> DayDose:
    """A day nothing is written of."""
    return DayDose(day, None, None, DayState.NOT_KNOWN)


def _regular(doses: Sequence[DoseTaken]) -> tuple[Decimal | None, Decimal, DayState]:
    """“Not taken” never takes back a dose that was written; it only says that one was left out."""
    if not doses:
        return None, ZERO, DayState.NOT_KNOWN
    written = [dose for dose in doses if dose.status != "not_taken"]
    amount, least = _amount(written)
    if amount is None:
        return None, least, DayState.NOT_KNOWN
    if amount == 0:
        return ZERO, ZERO, DayState.NOT_TAKEN
    return amount, least, DayState.TAKEN if len(written) == len(doses) else DayState.PARTLY


def _amount(doses: Sequence[DoseTaken]) -> tuple[Decimal | None, Decimal]:
    """The amount of some doses, and at least how much it was where one has no amount.

    The last total stands alone: the single doses of the day are in it. Else they add up.
    """
    totals = [dose for dose in doses if dose.day_total]
    counted = totals[-1:] or doses
    least = sum((dose.dose_mg for dose in counted if dose.dose_mg is not None), ZERO)
    return (None if any(dose.dose_mg is None for dose in counted) else least), least
