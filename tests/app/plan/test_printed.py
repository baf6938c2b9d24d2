"""A printed sheet is held against every line that was said yes to, not only the first."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from landward.app.library.tables import load_catalog
from landward.app.plan.printed import outdated, print_of, starts_in
from landward.app.plan.request import PlanForm
from landward.app.plan.standing import Standing
from landward.app.plan.taper import plan_taper

START = dt.date(2026, 1, 5)
FORM = PlanForm(drug="diazepam", dose="10", method="fixed", rate="1 mg", every="14d", start=START,
                products="tab 2 half, tab 5", to="2")  # fmt: skip
PLAN = plan_taper(load_catalog(), FORM, {}, START, require_answers=False).plan


def lived(begun: int | None, late: int = 0, line: int = 0, version: int = 1) -> Standing:
    """The plan with `begun` lines said yes to, those from `line` on so many days later."""
    steps = tuple(
        step.model_copy(update={"start": step.start + dt.timedelta(days=late)})
        if number >= line
        else step
        for number, step in enumerate(PLAN.steps)
    )
    plan = PLAN.model_copy(update={"steps": steps, "version": version})
    return Standing(entry_id="e", adopted_on=START, plan=plan, begun=begun)


@given(st.lists(st.integers(1, 400), max_size=60))
def test_the_days_of_a_print_come_back_as_they_were(gaps: list[int]) -> None:
    days = [START]
    for gap in gaps:
        days.append(days[-1] + dt.timedelta(days=gap))
    steps = tuple(PLAN.steps[0].model_copy(update={"start": day}) for day in days)
    one = lived(None)
    one = one.model_copy(update={"plan": one.plan.model_copy(update={"steps": steps})})
    assert starts_in(print_of(one)) == ("1", days)


def test_a_line_that_waits_moves_nothing_on_paper() -> None:
    assert outdated(print_of(lived(1)), lived(1, late=9, line=1)) == ""


def test_the_third_yes_on_another_day_outdates_the_sheet_too() -> None:
    assert "lines moved" in outdated(print_of(lived(2)), lived(3, late=9, line=2))
    assert outdated(print_of(lived(2)), lived(3)) == "", "begun on the day that was printed"


def test_another_version_no_longer_fits_and_no_print_says_nothing() -> None:
    assert "version 1, no longer fits" in outdated(print_of(lived(1)), lived(1, version=2))
    assert outdated("", lived(1)) == ""


def test_a_print_kept_by_an_earlier_version_of_the_app_is_read() -> None:
    assert outdated("1 2026-01-05", lived(2)) == ""
    assert "lines moved" in outdated("1 2026-01-06", lived(2))
    assert outdated("1 ", lived(2)) == ""
