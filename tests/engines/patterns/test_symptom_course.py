"""symptom_course: landmarks in order, trends that keep their promises, nothing from few days."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from landward.engines.patterns import symptom_course, symptom_courses

ANSWERS = st.lists(st.one_of(st.none(), st.integers(0, 4)), max_size=160)


def with_gaps(answers):
    return np.array([np.nan if a is None else a for a in answers], float)


@given(ANSWERS)
def test_landmarks_come_in_order_inside_the_diary(answers):
    one = symptom_course("x", with_gaps(answers))
    marks = [m for m in (one.onset, one.peak, one.easing) if m is not None]
    assert marks == sorted(marks)
    assert all(0 <= m < len(answers) for m in marks)
    assert (one.onset is None) == (one.peak is None)
    assert not (one.from_start and one.onset is None)
    assert one.severe_days == sum(a is not None and a >= 3 for a in answers)


@given(ANSWERS)
def test_the_same_answers_on_a_wider_scale_have_the_same_course(answers):
    narrow = symptom_course("x", with_gaps(answers), scale=(0, 4))
    wide = symptom_course("x", with_gaps(answers) * 2.5 + 1, scale=(1, 11))
    same = ("onset", "from_start", "peak", "easing", "severe_days", "trend", "answered")
    assert [getattr(narrow, name) for name in same] == [getattr(wide, name) for name in same]


def test_what_was_there_in_the_first_week_may_have_begun_earlier():
    assert symptom_course("x", np.full(60, 3.0)).from_start
    later = symptom_course("x", np.concatenate((np.zeros(20), np.full(40, 3.0))))
    assert (later.from_start, later.onset) == (False, 20)


def noise(seed, days, carried):
    e = np.random.default_rng([seed, 21]).normal(size=days + 50)
    for t in range(1, e.size):
        e[t] += carried * e[t - 1]
    return e[50:] * np.sqrt(1 - carried**2)


def test_intervals_of_the_trend_hold_it_under_autocorrelation():
    # 300 diaries a cell, a true slope of −0.3 points a month on 0–10, none clipped: three standard
    # errors of 300 are 3.8 points
    for carried in (0.0, 0.5, 0.8):
        held = 0
        for seed in range(300):
            y = 5 - 0.3 * np.arange(180) / 30 + 0.8 * noise(seed, 180, carried)
            low, high = symptom_course("x", y, scale=(-20, 20)).trend_interval
            held += low <= -0.3 <= high
        assert 0.91 <= held / 300 <= 1.0, carried


def test_many_symptoms_are_paid_for():
    # ten symptoms without a trend: one or more named in at most one diary in twenty
    named = 0
    for seed in range(80):
        many = {f"s{k}": 2 + 0.4 * noise(100 * seed + k, 180, 0.6) for k in range(10)}
        courses = symptom_courses(many, scales=dict.fromkeys(many, (-9, 13)))
        named += any(one.trend in ("easier", "harder") for one in courses)
    assert named / 80 <= 0.125


def test_a_trend_that_is_there_is_named_beside_others():
    t = np.arange(200)
    many = {f"s{k}": 2 + 0.4 * noise(k, 200, 0.5) for k in range(8)}
    many["easing"] = 3.5 - 2.5 * t / 200 + 0.4 * noise(9, 200, 0.5)
    courses = symptom_courses(many, scales=dict.fromkeys(many, (-9, 13)))
    assert {one.symptom: one.trend for one in courses}["easing"] == "easier"


def test_answers_that_never_differ_have_no_trend():
    (one,) = symptom_courses({"x": np.full(120, 2.0)}, scales={"x": (0, 4)})
    assert (one.trend, one.trend_per_month) == ("no clear trend", 0.0)
