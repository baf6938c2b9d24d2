"""What is asked of the taper planner: from which dose, by which method, made from what."""

from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from landward.model.amounts import Exact, exact_text
from landward.model.base import BadInput, Frozen
from landward.model.preparation import Preparation
from landward.model.said import phrase

LONGEST_DAYS = 366 * 30
"""A plan longer than thirty years is a slip of the pen."""


YEARS = (1950, 2200)
"""A plan that starts outside these years is a slip of the pen."""


def far_off(day: date) -> str | None:
    """Why a plan cannot start on a day, in one line; None where it can."""
    if YEARS[0] <= day.year <= YEARS[1]:
        return None
    return phrase("a plan cannot start on {day}: check the year", day=day)


class Method(StrEnum):
    """How the asked dose falls."""

    PERCENT_CURRENT = "percent-current"
    PERCENT_ORIGINAL = "percent-original"
    FIXED = "fixed"
    BANDS = "bands"
    HYPERBOLIC = "hyperbolic"
    DAILY = "daily"


NEEDS_PERCENT = frozenset(
    {Method.PERCENT_CURRENT, Method.PERCENT_ORIGINAL, Method.HYPERBOLIC, Method.DAILY}
)

_ALIASES = {
    "percent": Method.PERCENT_CURRENT,
    "linear": Method.PERCENT_ORIGINAL,
    "fixed-amount": Method.FIXED,
    "stepwise": Method.BANDS,
    "proportional": Method.PERCENT_CURRENT,
    "exponential": Method.PERCENT_CURRENT,
    "microtaper": Method.DAILY,
    "daily-microtaper": Method.DAILY,
}


def read_method(text: str) -> Method:
    """A method by its name or a common other name. Raises BadInput naming the choices."""
    tidy = "-".join(text.strip().lower().replace("_", "-").split())
    if tidy in _ALIASES:
        return _ALIASES[tidy]
    if tidy in set(Method):
        return Method(tidy)
    raise BadInput(
        phrase(
            "“{text}” is not a method; choose one of {method}", text=text, method=", ".join(Method)
        )
    )


class Band(Frozen):
    """In doses above `above_mg`, one step takes `cut_mg` (a published rule by dose band)."""

    above_mg: Exact
    cut_mg: Exact


class Ceiling(Frozen):
    """A guideline's limit: never more than `percent` below any dose of the last `days` days."""

    percent: Exact
    days: Annotated[int, Field(ge=1)]
    rule: str
    source: str

    @cached_property
    def kept_share(self) -> Fraction:
        """The share of the earlier dose that must remain."""
        return 1 - self.percent / 100

    @cached_property
    def words(self) -> str:
        """The rule as it stands beside a step."""
        percent = exact_text(self.percent)
        return phrase(
            "no more than {percent} % below any dose held in the {days} days before",
            percent=percent,
            days=self.days,
        )


class Held(Frozen):
    """A dose held from a day on, before the plan began."""

    since: date
    mg: Exact


class TaperRequest(Frozen):
    """One plan to work out. Raises ValueError, or BadInput from `checked`, where it makes no sense.

    `rate` is percent for the percent methods (of the current dose, of `original_mg`, of the
    occupancy at `original_mg`) and milligrams for `fixed`. `split_mg` is today's dose per dose
    time. `finish` says what is done where no makeable dose is small enough a step: “stretch” waits
    until the pace asked for has come down to the next one, within the guideline's limit;
    “smallest-step” goes on to 0 and marks every rule it breaks. `cut_from` names dose times in the
    order they are lowered; empty keeps the day's proportions. `held` lists doses before `start`
    where they were higher than `dose_mg`.
    `most_pieces` is how many tablets, parts and draws one dose time is made from at most, where the
    products allow it. After every `cuts` cuts the last dose is held `pause_days` longer; `cuts` 0
    is a plan without pauses.
    """

    drug: str
    dose_mg: Exact
    method: Method
    every_days: int
    start: date
    preparations: tuple[Preparation, ...]
    rate: Exact | None = None
    times: tuple[str, ...] = ("daily",)
    split_mg: tuple[Exact, ...] = ()
    cut_from: tuple[str, ...] = ()
    to_mg: Exact = Fraction(0)
    until: date | None = None
    finish: Literal["", "smallest-step", "stretch"] = ""
    most_pieces: Annotated[int, Field(ge=1, le=100)] = 4
    original_mg: Exact | None = None
    half_occupancy_mg: Exact | None = None
    bands: tuple[Band, ...] = ()
    held: tuple[Held, ...] = ()
    cuts: int = 0
    pause_days: int = 0

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        problem = next(iter(self._problems()), None)
        if problem is not None:
            raise ValueError(problem)
        return self

    @classmethod
    def checked(cls, **fields: object) -> Self:
        """Build a request; what is wrong is raised as BadInput in one line."""
        try:
            return cls.model_validate(fields)
        except ValueError as error:
            errors = getattr(error, "errors", None)
            line = str(errors()[0]["msg"] if errors else error).removeprefix("Value error, ")
            raise BadInput(line) from error

    @property
    def original(self) -> Fraction:
        """The dose that percent-of-original counts from."""
        return self.original_mg if self.original_mg is not None else self.dose_mg

    def _problems(self) -> list[str]:
        found: list[str] = []
        if self.dose_mg <= 0:
            found.append(phrase("the dose is 0 or less; give today's dose in mg"))
        if (slip := far_off(self.start)) is not None:
            found.append(slip)
        if not 1 <= self.every_days <= 366:
            found.append(
                phrase(
                    "every {every_days} days: an interval is 1 to 366 days",
                    every_days=self.every_days,
                )
            )
        if self.method is Method.BANDS:
            if not self.bands:
                found.append(
                    phrase("there is no published rule by dose band for {drug}", drug=self.drug)
                )
            if self.rate is not None:
                found.append(
                    phrase("a method by dose band has its own step sizes: leave the rate out")
                )
        elif self.rate is None:
            found.append(phrase("{method} needs a rate, like 10", method=self.method))
        elif self.rate <= 0:
            found.append(phrase("the rate is 0 or less; to stay on a dose, hold it"))
        elif self.method in NEEDS_PERCENT and self.rate >= 100:
            found.append(
                phrase(
                    "{exact_text} % in one step is no taper; give less than 100",
                    exact_text=exact_text(self.rate),
                )
            )
        if self.to_mg < 0 or self.to_mg >= self.dose_mg:
            found.append(phrase("the dose to stop at must be below today's dose and not below 0"))
        if self.until is not None and self.until <= self.start:
            found.append(
                phrase(
                    "the end ({until}) is not after the start ({start})",
                    until=self.until,
                    start=self.start,
                )
            )
        return (
            found
            + self._problems_of_pauses()
            + self._problems_of_products()
            + self._problems_of_times()
        )

    def _problems_of_pauses(self) -> list[str]:
        found: list[str] = []
        if bool(self.cuts) != bool(self.pause_days):
            found.append(
                phrase("a pause needs both: after how many cuts it comes, and how long it is")
            )
        elif not 0 <= self.cuts <= 99 or not 0 <= self.pause_days <= 366:
            found.append(phrase("pauses come after 1 to 99 cuts and last 1 to 366 days"))
        if self.cuts and self.method is Method.DAILY:
            found.append(
                phrase("a little every day has no pauses of its own: hold a line for longer")
            )
        return found

    def _problems_of_products(self) -> list[str]:
        found: list[str] = []
        if not self.preparations:
            found.append(
                phrase("no products: say what the dose is made from, like “tab 2 half, tab 5”")
            )
        if len({item.extended_release for item in self.preparations}) > 1:
            found.append(
                phrase(
                    "extended-release and ordinary products are not exchanged by a plan: how "
                    "fast a dose comes and goes would change with it. Name one kind; a "
                    "change between them is for your prescriber"
                )
            )
        return found

    def _problems_of_times(self) -> list[str]:
        found: list[str] = []
        if not 1 <= len(self.times) <= 6 or len(set(self.times)) != len(self.times):
            found.append(phrase("name one to six different dose times, like “morning, night”"))
        if self.split_mg and len(self.split_mg) != len(self.times):
            found.append(
                phrase(
                    "{count} doses for {count_2} dose times: give one for each",
                    count=len(self.split_mg),
                    count_2=len(self.times),
                )
            )
        if self.split_mg and sum(self.split_mg) != self.dose_mg:
            total = exact_text(sum(self.split_mg, Fraction(0)))
            found.append(
                phrase(
                    "the day's doses add up to {total} mg, not {exact_text} mg",
                    total=total,
                    exact_text=exact_text(self.dose_mg),
                )
            )
        if any(part < 0 for part in self.split_mg):
            found.append(phrase("a dose below 0"))
        unknown = [name for name in self.cut_from if name not in self.times]
        if unknown:
            found.append(
                phrase(
                    "“{unknown}” is not one of the dose times {times}",
                    unknown=unknown[0],
                    times=", ".join(self.times),
                )
            )
        return found
