"""Several readings of one diary, weighed: what is varied, what counts, and whether chances hold."""

import numpy as np
import pytest

from landward.engines.patterns import read_waves
from landward.engines.patterns.joint_model import prepare
from landward.engines.patterns.model_average import SIZES, average, variations
from landward.engines.patterns.parameters import PLAIN, WAVE, WINDOW


def a_person(seed, days=365):
    """A level of 5 with noise; hard and easy runs of 3 to 15 days, two points away."""
    rng = np.random.default_rng(seed)
    truth = np.zeros(days, int)
    day = 0
    while day < days:
        day += int(rng.integers(5, 30))
        for state in (1, -1):
            length = int(rng.integers(3, 16))
            truth[day : day + length] = state
            day += length + int(rng.integers(5, 30))
    y = np.clip(np.round(5 + 2 * truth + rng.normal(0, 0.9, days)), 0, 10)
    y[rng.random(days) < 0.1] = np.nan
    return y, truth


def test_weights_are_chances():
    y, _ = a_person(0)
    found = average(prepare(y, (0.0, 10.0), np.full(y.size, 2, np.int8)))
    assert sum(weight for weight, _ in found.fits) == pytest.approx(1)
    assert found.spell_weight > 0.99
    assert ((found.p_wave + found.p_window) <= 1 + 1e-9).all()


def test_each_uncertain_number_is_moved_alone():
    y, _ = a_person(1)
    found = average(prepare(y, (0.0, 10.0), np.full(y.size, 2, np.int8)))
    plain = next(one for _, one in found.fits if one.template == PLAIN)
    moved = variations(plain)
    assert len(moved) == 1 + 2 * len(SIZES)
    for values in moved:
        drifts = values.drift != plain.values.drift
        waves, windows = (
            bool((values.deviation != plain.values.deviation)[PLAIN.group == group].any())
            for group in (WAVE, WINDOW)
        )
        assert drifts + waves + windows == 1


def test_days_called_likely_are_as_often_so():
    """40 people the engine was not made on, a year each: no group of days is far off its chance."""
    chances, came = [], []
    for seed in range(40):
        y, truth = a_person(seed)
        for day, state in zip(read_waves(y).days, truth, strict=True):
            if day.p_wave is not None:
                chances += [day.p_wave, day.p_window]
                came += [state == 1, state == -1]
    chance, true = np.array(chances), np.array(came)
    for low, high in ((0.02, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.98)):
        here = (chance >= low) & (chance < high)
        assert here.sum() > 150
        assert true[here].mean() == pytest.approx(chance[here].mean(), abs=0.14), (low, high)
