"""A prescriber's plan in FHIR: read as it is written, refused where a dose would be a guess."""

import datetime as dt
import json
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.people import Pen

from landward.app.plan.given import plan_of_file
from landward.catalog import load_catalog
from landward.exchange.plan_file import read_plan_file
from landward.model.base import BadInput
from landward.model.bodies import PlanAdopted
from landward.model.diary import fold
from landward.report.fhir import FhirRequest, diary_bundle

START = dt.date(2026, 1, 1)


def request(*lines: dict[str, Any], **more: Any) -> bytes:
    return json.dumps(
        {"resourceType": "MedicationRequest", "status": "active", "intent": "order",
         "medicationCodeableConcept": {"text": "diazepam"}, "dosageInstruction": lines} | more
    ).encode()  # fmt: skip


def line(sequence: int, value: object, *, unit: str = "mg", **repeat: Any) -> dict[str, Any]:
    repeat.setdefault("boundsDuration", {"value": 14, "code": "d"})
    return {"sequence": sequence, "timing": {"repeat": repeat},
            "doseAndRate": [{"doseQuantity": {"value": value, "code": unit}}]}  # fmt: skip


def read(content: bytes) -> list[tuple[str, int, str, list[tuple[str, Fraction]]]]:
    plan = read_plan_file(content, "plan.json")
    return [
        (step.start.isoformat(), step.days, str(step.total_mg), [(d.at, d.mg) for d in step.doses])
        for step in plan.steps
    ]


def test_lines_of_one_number_are_together_and_a_higher_one_comes_after() -> None:
    """As HL7's own example of a taper has it: durations in sequence."""
    content = request(
        line(1, 4, when=["MORN"]), line(1, 5, when=["HS"]),
        line(2, 8.5, boundsDuration={"value": 2, "code": "wk"}),
        line(3, 2000, unit="ug", frequency=3, period=1, periodUnit="d"),
        authoredOn="2026-04-01T09:30:00+02:00",
    )  # fmt: skip
    assert read(content) == [
        ("2026-04-01", 14, "9", [("morning", 4), ("bedtime", 5)]),
        ("2026-04-15", 14, "17/2", [("daily", Fraction(17, 2))]),
        ("2026-04-29", 14, "6", [(f"dose {n} of 3", 2) for n in (1, 2, 3)]),
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (request(line(1, 5)), "nothing says on which day it begins"),
        (request(line(1, 5, unit="tab"), authoredOn="2026-01-01"), "not in mg, g or µg"),
        (request(line(1, 5, period=2, periodUnit="d"), authoredOn="2026-01-01"), "every day alike"),
        (request(line(1, 5, when=["PCM"]), authoredOn="2026-01-01"), "“PCM” is no time of day"),
        (request(line(1, -5), authoredOn="2026-01-01"), "below 0"),
        (request(line(1, 5) | {"asNeededBoolean": True}, authoredOn="2026-01-01"), "as needed"),
        (request(line(1, 5) | {"doseAndRate": [{"doseRange": {}}]}, authoredOn="2026-01-01"),
         "no one dose"),
        (request(line(1, 5), line(1, 4, boundsDuration={"value": 7, "code": "d"}),
                 authoredOn="2026-01-01"), "last for different days"),
        (request(line(1, 5, boundsDuration={"value": 0.5, "code": "d"}), authoredOn="2026-01-01"),
         "whole days or weeks"),
        (request(line(1, 5, boundsDuration={"value": 1, "code": "mo"}), authoredOn="2026-01-01"),
         "whole days or weeks"),
        (request(line(1, 5), status="entered-in-error"), "no MedicationRequest that stands"),
        (request(), "no dosage lines"),
        (request(line(1, 5), medicationCodeableConcept={"coding": [{"code": "3322"}]}),
         "a code and no name"),
        (b'{"resourceType": "Patient"}', "no MedicationRequest that stands"),
        (b'{"resourceType": ["', "no FHIR resource that can be read"),
        (request({"sequence": 1}), "not as FHIR R4 has them"),
    ],
)  # fmt: skip
def test_what_would_be_a_guess_is_refused_in_one_line(content: bytes, why: str) -> None:
    with pytest.raises(BadInput, match=why) as refused:
        read_plan_file(content, "plan.json")
    assert "\n" not in str(refused.value)


def test_two_medicines_in_one_bundle_are_refused_by_name() -> None:
    one = json.loads(request(line(1, 5), authoredOn="2026-01-01"))
    other = one | {"medicationCodeableConcept": {"text": "zopiclone"}}
    bundle = {"resourceType": "Bundle", "entry": [{"resource": one}, {"resource": other}]}
    with pytest.raises(BadInput, match=r"2 medication requests \(diazepam, zopiclone\)"):
        read_plan_file(json.dumps(bundle).encode(), "b.json")


def test_it_is_kept_as_the_prescribers_plan_with_every_check_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(request(line(1, 10), line(2, 5), authoredOn="2026-01-01"))
    plan = plan_of_file(load_catalog(), path)
    assert [step.made_mg for step in plan.steps] == [10, 5]
    assert any(not check.ok for step in plan.steps for check in step.checks)  # half at once


amounts = st.one_of(
    st.integers(1, 400).map(lambda n: Fraction(n, 8)),
    st.builds(Fraction, st.integers(1, 300), st.integers(1, 99)),
)
times = st.lists(
    st.sampled_from(["morning", "noon", "night", "after tea", "8 am", "bedtime"]),
    min_size=1, max_size=4, unique=True,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 40), times, st.lists(amounts, min_size=4, max_size=4)),
                min_size=1, max_size=8))  # fmt: skip
def test_a_plan_goes_out_and_comes_back_exactly(
    steps: list[tuple[int, list[str], list[Fraction]]],
) -> None:
    day, rows, expected = START, [], []
    for days, at, mg in steps:
        doses = list(zip(at, mg, strict=False))
        total = sum((one for _, one in doses), Fraction(0))
        rows.append(
            {"start": day.isoformat(), "days": days, "made_mg": str(total),
             "doses": [{"at": a, "made_mg": str(m)} for a, m in doses]}
        )  # fmt: skip
        expected.append((day.isoformat(), days, str(total), doses))
        day += dt.timedelta(days=days)
    pen = Pen()
    body = PlanAdopted(plan=json.dumps({"drug": "diazepam", "steps": rows}), tables_version="t")
    pen.write(body, START)
    asked = FhirRequest(
        first_day=START, last_day=day, version="0", patient_key="one", codes={},
        made_at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
    )  # fmt: skip
    bundle = diary_bundle(fold(pen.entries), asked)
    assert read(bundle) == expected


@pytest.mark.parametrize(
    "number",
    ["1e999999999", "-1e99999", "0e-999999999", "9" * 400, "NaN", "-Infinity", '"1e999999999"'],
)
@pytest.mark.parametrize("at", ["value", "frequency", "days", "sequence"])
def test_what_is_small_to_write_and_large_to_work_with_is_refused_at_once(
    number: str, at: str
) -> None:
    put = {"value": 4, "frequency": 1, "days": 14, "sequence": 1} | {at: 4444}
    one = line(put["sequence"], put["value"], frequency=put["frequency"],
               boundsDuration={"value": put["days"], "code": "d"})  # fmt: skip
    content = request(one, authoredOn="2026-04-01").replace(b"4444", number.encode())
    began = time.process_time()
    with pytest.raises(BadInput):
        read_plan_file(content, "plan.json")
    assert time.process_time() - began < 5


def test_days_past_the_calendar_are_refused_in_a_line() -> None:
    far = {"boundsDuration": {"value": 10**10, "code": "d"}}
    with pytest.raises(BadInput, match="plan"):
        read_plan_file(request(line(1, 4, **far), authoredOn="2026-04-01"), "plan.json")
