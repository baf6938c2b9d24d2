"""Halving and doubling: the right people are varied, the order is by size, nothing is hidden."""

import numpy as np
import pytest

from landward.engines.pharmacology.grid import plan_steps
from landward.engines.pharmacology.people import typical_person
from landward.engines.pharmacology.sensitivity import OUTCOMES, sensitivity
from landward.engines.pharmacology.simulate import run_people
from landward.model.base import BadInput
from landward.model.dosing_text import parse_dosing
from tests.engines.pharmacology.made import ADAPTATION, ONE_BOX

DOSING = parse_dosing("d", "1 mg three times a day x 20")
PROGRAM = plan_steps([DOSING], [0], 60)
TYPICAL, MOVES = sensitivity(PROGRAM, [ONE_BOX], ADAPTATION, stop_day=20)


def test_the_first_is_the_typical_person() -> None:
    days = run_people(PROGRAM, typical_person([ONE_BOX], ADAPTATION), compiled=True)[0]
    after = days[20:, 2]
    assert TYPICAL[OUTCOMES.index("worst_day")] == after.argmax()
    assert TYPICAL[OUTCOMES.index("worst")] == pytest.approx(after.max(), rel=1e-12)


def test_doubling_is_what_it_says() -> None:
    twice = ADAPTATION.model_copy(update={"tau_1_d": 6.0})
    days = run_people(PROGRAM, typical_person([ONE_BOX], twice), compiled=True)[0]
    move = next(move for move in MOVES if move.what == "tau_1_d")
    assert move.outcomes[1, OUTCOMES.index("worst")] == pytest.approx(days[20:, 2].max(), rel=1e-12)


def test_what_cannot_matter_moves_nothing_and_comes_last() -> None:
    quiet = next(move for move in MOVES if move.what == "sensitise_per_d")
    same = np.broadcast_to(TYPICAL, (2, len(OUTCOMES)))
    assert np.array_equal(quiet.outcomes, same, equal_nan=True)
    assert MOVES.index(quiet) > len(MOVES) // 2


def test_numbers_that_are_zero_here_are_left_out() -> None:
    names = {move.what for move in MOVES}
    assert {"feedback", "blunt_withdrawal", "metabolite_clearance"}.isdisjoint(names)
    assert {"ec50", "clearance", "gain_1"} <= names


def test_a_course_that_never_stops_has_no_answer() -> None:
    with pytest.raises(BadInput, match="stop"):
        sensitivity(PROGRAM, [ONE_BOX], ADAPTATION, stop_day=60)
