"""ASAM 2025, table 2: each published row, its edges, and what is not known."""

from decimal import Decimal

import pytest

from landward.catalog import load_catalog
from landward.engines.safety import dependence_risk
from landward.model.base import BadInput

FACTS = load_catalog()


def read(days, months, drug="diazepam", dose=None, diazepam=None):
    return dependence_risk(
        days_per_week=days,
        months=months,
        drug=drug,
        dose_mg_per_day=None if dose is None else Decimal(dose),
        rules=FACTS.dependence_rules,
        bands=FACTS.dose_bands,
        diazepam_mg_per_day=diazepam,
    )


@pytest.mark.parametrize(
    ("days", "months", "drug", "dose", "risk"),
    [
        (3, 24, "diazepam", "30", "rare"),  # up to 3 days a week, whatever else
        (4, 0.9, "diazepam", "30", "lower"),  # under a month
        (7, 2, "diazepam", "10", "lower"),  # 1-3 months, low: up to 10 mg
        (7, 2, "diazepam", "10.5", "yes"),
        (7, 2, "clonazepam", "0.5", "lower"),
        (7, 2, "clonazepam", "0.75", "yes"),
        (7, 2, "lorazepam", "2", "lower"),
        (7, 2, "alprazolam", "1.25", "yes"),
        (7, 3, "diazepam", "2", "yes"),  # three months and more, any dose
        (7, 1, "diazepam", "5", "lower"),  # exactly one month counts into the longer row
        (3.5, 12, "diazepam", "5", "yes"),  # between the rows: read as four days
    ],
)
def test_the_published_rows(days, months, drug, dose, risk):
    reading = read(days, months, drug, dose)
    assert reading.risk == risk
    assert reading.finding.source == ("ASAM-2025",)
    assert reading.plain == reading.finding.plain


@pytest.mark.parametrize(
    ("dose", "band"), [("10", "low"), ("15", "moderate"), ("15.1", "high"), (None, "not_known")]
)
def test_dose_bands(dose, band):
    assert read(7, 12, dose=dose).dose_band == band


def test_what_is_not_known_is_said_and_not_taken_for_rare():
    assert read(7, None, dose="5").risk == "not_known"
    assert read(7, 2).risk == "not_known"  # low and higher doses have different rows
    assert read(7, 2).finding is None
    assert read(2, None).risk == "rare"  # up to three days a week needs no months


def test_another_drug_is_read_by_its_range_of_equals_only_when_both_ends_agree():
    both_low = (Decimal(4), Decimal(10))
    astride = (Decimal(8), Decimal(20))
    assert read(7, 2, "oxazepam", "10", both_low).risk == "lower"
    assert read(7, 2, "oxazepam", "20", astride).risk == "not_known"


@pytest.mark.parametrize(
    ("days", "months", "dose"), [(0, 1, "5"), (8, 1, "5"), (3, -1, "5"), (5, 1, "-5")]
)
def test_what_cannot_be_is_refused(days, months, dose):
    with pytest.raises(BadInput):
        read(days, months, dose=dose)
