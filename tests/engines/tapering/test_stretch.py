"""Stretched intervals: larger steps where tablets are coarse, never sooner than asked."""

import random
import sys
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landward.engines.tapering import plan_taper
from landward.engines.tapering.pace import pace_of
from landward.model.base import BadInput
from tests.engines.tapering.planner import CEILING, asked, made, planned

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks" / "tapering"))
from cases import any_size, describe


def test_a_tablet_that_is_too_coarse_is_waited_for() -> None:
    """Of 10 mg, 5 % is 0.5 mg; half tablets of 2 mg give 1 mg: a step every second interval."""
    plan = planned("10", "percent-original", "5", "tab 2 half", finish="stretch", to_mg="6")
    assert made(plan) == ["10", "9", "9", "8", "8", "7", "7", "6"]
    assert all(check.ok for step in plan.steps for check in step.checks)
    words = [check.rule for check in plan.steps[1].checks]
    assert any(rule.startswith("held until the pace asked for had come as low") for rule in words)
    assert any("never sooner" in note for note in plan.notes)


def test_it_ends_where_the_guideline_would_be_passed_and_says_so() -> None:
    plan = planned("10", "percent-original", "5", "tab 2 half", finish="stretch")
    assert plan.ends is not None and plan.ends.at_mg == 3, "3 to 2 mg is a third, 25 % are allowed"
    assert "25 %" in plan.ends.reason and not plan.ends.complete
    assert planned("30", "percent-current", "25", "cap 15", finish="stretch").steps == ()


def test_where_nothing_fits_the_plan_says_that_waiting_would_carry_it_on() -> None:
    plan = planned("10", "percent-original", "5", "tab 2 half")
    assert plan.steps == () and plan.refused is not None
    assert any("finish: stretch" in note and "9 mg would be next" in note for note in plan.notes)
    fine = planned("10", "percent-original", "10", "tab 2 half", to_mg="7")
    assert not any("stretch" in note for note in fine.notes)


@settings(max_examples=80, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_no_line_is_sooner_than_asked_steeper_than_the_guideline_or_adds_up_wrongly(
    seed: int,
) -> None:
    request = any_size(random.Random(seed)).model_copy(update={"finish": "stretch"})
    try:
        plan = plan_taper(request, CEILING)
    except BadInput:  # thirty years
        return
    curve, held = pace_of(request).asked(), request.dose_mg
    next(curve)
    days = {request.start - timedelta(days=366): held}
    for step in plan.steps:
        want = next(curve)
        assert step.made_mg >= want, (describe(request), step)
        assert step.made_mg <= held
        assert sum(piece.mg for dose in step.doses for piece in dose.pieces) == step.made_mg
        since = step.start - timedelta(days=CEILING.days)
        before = max(day for day in days if day <= since)
        top = max(mg for day, mg in days.items() if day >= before)
        assert step.made_mg >= top * Fraction(3, 4) or step.made_mg == held, (
            describe(request),
            step,
        )
        assert all(check.ok for check in step.checks)
        days[step.start], held = step.made_mg, step.made_mg


@pytest.mark.parametrize(
    ("dose", "rate", "every", "products", "times"),
    [
        ("3", "5", 28, "tab 0.5 half, tab 1 half", ("morning", "noon", "night")),
        ("30", "15", 14, "cap 10, cap 15, cap 20, cap 30", ("daily",)),
        ("45", "10", 14, "cap 10, cap 15, cap 30", ("morning", "noon", "night")),
        ("0.25", "10", 14, "tab 0.125 half, tab 0.25 half", ("daily",)),
    ],
)
def test_sourced_requests_that_had_no_plan_have_one_by_waiting(
    dose: str, rate: str, every: int, products: str, times: tuple[str, ...]
) -> None:
    request = asked(dose, "percent-current", rate, products, every, times=times, finish="stretch")
    plan = plan_taper(request, CEILING)
    assert plan.steps and plan.steps[-1].made_mg < request.dose_mg
    assert plan.ends is not None and plan.ends.reason
