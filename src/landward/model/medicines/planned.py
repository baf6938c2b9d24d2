"""What adopted plans say, day by day and drug by drug, exactly as they were stored."""

import datetime as dt
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from landward.model.bodies import PlanAdopted
from landward.model.medicines.going_on import Choice, begun_on, turn_of
from landward.model.plan_pack import FORMAT, plain_object
from landward.model.said import phrase

UNREADABLE = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, zlib.error,
)  # fmt: skip
_LONGEST, _GREAT_POWER = 200, re.compile(r"[eE][-+]?[0-9]{3}")


LONGEST_CYCLE = 366
TURNS_ON_DAYS = 730
"""So long turns are laid out after the last line somebody said yes to."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """From one day on, for so many days, so many mg a day; by dose time where the plan says."""

    start: dt.date
    days: int
    mg: Decimal
    doses: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """The steps of every adopted plan of one drug: a later plan takes over where it begins."""

    steps: tuple[PlannedStep, ...] = ()
    _starts: tuple[dt.date, ...] = field(default=(), repr=False, compare=False)

    def on(self, day: dt.date) -> Decimal | None:
        """Milligrams planned for a day; after the last step its dose is held. None before."""
        place = bisect_right(self._starts, day)
        return self.steps[place - 1].mg if place else None

    @property
    def first_day(self) -> dt.date | None:
        """The first day any plan speaks of."""
        return self.steps[0].start if self.steps else None

    def followed_by(self, steps: tuple[PlannedStep, ...]) -> "Planned":
        """These plans, and one adopted after them."""
        kept = tuple(old for old in self.steps if old.start < steps[0].start)
        joined = kept + steps
        return Planned(joined, tuple(step.start for step in joined))


def planned_by_drug(
    plans: Iterable[tuple[PlanAdopted, Sequence[Choice]]],
) -> Mapping[str, Planned]:
    """Every drug's planned doses, from plans in the order they were adopted, each with what was
    said about its lines: a line nobody said yes to is not planned.

    A plan of one drug never touches another's. A plan of a shape this version cannot read is kept,
    never guessed at.
    """
    found: dict[str, Planned] = {}
    for body, choices in plans:
        for drug, steps in plan_steps(body.plan).items():
            standing = _standing(body, drug, steps, choices)
            if standing:
                found[drug] = found.get(drug, Planned()).followed_by(standing)
    return found


def _standing(
    body: PlanAdopted, drug: str, steps: tuple[PlannedStep, ...], choices: Sequence[Choice]
) -> tuple[PlannedStep, ...]:
    """The steps that were said yes to, on their days; before the first of them the dose the plan
    began at, from the day it was to begin.
    """
    cycle = _cycle_days(body.plan)
    if body.confirmed is None:
        return (*steps, *_turns_again(steps, cycle))
    begun = begun_on([(step.start, step.days) for step in steps], body.confirmed, choices)
    found = tuple(replace(step, start=day) for step, day in zip(steps, begun, strict=False))
    found = (*found, *_turns_again(found, cycle))
    held = _held_before(body.plan, drug)
    if held is None or (found and found[0].start <= steps[0].start):
        return found
    return (PlannedStep(steps[0].start, 1, held), *found)


def _cycle_days(text: str) -> int:
    """In how many days a plan's turns come round again, 0 where it has none."""
    try:
        plan = plain_object(text)
        plan = plan["plan"] if plan.get("format") == FORMAT else plan
        return max(0, min(int(plan.get("cycle_days") or 0), LONGEST_CYCLE))
    except UNREADABLE:
        return 0


def _turns_again(steps: tuple[PlannedStep, ...], cycle: int) -> Iterable[PlannedStep]:
    """The turns of the last cycle again and again, where nobody has said anything since."""
    if not steps or not cycle:
        return
    end = steps[-1].start + dt.timedelta(days=steps[-1].days)
    by_day = {step.start + dt.timedelta(days=n): step for step in steps[-cycle:]
              for n in range(step.days)}  # fmt: skip
    for later in range(TURNS_ON_DAYS):
        day = end + dt.timedelta(days=later)
        if (step := by_day.get(turn_of(day, end, cycle))) is not None:
            yield replace(step, start=day, days=1)


def _held_before(text: str, drug: str) -> Decimal | None:
    """What was taken of a plan's own drug when it began; None where the plan does not say."""
    try:
        plan = plain_object(text)
        plan = plan["plan"] if plan.get("format") == FORMAT else plan
        before = [dose for dose in plan.get("before", ()) if dose["made_mg"] is not None]
        if before:
            mine = [_exact(dose["made_mg"]) for dose in before
                    if (dose.get("drug") or plan["drug"]) == drug]  # fmt: skip
            return sum(mine, Decimal(0)) if mine else None
        return _exact(plan["from_mg"]) if plan["drug"] == drug else None
    except UNREADABLE:
        return None


def plan_steps(text: str) -> Mapping[str, tuple[PlannedStep, ...]]:
    """The steps of one stored plan by drug, by date; none where it cannot be read.

    Both shapes of the journal: the open one of `plan --json`, and the packed one that `plan adopt`
    keeps. Where doses name their drug (a crossover), each drug has its own amount.
    """
    try:
        plan = plain_object(text)
        if plan.get("format") == FORMAT:
            return _by_drug(plan["plan"]["drug"], list(_packed(plan)))
        return _by_drug(plan["drug"], [_open(step) for step in plan["steps"]])
    except UNREADABLE:
        return {}


_Dose = tuple[str, str, Decimal]
"""Dose time, drug (“” is the plan's own), milligrams."""

_Raw = tuple[dt.date, int, Decimal, list[_Dose]]
"""Start, days, the step's own amount, its doses."""


def _open(step: Mapping[str, Any]) -> _Raw:
    doses = [
        (str(dose["at"]), str(dose.get("drug") or ""), _exact(dose["made_mg"]))
        for dose in step.get("doses", ())
    ]
    start = dt.date.fromisoformat(step["start"])
    return start, int(step["days"]), _exact(step["made_mg"]), doses


def _packed(packed: Mapping[str, Any]) -> Iterable[_Raw]:
    first = day = dt.date.fromisoformat(packed["plan"]["start"])
    for days, _, doses, _, made, *moved in packed["steps"]:
        day = first + dt.timedelta(days=moved[0]) if moved else day
        timed = []
        for place, mg, *_ in doses:
            at, drug = packed["doses"][place]
            timed.append((str(at), str(drug), _exact(mg)))
        yield day, int(days), _exact(made), timed
        day += dt.timedelta(days=days)


def _by_drug(own: object, rows: list[_Raw]) -> Mapping[str, tuple[PlannedStep, ...]]:
    """The plan's own drug first. A step without doses, or of one drug, has the step's amount."""
    if not isinstance(own, str):
        raise TypeError("a plan is for a drug")
    rows.sort(key=lambda row: row[0])
    others = sorted({drug or own for *_, doses in rows for _, drug, _ in doses} - {own})
    found = {
        drug: tuple(
            _step(row, [(at, mg) for at, of, mg in row[3] if (of or own) == drug], bool(others))
            for row in rows
        )
        for drug in (own, *others)
    }
    return found if rows else {}


def _step(row: _Raw, doses: list[tuple[str, Decimal]], shared: bool) -> PlannedStep:
    start, days, mg, _ = row
    if days < 1 or start + dt.timedelta(days=days) <= start:
        raise ValueError(phrase("a step lasts a day or more"))
    if shared:
        mg = sum((amount for _, amount in doses), Decimal(0))
    return PlannedStep(start, days, mg, tuple(doses))


def _exact(text: object) -> Decimal:
    """A stored amount; plans write exact decimals, and fractions where no decimal is exact."""
    said = str(text)
    if len(said) > _LONGEST or _GREAT_POWER.search(said):  # small to write, large to work with
        raise ValueError(phrase("this is not an exact amount"))
    amount = Fraction(said)
    if amount < 0:
        raise ValueError(phrase("an amount below 0"))
    return Decimal(amount.numerator) / Decimal(amount.denominator)
