"""Whole plans: what is printed, in exact decimals."""

import itertools
from datetime import date
from fractions import Fraction

import pytest

from landward.engines.tapering import plan_taper
from landward.model.base import BadInput
from landward.model.preparation import read_preparations

from .planner import BANDS, CEILING, asked, ideal, made, planned


def test_ten_percent_with_a_liquid_follows_the_curve_closely():
    plan = planned("20", "percent-current", "10", "tab 2 half, liquid 0.4 mg/mL mark 0.1 mL")
    assert ideal(plan)[:4] == ["18", "16.2", "14.58", "13.122"]
    assert made(plan)[:4] == ["18", "16.2", "14.6", "13.16"]
    assert plan.model_dump(mode="json")["steps"][0]["cut_percent"] == "10.0"
    assert all(check.ok for step in plan.steps for check in step.checks)
    assert plan.ends.at_mg == Fraction("0.36")
    assert "from 0.36 mg the next lower dose these products make is 0.32 mg" in plan.ends.reason
    assert "11.1 %" in plan.ends.reason


def test_coarse_tablets_hold_above_the_curve_and_then_end():
    plan = planned("20", "percent-current", "10", "tab 2 half, tab 5")
    assert made(plan) == ["18", "17", "16", "15", "14", "13", "12", "11", "10", "9"]
    assert plan.ends.at_mg == 9
    assert plan.refused is None


def test_ten_milligram_tablets_cannot_make_a_one_milligram_step():
    plan = planned("20", "fixed", "1", "tab 10", shelf="tab 2 half, tab 5, tab 10")
    assert plan.steps == ()
    assert plan.ends.at_mg == 20
    assert "a cut of 50.0 %" in plan.refused.reason
    assert plan.refused.would_help == plan.ends.would_help == ("tab 2 half",)


def test_only_finishing_by_smallest_steps_reaches_zero_and_marks_what_it_breaks():
    plan = planned("2", "percent-current", "10", "tab 0.5 half", finish="smallest-step")
    assert made(plan)[-1] == "0"
    assert sorted(set(made(plan)), key=float, reverse=True) == [
        "2", "1.75", "1.5", "1.25", "1", "0.75", "0.5", "0.25", "0",
    ]  # fmt: skip
    assert plan.ends.at_mg == 0
    assert plan.ends.complete
    cuts = [step for step in plan.steps if step.cut_percent > 0]
    assert all(any(not check.ok for check in step.checks) for step in cuts)
    assert planned("2", "percent-current", "10", "tab 0.5 half").ends.at_mg == 2


def test_zero_comes_only_when_the_curve_is_under_half_the_smallest_dose():
    plan = planned("2", "percent-current", "10", "tab 0.5 half", finish="smallest-step")
    assert plan.steps[-1].ideal_mg < Fraction("0.125") <= plan.steps[-2].ideal_mg


def test_a_seven_day_pace_never_drops_more_than_a_quarter_in_fourteen_days():
    plan = planned("10", "percent-current", "20", "liquid 1 mg/mL mark 0.01 mL", every=7)
    doses = [Fraction(10), Fraction(10), *(step.made_mg for step in plan.steps)]
    assert all(after >= before * 3 / 4 for before, after in zip(doses, doses[2:], strict=False))
    # two weeks at 20 % would be 6.4; the guideline stops at 7.5
    assert made(plan)[:2] == ["8", "7.5"]


def test_a_microtaper_has_a_line_a_day_and_keeps_the_fortnightly_rate():
    plan = planned("20", "daily", "10", "liquid 1 mg/mL mark 0.1 mL", to_mg="15")
    assert {step.days for step in plan.steps[:-1]} == {1}
    doses = [Fraction(20)] * 14 + [step.made_mg for step in plan.steps]
    pairs = zip(doses, doses[14:], strict=False)
    assert all(after >= before * Fraction(9, 10) for before, after in pairs)
    assert plan.ends.complete


def test_three_dose_times_each_add_up_and_none_rises():
    plan = planned(
        "3", "percent-current", "10", "tab 0.25 half, tab 0.5, tab 1",
        times=("morning", "noon", "night"),
    )  # fmt: skip
    first = plan.steps[0].doses
    assert [(dose.at, str(dose.made_mg)) for dose in first] == [
        ("morning", "7/8"), ("noon", "7/8"), ("night", "1"),
    ]  # fmt: skip
    for before, after in zip(plan.steps, plan.steps[1:], strict=False):
        for old, new in zip(before.doses, after.doses, strict=True):
            assert new.made_mg <= old.made_mg
    for step in plan.steps:
        assert sum(dose.made_mg for dose in step.doses) == step.made_mg
        for dose in step.doses:
            assert sum(piece.mg for piece in dose.pieces) == dose.made_mg


def test_one_dose_time_can_be_lowered_first():
    plan = planned(
        "20", "fixed", "1", "tab 2 half", times=("morning", "night"), split_mg=("10", "10"),
        cut_from=("morning",),
    )  # fmt: skip
    shares = [tuple(str(dose.made_mg) for dose in step.doses) for step in plan.steps]
    assert shares[:3] == [("9", "10"), ("8", "10"), ("7", "10")]
    assert shares[9] == ("0", "10")
    assert shares[10] == ("0", "9")


def test_extended_release_is_never_split():
    plan = planned("3", "percent-original", "20", "er tab 0.5, er tab 1", finish="smallest-step")
    counts = [piece.count for step in plan.steps for dose in step.doses for piece in dose.pieces]
    assert counts
    assert all(count.denominator == 1 for count in counts)
    assert plan.steps[0].doses[0].pieces[0].product.startswith("er tab")


def test_a_dose_held_before_the_plan_still_counts():
    # 10 mg only since last week, 12 mg before: two thirds of the way down is already used up
    recent = (("2025-01-05", "12"), ("2025-12-29", "10"))
    held = tuple({"since": since, "mg": mg} for since, mg in recent)
    plan = planned("10", "percent-current", "25", "tab 1", held=held)
    assert made(plan)[0] == "9"
    assert made(planned("10", "percent-current", "25", "tab 1"))[0] == "8"


def test_a_plan_can_stop_at_a_lower_dose_or_at_a_day():
    plan = planned("20", "percent-current", "10", "tab 1", to_mg="15")
    assert made(plan)[-1] == "15"
    assert plan.ends.complete
    short = planned("20", "percent-current", "10", "tab 1", until="2026-02-20")
    assert [step.days for step in short.steps] == [14, 14, 14, 4]
    assert "2026-02-20" in short.ends.reason


def test_bands_step_down_as_the_published_rule_says_until_a_quarter_is_too_much():
    plan = planned("40", "bands", None, "tab 2 half", bands=BANDS)
    assert made(plan)[:11] == ["38", "36", "34", "32", "30", "28", "26", "24", "22", "20", "19"]
    assert made(plan)[-1] == "5"  # half a milligram, the gentler step there, cannot be made
    more = planned("40", "bands", None, "tab 2 quarter", bands=BANDS)
    assert made(more)[-1] == "1.5"


def test_leap_days_and_clock_changes_do_not_move_a_step():
    plan = planned("20", "percent-current", "5", "liquid 1 mg/mL mark 0.01 mL")
    starts = [step.start for step in plan.steps]
    assert starts[0] < date(2026, 3, 29) < date(2028, 2, 29) < starts[-1]
    gaps = {(later - earlier).days for earlier, later in itertools.pairwise(starts)}
    assert gaps == {14}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"dose": "20.5", "products": "tab 2, tab 5"}, "today's dose of 20.5 mg cannot be made"),
        ({"dose": "1", "products": "tab 2"}, "add the products it is made from now"),
        ({"rate": None}, "needs a rate"),
        ({"rate": "100"}, "no taper"),
        ({"every": 0}, "1 to 366 days"),
        ({"to_mg": "20"}, "must be below"),
        ({"until": "2026-01-01"}, "not after the start"),
        ({"times": ("a", "a")}, "different dose times"),
        ({"times": ("a", "b"), "split_mg": ("10", "9")}, "add up to 19 mg, not 20 mg"),
        ({"cut_from": ("noon",)}, "not one of the dose times"),
        ({"method": "bands", "rate": None}, "no published rule by dose band"),
    ],
)
def test_bad_requests_say_what_is_wrong(fields, says):
    usual = {"dose": "20", "method": "percent-current", "rate": "10", "products": "tab 2 half"}
    with pytest.raises(BadInput, match=says):
        planned(**{**usual, **fields})


def test_a_help_that_would_go_on_for_more_than_thirty_years_is_left_out_and_ends_nothing():
    """12 and 5 mg capsules stick at once; up to 2 mL of 1 mg/mL go from 12 + 12 mg to 10 + 10 mg.

    At half a percent a year that is 36 steps of 366 days. At two dose times whose doses have gaps
    a help is walked to its end.
    """
    coarse = asked(
        "24", "percent-current", "0.5", "cap 12, cap 5", every=366,
        times=("morning", "night"), split_mg=("12", "12"),
    )  # fmt: skip
    fine = read_preparations("liquid 1 mg/mL mark 0.01 mL most 2 mL")
    with pytest.raises(BadInput, match="more than thirty years"):
        with_liquid = {"preparations": (*coarse.preparations, *fine)}
        plan_taper(coarse.model_copy(update=with_liquid), CEILING)
    plan = plan_taper(coarse, CEILING, fine)
    assert plan.refused is not None and plan.refused.would_help == ()
    assert any("what they write can be typed in" in note for note in plan.notes)


def test_hyperbolic_steps_say_which_dose_has_half_the_effect_and_what_that_makes_of_a_percent():
    """Of d / (d + K) at 10 mg: K = 10 gives 0.5, less a tenth 0.45, so 8.18 mg: 18.2 % of 10 mg.

    K = 1 gives 0.909, less a tenth 0.818, so 4.5 mg: 55 %.
    """
    unsaid = planned("10", "hyperbolic", "10", "liquid 1 mg/mL mark 0.1 mL")
    assert "half of it at 10 mg" in unsaid.asked
    told = " ".join(unsaid.notes)
    assert "filled at 10 mg" in told and "is then 18.2 % of the dose" in told
    assert "No dose was said for that" in told
    said = planned("10", "hyperbolic", "10", "liquid 1 mg/mL mark 0.1 mL", half_occupancy_mg="1")
    told = " ".join(said.notes)
    assert "filled at 1 mg" in told and "is then 55.0 % of the dose" in told
    assert "No dose was said for that" not in told


def test_a_help_at_one_dose_time_is_left_out_too_where_its_plan_would_be_too_long():
    """2 % in 366 days, made in tenths of a mg: from 10 to 5 mg that is about forty steps."""
    coarse = asked("10", "percent-current", "2", "tab 5", every=366)
    with_liquid = {"preparations": read_preparations("tab 5, liquid 1 mg/mL mark 0.1 mL")}
    with pytest.raises(BadInput, match="more than thirty years"):
        plan_taper(coarse.model_copy(update=with_liquid), CEILING)
    shelf = read_preparations("liquid 1 mg/mL mark 0.1 mL")
    assert plan_taper(coarse, CEILING, shelf).ends.would_help == ()
    weekly = coarse.model_copy(update={"every_days": 7})
    assert plan_taper(weekly, CEILING, shelf).ends.would_help == ("liquid 1 mg/mL mark 0.1 mL",)
