"""Going on another way from the middle of a plan: no limit is passed at the seam."""

import datetime as dt

import pytest

from landward.app.plan.living import change
from landward.app.plan.request import PlanForm
from landward.app.plan.taper import plan_taper
from landward.catalog import load_catalog
from landward.model.base import BadInput

CATALOG = load_catalog()
TODAY = dt.date(2026, 1, 5)
FORM = PlanForm(
    drug="diazepam", dose="20", method="percent-current", rate="10", products="tab 2 half, tab 5",
    start=TODAY,
)  # fmt: skip


def first_plan(**more):
    form = FORM.model_copy(update=more)
    return plan_taper(CATALOG, form, {}, TODAY, require_answers=False).plan


def gone_on(plan, on, earlier=(), **more):
    usual = {"drug": "", "dose": "", "method": "fixed", "products": "", "rate": "4"}
    form = PlanForm(**(usual | more), start=on)
    return change(CATALOG, plan, form, {}, TODAY, require_answers=False, earlier=earlier).plan


def ceiling_of(step):
    return next(check.ok for check in step.checks if "25 %" in check.rule)


def test_a_dose_above_the_planned_one_is_what_a_cut_is_measured_from():
    plan = first_plan()  # 15 mg since 16 February
    new = gone_on(plan, dt.date(2026, 3, 2), dose="24", method="percent-current", rate="50")
    assert [str(step.made_mg) for step in new.steps][:2] == ["18", "14"]  # never 12: that is 50 %
    assert ceiling_of(new.steps[0])


def test_limits_look_back_over_every_seam():
    first = first_plan(method="fixed", rate="4")
    assert [(str(step.start), str(step.made_mg)) for step in first.steps][:3] == [
        ("2026-01-05", "16"), ("2026-01-19", "12"), ("2026-02-02", "9"),
    ]  # fmt: skip
    second = gone_on(first, dt.date(2026, 1, 20))
    third = gone_on(second, dt.date(2026, 1, 22), earlier=[first])
    # 16 mg was still held on 18 January: three quarters of it are 12 mg until 2 February
    assert [(str(step.start), str(step.made_mg)) for step in third.steps][:2] == [
        ("2026-01-22", "12"), ("2026-02-05", "9"),
    ]  # fmt: skip


def test_going_on_another_way_raises_no_dose_time():
    plan = first_plan(times="morning, noon, night", split="4, 2, 14")
    before = [dose.made_mg for dose in plan.steps[1].doses]
    assert before == [3, 2, 12]
    new = gone_on(plan, dt.date(2026, 1, 30), rate="1")
    assert [dose.made_mg for dose in new.steps[0].doses] == [2, 2, 12]  # never an even 6, 5, 5
    given = gone_on(plan, dt.date(2026, 1, 30), rate="1", dose="20", split="4, 2, 14")
    assert [dose.made_mg for dose in given.steps[0].doses] == [3, 2, 14]


def test_a_dose_that_is_not_the_planned_one_says_itself_how_it_is_shared():
    plan = first_plan(times="morning, night", split="6, 14")
    with pytest.raises(BadInput, match="how is the day's dose shared over morning and night"):
        gone_on(plan, dt.date(2026, 1, 30), rate="1", dose="9")


def test_a_plan_whose_doses_name_their_drug_keeps_its_dose_times():
    """Held morning 3 + night 10 was printed as morning 5 + night 7 once doses carried a name."""
    plan = first_plan(times="morning, night", split="4, 11", dose="15")
    named = plan.model_copy(
        update={
            "steps": tuple(
                step.model_copy(
                    update={
                        "doses": tuple(
                            dose.model_copy(update={"drug": "diazepam"}) for dose in step.doses
                        )
                    }
                )
                for step in plan.steps
            )
        }
    )
    on = dt.date(2026, 1, 30)
    alike = [gone_on(one, on, rate="1").steps[0].doses for one in (plan, named)]
    assert [d.made_mg for d in alike[0]] == [d.made_mg for d in alike[1]]


def test_in_the_middle_of_a_change_over_nothing_is_counted_as_something_else():
    plan = first_plan(times="morning, night", split="6, 14")
    step = plan.steps[0]
    mixed = step.model_copy(
        update={"doses": (step.doses[0].model_copy(update={"drug": "lorazepam"}), step.doses[1])}
    )
    half_way = plan.model_copy(update={"steps": (mixed, *plan.steps[1:])})
    with pytest.raises(BadInput, match="takes lorazepam beside diazepam"):
        gone_on(half_way, dt.date(2026, 1, 10), rate="1")
