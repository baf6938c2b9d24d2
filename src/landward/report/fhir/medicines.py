"""Medicines as FHIR: what was taken, what the label said. The patient's statements, no orders."""

from datetime import date, timedelta
from decimal import Decimal

from landward.model.bodies import Prescription
from landward.report.blocks.recorded import daily_doses
from landward.report.fhir.parts import Json, mg_per_day, new_id
from landward.report.fhir.request import Sending
from landward.report.words import dose_words, list_words


def taken_statements(sending: Sending) -> list[Json]:
    """One MedicationStatement per run of days on one amount. A day without a record ends a run."""
    statements = []
    for drug in sending.diary.drugs:
        doses = daily_doses(sending.diary, drug, sending.asked.last_day)
        shown = {day: mg for day, mg in doses.items() if sending.holds(day)}
        statements += [_taken(sending, drug, *run) for run in runs_of(shown)]
    return statements


def runs_of(doses: dict[date, Decimal]) -> list[tuple[date, date, Decimal]]:
    """First day, last day and amount of each run of neighbouring days on one amount."""
    runs: list[tuple[date, date, Decimal]] = []
    for day, amount in doses.items():
        if runs and runs[-1][1] == day - timedelta(days=1) and runs[-1][2] == amount:
            runs[-1] = (runs[-1][0], day, amount)
        else:
            runs.append((day, day, amount))
    return runs


def _taken(sending: Sending, drug: str, start: date, end: date, amount: Decimal) -> Json:
    statement: Json = {
        "resourceType": "MedicationStatement",
        "id": new_id("taken", sending.patient["id"], drug, start.isoformat()),
        "status": "completed" if amount else "not-taken",
        "medicationCodeableConcept": sending.concept(drug, drug, "drug"),
        "subject": sending.who,
        "informationSource": sending.who,
        "effectivePeriod": {"start": start.isoformat(), "end": end.isoformat()},
    }
    if amount:
        words = f"{dose_words(amount)} mg a day, as noted by the patient"
        statement["dosage"] = [{"text": words, "doseAndRate": [mg_per_day(amount)]}]
    return statement


def label_statements(sending: Sending) -> list[Json]:
    """What the person copied from the label: kept apart from what was taken, and no order."""
    statements = []
    for entry, body in sending.diary.of(Prescription):
        if entry.date > sending.asked.last_day:
            continue
        times = f" ({list_words(body.times)})" if body.times else ""
        form = f", {body.form}" if body.form else ""
        words = f"{dose_words(body.dose_mg_per_day)} mg a day{times}"
        statements.append(
            {
                "resourceType": "MedicationStatement",
                "id": new_id("label", entry.id),
                "status": "unknown",
                "category": {"text": "as prescribed, copied from the label by the patient"},
                "medicationCodeableConcept": sending.concept(
                    f"{body.drug}{form}", body.drug, "drug"
                ),
                "subject": sending.who,
                "informationSource": sending.who,
                "effectivePeriod": {"start": (body.started_on or entry.date).isoformat()},
                "dateAsserted": entry.date.isoformat(),
                "dosage": [{"text": words, "doseAndRate": [mg_per_day(body.dose_mg_per_day)]}],
            }
        )
    return statements
