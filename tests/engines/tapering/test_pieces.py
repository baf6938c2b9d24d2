"""Pieces: fewest strengths over the plan, then pieces, then splits."""

import random
from fractions import Fraction

import brute
import pytest

from landward.engines.tapering.makeable import common_unit
from landward.engines.tapering.pieces import cheapest
from landward.model.preparation import read_preparations


def recipe(products, *doses):
    items = read_preparations(products)
    unit = common_unit([*(item.smallest_mg for item in items), Fraction(1, 100)])
    wanted = {int(Fraction(dose) / unit): 1 for dose in doses}
    found = cheapest(items, unit, wanted)
    return {
        dose: [(piece.product, str(piece.count), str(piece.mg))
               for piece in found.pieces[int(Fraction(dose) / unit)]]
        for dose in doses
    }  # fmt: skip


def test_one_strength_is_better_than_two():
    # 9 mg could be 5 + 2 + 2, three pieces of two strengths; one strength makes it too
    assert recipe("tab 2 half, tab 5", "9") == {"9": [("tab 2", "9/2", "9")]}


def test_two_strengths_where_one_is_not_enough_and_then_fewest_pieces():
    assert recipe("tab 2, tab 5", "9") == {"9": [("tab 2", "2", "4"), ("tab 5", "1", "5")]}
    assert recipe("tab 2, tab 5", "10", "4") == {
        "10": [("tab 2", "5", "10")],
        "4": [("tab 2", "2", "4")],
    }


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
    found = cheapest(items, unit, {int(dose / unit): times for dose, times in taken})
    assert (found.strengths, found.piece_days, found.split_days) == brute.best_recipes(items, taken)
    for dose, _ in taken:
        pieces = found.pieces[int(dose / unit)]
        assert sum(piece.mg for piece in pieces) == dose
