"""what_helped: the day after a tag next to like days; idle tags are rarely praised."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from landward.engines.patterns import what_helped
from landward.engines.patterns.discoveries import discoveries
from landward.model.base import BadInput

P_VALUES = st.lists(st.floats(0, 1, allow_nan=False), min_size=1, max_size=40)


@given(P_VALUES, st.sampled_from([0.01, 0.05, 0.1, 0.3]))
def test_named_as_scipy_names_them(p_values, share):
    # someone else's Benjamini–Hochberg: an adjusted p value at or under the share is named
    theirs = false_discovery_control(p_values, method="bh")
    ours = discoveries(p_values, share)
    for mine, adjusted in zip(ours, theirs, strict=True):
        if abs(adjusted - share) > 1e-9:
            assert mine == (adjusted <= share)


@given(P_VALUES)
def test_what_was_not_tested_is_never_named_and_changes_nothing(p_values):
    mixed = [None, *p_values, None]
    assert discoveries(mixed, 0.1) == [False, *discoveries(p_values, 0.1), False]


def world(seed, days=360):
    """Waves of hard days and autocorrelated noise, rounded to 0–10."""
    rng = np.random.default_rng([seed, 20])
    y = np.full(days, 4.5)
    for t in range(1, days):
        y[t] = 4.5 + 0.6 * (y[t - 1] - 4.5) + rng.normal(0, 0.9)
    for start in rng.integers(0, days - 15, 6):
        y[start : start + int(rng.integers(5, 15))] += 2
    return np.clip(np.round(y), 0, 10), rng


def reached_for(y, rng):
    """Five idle tags as people use them: on hard days, after a rise, on easy days, by season."""
    days = y.size
    rise = np.diff(y, prepend=y[0])
    chances = {
        "hard": 0.5 / (1 + np.exp(-2 * (y - 6))),
        "rise": np.where(rise >= 2, 0.6, 0.03),
        "easy": 0.4 / (1 + np.exp(2 * (y - 3.5))),
        "season": np.where(np.arange(days) // 60 % 2 == 1, 0.4, 0.0),
        "random": np.full(days, 0.15),
    }
    return {tag: np.flatnonzero(rng.random(days) < p).tolist() for tag, p in chances.items()}


def test_idle_tags_are_named_no_oftener_than_promised():
    worlds = 150
    any_named = praised = 0
    for seed in range(worlds):
        y, rng = world(seed)
        found = {one.tag: one for one in what_helped(y, reached_for(y, rng)).tags}
        any_named += any(one.stands_out for one in found.values())
        praised += found["hard"].after < found["hard"].before
    # nothing works here, so naming anything is a false discovery: promised one diary in ten, and
    # three standard errors of 150 diaries are 7 points
    assert any_named / worlds <= 0.17
    assert praised / worlds >= 0.95  # what a plain before–after table would have praised


@pytest.mark.parametrize("effect", [-1.2, 1.2])
def test_what_changes_the_next_day_is_found_either_way(effect):
    found = covered = 0
    for seed in range(30):
        y, rng = world(seed)
        tags = reached_for(y, rng)
        after = np.array([t + 1 for t in tags["hard"] if t + 1 < y.size])
        y = y.copy()
        y[after] += effect
        y = np.clip(np.round(y), 0, 10)
        one = next(t for t in what_helped(y, tags).tags if t.tag == "hard")
        found += one.stands_out and (one.difference < 0) == (effect < 0)
        covered += one.interval[0] <= effect <= one.interval[1]
    assert found >= 27
    assert covered >= 24


def test_the_plain_means_are_of_the_day_itself_and_the_day_after():
    y = np.tile([2.0, 7.0, 4.0, 5.0], 30)
    at = list(range(49, 119, 4))  # the days of 7, each followed by one of 4
    (one,) = what_helped(y, {"walk": at}).tags
    assert (one.before, one.after) == (7.0, 4.0)


def test_more_than_nine_and_more_than_nine_without():
    y, _ = world(3)
    often = list(range(50, 350, 3))
    tags = {"nine": often[:9], "ten": often[:10], "daily": list(range(y.size))}
    standing = {one.tag: one.standing for one in what_helped(y, tags).tags}
    assert standing == {"nine": "too few times", "ten": "compared", "daily": "too few times"}


@given(st.integers(0, 400), st.floats(0, 0.9), st.integers(0, 40))
def test_any_diary_gives_finite_numbers_or_none(days, missing, times):
    rng = np.random.default_rng(days)
    y = rng.integers(0, 11, days).astype(float)
    y[rng.random(days) < missing] = np.nan
    assert what_helped(y, {}).tags == ()
    at = rng.integers(0, days, times).tolist() if days else []
    for one in what_helped(y, {"a": at, "b": []}).tags:
        numbers = (one.before, one.after, one.difference, one.p_value, *(one.interval or ()))
        assert all(n is None or np.isfinite(n) for n in numbers)
        assert (one.difference is None) == (one.standing == "too few times")


@pytest.mark.parametrize("at", [[-1], [360], [5, 999]])
def test_a_tag_outside_the_diary_is_refused(at):
    with pytest.raises(BadInput, match="outside the 360 days"):
        what_helped(world(1)[0], {"walk": at})
