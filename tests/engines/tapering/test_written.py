"""Ways a prescriber writes down: laid out exactly as written, never proposed, never endless."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landward.engines.tapering.written import Phase, Rhythm, by_turns, pouches, with_pauses
from landward.model.base import BadInput
from landward.model.taper_given import GivenDose, doses_sum

from .planner import START


def day(*doses: tuple[str, str]) -> tuple[GivenDose, ...]:
    return tuple(GivenDose(at=at, mg=mg) for at, mg in doses)


def test_four_weekly_cuts_then_three_weeks_hold():
    held = day(("morning", "4"), ("night", "6"))
    rhythm = Rhythm(cut_mg=Fraction(1), every_days=7, cuts=4, pause_days=21, to_mg=Fraction(4))
    steps = with_pauses(START, held, rhythm)
    assert [str(step.total_mg) for step in steps] == ["9", "8", "7", "6", "5", "4"]
    assert [step.days for step in steps] == [7, 7, 7, 28, 7, 7], "21 days on top of the fourth"
    assert steps[-1].doses == day(("morning", "4")), "the night dose came down, then was left out"
    assert steps[4].start == START + timedelta(days=49)


@given(
    st.fractions(min_value="1/4", max_value=40, max_denominator=8),
    st.fractions(min_value="1/8", max_value=5, max_denominator=8),
    st.integers(1, 30), st.integers(1, 9), st.integers(0, 60),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_every_rhythm_adds_up_never_rises_and_leaves_no_day_out(mg, cut, every, cuts, pause):
    held = (GivenDose(at="morning", mg=mg / 3), GivenDose(at="night", mg=mg - mg / 3))
    steps = with_pauses(START, held, Rhythm(cut_mg=cut, every_days=every, cuts=cuts,
                                            pause_days=pause))  # fmt: skip
    before, next_day = doses_sum(held), START
    for number, step in enumerate(steps, start=1):
        assert step.start == next_day and step.total_mg == doses_sum(step.doses)
        assert before - step.total_mg == min(cut, before)
        assert step.days == every + (pause if number % cuts == 0 else 0)
        before, next_day = step.total_mg, step.start + timedelta(days=step.days)
    assert before == 0


@pytest.mark.parametrize(
    "change", [{"cut_mg": Fraction(0)}, {"every_days": 0}, {"cuts": 0}, {"to_mg": Fraction(20)}]
)
def test_a_rhythm_that_gets_nowhere_is_refused(change):
    rhythm = Rhythm(cut_mg=Fraction(1), every_days=7, cuts=4, pause_days=7)
    with pytest.raises(BadInput):
        with_pauses(START, day(("night", "10")), rhythm.model_copy(update=change))
    tiny = rhythm.model_copy(update={"cut_mg": Fraction(1, 1000)})
    with pytest.raises(BadInput, match="1500 lines"):
        with_pauses(START, day(("night", "10")), tiny)


def test_two_doses_by_turns_and_free_nights_of_a_week():
    turns = by_turns(START, [Phase(turns=(day(("night", "5")), day(("night", "4"))), days=14)],
                     weekly=False)  # fmt: skip
    assert [str(step.total_mg) for step in turns] == ["5", "4"] * 7
    week = tuple(() if name in "TF" else day(("night", "7.5")) for name in "MTWtFSs")
    wednesday = date(2026, 1, 7)
    free = by_turns(wednesday, [Phase(turns=week, days=7)], weekly=True)
    assert [step.start.strftime("%a") for step in free if not step.doses] == ["Fri", "Tue"]
    with pytest.raises(BadInput, match="whole weeks"):
        by_turns(START, [Phase(turns=week, days=10)], weekly=True)


def test_pouches_say_their_strip():
    steps = pouches(START, [Fraction(10), Fraction(9), Fraction(0)], 2)
    assert [step.words for step in steps] == [
        "strip 1, pouch 1 of 2", "strip 1, pouch 2 of 2", "strip 2, pouch 1 of 2",
    ]  # fmt: skip
    assert steps[2].doses == ()
