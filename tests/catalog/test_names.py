"""Finding a drug by any of its names; a slip is understood, a doubt is asked about."""

import pytest

from landward.catalog import load_catalog
from landward.catalog.names import resolve, slips
from landward.model.base import BadInput


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Xanax", "alprazolam"),
        ("Valium", "diazepam"),
        ("clonazapam", "clonazepam"),
        ("  LORAZEPAM ", "lorazepam"),
        ("zanax", "alprazolam"),
        ("klonapin", "clonazepam"),
        ("zopliclone", "zopiclone"),
        ("temazapan", "temazepam"),
        ("chlordiazepoxid", "chlordiazepoxide"),
        ("potassium clorazepate", "clorazepate"),
        ("Loreev-XR", "lorazepam"),
    ],
)
def test_a_name_brand_or_slip_finds_its_drug(asked, meant):
    assert load_catalog().find_drug(asked).id == meant


@pytest.mark.parametrize(
    "asked",
    # each of these is one slip away from two drugs
    ["clorazepam", "norazepam", "orazepam", "loxazepam", "estizolam", "lordazepam"],
)
def test_a_slip_between_two_drugs_is_asked_about(asked):
    with pytest.raises(BadInput, match=r"could be “.*” or “.*”"):
        load_catalog().find_drug(asked)


@pytest.mark.parametrize("asked", ["tylenol", "", "x", "aspirin", "melatonin"])
def test_a_drug_that_is_not_there_is_not_made_up(asked):
    with pytest.raises(BadInput, match="no drug called"):
        load_catalog().find_drug(asked)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("xanax", "xanax", 0),
        ("zanax", "xanax", 1),  # changed
        ("valum", "valium", 1),  # left out
        ("vallium", "valium", 1),  # added
        ("avitan", "ativan", 2),  # swapped letters that are not neighbours: two slips
        ("ativna", "ativan", 1),  # swapped neighbours
        ("", "abc", 3),
    ],
)
def test_slips_are_counted(one, other, apart):
    assert slips(one, other, 5) == apart
    assert slips(other, one, 5) == apart


def test_counting_stops_early():
    assert slips("diazepam", "zolpidem", 2) == 3


def test_two_slips_in_a_short_name_are_too_many():
    with pytest.raises(BadInput):
        resolve("abcxy", {"abcde": "one"})
