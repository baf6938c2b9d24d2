"""Divided differences and the propagator against other people's arithmetic and closed forms."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landward.engines.pharmacology.divided_differences import exp_divided_difference
from landward.engines.pharmacology.propagator import ENTRIES, advance, propagator
from landward.engines.pharmacology.rates import Rates
from tests.engines.pharmacology.made import (
    ONE_BOX,
    TWO_BOXES,
    matrix_exponential,
    rate_matrix,
)

PLACES = [(0, 0), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2), (3, 0), (3, 1), (3, 2), (3, 3)]


def exact_exp(x: Fraction) -> Fraction:
    """exp of a fraction to 60 digits by its series, halved until small."""
    if abs(x) > 1:
        half = exact_exp(x / 2)
        return (half * half).limit_denominator(10**60)
    return sum((x**k / math.factorial(k) for k in range(50)), Fraction(0))


@pytest.mark.parametrize(
    "points",
    [
        (0.0, -1.0),
        (-0.5, -0.5 - 1e-9, -0.5 + 3e-10),
        (-2.0, -2.5, -2.9, -3.0),
        (-1e-6, -30.0, -30.000001),
        (-0.1, -5.0, -5.5, -40.0),
        (-0.001, -0.0011, -0.9, -1.2, -1.2000001),
    ],
)
def test_divided_differences_match_sixty_digits(points: tuple[float, ...]) -> None:
    exact = [Fraction(p) for p in points]
    expected = sum(exact_exp(x) / math.prod(x - y for y in exact if y is not x) for x in exact)
    found = exp_divided_difference(np.array(points)[:, None])[0]
    assert found == pytest.approx(float(expected), rel=1e-12)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_all_points_equal_is_a_power_of_time(count: int) -> None:
    found = exp_divided_difference(np.full((count, 1), -0.7))[0]
    assert found == pytest.approx(math.exp(-0.7) / math.factorial(count - 1), rel=1e-14)


rate = st.floats(0.002, 4.0)
nearly = st.sampled_from([0.0, 1e-15, 1e-12, 1e-8, 1e-4, -1e-9])


@settings(max_examples=150, deadline=None)
@given(
    rates=st.tuples(rate, rate, rate, rate, rate, rate),
    meet=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), nearly), max_size=4),
    two=st.booleans(),
    hours=st.sampled_from([0.05, 1.0, 24.0, 300.0]),
)
def test_propagator_is_the_matrix_exponential_also_where_rates_meet(
    rates: tuple[float, ...], meet: list[tuple[int, int, float]], two: bool, hours: float
) -> None:
    values = list(rates)
    for here, there, gap in meet:
        values[here] = values[there] * (1.0 + gap)
    ka, k10, k12, k21, kf, km = (np.array([v]) for v in values)
    none, one = np.zeros(1), np.ones(1)
    if not two:
        k12 = k21 = none
    made = Rates(ka, k10, k12, k21, kf, km, one, one, one, 0)
    exact = matrix_exponential(rate_matrix(made, 0) * hours)
    entries = propagator(made, hours)[:, 0]
    for name, (to, start), found in zip(ENTRIES, PLACES, entries, strict=True):
        if two or "P" not in name:
            assert found == pytest.approx(exact[to, start], rel=1e-9, abs=1e-12), name


def test_one_step_or_many_make_no_difference() -> None:
    rates = Rates.of(TWO_BOXES)
    start = np.array([[10.0], [0.0], [0.0], [0.0]])
    once = advance(propagator(rates, 24.0), start)
    many, small = start, propagator(rates, 0.25)
    for _ in range(96):
        many = advance(small, many)
    assert many == pytest.approx(once, rel=1e-12)


def test_nothing_appears_from_nowhere() -> None:
    """Without elimination (and no metabolite) the boxes always hold the dose."""
    kept = replace(Rates.of(TWO_BOXES), elimination=np.array([1e-12]), formation=np.zeros(1))
    after = advance(propagator(kept, 36.0), np.array([[10.0], [0.0], [0.0], [0.0]]))
    assert after[:3].sum() == pytest.approx(10.0, rel=1e-9)


def test_absorption_as_fast_as_elimination_is_the_textbook_form() -> None:
    same = ONE_BOX.model_copy(update={"absorption_rate_per_h": 3.5 / 49.0})
    k, t = 3.5 / 49.0, 7.0
    after = advance(propagator(Rates.of(same), t), np.array([[1.0], [0.0], [0.0], [0.0]]))
    assert after[1, 0] == pytest.approx(k * t * math.exp(-k * t), rel=1e-13)
