"""Medicines as FHIR: what was taken, what the label said. The patient's statements, no orders."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from landward.model.bodies import Prescription
from landward.report.fhir.parts import Json, mg_per_day, new_id
from landward.report.fhir.request import Sending
from landward.report.words import dose_words, list_words


def taken_statements(sending: Sending) -> list[Json]:
    """One MedicationStatement per run of days on one amount; doses as needed are their own.

    A day that is not known ends a run.
    """
    statements = []
    for drug in sending.medicines.taken_drugs:
        days = [dose for day, dose in sending.medicines.of(drug).days.items() if sending.holds(day)]
        regular = {one.day: one.taken_mg for one in days if one.taken_mg is not None}
        needed = {one.day: one.as_needed_mg for one in days if one.as_needed_mg}
        statements += [_taken(sending, drug, *run) for run in runs_of(regular)]
        statements += [_as_needed(sending, drug, *run) for run in runs_of(needed)]
    return statements


def runs_of(doses: Mapping[date, Decimal]) -> list[tuple[date, date, Decimal]]:
    """First day, last day and amount of each run of neighbouring days on one amount."""
    runs: list[tuple[date, date, Decimal]] = []
    for day, amount in doses.items():
        if runs and runs[-1][1] == day - timedelta(days=1) and runs[-1][2] == amount:
            runs[-1] = (runs[-1][0], day, amount)
        else:
            runs.append((day, day, amount))
    return runs


def _taken(sending: Sending, drug: str, start: date, end: date, amount: Decimal) -> Json:
    statement = _statement(sending, "taken", drug, start, end)
    if not amount:
        return statement | {"status": "not-taken"}
    words = f"{dose_words(amount)} mg a day, as noted by the patient"
    return statement | {"dosage": [{"text": words, "doseAndRate": [mg_per_day(amount)]}]}


def _as_needed(sending: Sending, drug: str, start: date, end: date, amount: Decimal) -> Json:
    words = f"{dose_words(amount)} mg in a day, taken as needed, as noted by the patient"
    dosage = {"text": words, "asNeededBoolean": True, "doseAndRate": [mg_per_day(amount)]}
    return _statement(sending, "as-needed", drug, start, end) | {"dosage": [dosage]}


def _statement(sending: Sending, kind: str, drug: str, start: date, end: date) -> Json:
    return {
        "resourceType": "MedicationStatement",
        "id": new_id(kind, sending.patient["id"], drug, start.isoformat()),
        "status": "completed",
        "medicationCodeableConcept": sending.concept(drug, drug, "drug"),
        "subject": sending.who,
        "informationSource": sending.who,
        "effectivePeriod": {"start": start.isoformat(), "end": end.isoformat()},
    }


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
