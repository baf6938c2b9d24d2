"""An adopted plan as FHIR: a draft proposal reported by the patient, never an order."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from landward.model.bodies import PlanAdopted, PlanStep
from landward.model.entries import Entry
from landward.model.medicines.going_on import begun_on, choices_in
from landward.model.medicines.planned import PlannedStep, plan_steps
from landward.model.stopping import DO_NOT_STOP
from landward.report.fhir.parts import Json, mg, mg_per_day, new_id, reference
from landward.report.fhir.request import Sending
from landward.report.words import date_words, dose_words

NOT_A_PRESCRIPTION = (
    f"Draft for the prescriber to change, accept or reject. Not a prescription. {DO_NOT_STOP}"
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
    latest: dict[str, tuple[str, tuple[PlannedStep, ...], int | None]] = {}
    said: dict[str, list[tuple[Entry, PlanStep]]] = {}
    for entry, word in sending.diary.of(PlanStep):
        if entry.date <= sending.asked.last_day:
            said.setdefault(word.plan, []).append((entry, word))
    for entry, body in sending.diary.of(PlanAdopted):
        if entry.date <= sending.asked.last_day:
            found = plan_steps(body.plan)
            for drug, steps in found.items():
                key = entry.id if len(found) == 1 else f"{entry.id}/{drug}"
                spans = [(step.start, step.days) for step in steps]
                begun = begun_on(spans, body.confirmed, choices_in(said.get(entry.id, ())))
                latest[drug] = (key, steps, None if body.confirmed is None else len(begun))
    resources: list[Json] = []
    for drug, (key, steps, begun_steps) in latest.items():
        request = _request(sending, key, drug, steps, begun_steps)
        resources += [_care_plan(sending, key, request), request]
    return resources


def _request(
    sending: Sending, key: str, drug: str, steps: Sequence[PlannedStep], begun: int | None
) -> Json:
    """The proposal; lines nobody said yes to (all after `begun`) say that they wait."""
    return {
        "resourceType": "MedicationRequest",
        "id": new_id("plan", key),
        "status": "draft",
        "intent": "proposal",
        "reportedBoolean": True,
        "medicationCodeableConcept": sending.concept(drug, drug, "drug"),
        "subject": sending.who,
        "note": [{"text": NOT_A_PRESCRIPTION}],
        "dosageInstruction": [
            line
            for number, step in enumerate(steps, start=1)
            for line in _instructions(number, step, waits=begun is not None and number > begun)
        ],
    }


def _instructions(number: int, step: PlannedStep, *, waits: bool) -> list[Json]:
    """The lines of one step: equal `sequence` means together, a higher one means afterwards."""
    end = step.start + timedelta(days=step.days - 1)
    period = {"start": step.start.isoformat(), "end": end.isoformat()}
    span = f"{date_words(step.start)} to {date_words(end)}"
    if waits:
        span = f"from {date_words(step.start)} only if the person goes on; not begun"
    doses = [(at, amount) for at, amount in step.doses if amount]
    if not doses:
        words = f"Step {number}: {_words(step.mg)} mg a day, {span}"
        whole: Json = {"repeat": {"boundsPeriod": period}}
        return [_line(number, words, whole, mg_per_day(step.mg))]
    lines = []
    for at, amount in doses:
        repeat: Json = {"boundsPeriod": period, "frequency": 1, "period": 1, "periodUnit": "d"}
        if at in _WHEN:
            repeat["when"] = [_WHEN[at]]
        words = f"Step {number}: {_words(amount)} mg, {at}, {span}"
        # The time in the plan's own word: R4's codes have no place for “8 am”.
        timing: Json = {"repeat": repeat, "code": {"text": at}}
        lines.append(_line(number, words, timing, {"doseQuantity": mg(amount)}))
    return lines


def _line(number: int, words: str, timing: Json, amount: Json) -> Json:
    return {"sequence": number, "text": words, "timing": timing, "doseAndRate": [amount]}


def _words(amount: Decimal) -> str:
    return dose_words(round(amount, 4))


def _care_plan(sending: Sending, key: str, request: Json) -> Json:
    return {
        "resourceType": "CarePlan",
        "id": new_id("care-plan", key),
        "status": "draft",
        "intent": "proposal",
        "title": "Draft of a slow reduction, to talk over",
        "description": NOT_A_PRESCRIPTION,
        "subject": sending.who,
        "author": sending.who,
        "activity": [{"reference": reference(request)}],
    }
