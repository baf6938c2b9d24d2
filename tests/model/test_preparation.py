"""Products and amounts as people write them, and what cannot be read."""

from decimal import Decimal
from fractions import Fraction

import pytest
from pydantic import ValidationError

from landward.model.amounts import exact, exact_text, read_mg, rounded_text
from landward.model.base import BadInput
from landward.model.preparation import Preparation, read_preparation, read_preparations


@pytest.mark.parametrize(
    ("written", "name", "smallest"),
    [
        ("tab 2 half", "tab 2 half", "1"),
        ("Tablet 2mg halves", "tab 2 half", "1"),
        ("tab 500 micrograms quarter", "tab 0.5 quarter", "0.125"),
        ("cap 5 mg", "cap 5", "5"),
        ("tab 1 XR", "er tab 1", "1"),
        ("liquid 2 mg/5 mL mark 0.1 mL", "liquid 0.4 mg/mL mark 0.1 mL", "0.04"),
        ("liquid 500 micrograms/5mL mark 0.2mL most 10 mL",
         "liquid 0.1 mg/mL mark 0.2 mL most 10 mL", "0.02"),
    ],
)  # fmt: skip
def test_products_are_read_and_written_the_same(written, name, smallest):
    item = read_preparation(written)
    assert (item.name, item.smallest_mg) == (name, Fraction(smallest))
    assert read_preparation(item.name) == item


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("10", "does not say what it is"),
        ("cap 5 half", "not divided"),
        ("er tab 1 half", "never split"),
        ("tab 0", "is 0"),
        ("tab -3", "below zero"),
        ("tab 2.5.1", "not a number"),
        ("tab 5 mL", "a volume"),
        ("liquid 0.4 mg/mL", "how small a volume"),
        ("liquid 0.4 mL/mg mark 0.1 mL", "wrong way round"),
        ("liquid 0.4 mg/mL mark 0.1 mg", "write it in mL"),
        ("liquid 0.4/mL mark 0.1 mL", "of what"),
        ("liquid 0.4 mg/mL mark 1 mL most 0.5 mL", "smaller than one mark"),
        ("syrup", "cannot be read|can read"),
    ],
)
def test_what_is_unclear_is_said(written, says):
    with pytest.raises(BadInput, match=says):
        read_preparation(written)


def test_a_product_listed_twice_is_divided_as_finely_as_either():
    names = [item.name for item in read_preparations("tab 2, tab 5, tab 2 half, tab 5")]
    assert names == ["tab 2 half", "tab 5"]
    with pytest.raises(BadInput, match="no products"):
        read_preparations(" , ")


def test_senseless_products_cannot_be_built():
    for fields in (
        {"form": "cap", "strength_mg": "5", "parts": 2},
        {"form": "tab", "strength_mg": "5", "parts": 3},
        {"form": "tab", "strength_mg": "0"},
        {"form": "liquid", "strength_mg": "1"},
        {"form": "tab", "strength_mg": 0.1},
    ):
        with pytest.raises(ValidationError):
            Preparation.model_validate(fields)


def test_amounts():
    assert read_mg("20") == read_mg("20 mg") == 20
    assert read_mg("500 micrograms") == read_mg("500mcg") == Fraction(1, 2)
    with pytest.raises(BadInput, match="has no unit"):
        read_mg("10", unit_needed=True)
    with pytest.raises(BadInput, match="in grams"):
        read_mg("1 g")
    assert exact_text(Fraction(1, 3)) == "0.333333333333"
    assert exact_text(Fraction(1, 3), 2) == "0.33"
    assert exact_text(Fraction(2500, 1000)) == "2.5"
    assert exact_text(Fraction(100)) == "100"
    assert rounded_text(Fraction(100, 9), 1) == "11.1"
    assert exact(str(Decimal("0.04"))) == Fraction(1, 25)
    for text in ("1e9", "", "1/0", "nan", "0x1"):
        with pytest.raises(ValueError, match="not an exact amount"):
            exact(text)
