"""Lasting level shifts: found where there is one, not invented where neighbours are alike."""

import numpy as np
import pytest

from landward.engines.patterns import level_shifts, read_waves
from landward.model.base import BadInput


def ar(rng, n, phi):
    x = rng.normal(size=n)
    for t in range(1, n):
        x[t] += phi * x[t - 1]
    return x


def test_one_step_in_white_noise_is_dated():
    x = np.random.default_rng(1).normal(size=200)
    x[120:] += 2.0
    (shift,) = level_shifts(x)
    assert abs(shift.index - 120) <= 2
    assert shift.interval[0] <= 120 <= shift.interval[1]
    assert shift.after - shift.before == pytest.approx(2.0, abs=0.4)


@pytest.mark.parametrize("phi", [0.0, 0.5, 0.7])
def test_a_year_without_a_shift_rarely_gets_one(phi):
    rng = np.random.default_rng([2, int(phi * 10)])
    wrong = sum(bool(level_shifts(ar(rng, 365, phi))) for _ in range(400))
    assert wrong / 400 <= 0.05


def test_a_year_of_far_values_rarely_gets_a_level():
    # Student's t with 3 degrees of freedom: 15 to 22 of 100 years when the values themselves were
    # tested instead of their ranks.
    rng = np.random.default_rng(8)
    wrong = sum(bool(level_shifts(rng.standard_t(3, 365))) for _ in range(200))
    assert wrong / 200 <= 0.08


@pytest.mark.parametrize("place", [199, 100, 3])
def test_one_far_answer_among_equal_ones_is_no_level(place):
    x = np.full(200, 3.0)
    x[place] = 9.0
    assert level_shifts(x) == []
    weeks = np.full(200 * 7, np.nan)
    weeks[::7] = x
    assert read_waves(weeks).level_shifts == ()


def test_a_short_level_that_most_of_its_answers_bear_out_is_one():
    x = np.full(200, 3.0)
    x[-4:] = [9, 3, 9, 8]
    assert [shift.index for shift in level_shifts(x)] == [196]


def test_a_shift_is_found_under_autocorrelation():
    rng = np.random.default_rng(3)
    found = 0
    for _ in range(50):
        x = ar(rng, 365, 0.5)
        x[200:] += 2.0
        found += any(abs(s.index - 200) <= 14 for s in level_shifts(x))
    assert found >= 45


def test_positions_count_missing_values():
    x = np.repeat([1.0, 3.0], 30) + np.random.default_rng(4).normal(0, 0.2, 60)
    gappy = np.insert(x, 10, [np.nan] * 5)
    assert [s.index for s in level_shifts(gappy)] == [s.index + 5 for s in level_shifts(x)] == [35]


def test_the_number_of_shifts_can_be_capped():
    x = np.repeat([0.0, 5.0, 1.0], 40) + np.random.default_rng(5).normal(size=120)
    assert [s.index for s in level_shifts(x)] == [40, 80]
    assert len(level_shifts(x, max_shifts=1)) == 1
    assert level_shifts(x, max_shifts=0) == []


@pytest.mark.parametrize("x", [[], [1.0], [3.0] * 50, [np.nan] * 50, [1, 2, 1, 2]])
def test_nothing_to_see_gives_nothing(x):
    assert level_shifts(x) == []


@pytest.mark.parametrize("x", [[[1.0, 2.0]], ["a"], [1.0, np.inf]])
def test_what_is_no_series_is_refused(x):
    with pytest.raises(BadInput):
        level_shifts(x)
