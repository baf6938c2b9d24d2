"""dose_lag: finds a response that is there, claims nothing where there is none."""

import numpy as np
import pytest

from landward.engines.patterns import dose_lag
from landward.engines.patterns.dose_response import dose_changes, response_shape
from landward.engines.patterns.lag_prior import LAGS, lag_prior
from landward.model.base import BadInput


def tapering(seed, effect, lag=4.0, days=420, cuts=16, every=24):
    rng = np.random.default_rng([seed, 7])
    at = 20 + every * np.arange(cuts)
    dose = np.full(days, 20.0)
    for cut in at:
        dose[cut:] *= 0.9
    y = 4 + rng.normal(0, 0.9, days) + effect * response_shape(days, at, np.ones(cuts), lag)
    y[60:75] += 2
    y[200:212] += 2
    y[rng.random(days) < 0.15] = np.nan
    return np.clip(np.round(y), 0, 10), dose


def test_the_shape_peaks_one_lag_after_the_cut():
    shape = response_shape(60, np.array([10]), np.array([1.0]), 5.0)
    assert shape[10] == 0
    assert int(np.argmax(shape)) == 15
    assert shape.max() == pytest.approx(1.0)


def test_cuts_are_relative_and_a_usual_cut_counts_one():
    days, sizes = dose_changes(np.array([20, 20, 18, 18, 16.2, 16.2, 20.0]))
    assert days.tolist() == [2, 4, 6]
    assert sizes[:2] == pytest.approx([1, 1])
    assert sizes[2] < 0


def test_a_response_is_found_with_its_lag():
    y, dose = tapering(1, 1.4)
    reading = dose_lag(y, dose, half_life_h=48)
    (one,) = reading.symptoms
    assert one.claimed
    assert one.size_interval[0] <= 1.4 <= one.size_interval[1]
    assert one.lag_interval[0] <= 4 <= one.lag_interval[1]
    assert reading.found == (one,)


def test_without_a_response_there_is_rarely_a_claim():
    claims = sum(dose_lag(*tapering(seed, 0.0)).symptoms[0].claimed for seed in range(12))
    assert claims <= 2


def test_many_symptoms_are_paid_for():
    y, dose = tapering(2, 1.4)
    rng = np.random.default_rng(3)
    noise = {f"s{k}": np.round(np.clip(rng.normal(2, 1, y.size), 0, 4)) for k in range(5)}
    scales = dict.fromkeys(noise, (0, 4)) | {"day": (0, 10)}
    reading = dose_lag({"day": y, **noise}, dose, scale=scales)
    assert [one.symptom for one in reading.found] == ["day"]
    assert all(one.standing == "not enough evidence yet" for one in reading.symptoms[1:])


@pytest.mark.parametrize(
    ("days", "cuts", "standing"), [(30, 0, "too few days"), (200, 2, "too few dose changes")]
)
def test_little_data_says_so(days, cuts, standing):
    dose = np.full(days, 10.0)
    for cut in range(cuts):
        dose[50 + 30 * cut :] *= 0.9
    y = np.round(np.random.default_rng(4).normal(5, 1, days))
    (one,) = dose_lag(y, dose).symptoms
    assert (one.standing, one.size, one.lag_interval, one.claimed) == (standing, None, None, False)


def test_the_half_life_moves_the_prior():
    short, long = lag_prior(12), lag_prior(100)
    assert LAGS[np.argmax(short)] < 3 < 5 <= LAGS[np.argmax(long)]
    assert lag_prior(None).sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "call",
    [
        lambda: dose_lag({}, [1.0]),
        lambda: dose_lag([5.0, 5.0], [1.0]),
        lambda: dose_lag([5.0], [1.0], half_life_h=-1),
        lambda: dose_lag({"a": [1.0], "b": [1.0, 2.0]}, [1.0]),
        lambda: dose_lag([5.0], [99999.0]),
    ],
)
def test_bad_input_is_refused(call):
    with pytest.raises(BadInput):
        call()
