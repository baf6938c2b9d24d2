"""Doses as recorded: exact milligrams a day, the levels they held, and what stands on the page.

Prescribed, planned and taken are different quantities and stay apart; nothing is filled in.
"""

import json
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from landward.model.base import Frozen
from landward.model.bodies import DoseTaken, PlanAdopted, Prescription
from landward.model.diary import Diary
from landward.report.blocks.scope import Scope
from landward.report.words import count_words, date_words, dose_words, percent_words

HELD_DAYS = 3
"""An amount taken on this many known days in a row is a level; fewer is a passing difference."""

STILL_NOW_DAYS = 7
"""“Now” is the last recorded amount, if it is no older than this at the end of the period."""


class DoseLevel(Frozen):
    """An amount that was held, from its first day to the last day it is known of."""

    mg: Decimal
    first_day: date
    last_day: date


class DoseChange(Frozen):
    """From one held level to the next; `day` is the first day on the new one."""

    drug: str
    day: date
    from_mg: Decimal
    to_mg: Decimal


class DoseRow(Frozen):
    """One drug's line on the page, in words."""

    drug: str
    taken_now: str
    prescribed: str
    at_start: str
    first_recorded: str
    last_change: str
    supply: str


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
    except (ValueError, KeyError, TypeError, ZeroDivisionError):
        return []


def _exact(text: str) -> Decimal:
    """A stored amount; plans write exact decimals, and fractions where no decimal is exact."""
    amount = Fraction(text)
    return Decimal(amount.numerator) / Decimal(amount.denominator)


def held_levels(doses: dict[date, Decimal]) -> list[DoseLevel]:
    """The amounts that were held for `HELD_DAYS` known days or more, in date order."""
    blocks: list[list[tuple[date, Decimal]]] = []
    for day, mg in doses.items():
        if blocks and blocks[-1][-1][1] == mg:
            blocks[-1].append((day, mg))
        else:
            blocks.append([(day, mg)])
    levels: list[DoseLevel] = []
    for block in blocks:
        if len(block) < HELD_DAYS:
            continue
        first, last = block[0][0], block[-1][0]
        if levels and levels[-1].mg == block[0][1]:
            levels[-1] = levels[-1].model_copy(update={"last_day": last})
        else:
            levels.append(DoseLevel(mg=block[0][1], first_day=first, last_day=last))
    return levels


def dose_changes(diary: Diary, drug: str, until: date) -> list[DoseChange]:
    """Every change from one held level to the next, in date order."""
    levels = held_levels(daily_doses(diary, drug, until))
    return [
        DoseChange(drug=drug, day=new.first_day, from_mg=old.mg, to_mg=new.mg)
        for old, new in pairwise(levels)
    ]


def main_drug(diary: Diary, until: date) -> str | None:
    """The drug drawn in the chart: the one with the most recorded days, then by name."""
    days = {drug: len(daily_doses(diary, drug, until)) for drug in diary.drugs}
    return min((d for d in days if days[d]), key=lambda d: (-days[d], d), default=None)


def dose_rows(scope: Scope) -> tuple[DoseRow, ...]:
    """One line per drug that was taken or prescribed, the one drawn in the chart first."""
    drugs = set(scope.diary.drugs)
    drugs |= {
        body.drug for entry, body in scope.diary.of(Prescription) if _is_past(entry.date, scope)
    }
    first = main_drug(scope.diary, scope.last_day)
    return tuple(_row(scope, drug) for drug in sorted(drugs, key=lambda d: (d != first, d)))


def _is_past(day: date, scope: Scope) -> bool:
    return day <= scope.last_day


def _row(scope: Scope, drug: str) -> DoseRow:
    doses = daily_doses(scope.diary, drug, scope.last_day)
    prescription = _prescription(scope, drug)
    form = f", {prescription.form}" if prescription and prescription.form else ""
    changes = dose_changes(scope.diary, drug, scope.last_day)
    last = changes[-1] if changes else None
    return DoseRow(
        drug=f"{drug}{form}",
        taken_now=_now(doses, scope),
        prescribed=f"{dose_words(prescription.dose_mg_per_day)} mg"
        if prescription
        else "not recorded",
        at_start=_at(doses, scope.first_day),
        first_recorded=_first(doses),
        last_change=f"{dose_words(last.from_mg)} to {dose_words(last.to_mg)} mg "
        f"on {date_words(last.day)} "
        f"({percent_words(last.to_mg, last.from_mg) if last.from_mg else 'from 0'})"
        if last
        else "none recorded",
        supply=_supply(scope, drug, doses),
    )


def _prescription(scope: Scope, drug: str) -> Prescription | None:
    found = [
        b for e, b in scope.diary.of(Prescription) if b.drug == drug and _is_past(e.date, scope)
    ]
    return found[-1] if found else None


def _now(doses: dict[date, Decimal], scope: Scope) -> str:
    if not doses:
        return "not recorded"
    day = max(doses)
    if (scope.last_day - day).days > STILL_NOW_DAYS:
        return f"not recorded since {date_words(day)}"
    return f"{dose_words(doses[day])} mg"


def _at(doses: dict[date, Decimal], day: date) -> str:
    before = [d for d in doses if day - timedelta(days=STILL_NOW_DAYS) <= d <= day]
    after = [d for d in doses if day < d <= day + timedelta(days=STILL_NOW_DAYS)]
    nearest = before[-1:] or after[:1]
    return f"{dose_words(doses[nearest[0]])} mg" if nearest else "not known"


def _first(doses: dict[date, Decimal]) -> str:
    if not doses:
        return "not recorded"
    day = min(doses)
    return f"{dose_words(doses[day])} mg on {date_words(day)}"


def _supply(scope: Scope, drug: str, doses: dict[date, Decimal]) -> str:
    """Whole days left: what was handed out less what was taken since, over what is ordered.

    Days without a written dose are counted at the ordered dose, so that a gap in the diary never
    makes the supply look longer than it is.
    """
    given = [
        (entry.date, body)
        for entry, body in scope.diary.of(Prescription)
        if body.drug == drug and body.supply_mg is not None and _is_past(entry.date, scope)
    ]
    if not given or given[-1][1].supply_mg is None or not given[-1][1].dose_mg_per_day:
        return "not recorded"
    since, body = given[-1]
    planned = planned_doses(scope.diary, drug, scope.last_day)
    days = [since + timedelta(days=n) for n in range((scope.last_day - since).days + 1)]
    ordered = {day: planned.get(day, body.dose_mg_per_day) for day in days}
    used = sum((doses.get(day, ordered[day]) for day in days), Decimal(0))
    now = ordered[days[-1]] or body.dose_mg_per_day
    left = int(max(given[-1][1].supply_mg - used, Decimal(0)) // now)
    return f"about {count_words(left, 'day')}"
