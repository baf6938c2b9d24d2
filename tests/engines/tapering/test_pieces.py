"""Pieces: few in a dose, then fewest strengths, then steadiness, then splits, then pieces."""

import random
from fractions import Fraction

import brute
import pytest

from landward.engines.tapering.makeable import common_unit
from landward.engines.tapering.pieces import cheapest
from landward.model.preparation import read_preparations


def recipe(products, *doses, most_pieces=4):
    items = read_preparations(products)
    unit = common_unit([*(item.smallest_mg for item in items), Fraction(1, 100)])
    wanted = {int(Fraction(dose) / unit): 1 for dose in doses}
    found = cheapest(items, unit, wanted, most_pieces)
    return {
        dose: [(piece.product, str(piece.count), str(piece.mg))
               for piece in found.pieces[int(Fraction(dose) / unit)]]
        for dose in doses
    }  # fmt: skip


def test_one_strength_is_better_than_two():
    # 7 mg could be 5 + 2, two pieces of two strengths; one strength makes it too, in four
    assert recipe("tab 2 half, tab 5", "7") == {"7": [("tab 2", "7/2", "7")]}


def test_never_more_than_four_pieces_where_the_products_can_avoid_it():
    # 38 mg from 2 mg tablets alone would be nineteen of them; six pieces are the fewest there are
    assert recipe("tab 2 half, tab 5, tab 10", "38") == {
        "38": [("tab 2", "3/2", "3"), ("tab 5", "1", "5"), ("tab 10", "3", "30")]
    }
    # nine pieces of one strength, or three of two
    assert recipe("tab 2 half, tab 5", "9") == {"9": [("tab 2", "2", "4"), ("tab 5", "1", "5")]}
    assert recipe("tab 0.125, tab 0.25, tab 0.5, tab 1", "1.875")["1.875"] == [
        ("tab 0.125", "1", "1/8"), ("tab 0.25", "1", "1/4"), ("tab 0.5", "1", "1/2"),
        ("tab 1", "1", "1"),
    ]  # fmt: skip


def test_a_person_s_own_most_pieces_go_before_fewer_strengths():
    assert recipe("tab 2 half, tab 5", "7", most_pieces=2) == {
        "7": [("tab 2", "1", "2"), ("tab 5", "1", "5")]
    }


def test_neighbouring_doses_are_made_from_the_same_boxes():
    # 6 mg could be three tablets of 2; one of 5 less on the ladder keeps the rest of the hand
    found = recipe("tab 1, tab 2, tab 5", "12", "11", "6")
    assert found["11"] == [("tab 1", "1", "1"), ("tab 5", "2", "10")]
    assert found["6"] == [("tab 1", "1", "1"), ("tab 5", "1", "5")]


def test_two_strengths_where_one_is_not_enough():
    assert recipe("tab 2, tab 5", "9") == {"9": [("tab 2", "2", "4"), ("tab 5", "1", "5")]}


def test_the_whole_plan_decides_which_strengths():
    # 2 mg tablets alone make 4 and 6; 5 needs the 5 mg ones, and then they help with nothing else
    found = recipe("tab 2, tab 5", "4", "5", "10")
    assert found["5"] == [("tab 5", "1", "5")]
    assert found["10"] == [("tab 5", "2", "10")]


def test_three_quarters_are_a_half_and_a_quarter():
    assert recipe("tab 2 quarter", "1.5") == {"1.5": [("tab 2", "3/4", "3/2")]}


def test_one_draw_of_a_liquid_is_one_piece():
    found = recipe("tab 2, liquid 1 mg/mL mark 0.1 mL most 1 mL", "2.5", "3")
    assert found["2.5"] == [("tab 2", "1", "2"), ("liquid 1 mg/mL", "1/2", "1/2")]


@pytest.mark.parametrize("seed", range(40))
def test_the_same_cost_as_brute_force(seed):
    rng = random.Random(seed)
    pool = ["tab 1", "tab 2 half", "tab 5", "tab 3 quarter", "cap 4",
            "liquid 1 mg/mL mark 0.5 mL most 2 mL"]  # fmt: skip
    items = read_preparations(", ".join(rng.sample(pool, rng.randint(1, 4))))
    made = sorted(brute.doses(items, Fraction(9)) - {Fraction(0)})
    taken = [(dose, rng.randint(1, 28)) for dose in rng.sample(made, min(4, len(made)))]
    unit = common_unit(item.smallest_mg for item in items)
    most = rng.choice((2, 3, 4))
    found = cheapest(items, unit, {int(dose / unit): times for dose, times in taken}, most)
    assert (
        found.over_piece_days, found.strengths, found.changes, found.split_days, found.piece_days
    ) == brute.best_recipes(items, taken, most)  # fmt: skip
    for dose, _ in taken:
        pieces = found.pieces[int(dose / unit)]
        assert sum(piece.mg for piece in pieces) == dose
