"""How far a feeling moves and what of an event reaches it, in stretches of days."""

import numpy as np
import pytest

from landward.engines.patterns import read_feelings
from landward.engines.patterns.reach import range_of
from landward.model.feelings import FeelingStretch

SCALE = (0.0, 4.0)


def read(values, events, stretches):
    return read_feelings(
        {"pleasant": values}, scales={"pleasant": SCALE}, events=events, stretches=stretches
    )


def test_a_slope_that_was_flat_before_and_steep_after():
    rng = np.random.default_rng(1)
    steps = rng.integers(-2, 3, 240)
    slope = np.where(np.arange(240) < 120, 0.0, 0.5)
    values = np.clip(2 + slope * steps + rng.normal(0, 0.4, 240), 0, 4)
    stretches = (
        FeelingStretch(name="coming_down", first=0, last=119),
        FeelingStretch(name="after", first=120, last=239),
    )
    down, after = read(values, list(enumerate(steps.tolist())), stretches).phases
    assert down.reactivity[0].interval[0] < 0 < down.reactivity[0].interval[1]
    assert after.reactivity[0].interval[0] <= 0.5 <= after.reactivity[0].interval[1]
    assert after.reactivity[0].interval[0] > 0.3
    assert (down.events, after.events) == (120, 120)


def test_a_stretch_with_few_events_says_nothing_of_them():
    values = np.tile([1.0, 2.0, 3.0], 20)
    stretches = (FeelingStretch(name="before", first=0, last=59),)
    (before,) = read(values, [(day, 1) for day in range(20)], stretches).phases
    assert before.reactivity == ()
    assert before.range[0].relative_sd is not None


def test_no_stretch_no_phases():
    assert read(np.ones(30), [], ()).phases == ()


@pytest.mark.parametrize("seed", range(3))
def test_the_range_has_an_interval_that_weeks_decide(seed):
    rng = np.random.default_rng(seed)
    short, long = (np.clip(np.round(rng.normal(2, 1, n)), 0, 4) for n in (42, 420))
    wide, narrow = (range_of("joy", values, SCALE) for values in (short, long))
    for one in (wide, narrow):
        assert one.interval[0] <= one.relative_sd <= one.interval[1]
    assert narrow.interval[1] - narrow.interval[0] < wide.interval[1] - wide.interval[0]


def test_too_few_weeks_give_no_interval():
    values = np.array([0.0, 1, 2, 3, 4, 3, 2, 1, 0, 1, 2, 3, 4, 3, 2])
    assert range_of("joy", values, SCALE).interval is None


def test_one_answer_over_and_over_has_no_range():
    assert range_of("joy", np.full(60, 4.0), SCALE).relative_sd is None
