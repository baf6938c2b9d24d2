"""The whole bundle: who, what, since when, and who says so. R4 on the wire, checked twice."""

import json
from html import escape

from landward.model.diary import Diary
from landward.report.fhir.answers import (
    answer_observations,
    choice_observations,
    sleep_observations,
)
from landward.report.fhir.bindings import HL7, check_bundle
from landward.report.fhir.medicines import label_statements, taken_statements
from landward.report.fhir.parts import Json, coded, new_id, reference
from landward.report.fhir.plan import plan_resources
from landward.report.fhir.questionnaires import questionnaire_resources
from landward.report.fhir.request import FhirRequest, Sending, instant
from landward.report.fhir.safety_facts import safety_events

EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason"


def diary_bundle(diary: Diary, asked: FhirRequest) -> bytes:
    """The bundle as JSON, the same bytes for the same diary and request.

    The patient is an id without a name: whoever receives the file knows whose it is. Raises
    LandwardError if the bundle would break R4 or the promises of `bindings`.
    """
    from fhir.resources.R4B.bundle import Bundle

    patient = {"resourceType": "Patient", "id": new_id("patient", asked.patient_key)}
    sections = _sections(Sending(diary, patient, asked))
    composition = _composition(asked, patient, sections)
    device = {
        "resourceType": "Device",
        "id": new_id("device", patient["id"], asked.version),
        "deviceName": [{"name": "Landward", "type": "user-friendly-name"}],
        "version": [{"value": asked.version}],
    }
    resources = [composition, patient, device, _provenance(asked, patient, device, composition)]
    for found in sections.values():
        resources += found
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": instant(asked.made_at),
        "entry": [{"fullUrl": f"urn:uuid:{r['id']}", "resource": r} for r in resources],
    }
    check_bundle(bundle)
    checked = Bundle.model_validate(bundle)
    text = json.dumps(json.loads(checked.model_dump_json()), ensure_ascii=False, indent=1)
    return text.encode() + b"\n"


def _sections(sending: Sending) -> dict[str, list[Json]]:
    return {
        "Medicines taken": taken_statements(sending),
        "Medicines as labelled": label_statements(sending),
        "Draft of a plan": plan_resources(sending),
        "Answers": answer_observations(sending) + choice_observations(sending),
        "Sleep": sleep_observations(sending),
        "Questionnaires": questionnaire_resources(sending),
        "Safety facts": safety_events(sending),
    }


def _composition(asked: FhirRequest, patient: Json, sections: dict[str, list[Json]]) -> Json:
    composition: Json = {
        "resourceType": "Composition",
        "id": new_id("composition", patient["id"], instant(asked.made_at)),
        "status": "preliminary",
        "type": {"text": "diary kept by the patient"},
        "subject": reference(patient),
        "author": [reference(patient)],
        "date": instant(asked.made_at),
        "title": f"Diary, {asked.first_day.isoformat()} to {asked.last_day.isoformat()}",
    }
    filled: list[Json] = [
        {"title": title, "entry": [reference(resource) for resource in found]}
        for title, found in sections.items()
        if found
    ]
    if asked.withheld:
        filled.append(
            {
                "title": "Left out by choice",
                "text": {"status": "generated", "div": _narrative(asked.withheld)},
                "emptyReason": coded(EMPTY, "withheld"),
            }
        )
    return composition | ({"section": filled} if filled else {})


def _narrative(words: str) -> str:
    return f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{escape(words)}</p></div>'


def _provenance(asked: FhirRequest, patient: Json, device: Json, composition: Json) -> Json:
    roles = f"{HL7}provenance-participant-type"
    return {
        "resourceType": "Provenance",
        "id": new_id("provenance", composition["id"]),
        "target": [reference(composition)],
        "recorded": instant(asked.made_at),
        "agent": [
            {"type": coded(roles, "author"), "who": reference(patient)},
            {"type": coded(roles, "assembler"), "who": reference(device)},
        ],
    }
