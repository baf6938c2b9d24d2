"""A pause after every few cuts: steps that last longer; the plan is still the lowest there is."""

import datetime as dt
import random
import sys
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path

import brute
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landward.engines.tapering import plan_taper
from landward.engines.tapering.pace import pace_of
from landward.engines.tapering.timetable import Timetable
from landward.model.base import BadInput
from tests.engines.tapering.planner import CEILING, asked, made, planned

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks" / "tapering"))
from audit import audit
from cases import any_size, describe, lasts, paused, small, with_gaps


def test_four_weekly_cuts_of_a_fortieth_then_three_weeks_more() -> None:
    """2.5 % of 20 mg is 0.5 mg; on the fourth cut the dose is held 7 + 21 days."""
    plan = planned("20", "percent-original", "2.5", "liquid 1 mg/mL mark 0.1 mL", every=7,
                   cuts=4, pause_days=21, to_mg="15")  # fmt: skip
    assert made(plan)[:8] == ["19.5", "19", "18.5", "18", "17.5", "17", "16.5", "16"]
    assert [step.days for step in plan.steps][:8] == [7, 7, 7, 28, 7, 7, 7, 28]
    assert plan.steps[4].start == dt.date(2026, 1, 5) + dt.timedelta(days=49)
    assert plan.asked.endswith("every 7 days, after every 4 cuts a pause of 21 days more")


def test_a_pause_lets_the_guidelines_limit_look_back_over_fewer_cuts() -> None:
    """Weekly cuts of 20 %: 25 % in 14 days stops the second; after a pause of two weeks it fits."""
    usual = planned("10", "percent-current", "20", "liquid 1 mg/mL mark 0.1 mL", every=7)
    slow = planned("10", "percent-current", "20", "liquid 1 mg/mL mark 0.1 mL", every=7,
                   cuts=1, pause_days=14)  # fmt: skip
    assert made(usual)[:2] == ["8", "7.5"], "10 mg was held within 14 days: not below 7.5"
    assert made(slow)[:2] == ["8", "6.4"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"cuts": 4}, "needs both"),
        ({"pause_days": 7}, "needs both"),
        ({"cuts": 100, "pause_days": 7}, "1 to 99 cuts"),
        ({"cuts": -1, "pause_days": 7}, "1 to 99 cuts"),
        ({"cuts": 2, "pause_days": 400}, "1 to 366 days"),
    ],
)
def test_half_a_rhythm_or_an_absurd_one_is_refused(more: dict[str, int], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        asked("10", "fixed", "1", "tab 2 half", **more)
    with pytest.raises(BadInput, match="hold a line for longer"):
        asked("10", "daily", "5", "liquid 1 mg/mL mark 0.1 mL", cuts=2, pause_days=7)


@given(st.integers(1, 60), st.integers(0, 9), st.integers(0, 90), st.integers(-40, 4_000))
def test_every_day_lies_in_the_step_that_is_said_to_hold_it(
    step_days: int, cuts: int, pause: int, day: int
) -> None:
    table = Timetable(step_days, cuts, pause if cuts else 0)
    step = table.step_on(day)
    if day < 0:
        assert step < 0
        return
    assert table.starts(step) <= day < table.starts(step + 1)
    assert table.lasts(step) == step_days + (pause if cuts and (step + 1) % cuts == 0 else 0)


@pytest.mark.parametrize("seed", range(25))
def test_no_plan_with_these_pauses_is_nearer_to_the_asked_curve(seed: int) -> None:
    rng = random.Random(seed)
    request = paused(small(rng).model_copy(update={"finish": ""}), rng)
    plan, pace, steps = plan_taper(request, CEILING), pace_of(request), 4
    curve, held = list(islice(pace.asked(), 1, steps + 1)), lasts(request, steps)
    rule = {"lowest_after": pace.lowest_after, "window": pace.window_days,
            "kept": CEILING.kept_share, "kept_days": CEILING.days}  # fmt: skip
    possible = brute.doses(request.preparations, max(request.split_mg))
    doses = [step.made_mg for step in plan.steps][:steps]
    doses += [doses[-1] if doses else request.dose_mg] * (steps - len(doses))
    area = sum((days * (dose - want) for days, dose, want in zip(held, doses, curve, strict=True)),
               Fraction(0))  # fmt: skip
    assert area == brute.least_area(request.split_mg, possible, curve, held, rule), describe(
        request
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_least_area_with_pauses_where_doses_have_gaps(seed: int) -> None:
    rng = random.Random(seed)
    while True:
        request = paused(with_gaps(rng), rng)
        pace = pace_of(request)
        possible = brute.doses(request.preparations, max(request.split_mg))
        if len(brute.shares(possible, 2, request.split_mg)) > 30:
            continue
        rule = {"lowest_after": pace.lowest_after, "window": pace.window_days,
                "kept": CEILING.kept_share, "kept_days": CEILING.days}  # fmt: skip
        end = brute.lowest_end(request.split_mg, possible, request.to_mg, rule)
        curve = list(islice(pace.asked(), 1, 13))
        held = lasts(request, len(curve))
        best = brute.least_to_the_end(request.split_mg, possible, curve, held, end, rule)
        if best is not None:
            break
    plan = plan_taper(request, CEILING)
    assert (plan.steps[-1].made_mg if plan.steps else request.dose_mg) == end
    assert sum(step.days * (step.made_mg - end) for step in plan.steps) == best


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_plans_with_pauses_break_nothing(seed: int) -> None:
    request = paused(any_size(random.Random(seed)), random.Random(seed))
    try:
        plan = plan_taper(request, CEILING)
    except BadInput:  # thirty years
        return
    assert not any(audit(request, CEILING, plan).values()), describe(request)
    expected = lasts(request, len(plan.steps))
    assert [step.days for step in plan.steps][:-1] == expected[:-1]
    for before, after in pairwise(plan.steps):
        assert before.start + dt.timedelta(days=before.days) == after.start
