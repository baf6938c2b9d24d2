"""A change to a longer-acting drug, dose time by dose time, and never silently."""

from fractions import Fraction

import pytest

from landward.engines.tapering import cross_over
from landward.model.crossover import CrossoverRequest, DoseAt, EqualDose, EqualRange
from landward.model.preparation import read_preparations

from .planner import START

EQUAL = EqualRange(
    from_drug="lorazepam", to_drug="diazepam", low_per_mg="2.5", high_per_mg="10",
    rows=(EqualDose(table="a", from_mg="1", low_mg="10", high_mg="10", source="A"),
          EqualDose(table="b", from_mg="1", low_mg="2.5", high_mg="10", source="B")),
)  # fmt: skip


def request(per_mg, *, halves=False, products="tab 2 half, tab 5, tab 10", doses=("1", "1")):
    return CrossoverRequest(
        from_drug="lorazepam", to_drug="diazepam", start=START, every_days=7, per_mg=per_mg,
        doses=tuple(DoseAt(at=at, mg=mg) for at, mg in zip(("morning", "night"), doses,
                                                            strict=True)),
        preparations=read_preparations(products), in_halves=halves,
    )  # fmt: skip


def taken(plan):
    return [[(dose.at, dose.drug, str(dose.made_mg)) for dose in step.doses] for step in plan.steps]


def test_nothing_is_chosen_where_nobody_picked():
    found = cross_over(request(None), EQUAL, [])
    assert found.plan is None
    assert "2.5 to 10 mg" in found.refused.reason
    assert found.refused.would_help == ("--table a", "--table b")


def test_the_night_dose_goes_over_first():
    plan = cross_over(request("10"), EQUAL, []).plan
    assert taken(plan) == [
        [("morning", "lorazepam", "1"), ("night", "diazepam", "10")],
        [("morning", "diazepam", "10"), ("night", "diazepam", "10")],
    ]
    assert [str(step.made_mg) for step in plan.steps] == ["20", "20"]
    assert all(check.ok for step in plan.steps for check in step.checks)
    assert plan.ends.complete


def test_half_doses_keep_the_sum_from_falling():
    plan = cross_over(request("10", halves=True), EQUAL, []).plan
    assert taken(plan)[0] == [
        ("morning", "lorazepam", "1"), ("night", "lorazepam", "1/2"), ("night", "diazepam", "5"),
    ]  # fmt: skip
    assert [str(step.made_mg) for step in plan.steps] == ["20"] * 4


def test_a_dose_that_cannot_be_made_is_rounded_up_and_said():
    plan = cross_over(request("6", products="tab 5"), EQUAL, []).plan
    assert str(plan.steps[-1].made_mg) == "20"
    assert plan.notes[1] == "morning: 6 mg would be equal, 10 mg can be made"


def test_a_pick_outside_the_tables_is_marked():
    plan = cross_over(request("20"), EQUAL, []).plan
    marked = {check.rule: check.ok for check in plan.steps[0].checks}
    assert marked["20 mg for 1 mg lies in the range of the tables"] is False


@pytest.mark.parametrize("per_mg", ["2.5", "5", "7", "10"])
@pytest.mark.parametrize("halves", [False, True])
def test_the_pieces_add_up_and_the_day_never_falls_below_what_is_equal(per_mg, halves):
    plan = cross_over(request(per_mg, halves=halves), EQUAL, []).plan
    for step in plan.steps:
        assert step.made_mg >= 2 * Fraction(per_mg)
        for dose in step.doses:
            if dose.drug == "diazepam":
                assert sum(piece.mg for piece in dose.pieces) == dose.made_mg
