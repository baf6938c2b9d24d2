"""Plans as given: nothing changed, every check beside each step."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from landward.engines.tapering import check_given
from landward.model.base import BadInput
from landward.model.guidelines import GuidelineRule
from landward.model.preparation import read_preparations
from landward.model.taper_given import GivenDose, GivenPlan, GivenStep

from .planner import START

CEILING_RULE = GuidelineRule(
    id="asam2025.ceiling", source=("ASAM-2025",), locator="-", licence="-", status="draft",
    guideline="asam2025", kind="max_cut_percent", value="25", unit="%", window_days=14,
    applies_to="all", plain="Not more than 25 % in two weeks.",
)  # fmt: skip
PACE_RULE = CEILING_RULE.model_copy(
    update={"id": "x.pace", "kind": "pace_days", "low": 14, "value": None, "plain": "14 days."}
)


def given(*doses: tuple[int, str], **more) -> GivenPlan:
    steps, day = [], START
    for days, mg in doses:
        amount = Fraction(mg)
        taken = (GivenDose(at="daily", mg=amount),) if amount else ()
        steps.append(GivenStep(start=day, days=days, doses=taken, total_mg=amount))
        day += timedelta(days=days)
    return GivenPlan.checked(
        title="hers", drug="diazepam", source="a test", steps=tuple(steps), **more
    )


def test_doses_stay_as_given_and_breaches_are_marked():
    plan = check_given(given((14, "20"), (7, "12"), (7, "12.5"), (14, "0")), [CEILING_RULE])
    assert [str(step.made_mg) for step in plan.steps] == ["20", "12", "25/2", "0"]
    kept = {step.step: {check.rule: check.ok for check in step.checks} for step in plan.steps}
    assert kept[1] == {"the dose never rises": True, CEILING_RULE.plain: True}
    assert kept[2] == {"the dose never rises": True, CEILING_RULE.plain: False}
    assert kept[3] == {"the dose never rises": False, CEILING_RULE.plain: False}
    assert kept[4][CEILING_RULE.plain] is False
    assert not plan.self_made
    assert plan.ends.at_mg == 0


def test_a_dose_held_again_does_not_shorten_how_long_it_was_held():
    plan = check_given(given((7, "20"), (7, "20"), (14, "18"), (7, "17")), [PACE_RULE],
                       )  # fmt: skip
    paces = [[check.ok for check in step.checks if check.id == "x.pace"] for step in plan.steps]
    assert paces == [[], [], [], [True]]


def test_products_show_what_they_can_and_cannot_make():
    plan = check_given(
        given((14, "18"), (14, "16.5"), preparations=read_preparations("tab 2 half, tab 5"),
              held_mg="20"),
        [],
    )  # fmt: skip
    first, second = plan.steps
    assert [(piece.product, str(piece.count)) for piece in first.doses[0].pieces] == [
        ("tab 2", "3/2"), ("tab 5", "3"),
    ]  # fmt: skip
    assert {check.rule: check.ok for check in second.checks}["the products make this dose"] is False
    assert second.doses[0].pieces == ()
    assert str(second.made_mg) == "33/2"


def test_steps_that_overlap_are_refused():
    steps = (
        GivenStep(start=START, days=14, doses=(), total_mg="2"),
        GivenStep(start=date(2026, 1, 10), days=14, doses=(), total_mg="1"),
    )
    with pytest.raises(BadInput, match="begins before the step of 2026-01-05 has ended"):
        GivenPlan.checked(title="t", drug="diazepam", source="s", steps=steps)
