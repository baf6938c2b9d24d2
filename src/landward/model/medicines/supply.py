"""How long what was dispensed lasts, from what was taken where that is known."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from landward.model.base import Frozen
from landward.model.medicines.day_dose import ZERO, DayDose

LONGEST_DAYS = 36_500
"""A hundred years: past that the dose of a day is a slip, and no calendar holds the answer."""


class Supply(Frozen):
    """What is left of one drug at the end of a day, and what that was counted from."""

    drug: str
    dispensed_on: dt.date
    dispensed_mg: Decimal
    left_mg: Decimal
    a_day_mg: Decimal
    """The planned dose the days are counted at; the prescribed one where nothing is planned."""
    days: int
    known_days: int
    """Days since it was dispensed whose doses are known: counted as taken."""
    unknown_days: int
    """The other days: counted as planned, so that a gap never makes the supply look longer."""
    only_needed_days: int = 0
    """Of those, days of which only as-needed doses are written: they count on top."""
    half_known_days: int = 0
    """Of those, days with a dose whose amount is not written: what is written counts at least."""

    @property
    def counted_from(self) -> Literal["taken", "planned", "taken and planned"]:
        """Which doses it was counted from."""
        if not self.unknown_days:
            return "taken"
        return "taken and planned" if self.known_days else "planned"


def used_mg(dose: DayDose, expected: Decimal | None) -> tuple[Decimal | None, bool]:
    """What a day used, and whether that was counted from what was taken.

    A day that is not known counts as planned, or what was written of it if that is more; as-needed
    doses come on top. None where nobody planned and nobody wrote anything.
    """
    if dose.taken_mg is not None:
        return dose.at_least_mg, dose.as_needed_mg is not None
    regular = dose.at_least_mg - dose.as_needed_at_least_mg
    if expected is None and not dose.at_least_mg:
        return None, False
    return max(expected or ZERO, regular) + dose.as_needed_at_least_mg, False


def supply_left(
    drug: str,
    dispensed: tuple[dt.date, Decimal],
    on: dt.date,
    dose_of: Callable[[dt.date], DayDose],
    expected: Callable[[dt.date], Decimal | None],
) -> Supply | None:
    """What is left at the end of the day `on`; None where no dose is expected that day.

    Counted from the day it was dispensed, that day included. A day on which nothing was expected
    and nothing written counts at the dose of `on`, so that a gap never makes it look longer.
    """
    since, amount = dispensed
    a_day = expected(on)
    if not a_day or on < since:
        return None
    used, known, only_needed, half_known = ZERO, 0, 0, 0
    size = (on - since).days + 1
    for number in range(size):
        day = since + dt.timedelta(days=number)
        dose = dose_of(day)
        of_day, from_taken = used_mg(dose, expected(day))
        used += a_day if of_day is None else of_day
        known += from_taken
        if dose.lines and not from_taken:
            needed = all(body.as_needed for _, body in dose.lines)
            only_needed += needed and dose.as_needed_mg is not None
            half_known += not needed or dose.as_needed_mg is None
    left = max(amount - used, ZERO)
    return Supply(
        drug=drug,
        dispensed_on=since,
        dispensed_mg=amount,
        left_mg=left,
        a_day_mg=a_day,
        days=min(int(Fraction(left) / Fraction(a_day)), LONGEST_DAYS),
        known_days=known,
        unknown_days=size - known,
        only_needed_days=only_needed,
        half_known_days=half_known,
    )
