"""Published schedules and typed plans of two drugs: each drug's portions are counted by itself."""

import datetime as dt

import pytest

from landward.app.library.tables import load_catalog
from landward.app.plan.given import products_by_drug, published
from landward.model.base import BadInput

START = dt.date(2026, 1, 5)
PRODUCTS = "tab 2 half, tab 5, tab 10; Ativan: tab 1 half"


def test_a_schedule_by_name_counts_the_pieces_of_both_drugs() -> None:
    plan = published(load_catalog(), "nhs-scotland-lorazepam", START, products=PRODUCTS)
    assert all(dose.pieces for step in plan.steps for dose in step.doses if dose.made_mg)
    first = [line for line in plan.supply if line.since == START]
    old = [(line.product, str(line.count)) for line in first if line.drug == "lorazepam"]
    days = plan.steps[0].days
    assert old == [("tab 1", str(min(days, 28)))], "a morning tablet until the second change"
    assert {line.drug for line in first} == {"lorazepam", "diazepam"}


def test_products_of_two_drugs_are_told_apart() -> None:
    own, others = products_by_drug(load_catalog(), PRODUCTS, "diazepam")
    assert [item.name for item in own] == ["tab 2 half", "tab 5", "tab 10"]
    assert [(drug, [item.name for item in items]) for drug, items in others] == [
        ("lorazepam", ["tab 1 half"])
    ]
    with pytest.raises(BadInput, match="sugar"):
        products_by_drug(load_catalog(), "tab 2; sugar: tab 1", "diazepam")
