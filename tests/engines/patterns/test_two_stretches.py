"""The difference of two stretches: Welch's interval where days are unlike, wider where alike."""

import numpy as np
import pytest
from scipy import stats

from landward.engines.patterns.two_stretches import difference


def course(seed: int, alike: float, days: int, level: float = 5.0) -> np.ndarray:
    """Days around a level, each like the one before it."""
    chance = np.random.default_rng(seed)
    values = np.zeros(days + 50)
    for day in range(1, days + 50):
        values[day] = alike * values[day - 1] + chance.normal()
    return level + values[50:]


def test_days_unlike_each_other_give_welchs_interval() -> None:
    before, after = course(3, 0.0, 4000), course(4, 0.0, 4000, level=4.0)
    found = difference(before, after)
    assert found is not None
    peer = stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.95)
    assert found[0] == pytest.approx(float(after.mean() - before.mean()))
    assert found[1:] == pytest.approx((peer.low, peer.high), abs=0.004)


@pytest.mark.parametrize("alike", [0.0, 0.3, 0.5, 0.7])
def test_nothing_is_found_too_often_where_nothing_changed(alike: float) -> None:
    wrong = 0
    for seed in range(200):
        days = course(seed, alike, 56)
        found = difference(days[:28], days[28:])
        assert found is not None
        wrong += not found[1] <= 0 <= found[2]
    assert wrong <= 20  # 5 % are 10 of 200; three standard errors more are 19


def test_a_clear_change_is_found_and_gaps_are_left_out() -> None:
    before, after = course(1, 0.3, 28, level=7.0), course(2, 0.3, 28, level=3.0)
    before[::5] = np.nan
    found = difference(before, after)
    assert found is not None and found[1] < found[0] < found[2] < 0


@pytest.mark.parametrize(
    ("before", "after"),
    [([], []), ([1.0] * 6, [2.0] * 30), ([3.0] * 20, [3.0] * 20), ([np.nan] * 20, [1.0, 2.0] * 9)],
)
def test_too_little_to_tell_says_nothing(before: list[float], after: list[float]) -> None:
    assert difference(np.array(before), np.array(after)) is None
