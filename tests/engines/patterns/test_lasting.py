"""Lasting changes: steps between spells are dated, slow courses are slow, weekly items count."""

import numpy as np
import pytest

from landward.engines.patterns import read_waves
from landward.engines.patterns.recent import hold_back
from landward.model.waves import State
from landward.report.pattern_words import changes_sentence


def a_diary(seed, level, spells=True):
    """A rounded diary around `level` (days,), with spells of two points if asked."""
    rng = np.random.default_rng([seed, 60])
    days = level.size
    y = level + rng.normal(0, 0.8, days)
    day = 10
    while spells and day < days:
        length = int(rng.integers(5, 14))
        y[day : day + length] += rng.choice([-2, 2])
        day += length + int(rng.integers(12, 28))
    return np.clip(np.round(y), 0, 10)


def test_a_step_under_spells_lies_in_its_interval_and_spells_alone_have_none():
    held = found = wrong = 0
    for seed in range(5):
        step = np.where(np.arange(360) >= 180, 6.2, 3.5)
        shifts = read_waves(a_diary(seed, step)).level_shifts
        near = [s for s in shifts if abs(s.index - 180) <= 21 and s.after > s.before]
        found += bool(near)
        held += any(s.interval[0] <= 180 <= s.interval[1] for s in near)
        wrong += bool(read_waves(a_diary(seed, np.full(360, 5.0))).level_shifts)
    assert found >= 3
    assert held >= found - 1
    assert wrong <= 1


def test_a_slow_recovery_is_told_as_slow():
    level = 2.8 + 3.5 * np.exp(-np.arange(540) / 200)
    reading = read_waves(a_diary(1, level, spells=False))
    assert reading.level_shifts == ()
    (slow,) = reading.gradual_changes
    assert slow.change_interval[1] < 0
    assert slow.end - slow.start >= 56


@pytest.mark.parametrize("seed", [4, 5, 10, 11])
def test_a_fall_over_three_months_is_not_dated_to_a_day(seed):
    """Each of these was told as a step before a slow move was another reading of it."""
    level = 6.5 - 2.5 * np.clip((np.arange(420) - 165) / 90, 0, 1)
    reading = read_waves(a_diary(seed, level, spells=False))
    assert not reading.level_shifts
    assert [change.after < change.before for change in reading.gradual_changes] == [True]


def test_a_set_back_that_eases_is_dated_and_not_said_to_stay():
    since = np.maximum(np.arange(420) - 200, 0)
    level = 3.0 + np.where(np.arange(420) >= 200, 3.0 * np.exp(-since / 100), 0.0)
    reading = read_waves(a_diary(2, level))
    (shift,) = [s for s in reading.level_shifts if s.after > s.before]
    assert abs(shift.index - 200) <= 14
    assert shift.interval[0] <= 200 <= shift.interval[1]
    assert not shift.stays
    assert "then slowly went back" in changes_sentence(reading)
    assert "stayed" not in changes_sentence(reading)


def test_a_slow_yearly_swing_is_seldom_a_step():
    swing = 5 + 1.5 * np.sin(2 * np.pi * np.arange(540) / 365)
    wrong = sum(bool(read_waves(a_diary(seed, swing)).level_shifts) for seed in range(4))
    assert wrong <= 1


def test_weekly_answers_have_their_own_least_length():
    y = np.full(200, np.nan)
    y[::7] = np.where(np.arange(29) < 17, 1.0, 2.0)
    y[7::21] += 0.25
    (shift,) = read_waves(y, scale=(0, 4)).level_shifts
    assert 7 * 16 <= shift.index <= 7 * 18


def test_answers_every_twelve_days_are_too_sparse_and_say_so():
    y = np.full(400, np.nan)
    y[::12] = np.tile([3.0, 4.0], 17)
    reading = read_waves(y)
    assert reading.method == "too sparse"
    assert {day.state for day in reading.days} == {State.UNKNOWN}


def test_a_spell_cut_short_ends_on_an_answered_day():
    y = np.round(5 + np.random.default_rng(3).normal(0, 0.7, 120))
    y[104:119] += 4
    y[114:119] = np.nan
    y = np.clip(y, 0, 10)
    for spell in hold_back(read_waves(y)).spells:
        assert np.isfinite(y[spell.end])
        assert spell.end_interval[0] <= spell.end <= spell.end_interval[1]


@pytest.mark.parametrize("days", [66, 128])
def test_one_strong_wave_makes_no_windows(days):
    rng = np.random.default_rng(days)
    y = 3 + rng.normal(0, 0.7, days)
    y[30:38] += 5
    states = [day.state for day in read_waves(np.clip(np.round(y), 0, 10)).days]
    assert State.WINDOW not in states
    assert states[31:37] == [State.WAVE] * 6


def test_own_labels_set_what_counts_and_it_is_told():
    y = a_diary(5, np.full(300, 5.0))
    assert read_waves(y).taught_by == 0
    labels = dict.fromkeys(range(100, 112), "usual")
    assert read_waves(y, labels=labels).taught_by == 12


def test_who_calls_slight_spells_usual_is_told_of_fewer_on_days_never_labelled():
    """Waves of two points by turns with slighter ones, which are called usual in the first half."""
    rng = np.random.default_rng(1)
    y, slight = 4 + rng.normal(0, 0.5, 480), np.zeros(480, bool)
    for number, day in enumerate(range(12, 470, 22)):
        slight[day : day + 8] = number % 2
        y[day : day + 8] += 1.3 if number % 2 else 2.0
    y, later = np.round(y), slight & (np.arange(480) >= 240)

    def called(labels):
        days = read_waves(y, labels=labels).days
        return np.mean([days[day].state == State.WAVE for day in np.flatnonzero(later)])

    said = [int(day) for day in np.flatnonzero(slight) if day < 240]
    assert called(None) > 0.9
    assert called(dict.fromkeys(said, "wave")) > 0.9
    assert called(dict.fromkeys(said, "usual")) < 0.1
