"""A plan in FHIR: a line nobody said yes to says so, and is never an order."""

import datetime as dt
import json

from landward.model.bodies import PlanAdopted, PlanStep
from tests.report.fhir.test_bundle import PLAN, bundle_of, day, resources
from tests.report.people import Pen


def test_lines_nobody_said_yes_to_say_that_they_wait() -> None:
    pen = Pen()
    adopted = PlanAdopted(plan=json.dumps(PLAN), tables_version="t", confirmed=0)
    pen.write(adopted, day(0))
    (request,) = resources(bundle_of(pen), "MedicationRequest")
    texts = [line["text"] for line in request["dosageInstruction"]]
    assert texts and all("only if the person goes on; not begun" in text for text in texts)
    first = dt.date(2026, 4, 1)
    pen.write(
        PlanStep(drug="diazepam", plan=pen.entries[0].id, step=1, through=1, start=first), day(1)
    )
    (request,) = resources(bundle_of(pen), "MedicationRequest")
    waiting = {line["sequence"]: "only if the person goes on" in line["text"]
               for line in request["dosageInstruction"]}  # fmt: skip
    assert waiting == {1: False, 2: True, 3: True}, "the first was said yes to, the others wait"
    assert request["status"] == "draft" and request["intent"] == "proposal"
