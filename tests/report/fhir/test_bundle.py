"""The FHIR bundle: R4 by structure and by word, no order, no diagnosis, nothing private."""

import datetime as dt
import json
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from landward.model.base import LandwardError
from landward.model.bodies import (
    CheckIn,
    DoseTaken,
    Event,
    Feelings,
    Glimmer,
    Note,
    PlanAdopted,
    ScaleAnswers,
)
from landward.model.diary import fold
from landward.model.facts import Status
from landward.model.knowledge import Code
from landward.model.plan_pack import plan_to_text
from landward.model.taper import TaperPlan, TaperStep, TimedDose
from landward.report.fhir import FhirRequest, diary_bundle
from landward.report.fhir.answers import CATEGORY
from landward.report.fhir.bindings import check_bundle, faults
from tests.report.people import LAST, START, Pen, check_in, rich_entries

MADE_AT = dt.datetime(2026, 3, 26, 9, 30, tzinfo=dt.UTC)


def code(subject: str, system: str, value: str, status: Status = Status.DRAFT) -> Code:
    return Code(
        id=f"code.{subject}.{value}".lower().replace(":", "_"),
        source=("S",),
        locator="row",
        licence="identifier-only",
        status=status,
        subject=subject,
        subject_kind={"diazepam": "drug", "phq9.total": "observation"}.get(subject, "symptom"),
        system=system,
        code=value,
    )


CODES = {
    "diazepam": (
        code("diazepam", "RxNorm", "5640", Status.WITHDRAWN),
        code("diazepam", "RxNorm", "3322"),
        code("diazepam", "ATC", "N05BA01"),
        code("diazepam", "ICD-10-CM", "F13.20"),
    ),
    "insomnia": (code("insomnia", "HPO", "HP:0100785"), code("insomnia", "HPO", "HP:9999999")),
    "phq9.total": (code("phq9.total", "LOINC", "44261-6"),),
}


def ask(**changes: Any) -> FhirRequest:
    given: dict[str, Any] = {
        "first_day": START,
        "last_day": LAST,
        "made_at": MADE_AT,
        "version": "0.1.0",
        "patient_key": "one",
        "codes": CODES,
    }
    return FhirRequest(**given | changes)


def bundle_of(pen: Pen, **changes: Any) -> dict[str, Any]:
    return json.loads(diary_bundle(fold(pen.entries), ask(**changes)))


def resources(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    found = (entry["resource"] for entry in bundle["entry"])
    return [resource for resource in found if resource["resourceType"] == kind]


@pytest.fixture(scope="module")
def rich() -> dict[str, Any]:
    pen = Pen()
    pen.entries = rich_entries()
    return bundle_of(pen)


def test_the_whole_diary_is_r4_and_refers_to_nothing_outside(rich: dict[str, Any]) -> None:
    assert Bundle.model_validate(rich).type == "collection"
    assert list(faults(rich)) == []
    counts = Counter(entry["resource"]["resourceType"] for entry in rich["entry"])
    assert counts["MedicationStatement"] == 6  # five steps and one label
    assert counts["AdverseEvent"] == 2
    assert counts["QuestionnaireResponse"] == 1
    assert not {"Condition", "MedicationRequest", "ServiceRequest"} & set(counts)


def test_the_same_diary_gives_the_same_bytes_and_ids_are_the_journals(rich: dict[str, Any]) -> None:
    pen = Pen()
    pen.entries = rich_entries()
    once = diary_bundle(fold(pen.entries), ask())
    assert diary_bundle(fold(pen.entries), ask()) == once
    assert json.loads(once) == rich
    other = bundle_of(pen, patient_key="another")
    assert resources(other, "Patient") != resources(rich, "Patient")
    ids = [entry["fullUrl"] for entry in rich["entry"]]
    assert len(set(ids)) == len(ids)


def test_doses_are_runs_of_days_with_a_days_amount(rich: dict[str, Any]) -> None:
    taken = [s for s in resources(rich, "MedicationStatement") if s["status"] == "completed"]
    first = taken[0]
    assert first["effectivePeriod"] == {"start": "2025-12-01", "end": "2025-12-25"}
    assert first["dosage"] == [
        {
            "text": "10 mg a day, as noted by the patient",
            "doseAndRate": [
                {
                    "rateRatio": {
                        "numerator": mg(10),
                        "denominator": {"value": 1, "unit": "d"} | UCUM | {"code": "d"},
                    }
                }
            ],
        }
    ]
    assert first["medicationCodeableConcept"]["coding"] == [
        {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "3322"},
        {"system": "http://www.whocc.no/atc", "code": "N05BA01"},
    ]
    assert first["informationSource"] == first["subject"]


UCUM = {"system": "http://unitsofmeasure.org"}


def mg(value: float) -> dict[str, Any]:
    return {"value": value, "unit": "mg", **UCUM, "code": "mg"}


def test_a_gap_or_a_day_without_ends_a_run() -> None:
    pen = Pen()
    for number, amount in ((0, "0.1"), (1, "0.1"), (3, "0.1"), (4, "0")):
        status = "taken" if amount != "0" else "not_taken"
        dose = Decimal(amount) if amount != "0" else None
        pen.write(DoseTaken(drug="diazepam", dose_mg=dose, status=status), day(number))
    found = resources(bundle_of(pen), "MedicationStatement")
    assert [(s["status"], s["effectivePeriod"]["start"]) for s in found] == [
        ("completed", "2025-12-01"),
        ("completed", "2025-12-04"),
        ("not-taken", "2025-12-05"),
    ]
    assert found[0]["dosage"][0]["doseAndRate"][0]["rateRatio"]["numerator"]["value"] == 0.1
    assert "dosage" not in found[2]


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def test_an_answer_keeps_its_scale_and_a_missing_one_its_reason() -> None:
    pen = Pen()
    pen.write(check_in({"day": 6.0, "insomnia": 3.0}, carried=True), day(0), "filled in later")
    pen.write(CheckIn(asked=("day",), declined=("day",)), day(1))
    pen.write(CheckIn(mode="unwell"), day(2))
    pen.write(CheckIn(mode="resting"), day(3))
    pen.write(Feelings(asked=("joy",), no_occasion=("joy",)), day(4))
    scales = {"mood": "0..3 better up"}
    pen.write(CheckIn(asked=("mood",), answers={"mood": 1.5}, scales=scales), day(5))
    found = resources(bundle_of(pen), "Observation")
    said = [(o["effectiveDateTime"], o["code"]["text"], *value_of(o)) for o in found]
    assert said == [
        ("2025-12-01", "day", 6, None),
        ("2025-12-01", "insomnia", 3, None),
        ("2025-12-02", "day", None, "asked-declined"),
        ("2025-12-03", "daily diary", None, "asked-declined"),
        ("2025-12-05", "joy", None, "not-applicable"),
        ("2025-12-06", "mood", 1.5, None),
    ]
    assert found[0]["method"] == {"text": "patient diary, 0 best to 10 worst"}
    assert found[5]["method"] == {"text": "patient diary, 3 best to 0 worst"}
    assert [note["text"] for note in found[0]["note"]] == [
        "same as the day before, taken over by the patient",
        "filled in on a later day",
    ]
    assert found[1]["code"]["coding"] == [
        {"system": "http://human-phenotype-ontology.org", "code": "HP:0100785"}
    ]
    assert found[3]["dataAbsentReason"]["text"] == "too unwell to log"


def value_of(observation: dict[str, Any]) -> tuple[Any, Any]:
    value = observation.get("valueInteger", observation.get("valueQuantity", {}).get("value"))
    if isinstance(value, dict):
        value = value["value"]
    absent = observation.get("dataAbsentReason", {}).get("coding", [{}])[0].get("code")
    return value, absent


PLAN = {
    "drug": "diazepam",
    "steps": [
        {
            "start": "2026-04-01",
            "days": 14,
            "made_mg": "9",
            "doses": [{"at": "morning", "made_mg": "4"}, {"at": "night", "made_mg": "5"}],
        },
        {"start": "2026-04-15", "days": 14, "made_mg": "25/3"},
        {
            "start": "2026-04-29",
            "days": 14,
            "made_mg": "8",
            "doses": [{"at": "after tea", "made_mg": "8"}, {"at": "night", "made_mg": "0"}],
        },
    ],
}


def test_a_plan_is_a_draft_the_patient_reports_and_never_an_order() -> None:
    pen = Pen()
    pen.write(check_in({"day": 6.0}), day(0))
    endless = json.dumps({**PLAN, "steps": [{**PLAN["steps"][0], "days": 10**12}]})
    for unread in ("not a plan", "[" * 19_000, '{"drug": "x", "steps": ["x"]}', endless):
        pen.write(PlanAdopted(plan=unread, tables_version="t"), day(0))
    pen.write(PlanAdopted(plan=json.dumps(PLAN), tables_version="t"), day(0))
    bundle = bundle_of(pen)
    (request,) = resources(bundle, "MedicationRequest")
    (plan,) = resources(bundle, "CarePlan")
    assert (request["status"], request["intent"]) == ("draft", "proposal")
    assert request["reportedBoolean"] is True
    assert "Not a prescription" in request["note"][0]["text"]
    assert "Do not stop suddenly" in request["note"][0]["text"]
    assert (plan["status"], plan["intent"]) == ("draft", "proposal")
    assert plan["activity"] == [{"reference": {"reference": f"urn:uuid:{request['id']}"}}]
    lines = request["dosageInstruction"]
    assert [line["sequence"] for line in lines] == [1, 1, 2, 3]
    assert [line["timing"]["repeat"].get("when") for line in lines] == [
        ["MORN"],
        ["NIGHT"],
        None,
        None,
    ]
    assert lines[0]["doseAndRate"] == [{"doseQuantity": mg(4)}]
    assert lines[2]["doseAndRate"][0]["rateRatio"]["numerator"] == mg(8.3333) | {
        "extension": [{"url": "urn:landward:exact-mg", "valueString": "25/3"}]
    }
    assert lines[0]["timing"]["repeat"]["boundsPeriod"] == {
        "start": "2026-04-01",
        "end": "2026-04-14",
    }
    assert lines[3]["text"] == "Step 3: 8 mg, after tea, 29 Apr 2026 to 12 May 2026"


def test_a_questionnaire_keeps_its_answers_and_its_total_points_to_them() -> None:
    pen = Pen()
    asked = ("item1", "item9")
    body = ScaleAnswers(
        instrument="phq9",
        total=5,
        asked=asked,
        answers={"item1": 3.0, "item9": 2.0},
        scales=dict.fromkeys(asked, "0..3 better down"),
    )
    pen.write(body, day(0))
    bundle = bundle_of(pen, left_out=frozenset({"phq9.item9"}), names={"phq9": "PHQ-9"})
    (response,) = resources(bundle, "QuestionnaireResponse")
    (total,) = resources(bundle, "Observation")
    assert response["item"] == [{"linkId": "item1", "answer": [{"valueInteger": 3}]}]
    assert total["code"]["text"] == "PHQ-9, total"
    assert total["code"]["coding"] == [{"system": "http://loinc.org", "code": "44261-6"}]
    assert total["derivedFrom"] == [{"reference": f"urn:uuid:{response['id']}"}]
    shared = resources(bundle_of(pen), "QuestionnaireResponse")
    assert [item["linkId"] for item in shared[0]["item"]] == ["item1", "item9"]


def test_thoughts_of_suicide_leave_only_if_the_person_chose_so(rich: dict[str, Any]) -> None:
    assert "suicid" not in json.dumps(rich).lower()
    pen = Pen()
    pen.entries = rich_entries()
    told = bundle_of(pen, share_suicidal_thoughts=True)
    assert "suicidal thoughts" in [e["event"]["text"] for e in resources(told, "AdverseEvent")]


def test_free_words_stay_in_the_vault() -> None:
    pen = Pen()
    words = "unmistakable words of mine"
    pen.write(Note(text=words), day(0))
    pen.write(Glimmer(text=words), day(0))
    pen.write(Event(what=words), day(0))
    pen.write(CheckIn(asked=("day",), declined=("day",), note=words, tags=(words,)), day(0))
    assert words not in json.dumps(bundle_of(pen))


def test_who_says_so_is_the_patient_and_the_patient_has_no_name(rich: dict[str, Any]) -> None:
    (patient,) = resources(rich, "Patient")
    assert set(patient) == {"resourceType", "id"}
    (provenance,) = resources(rich, "Provenance")
    roles = [agent["type"]["coding"][0]["code"] for agent in provenance["agent"]]
    assert roles == ["author", "assembler"]
    assert provenance["recorded"] == "2026-03-26T09:30:00Z"


def test_a_period_is_kept_to() -> None:
    pen = Pen()
    pen.entries = rich_entries()
    found = bundle_of(pen, first_day=day(10), last_day=day(12))
    days = {o["effectiveDateTime"] for o in resources(found, "Observation")}
    assert days == {"2025-12-11", "2025-12-12", "2025-12-13"}


@pytest.mark.parametrize(
    ("kind", "change", "why"),
    [
        ("MedicationStatement", {"status": "nonsense"}, "MedicationStatement.status"),
        ("Observation", {"status": "wish"}, "Observation.status"),
        ("Provenance", {"target": [{"reference": "urn:uuid:x"}]}, "not in the bundle"),
        ("AdverseEvent", {"resourceType": "Condition"}, "Condition is not sent from here"),
        (
            "Observation",
            {"code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "F13.2"}]}},
            "names the system",
        ),
        (
            "Observation",
            {"category": [{"coding": [{"system": CATEGORY, "code": "mood"}]}]},
            "not a word of",
        ),
    ],
)
def test_what_the_classes_let_through_is_caught(
    rich: dict[str, Any], kind: str, change: dict[str, Any], why: str
) -> None:
    spoiled = json.loads(json.dumps(rich))
    resources(spoiled, kind)[0].update(change)
    with pytest.raises(LandwardError, match=why):
        check_bundle(spoiled)


def test_an_order_is_refused_even_by_hand() -> None:
    pen = Pen()
    pen.write(PlanAdopted(plan=json.dumps(PLAN), tables_version="t"), day(0))
    for change in ({"intent": "order"}, {"status": "active"}, {"reportedBoolean": False}):
        spoiled = bundle_of(pen)
        resources(spoiled, "MedicationRequest")[0].update(change)
        assert any("MedicationRequest" in fault for fault in faults(spoiled))


def test_a_plan_kept_by_the_command_is_sent_and_a_changed_drug_apart() -> None:
    step = {"step": 1, "start": START, "days": 7, "ideal_mg": "11", "made_mg": "11",
            "cut_percent": "0", "checks": ()}  # fmt: skip
    plan = TaperPlan(
        drug="diazepam", method="crossover from lorazepam", start=START, from_mg=20,
        times=("morning", "night"), products=("tab 5",),
        steps=(TaperStep(**step, doses=(TimedDose(at="morning", made_mg=10),
                                        TimedDose(at="night", drug="lorazepam", made_mg=1))),),
    )  # fmt: skip
    pen = Pen()
    pen.write(PlanAdopted(plan=plan_to_text(plan), tables_version="t"), day(0))
    requests = resources(bundle_of(pen), "MedicationRequest")
    lines = {
        one["medicationCodeableConcept"]["text"]: [x["text"] for x in one["dosageInstruction"]]
        for one in requests
    }
    assert lines == {
        "diazepam": ["Step 1: 10 mg, morning, 1 Dec 2025 to 7 Dec 2025"],
        "lorazepam": ["Step 1: 1 mg, night, 1 Dec 2025 to 7 Dec 2025"],
    }
    assert len({one["id"] for one in requests}) == 2


def test_what_was_as_needed_is_a_statement_of_its_own() -> None:
    pen = Pen()
    pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(10), day_total=True), day(0))
    pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(2), as_needed=True), day(0))
    regular, needed = resources(bundle_of(pen), "MedicationStatement")
    assert "asNeededBoolean" not in regular["dosage"][0]
    assert needed["dosage"][0]["asNeededBoolean"] is True
    assert needed["dosage"][0]["text"].startswith("2 mg in a day, taken as needed")


def test_an_answer_in_words_is_a_word_and_the_last_one_said() -> None:
    pen = Pen()
    pen.write(check_in({"day": 4.0}), START)
    for word in ("evening", "night"):
        pen.write(CheckIn(choices={"hardest_part": word}), START)
    bundle = json.loads(diary_bundle(fold(pen.entries), ask()))
    (found,) = [
        entry["resource"] for entry in bundle["entry"] if "valueString" in entry["resource"]
    ]
    assert found["valueString"] == "night"
    assert "hardest" in found["code"]["text"].lower()
    assert found["effectiveDateTime"] == START.isoformat()
