"""Whatever a diary holds: one state a day, no NaN, spells in order, the same answer every time."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from landward.engines.patterns import level_shifts, read_waves
from landward.engines.patterns.annotation import annotate
from landward.model.waves import State

SCALES = st.sampled_from([(0, 10), (0, 4), (0, 3), (1, 7), (-3, 3)])


@st.composite
def diaries(draw):
    low, high = draw(SCALES)
    answer = st.one_of(st.none(), st.integers(low, high))
    runs = draw(st.lists(st.tuples(answer, st.integers(1, 25)), min_size=1, max_size=12))
    return (low, high), [value for value, times in runs for _ in range(times)]


@settings(max_examples=40, deadline=None)
@given(diaries())
def test_a_reading_is_whole(diary):
    (low, high), y = diary
    reading = read_waves(y, scale=(low, high))
    assert len(reading.days) == len(y)
    assert reading.answered == sum(v is not None for v in y)
    for day in reading.days:
        if day.state == State.UNKNOWN:
            assert day.p_wave is None
            continue
        assert 0 <= day.p_wave <= 1 + 1e-9
        assert 0 <= day.p_window <= 1 + 1e-9
        assert day.p_wave + day.p_window <= 1 + 1e-9
        assert low <= day.baseline <= high
    ends = [-1]
    for spell in reading.spells:
        assert ends[-1] < spell.start <= spell.end < len(y)
        assert math.isfinite(spell.amplitude)
        assert spell.start_interval[0] <= spell.start <= spell.start_interval[1]
        assert spell.end_interval[0] <= spell.end <= spell.end_interval[1]
        assert y[spell.start] is not None
        assert y[spell.end] is not None
        ends.append(spell.end)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.2, 5), st.floats(-100, 100))
def test_level_shifts_do_not_know_units(seed, factor, offset):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=80)
    x[40:] += 2.5
    found = [s.index for s in level_shifts(x)]
    assert [s.index for s in level_shifts(factor * x + offset)] == found


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_the_plain_rule_mirrors(seed):
    y = np.random.default_rng(seed).integers(0, 11, 120).astype(float)
    up, _ = annotate(y, (0.0, 10.0))
    down, _ = annotate(10 - y, (0.0, 10.0))
    assert np.array_equal(np.where(up == 2, 2, -up), down)
