"""An adopted plan as FHIR: a draft proposal reported by the patient, never an order."""

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from landward.model.bodies import PlanAdopted
from landward.report.fhir.parts import Json, mg, mg_per_day, new_id, reference
from landward.report.fhir.request import Sending
from landward.report.words import date_words, dose_words

NOT_A_PRESCRIPTION = (
    "Draft for the prescriber to change, accept or reject. Not a prescription. "
    "Do not stop suddenly: stopping suddenly can be dangerous (seizures)."
)
_WHEN = {
    "morning": "MORN",
    "noon": "NOON",
    "afternoon": "AFT",
    "evening": "EVE",
    "night": "NIGHT",
    "bedtime": "HS",
}
"""Our dose times -> HL7 event timing. Any other time stays in the words only."""


def plan_resources(sending: Sending) -> list[Json]:
    """A CarePlan and a MedicationRequest for the latest adopted plan of each drug.

    A plan of a shape this version cannot read is left out: it is kept in the vault, never guessed.
    """
    latest: dict[str, tuple[str, Json]] = {}
    for entry, body in sending.diary.of(PlanAdopted):
        plan = _read(body) if entry.date <= sending.asked.last_day else None
        if plan:
            latest[plan["drug"]] = (entry.id, plan)
    resources: list[Json] = []
    for entry_id, plan in latest.values():
        request = _request(sending, entry_id, plan)
        resources += [_care_plan(sending, entry_id, request), request]
    return resources


def _read(body: PlanAdopted) -> Json | None:
    try:
        plan = json.loads(body.plan)
        steps = [_step(step) for step in plan["steps"]]
        return {"drug": str(plan["drug"]), "steps": steps} if steps else None
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return None


def _step(raw: dict[str, Any]) -> Json:
    start = date.fromisoformat(raw["start"])
    doses = [(str(dose["at"]), _exact(dose["made_mg"])) for dose in raw.get("doses", ())]
    return {
        "start": start,
        "end": start + timedelta(days=int(raw["days"]) - 1),
        "mg": _exact(raw["made_mg"]),
        "doses": [(at, amount) for at, amount in doses if amount],
    }


def _exact(text: str) -> Decimal:
    amount = Fraction(text)
    return Decimal(amount.numerator) / Decimal(amount.denominator)


def _request(sending: Sending, entry_id: str, plan: Json) -> Json:
    return {
        "resourceType": "MedicationRequest",
        "id": new_id("plan", entry_id),
        "status": "draft",
        "intent": "proposal",
        "reportedBoolean": True,
        "medicationCodeableConcept": sending.concept(plan["drug"], plan["drug"], "drug"),
        "subject": sending.who,
        "note": [{"text": NOT_A_PRESCRIPTION}],
        "dosageInstruction": [
            line
            for number, step in enumerate(plan["steps"], start=1)
            for line in _instructions(number, step)
        ],
    }


def _instructions(number: int, step: Json) -> list[Json]:
    """The lines of one step: equal `sequence` means together, a higher one means afterwards."""
    period = {"start": step["start"].isoformat(), "end": step["end"].isoformat()}
    span = f"{date_words(step['start'])} to {date_words(step['end'])}"
    if not step["doses"]:
        words = f"Step {number}: {_words(step['mg'])} mg a day, {span}"
        timing = {"repeat": {"boundsPeriod": period}}
        return [_line(number, words, timing, mg_per_day(step["mg"]))]
    lines = []
    for at, amount in step["doses"]:
        repeat: Json = {"boundsPeriod": period, "frequency": 1, "period": 1, "periodUnit": "d"}
        if at in _WHEN:
            repeat["when"] = [_WHEN[at]]
        words = f"Step {number}: {_words(amount)} mg, {at}, {span}"
        lines.append(_line(number, words, {"repeat": repeat}, {"doseQuantity": mg(amount)}))
    return lines


def _line(number: int, words: str, timing: Json, amount: Json) -> Json:
    return {"sequence": number, "text": words, "timing": timing, "doseAndRate": [amount]}


def _words(amount: Decimal) -> str:
    return dose_words(round(amount, 4))


def _care_plan(sending: Sending, entry_id: str, request: Json) -> Json:
    return {
        "resourceType": "CarePlan",
        "id": new_id("care-plan", entry_id),
        "status": "draft",
        "intent": "proposal",
        "title": "Draft of a slow reduction, to talk over",
        "description": NOT_A_PRESCRIPTION,
        "subject": sending.who,
        "author": sending.who,
        "activity": [{"reference": reference(request)}],
    }
