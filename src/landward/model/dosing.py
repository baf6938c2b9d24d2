"""Which dose when, in exact arithmetic: whole seconds from a first midnight, decimal mg."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Self

from landward.model.base import BadInput, Frozen
from landward.model.said import phrase

HOUR_S = 3600
DAY_S = 24 * HOUR_S
MAX_DAYS = 36_525
"""A hundred years; longer courses are a slip of the pen."""


class Dosing(Frozen):
    """The doses of one drug. Times rise or repeat (repeated times add up).

    `times_s` are whole seconds after midnight of day 0, `doses_mg` the milligrams, same length;
    `days` is how many days the course covers.
    Build it with `Dosing.of`, which checks and explains.
    """

    drug: str
    times_s: tuple[int, ...]
    doses_mg: tuple[Decimal, ...]
    days: int

    @classmethod
    def of(
        cls, drug: str, times_s: Sequence[int], doses_mg: Sequence[Decimal], days: int | None = None
    ) -> "Dosing":
        """A checked course of doses. Raises BadInput for wrong order, negative or missing doses."""
        if len(times_s) != len(doses_mg):
            raise BadInput(
                phrase(
                    "{count} times but {count_2} doses: give one dose a time",
                    count=len(times_s),
                    count_2=len(doses_mg),
                )
            )
        if not times_s:
            raise BadInput(phrase("there are no doses; write at least one, like “10 mg once”"))
        previous = 0
        for number, (time, dose) in enumerate(zip(times_s, doses_mg, strict=True), start=1):
            if time < 0:
                raise BadInput(
                    phrase(
                        "dose {number} lies before the first day; times start at 0", number=number
                    )
                )
            if time < previous:
                raise BadInput(
                    phrase(
                        "dose {number} (hour {time}) comes before dose {number_2} (hour "
                        "{previous}): put the doses in order of time",
                        number=number,
                        time=format(time / HOUR_S, "g"),
                        number_2=number - 1,
                        previous=format(previous / HOUR_S, "g"),
                    )
                )
            if not dose.is_finite() or dose < 0:
                raise BadInput(
                    phrase(
                        "dose {number} is {dose} mg; a dose is a number of mg, not negative",
                        number=number,
                        dose=dose,
                    )
                )
            previous = time
        covered = previous // DAY_S + 1
        length = covered if days is None else days
        if length > MAX_DAYS:
            raise BadInput(
                phrase(
                    "{length} days is longer than a hundred years; shorten the course",
                    length=length,
                )
            )
        if length < covered:
            raise BadInput(
                phrase(
                    "the doses reach day {covered}, past the {length} days named",
                    covered=covered,
                    length=length,
                )
            )
        return Dosing.model_construct(
            drug=drug, times_s=tuple(times_s), doses_mg=tuple(doses_mg), days=length
        )

    @property
    def last_dose_s(self) -> int:
        """The time of the last dose above zero (of the last entry if all are zero)."""
        for time, dose in zip(reversed(self.times_s), reversed(self.doses_mg), strict=True):
            if dose > 0:
                return time
        return self.times_s[-1]

    @property
    def stop_day(self) -> int:
        """The first day (0, 1, …) without any drug after the last dose."""
        return self.last_dose_s // DAY_S + 1

    def from_first_dose(self) -> Self:
        """The same doses with time zero at the first one."""
        first = self.times_s[0]
        moved = tuple(time - first for time in self.times_s)
        return self.model_copy(update={"times_s": moved})
