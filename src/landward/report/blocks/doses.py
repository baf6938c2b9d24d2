"""Doses as recorded: exact milligrams a day, the levels they held, and what stands on the page.

Prescribed, planned and taken are different quantities and stay apart; nothing is filled in.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from landward.model.base import Frozen
from landward.model.bodies import Prescription
from landward.report.blocks.recorded import planned_doses
from landward.report.blocks.scope import Scope
from landward.report.words import count_words, date_words, dose_words, percent_words, shortened

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


def held_levels(doses: Mapping[date, Decimal]) -> list[DoseLevel]:
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


def dose_changes(scope: Scope, drug: str) -> list[DoseChange]:
    """Every change from one held level to the next up to the end of the period, in date order."""
    levels = held_levels(scope.taken(drug))
    return [
        DoseChange(drug=drug, day=new.first_day, from_mg=old.mg, to_mg=new.mg)
        for old, new in pairwise(levels)
    ]


def main_drug(scope: Scope) -> str | None:
    """The drug drawn in the chart: the one with the most recorded days, then by name."""
    days = {drug: len(scope.taken(drug)) for drug in scope.drugs}
    return min((d for d in days if days[d]), key=lambda d: (-days[d], d), default=None)


def dose_rows(scope: Scope) -> tuple[DoseRow, ...]:
    """One line per drug that was taken or prescribed, the one drawn in the chart first."""
    drugs = set(scope.drugs)
    drugs |= {
        body.drug for entry, body in scope.diary.of(Prescription) if _is_past(entry.date, scope)
    }
    first = main_drug(scope)
    return tuple(_row(scope, drug) for drug in sorted(drugs, key=lambda d: (d != first, d)))


def _is_past(day: date, scope: Scope) -> bool:
    return day <= scope.last_day


def _row(scope: Scope, drug: str) -> DoseRow:
    doses = scope.taken(drug)
    prescription = _prescription(scope, drug)
    form = f", {prescription.form}" if prescription and prescription.form else ""
    changes = dose_changes(scope, drug)
    last = changes[-1] if changes else None
    return DoseRow(
        drug=shortened(f"{drug}{form}", 48, word=16),
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


def _now(doses: Mapping[date, Decimal], scope: Scope) -> str:
    if not doses:
        return "not recorded"
    day = max(doses)
    if (scope.last_day - day).days > STILL_NOW_DAYS:
        return f"not recorded since {date_words(day)}"
    return f"{dose_words(doses[day])} mg"


def _at(doses: Mapping[date, Decimal], day: date) -> str:
    before = [d for d in doses if day - timedelta(days=STILL_NOW_DAYS) <= d <= day]
    after = [d for d in doses if day < d <= day + timedelta(days=STILL_NOW_DAYS)]
    nearest = before[-1:] or after[:1]
    return f"{dose_words(doses[nearest[0]])} mg" if nearest else "not known"


def _first(doses: Mapping[date, Decimal]) -> str:
    if not doses:
        return "not recorded"
    day = min(doses)
    return f"{dose_words(doses[day])} mg on {date_words(day)}"


def _supply(scope: Scope, drug: str, doses: Mapping[date, Decimal]) -> str:
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
