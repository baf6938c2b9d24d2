"""What a plan needs, and living with it: holds, versions, going back, side by side."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from landward.engines.tapering import (
    ask_to_go_back,
    held_on,
    history_before,
    hold,
    plan_taper,
    side_by_side,
    supply_of,
    total_mg,
)
from landward.model.base import BadInput

from .planner import CEILING, START, asked, made, planned

PLAN = planned("20", "percent-current", "10", "tab 2 half", until="2026-03-02")
"""18, 17, 16 and 15 mg, fourteen days each, all from 2 mg tablets: 9, 8 ½, 8, 7 ½ a day."""


def test_tablets_are_counted_to_whole_ones_per_interval():
    lines = [(line.since, line.to, line.product, str(line.count), str(line.mg), line.split)
             for line in supply_of(PLAN, 14)]  # fmt: skip
    assert lines[:2] == [
        (date(2026, 1, 5), date(2026, 1, 18), "tab 2", "126", "252", False),
        (date(2026, 1, 19), date(2026, 2, 1), "tab 2", "119", "238", True),
    ]
    odd = supply_of(PLAN, 15)[1]
    assert str(odd.count) == "127"  # 13 days of 8 ½ and 2 of 8 are 126 ½
    assert total_mg(PLAN) == 14 * (18 + 17 + 16 + 15)


def test_whole_packs_and_marks_for_the_pharmacist():
    line = supply_of(PLAN, 28, {"tab 2": 28}, {"tab 2": ["x"]}, {"tab 2": ["y"]})[0]
    assert (str(line.count), line.packs, line.marks) == ("245", 9, ("x", "split", "y"))


def test_the_interval_never_runs_past_the_plan():
    lines = supply_of(PLAN, 28)
    assert lines[-1].to == PLAN.steps[-1].end - timedelta(days=1)
    assert sum(line.mg for line in supply_of(PLAN, 14)) >= total_mg(PLAN)


def test_a_hold_keeps_every_dose_and_moves_what_comes_after():
    later = hold(PLAN, date(2026, 1, 25), 10)
    assert made(later) == made(PLAN)
    assert [step.days for step in later.steps] == [14, 24, 14, 14]
    assert [step.start for step in later.steps][2] == PLAN.steps[2].start + timedelta(days=10)
    assert (later.version, later.replaces) == (2, 1)
    assert PLAN.version == 1
    for bad, says in ((0, "1 to 366"), (400, "1 to 366")):
        with pytest.raises(BadInput, match=says):
            hold(PLAN, date(2026, 1, 25), bad)
    with pytest.raises(BadInput, match="is not a day of this plan"):
        hold(PLAN, date(2025, 12, 1), 7)


def test_the_history_carries_over_the_seam():
    assert held_on(PLAN, date(2026, 1, 4)) == 20
    assert held_on(PLAN, date(2026, 1, 20)) == 17
    seam = date(2026, 1, 26)
    held = history_before([PLAN], seam)
    assert [str(entry.mg) for entry in held] == ["20", "18", "17"]
    request = asked("17", "percent-current", "25", "tab 1").model_copy(update={"start": seam})
    assert made(plan_taper(request, CEILING))[0] == "13"
    # a week before the seam it was still 18 mg, and three quarters of that are 13.5
    seamless = request.model_copy(update={"held": held})
    assert made(plan_taper(seamless, CEILING))[0] == "14"


def test_going_back_is_a_request_and_changes_nothing():
    words = ask_to_go_back(PLAN, date(2026, 2, 3))
    assert "17 mg" in words and "question for your prescriber" in words
    with pytest.raises(BadInput, match="no higher dose"):
        ask_to_go_back(PLAN, date(2026, 1, 1))


def test_planned_makeable_and_taken_stay_apart():
    taken = {START: Fraction(18), START + timedelta(days=1): Fraction(20)}
    rows = side_by_side(PLAN, taken, START, START + timedelta(days=2))
    assert [row.words for row in rows] == ["as planned", "different", "not known"]
    assert [str(row.makeable_mg) for row in rows] == ["18", "18", "18"]
    assert side_by_side(PLAN, {}, date(2025, 1, 1), date(2025, 1, 3)) == ()
