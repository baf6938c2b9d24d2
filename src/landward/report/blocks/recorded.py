"""What was taken on each recorded day, and what an adopted plan said: exact milligrams."""

import json
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from landward.model.bodies import DoseTaken, PlanAdopted
from landward.model.diary import Diary


def daily_doses(diary: Diary, drug: str, until: date) -> dict[date, Decimal]:
    """Exact milligrams of one drug per recorded day up to `until`, in date order.

    Single doses of a day add up. Where the day's total was written, it counts once (the last one)
    and only doses taken as needed come on top. A dose recorded without its amount leaves its day
    unknown.
    """
    by_day: defaultdict[date, list[DoseTaken]] = defaultdict(list)
    for entry, body in diary.of(DoseTaken):
        if body.drug == drug and entry.date <= until:
            by_day[entry.date].append(body)
    amounts = ((day, _day_amount(doses)) for day, doses in sorted(by_day.items()))
    return {day: mg for day, mg in amounts if mg is not None}


def _day_amount(doses: list[DoseTaken]) -> Decimal | None:
    if len(doses) == 1 and doses[0].dose_mg is not None:
        return doses[0].dose_mg
    if any(dose.status != "not_taken" and dose.dose_mg is None for dose in doses):
        return None
    totals = [dose for dose in doses if dose.day_total]
    if totals:
        doses = [totals[-1], *(dose for dose in doses if dose.as_needed and not dose.day_total)]
    return sum((dose.dose_mg or Decimal(0) for dose in doses), Decimal(0))


def planned_doses(diary: Diary, drug: str, until: date) -> dict[date, Decimal]:
    """Milligrams a day of the last adopted plan for one drug, up to `until`; empty without one."""
    planned: dict[date, Decimal] = {}
    for _, body in diary.of(PlanAdopted):
        steps = _steps(body, drug)
        if steps:
            planned = {day: mg for day, mg in planned.items() if day < steps[0][0]}
        for start, days, mg in steps:
            for number in range(days):
                planned[start + timedelta(days=number)] = mg
    return {day: mg for day, mg in sorted(planned.items()) if day <= until}


def _steps(body: PlanAdopted, drug: str) -> list[tuple[date, int, Decimal]]:
    """Start, length and amount of each step of a stored plan; none if it is of another drug.

    A plan of a shape this version cannot read is not drawn: it is kept, never guessed at.
    """
    try:
        plan = json.loads(body.plan)
        if plan["drug"] != drug:
            return []
        return [
            (date.fromisoformat(step["start"]), int(step["days"]), _exact(step["made_mg"]))
            for step in plan["steps"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return []


def _exact(text: str) -> Decimal:
    """A stored amount; plans write exact decimals, and fractions where no decimal is exact."""
    amount = Fraction(text)
    return Decimal(amount.numerator) / Decimal(amount.denominator)
