"""Asking the safety rules by the names people use."""

from decimal import Decimal

import pytest

from landward.app.plan.ask_safety import about_driving, likely_dependent, taken_together, what_now
from landward.model.base import BadInput


def test_a_relative_by_its_brand_is_another_sedative():
    reading = taken_together("Valium", ["Ativan"])
    assert [finding.rule for finding in reading.findings] == ["ix.sedatives"]
    assert reading.unknown == ()


def test_the_same_medicine_under_two_names_adds_up():
    (finding,) = taken_together("diazepam", ["Valium"]).findings
    assert finding.rule == "ix.same_medicine"
    assert "add up" in finding.plain


@pytest.mark.parametrize(
    ("drug", "mg", "risk"),
    [
        # temazepam: tables say 5-40 mg equal 10 mg of diazepam, so 2 mg is at most 4 mg: low
        ("temazepam", "2", "lower"),
        # 20 mg is between 5 and 40 mg of diazepam: the band is not known
        ("temazepam", "20", "not_known"),
        ("diazepam", "12", "yes"),
    ],
)
def test_for_most_drugs_the_band_counts_only_when_every_table_agrees(drug, mg, risk):
    assert likely_dependent(drug, 7, 2, Decimal(mg)).risk == risk


def test_incidents_are_found_as_people_write_them():
    reading = what_now("Ran out", "GB")
    assert reading.incident == "ran_out"
    assert any("call 999 now" in step.plain for step in reading.steps)
    with pytest.raises(BadInput, match="there is ran_out"):
        what_now("lost my bike", "")


def test_driving_takes_a_brand():
    assert about_driving("GB", "Valium")[-1].plain.endswith("diazepam 550 µg/L.")
