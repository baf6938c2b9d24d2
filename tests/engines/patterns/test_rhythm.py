"""Weekdays and cycles are neither waves nor dose responses; doses in their odd forms."""

import numpy as np
import pytest

from landward.engines.patterns import dose_lag, read_waves, what_helped
from landward.engines.patterns.dose_response import dose_changes, slow_slopes
from landward.model.base import BadInput
from landward.model.waves import State


def weekly_rhythm(seed, days=400, hard=1.2):
    rng = np.random.default_rng([seed, 61])
    y = 5 + hard * (np.arange(days) % 7 == 2) + rng.normal(0, 0.8, days)
    return np.clip(np.round(y), 0, 10)


def test_a_cycle_is_no_spell():
    rng = np.random.default_rng(1)
    t = np.arange(730)
    y = np.round(5 + 0.9 * np.sin(2 * np.pi * t / 28) + rng.normal(0, 0.8, 730))
    states = [day.state for day in read_waves(np.clip(y, 0, 10)).days]
    assert np.mean([state is State.USUAL for state in states]) > 0.9


def test_cuts_on_one_weekday_are_not_told_apart_from_it():
    y = weekly_rhythm(2)
    dose = 20 * 0.95 ** np.clip((np.arange(400) - 40) // 7 + 1, 0, 30)
    (one,) = dose_lag(y, dose).symptoms
    assert one.standing == "same as weekdays"
    assert not one.claimed
    assert one.size is None


def test_cuts_once_a_month_are_not_told_apart_from_a_cycle():
    rng = np.random.default_rng(4)
    t = np.arange(420)
    y = np.clip(np.round(5 + np.sin(2 * np.pi * t / 28) + rng.normal(0, 0.8, 420)), 0, 10)
    dose = 20 * 0.9 ** np.clip((t - 30) // 28 + 1, 0, 14)
    assert not dose_lag(y, dose).symptoms[0].claimed


def test_an_idle_friday_tag_is_not_named_and_keeps_to_weekdays():
    y = weekly_rhythm(3)
    rng = np.random.default_rng(5)
    at = np.flatnonzero((np.arange(400) % 7 == 1) & (rng.random(400) < 0.9))
    (one,) = what_helped(y, {"outing": at.tolist()}).tags
    assert one.travels_with == "weekdays"
    assert not one.stands_out


def test_the_same_answer_every_day_has_no_chance_to_tell():
    (one,) = what_helped(np.full(200, 4.0), {"walk": list(range(50, 150, 5))}).tags
    assert one.p_value is None
    assert one.standing == "always the same"


def test_a_rescue_dose_is_no_change():
    dose = np.full(60, 10.0)
    dose[20] = 12.0
    dose[40:] = 9.0
    days, sizes = dose_changes(dose)
    assert days.tolist() == [40]
    assert sizes.tolist() == [1.0]


def test_two_drugs_are_read_together_each_by_its_own_dose():
    first, second = np.full(100, 10.0), np.full(100, 0.5)
    first[30:], second[60:] = 9.0, 0.45
    days, sizes = dose_changes(np.vstack((first, second)))
    assert days.tolist() == [30, 60]
    assert sizes == pytest.approx([1.0, 1.0])
    y = np.random.default_rng(6).integers(3, 7, 100).astype(float)
    assert dose_lag(y, {"a": first, "b": second}).changes == (30, 60)
    with pytest.raises(BadInput, match="b has 3 days"):
        dose_lag(y, {"a": first, "b": [1.0, 1.0, 1.0]})


def test_a_microtaper_is_a_slope():
    dose = 10 * 0.995 ** np.clip(np.arange(200) - 50, 0, 100)
    assert dose_changes(dose)[0].size == 0
    ((first, last, gone),) = slow_slopes(dose)
    assert (first, last) == (51, 150)
    assert gone == pytest.approx(1 - 0.995**100)
