"""Words R4 binds and the resource classes let through: units, and what a device's name is."""

import json
from typing import Any

import pytest

from landward.model.base import LandwardError
from landward.report.fhir.bindings import check_bundle
from tests.report.fhir.test_bundle import bundle_of, resources
from tests.report.people import Pen, rich_entries

TAB = {"value": 1, "system": "http://unitsofmeasure.org", "code": "tab"}


@pytest.mark.parametrize(
    ("kind", "change", "why"),
    [
        ("Device", {"deviceName": [{"name": "x", "type": "wish"}]}, "Device.deviceName.type"),
        (
            "MedicationStatement",
            {"dosage": [{"doseAndRate": [{"doseQuantity": TAB}]}]},
            "has the unit 'tab'",
        ),
    ],
)
def test_a_word_outside_the_bound_list_is_caught(
    kind: str, change: dict[str, Any], why: str
) -> None:
    pen = Pen()
    pen.entries = rich_entries()
    spoiled = json.loads(json.dumps(bundle_of(pen)))
    check_bundle(spoiled)
    resources(spoiled, kind)[0].update(change)
    with pytest.raises(LandwardError, match=why):
        check_bundle(spoiled)
