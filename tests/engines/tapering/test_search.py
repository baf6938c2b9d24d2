"""The search against brute force: every plan of small cases tried one by one."""

import random
from itertools import islice

import brute
import pytest
from cases import small, with_gaps

from landward.engines.tapering import plan_taper
from landward.engines.tapering.pace import pace_of
from landward.engines.tapering.search import final_mg, search
from landward.model.base import BadInput
from landward.model.preparation import read_preparations

from .planner import CEILING, asked, planned


@pytest.mark.parametrize("seed", range(60))
def test_no_plan_that_keeps_the_rules_is_nearer_to_the_asked_curve(seed):
    request = small(random.Random(seed)).model_copy(update={"finish": ""})
    plan, pace = plan_taper(request, CEILING), pace_of(request)
    steps = 4
    curve = list(islice(pace.asked(), 1, steps + 1))
    rule = {"lowest_after": pace.lowest_after, "window": pace.window_days,
            "kept": CEILING.kept_share, "kept_days": CEILING.days}  # fmt: skip
    possible = brute.doses(request.preparations, max(request.split_mg))
    best = brute.least_area(request.split_mg, possible, curve, [pace.step_days] * steps, rule)
    doses = [step.made_mg for step in plan.steps][:steps]
    doses += [doses[-1] if doses else request.dose_mg] * (steps - len(doses))
    area = sum(pace.step_days * (dose - want) for dose, want in zip(doses, curve, strict=True))
    assert area == best


@pytest.mark.parametrize("seed", range(100, 140))
def test_the_end_is_true_and_reached_without_walking_there_too(seed):
    request = small(random.Random(seed)).model_copy(update={"finish": ""})
    found = search(request, CEILING)
    here = found.grid.mg(found.last)
    assert final_mg(request, CEILING) == here
    share = found.rows[-1].share if found.rows else found.first
    possible = brute.doses(request.preparations, max(request.split_mg))
    lower = brute.lower_doses(tuple(found.grid.mg(part) for part in share), possible, request.to_mg)
    assert not [
        dose
        for dose in lower
        if dose > 0 and dose >= found.pace.lowest_after(here) and dose >= CEILING.kept_share * here
    ]


def test_shares_that_can_go_on_are_kept_where_doses_have_gaps():
    # evenly shared, 6 mg would be 2 + 4 and stuck: 5 mg cannot be made without one time rising
    plan = planned(
        "12", "fixed", "2", "cap 5, cap 7, tab 4 half",
        times=("morning", "night"), split_mg=("6", "6"),
    )  # fmt: skip
    shares = [tuple(str(dose.made_mg) for dose in step.doses) for step in plan.steps]
    assert shares == [("4", "6"), ("2", "6"), ("0", "6"), ("0", "5"), ("0", "4")]


@pytest.mark.parametrize("seed", range(12))
def test_the_lowest_end_and_the_least_area_where_doses_have_gaps(seed):
    rng = random.Random(seed)
    while True:
        request = with_gaps(rng)
        pace = pace_of(request)
        possible = brute.doses(request.preparations, max(request.split_mg))
        if len(brute.shares(possible, 2, request.split_mg)) > 30:
            continue
        rule = {"lowest_after": pace.lowest_after, "window": pace.window_days,
                "kept": CEILING.kept_share, "kept_days": CEILING.days}  # fmt: skip
        end = brute.lowest_end(request.split_mg, possible, request.to_mg, rule)
        curve = list(islice(pace.asked(), 1, 13))
        days = [pace.step_days] * len(curve)
        best = brute.least_to_the_end(request.split_mg, possible, curve, days, end, rule)
        if best is not None:
            break
    plan = plan_taper(request, CEILING)
    assert (plan.steps[-1].made_mg if plan.steps else request.dose_mg) == end
    assert sum(step.days * (step.made_mg - end) for step in plan.steps) == best


def test_every_help_helps_and_reaches_what_it_says():
    shelf = read_preparations("tab 2 half, tab 5, tab 10, liquid 0.4 mg/mL mark 0.1 mL")
    request = asked("20", "percent-current", "10", "tab 5 half")
    plan = plan_taper(request, CEILING, shelf)
    assert plan.ends.would_help
    for help_ in plan.ends.helps:
        more = read_preparations(f"tab 5 half, {help_.product}")
        again = plan_taper(request.model_copy(update={"preparations": more}), CEILING)
        assert again.ends.at_mg == help_.reaches_mg < plan.ends.at_mg


def test_a_product_nobody_makes_is_never_named_but_half_of_what_is_there_is():
    plan = plan_taper(asked("20", "percent-current", "25", "tab 10"), CEILING)
    assert [(help_.product, help_.listed) for help_ in plan.ends.helps] == [
        ("tab 10 quarter", False), ("tab 10 half", False),
    ]  # fmt: skip
    for help_ in plan.ends.helps:
        again = plan_taper(asked("20", "percent-current", "25", help_.product), CEILING)
        assert again.ends.at_mg == help_.reaches_mg < 20
    slow = plan_taper(asked("20", "percent-current", "5", "tab 10"), CEILING)
    assert slow.ends.helps == ()  # not even quarters: nothing is invented


def test_a_finer_syringe_for_the_same_bottle_is_named():
    plan = plan_taper(asked("2", "percent-current", "10", "liquid 1 mg/mL mark 0.1 mL"), CEILING)
    assert "liquid 1 mg/mL mark 0.01 mL" in plan.ends.would_help
    capped = asked("2", "percent-current", "10", "liquid 1 mg/mL mark 0.1 mL most 2 mL")
    assert "liquid 1 mg/mL mark 0.01 mL most 2 mL" in plan_taper(capped, CEILING).ends.would_help


def test_extended_release_never_becomes_ordinary_release():
    with pytest.raises(BadInput, match="are not exchanged by a plan"):
        asked("1", "percent-current", "10", "er tab 1, tab 0.25")
    slow = plan_taper(asked("2", "percent-current", "10", "er tab 1"), CEILING,
                      read_preparations("tab 0.5 half, er tab 0.5"))  # fmt: skip
    assert all(name.startswith("er ") for name in slow.ends.would_help)
