"""A plan somebody else made: a prescriber's own, or a published schedule. It prints as given."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Self

from pydantic import Field, model_validator

from landward.model.amounts import Exact, exact_text
from landward.model.base import BadInput, Frozen
from landward.model.home_made import HomeMade
from landward.model.preparation import Preparation
from landward.model.said import Words, phrase
from landward.model.taper_request import far_off


class GivenDose(Frozen):
    """What is taken at one dose time. `drug` is empty where it is the drug of the plan."""

    at: str
    mg: Exact
    drug: str = ""


class GivenStep(Frozen):
    """A run of days on the same doses. `total_mg` is the day's dose in mg of the plan's drug."""

    start: date
    days: Annotated[int, Field(ge=1, le=3660)]
    doses: tuple[GivenDose, ...]
    total_mg: Exact
    words: Words = ""
    """What was written beside the line, kept word for word."""

    @model_validator(mode="after")
    def _not_negative(self) -> Self:
        if self.total_mg < 0 or any(dose.mg < 0 for dose in self.doses):
            raise ValueError(phrase("a dose below 0 on {start}", start=self.start))
        return self


class GivenPlan(Frozen):
    """A plan as given. `held` are the doses before its first step, where they are known."""

    title: str
    drug: str
    source: str
    steps: tuple[GivenStep, ...]
    held: tuple[GivenDose, ...] = ()
    held_mg: Exact | None = None
    preparations: tuple[Preparation, ...] = ()
    others: tuple[tuple[str, tuple[Preparation, ...]], ...] = ()
    """What doses of another drug than the plan's own are made from, by drug."""
    notes: tuple[str, ...] = ()
    own_rule: str = ""
    home: HomeMade | None = None
    cycle_days: Annotated[int, Field(ge=0, le=366)] = 0

    @classmethod
    def checked(cls, **fields: object) -> Self:
        """Build a plan; what is wrong is raised as BadInput in one line."""
        try:
            plan = cls.model_validate(fields)
        except ValueError as error:
            errors = getattr(error, "errors", None)
            line = str(errors()[0]["msg"] if errors else error).removeprefix("Value error, ")
            raise BadInput(phrase("this plan cannot be read: {line}", line=line)) from error
        if not plan.steps:
            raise BadInput(phrase("this plan has no steps"))
        for step in plan.steps:
            if (slip := far_off(step.start)) is not None:
                raise BadInput(slip)
        for before, after in zip(plan.steps, plan.steps[1:], strict=False):
            if (after.start - before.start).days < before.days:
                raise BadInput(
                    phrase(
                        "the step of {start} begins before the step of {start_2} has ended",
                        start=after.start,
                        start_2=before.start,
                    )
                )
        return plan


def doses_sum(doses: tuple[GivenDose, ...]) -> Fraction:
    """The day's total of doses of one drug."""
    return sum((dose.mg for dose in doses), Fraction(0))


def doses_words(doses: tuple[GivenDose, ...]) -> str:
    """“morning 1 mg lorazepam, night 10 mg”."""
    return ", ".join(f"{dose.at} {exact_text(dose.mg)} mg {dose.drug}".strip() for dose in doses)
