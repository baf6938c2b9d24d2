"""A change to a longer-acting drug: what tables say is equal, and what the prescriber picked."""

from datetime import date
from fractions import Fraction
from typing import Self

from pydantic import model_validator

from landward.model.amounts import Exact
from landward.model.base import Frozen
from landward.model.preparation import Preparation
from landward.model.said import phrase
from landward.model.taper import Refusal, TaperPlan
from landward.model.taper_request import far_off


class EqualDose(Frozen):
    """What one table says: `from_mg` of the old drug equals `low_mg` to `high_mg` of the new."""

    table: str
    from_mg: Exact
    low_mg: Exact
    high_mg: Exact
    source: str


class EqualRange(Frozen):
    """Everything the tables say about a pair of drugs, per 1 mg of the first."""

    from_drug: str
    to_drug: str
    low_per_mg: Exact
    high_per_mg: Exact
    rows: tuple[EqualDose, ...]


class DoseAt(Frozen):
    """A dose of the first drug at one dose time."""

    at: str
    mg: Exact


class CrossoverRequest(Frozen):
    """A change from one drug to another, dose time by dose time.

    `per_mg` is how many mg of the new drug the prescriber puts for 1 mg of the old one; None where
    nobody has picked. `first` names the dose times in the order they are changed. `in_halves`
    changes each dose time in two goes. Raises ValueError where this makes no sense.
    """

    from_drug: str
    to_drug: str
    doses: tuple[DoseAt, ...]
    start: date
    every_days: int
    preparations: tuple[Preparation, ...]
    from_preparations: tuple[Preparation, ...] = ()
    """What the doses of the old drug are made from, where that was said."""
    per_mg: Exact | None = None
    picked_from: str = ""
    first: tuple[str, ...] = ()
    in_halves: bool = False

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        names = [dose.at for dose in self.doses]
        if not names or len(set(names)) != len(names):
            raise ValueError(phrase("give each dose time once, like “morning 1 mg, night 1 mg”"))
        if any(dose.mg <= 0 for dose in self.doses):
            raise ValueError(phrase("a dose of 0 is no dose; leave the dose time out"))
        if self.from_drug == self.to_drug:
            raise ValueError(phrase("the new drug is the same as the old one"))
        if (slip := far_off(self.start)) is not None:
            raise ValueError(slip)
        if not 1 <= self.every_days <= 90:
            raise ValueError(phrase("the days between two changes are 1 to 90"))
        if unknown := [name for name in self.first if name not in names]:
            raise ValueError(
                phrase(
                    "“{unknown}” is not one of the dose times {names}",
                    unknown=unknown[0],
                    names=", ".join(names),
                )
            )
        return self

    @property
    def total_mg(self) -> Fraction:
        """The day's dose of the old drug."""
        return sum((dose.mg for dose in self.doses), Fraction(0))

    @property
    def order(self) -> tuple[str, ...]:
        """All dose times in the order they are changed: those named, then the latest first."""
        rest = [dose.at for dose in reversed(self.doses) if dose.at not in self.first]
        return (*self.first, *rest)


class Crossover(Frozen):
    """The change as a plan in mg of the new drug, with the range the prescriber picked from."""

    equal: EqualRange
    per_mg: Exact | None
    picked_from: str
    plan: TaperPlan | None
    refused: Refusal | None = None
