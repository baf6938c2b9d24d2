"""Which doses can be made."""

import random
from fractions import Fraction

import brute
import pytest

from landward.engines.tapering.makeable import common_unit, makeable, positions, sums
from landward.model.base import BadInput
from landward.model.preparation import read_preparations


@pytest.mark.parametrize(
    ("products", "most", "doses"),
    [
        ("tab 2", 6, "0 2 4 6"),
        ("tab 2 half", 3, "0 1 2 3"),
        ("tab 2 quarter", 2, "0 0.5 1 1.5 2"),
        ("tab 2, tab 5", 9, "0 2 4 5 6 7 8 9"),
        ("cap 5, tab 2 half", 6, "0 1 2 3 4 5 6"),
        ("liquid 1 mg/mL mark 0.5 mL most 1 mL", 3, "0 0.5 1"),
        ("liquid 1 mg/mL mark 0.5 mL most 1 mL, tab 2", 4, "0 0.5 1 2 2.5 3 4"),
    ],
)
def test_makeable_doses(products, most, doses):
    grid = makeable(read_preparations(products), Fraction(most))
    wanted = [Fraction(dose) for dose in doses.split()]
    assert [grid.mg(place) for place in positions(grid.bits)] == wanted


@pytest.mark.parametrize(
    "products",
    [
        "tab 3 half, tab 5",
        "tab 0.5 quarter, tab 2, cap 1.5",
        "liquid 0.4 mg/mL mark 0.5 mL most 2 mL, tab 2 half, tab 3",
    ],
)
def test_the_same_doses_as_brute_force(products):
    items = read_preparations(products)
    grid = makeable(items, Fraction(11))
    assert {grid.mg(place) for place in positions(grid.bits)} == brute.doses(items, Fraction(11))


@pytest.mark.parametrize("seed", range(30))
def test_sums_of_two_sets_are_all_pairs(seed):
    rng = random.Random(seed)
    left, right = ({0} | {rng.randint(0, 60) for _ in range(rng.randint(0, 40))} for _ in "ab")
    bits = sums(*(sum(1 << place for place in places) for places in (left, right)))
    assert set(positions(bits)) == {a + b for a in left for b in right}


def test_the_unit_divides_every_part():
    assert common_unit([Fraction("0.04"), Fraction(1), Fraction("2.5")]) == Fraction("0.02")


def test_marks_finer_than_any_syringe_are_refused():
    with pytest.raises(BadInput, match="check the strengths"):
        makeable(read_preparations("liquid 0.001 mg/mL mark 0.001 mL"), Fraction(40))
