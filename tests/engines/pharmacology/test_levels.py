"""Concentration over time: superposition, odd courses, long courses, steady state, washout."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landward.engines.pharmacology.concentration import amounts_at_last_dose, concentration
from landward.engines.pharmacology.rates import Rates
from landward.engines.pharmacology.washout import hours_until
from landward.model.base import BadInput
from landward.model.dosing import HOUR_S, Dosing
from landward.model.dosing_text import parse_dosing
from tests.engines.pharmacology.made import (
    ONE_BOX,
    TWO_BOXES,
    matrix_exponential,
    rate_matrix,
)
from tests.engines.pharmacology.steady_state import steady_state

DAY = 24 * HOUR_S


def course(*doses: tuple[float, str]) -> Dosing:
    return Dosing.of("d", [int(h * HOUR_S) for h, _ in doses], [Decimal(mg) for _, mg in doses])


@settings(max_examples=40, deadline=None)
@given(
    doses=st.lists(st.tuples(st.integers(0, 72), st.integers(0, 20)), min_size=1, max_size=8).map(
        sorted
    )
)
def test_levels_are_the_sum_of_what_each_dose_leaves(doses: list[tuple[int, int]]) -> None:
    times = np.arange(0, 96 * HOUR_S, HOUR_S)
    together = concentration(TWO_BOXES, course(*((h, str(mg)) for h, mg in doses)), times)
    alone = sum(concentration(TWO_BOXES, course((h, str(mg))), times) for h, mg in doses)
    assert together == pytest.approx(alone, rel=1e-10, abs=1e-12)


def test_two_doses_at_once_are_one_larger_dose() -> None:
    times = np.arange(0, 2 * DAY, HOUR_S)
    both = concentration(ONE_BOX, course((1, "2"), (1, "3")), times)
    assert both == pytest.approx(concentration(ONE_BOX, course((1, "5")), times), rel=1e-13)


def test_a_year_of_daily_doses_against_the_matrix_exponential() -> None:
    """The issue's figure: error at most 1e-9 of the curve's maximum."""
    times = np.arange(0, 365 * DAY, DAY)
    lag = round(TWO_BOXES.lag_h * HOUR_S)
    dosing = parse_dosing("d", "10 mg nightly x 365").from_first_dose()
    found = concentration(TWO_BOXES, dosing, times + lag)
    rates = Rates.of(TWO_BOXES)
    daily = matrix_exponential(rate_matrix(rates, 0) * 24.0)
    boxes, expected = np.zeros(4), []
    for _ in range(365):
        expected.append(boxes[[1, 3]])
        boxes = daily @ (boxes + np.array([10.0, 0, 0, 0]))
    scale = np.array([rates.parent_scale[0], rates.metabolite_scale[0]])
    exact = (np.array(expected) * scale).T
    assert np.abs(found - exact).max() / exact.max() < 1e-9


def test_a_hundred_thousand_doses_settle_at_the_steady_state() -> None:
    dosing = parse_dosing("d", "0.5 mg hourly x 4167")
    assert len(dosing.times_s) == 100_008
    last = np.array([dosing.times_s[-1]])
    found = concentration(ONE_BOX, dosing, last)[0, 0]
    assert found == pytest.approx(steady_state(ONE_BOX, 0.5, 1.0).trough[0], rel=1e-9)


def test_fifty_years_of_hourly_doses() -> None:
    dosing = parse_dosing("d", "1 mg hourly x 18250")
    found = concentration(ONE_BOX, dosing, np.array([18_250 * DAY - HOUR_S]))[0, 0]
    assert found == pytest.approx(steady_state(ONE_BOX, 1.0, 1.0).trough[0], rel=1e-9)


def test_a_metabolite_faster_than_its_parent_follows_it() -> None:
    made = TWO_BOXES.metabolite
    assert made is not None
    quick = TWO_BOXES.model_copy(
        update={"metabolite": made.model_copy(update={"clearance_l_per_h": 870.0})}
    )
    late = np.arange(10 * DAY, 12 * DAY, HOUR_S)
    parent, metabolite = concentration(quick, course((0, "10")), late)
    ratio = metabolite / parent
    assert np.isfinite(ratio).all()
    assert ratio == pytest.approx(np.full_like(ratio, ratio[0]), rel=1e-6)


def test_times_must_rise() -> None:
    with pytest.raises(BadInput, match="rise"):
        concentration(ONE_BOX, course((0, "1")), np.array([3600, 0]))


def test_average_at_steady_state_is_dose_over_clearance() -> None:
    settled = steady_state(ONE_BOX, 1.0, 24.0)
    assert settled.average[0] == pytest.approx(1000.0 / 24.0 / 3.5, rel=1e-3)
    k = 3.5 / 49.0
    assert settled.accumulation == pytest.approx(1.0 / (1.0 - np.exp(-24 * k)), rel=0.02)


def test_steady_dose_must_be_a_dose() -> None:
    with pytest.raises(BadInput):
        steady_state(ONE_BOX, 0.0, 24.0)


def test_washout_of_a_quickly_absorbed_drug_is_its_half_life_times_log() -> None:
    quick = ONE_BOX.model_copy(update={"absorption_rate_per_h": 5000.0})
    k = 3.5 / 49.0
    found = hours_until(Rates.of(quick), course((0, "1")), (0.1, 0.01))[:, 0]
    first_look_h = 0.05
    assert found - first_look_h == pytest.approx([np.log(10) / k, np.log(100) / k], rel=1e-4)


def test_old_doses_are_left_out_only_when_they_no_longer_count() -> None:
    rates = Rates.of(TWO_BOXES)
    long = amounts_at_last_dose(rates, parse_dosing("d", "10 mg nightly x 3000"))
    shorter = amounts_at_last_dose(rates, parse_dosing("d", "10 mg nightly x 400"))
    assert long == pytest.approx(shorter, rel=1e-12)
