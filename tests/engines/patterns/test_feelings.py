"""Feelings, symptom course, what helped: measured, with their least data, never invented."""

import numpy as np
import pytest

from landward.engines.patterns import read_feelings, symptom_course, what_helped
from landward.engines.patterns.follow import follow_interval
from landward.model.base import BadInput

SCALES = {"pleasant": (0, 4), "painful": (0, 4)}
PAIR = ("pleasant", "painful")


def read(pleasant, painful, **more):
    return read_feelings(
        {"pleasant": pleasant, "painful": painful}, scales=SCALES, pair=PAIR, **more
    )


def test_both_low_counts_only_days_with_both_answers():
    reading = read([0, 1, 1, 3, np.nan, 0], [1, 0, 3, 0, 0, np.nan])
    assert (reading.both_low.share, reading.both_low.n) == (0.5, 4)
    low, high = reading.both_low.interval
    assert 0.1 < low < 0.5 < high < 0.9


def test_words_are_kept_apart_from_numbers():
    reading = read(
        [2, np.nan, np.nan], [1, 1, 1], no_occasion={"pleasant": [1]}, too_much={"pleasant": [2]}
    )
    pleasant = next(s for s in reading.items if s.item == "pleasant")
    assert [(p.value, p.occasion, p.too_much) for p in pleasant.points] == [
        (2.0, True, False),
        (None, False, False),
        (None, True, True),
    ]
    assert (reading.too_much.share, reading.too_much.n) == (pytest.approx(1 / 3), 3)


def test_range_is_relative_to_what_the_mean_allows():
    # two series with the same raw SD; the one near the floor moves more for its mean
    middle, floor = np.tile([1.5, 2.5], 20), np.tile([0.0, 1.0], 20)
    reading = read(middle, floor)
    by_item = {r.item: r.relative_sd for r in reading.range}
    assert by_item["painful"] > 1.4 * by_item["pleasant"]
    extreme = read(np.tile([0, 4], 20), np.zeros(40))
    assert {r.item: r.relative_sd for r in extreme.range} == {"pleasant": 1.0, "painful": None}


def test_few_days_give_no_range_and_no_reactivity():
    reading = read([1, 2, 3], [1, 2, 3], events=[(0, 2), (1, -1)])
    assert all(r.relative_sd is None for r in reading.range)
    assert reading.reactivity == ()
    assert reading.lag_behind_symptoms_days is None


def test_reactivity_is_found_and_shrunken():
    rng = np.random.default_rng(1)
    pleasantness = rng.integers(-2, 3, 60)
    mood = np.clip(2 + 0.4 * pleasantness + rng.normal(0, 0.4, 60), 0, 4)
    reading = read(mood, np.full(60, 1.0), events=list(enumerate(pleasantness.tolist())))
    pleasant = next(r for r in reading.reactivity if r.item == "pleasant")
    raw = np.polyfit(pleasantness, mood, 1)[0]
    assert 0 < pleasant.slope < raw
    assert pleasant.interval[0] > 0


def test_feelings_that_follow_by_two_weeks_are_dated():
    rng = np.random.default_rng(2)
    level = np.convolve(rng.normal(size=430), np.ones(15) / 4, "same")
    severity = 5 + level[30:] + rng.normal(0, 0.5, 400)
    pleasant = 2 - 0.5 * level[16:416] + rng.normal(0, 0.3, 400)  # 14 days later
    low, high = follow_interval(severity, pleasant)
    assert low <= 14 <= high
    assert high - low <= 14


def test_unrelated_slow_series_have_no_lag():
    wrong = 0
    for seed in range(40):
        rng = np.random.default_rng([3, seed])
        a, b = (np.convolve(rng.normal(size=365), np.ones(9) / 3, "same") for _ in range(2))
        wrong += follow_interval(5 + a, 2 + b) is not None
    assert wrong <= 3


def test_getting_better_together_is_no_lag():
    wrong = 0
    for seed in range(40):
        rng = np.random.default_rng([5, seed])
        better = 1 / (1 + np.exp(-(np.arange(365) - rng.uniform(120, 240)) / rng.uniform(15, 80)))
        a, b = (np.convolve(rng.normal(size=365), np.ones(5) / 3, "same") for _ in range(2))
        severity, pleasant = 7 - 5 * better + a, 1 + 2.5 * better + 0.5 * b
        wrong += follow_interval(np.round(severity), np.round(pleasant)) is not None
    assert wrong <= 3


def test_feelings_smeared_over_a_week_are_dated_with_gaps():
    rng = np.random.default_rng(6)
    level = np.repeat(rng.normal(0, 1.5, 80), rng.integers(2, 12, 80))[:460]
    severity = np.round(np.clip(5 + level[30:430] + rng.normal(0, 0.7, 400), 0, 10))
    late = np.convolve(level, np.ones(7) / 7, "same")[20:420]  # 10 days later, over a week
    pleasant = np.round(np.clip(2 - 0.6 * late + rng.normal(0, 0.5, 400), 0, 4))
    severity[rng.random(400) < 0.2] = pleasant[200:212] = np.nan
    low, high = follow_interval(severity, pleasant)
    assert low <= 10 <= high
    assert high - low <= 7


def test_the_course_of_one_symptom():
    y = np.concatenate(
        (np.zeros(30), np.linspace(0, 4, 30), np.full(20, 4.0), np.linspace(4, 0, 60))
    )
    course = symptom_course("insomnia", np.round(np.concatenate((y, np.zeros(40)))))
    assert 30 <= course.onset <= 40
    assert 55 <= course.peak <= 85
    assert 100 <= course.easing <= 115
    assert course.severe_days == int((np.round(y) >= 3).sum())


def test_a_symptom_that_never_came_and_one_that_stays():
    never = symptom_course("tinnitus", np.zeros(60))
    assert (never.onset, never.peak, never.easing, never.severe_days) == (None, None, None, 0)
    assert symptom_course("insomnia", np.full(60, 3.0)).easing is None


def test_the_trend_needs_eight_weeks_and_is_rarely_invented():
    rng = np.random.default_rng(4)
    assert symptom_course("x", rng.integers(0, 5, 40)).trend == "too few days"
    t = np.arange(200)
    falling = np.clip(np.round(3.5 - 3 * t / 200 + rng.normal(0, 0.5, 200)), 0, 4)
    assert symptom_course("x", falling).trend == "easier"
    wrong = 0
    for seed in range(200):
        noise = np.random.default_rng([5, seed]).normal(size=200)
        for i in range(1, 200):
            noise[i] += 0.6 * noise[i - 1]
        wrong += symptom_course("x", np.clip(2 + 0.4 * noise, 0, 4)).trend != "no clear trend"
    assert wrong / 200 <= 0.08


def hard_days(seed, effect=0.0, days=300):
    """Severity with a tag used on hard days; the tag lowers the next day by `effect`."""
    rng = np.random.default_rng([6, seed])
    y, used = np.full(days, 5.0), []
    for t in range(1, days):
        y[t] = 5 + 0.6 * (y[t - 1] - 5) + rng.normal(0, 1)
        if used and used[-1] == t - 1:
            y[t] -= effect
        if y[t] > 5.5 and rng.random() < 0.4:
            used.append(t)
    return np.clip(y, 0, 10), used


def test_reaching_for_help_on_hard_days_is_not_praised():
    stands = naive = 0
    for seed in range(60):
        y, used = hard_days(seed)
        (tag,) = what_helped(y, {"walk": used}).tags
        stands += tag.stands_out
        naive += tag.after < tag.before
    assert naive >= 55  # the plain table would praise it nearly always
    assert stands / 60 <= 0.2


def test_what_does_help_stands_out():
    found = 0
    for seed in range(20):
        y, used = hard_days(seed, effect=1.2)
        (tag,) = what_helped(y, {"walk": used}).tags
        found += (
            tag.stands_out and tag.difference < 0 and tag.interval[0] <= -1.2 <= tag.interval[1]
        )
    assert found >= 15


def test_few_times_are_not_compared():
    y, used = hard_days(1)
    (tag,) = what_helped(y, {"tea": used[:5]}).tags
    assert (tag.standing, tag.difference, tag.stands_out) == ("too few times", None, False)


def test_bad_input():
    with pytest.raises(BadInput):
        read_feelings({}, scales={})
    with pytest.raises(BadInput):
        read([1, 2], [1, 2, 3])
    with pytest.raises(BadInput):
        read([9], [0])
