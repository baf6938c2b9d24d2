"""What the lag engine stands on: the score, its spread, the price of many looks, mirrors."""

import numpy as np
import pytest
from scipy.stats import norm

from landward.engines.patterns import dose_lag
from landward.engines.patterns.joint_model import fit, log_likelihood, prepare
from landward.engines.patterns.lag_claims import any_as_clear, widest_tree
from landward.engines.patterns.lag_evidence import (
    Evidence,
    daily_score,
    responses,
    score_covariance,
)
from landward.engines.patterns.lag_interval import tails
from landward.engines.patterns.lag_prior import LAGS, lag_prior, lag_quantiles
from landward.engines.patterns.parameters import PLAIN


def tapering(seed, effect=0.0, days=260, cuts=10, every=20):
    rng = np.random.default_rng([seed, 30])
    at = 25 + every * np.arange(cuts)
    dose = np.full(days, 20.0)
    for cut in at:
        dose[cut:] *= 0.9
    t = np.arange(days)
    y = 5 + rng.normal(0, 0.9, days)
    for cut in at:
        since = np.maximum(t - cut, 0) / 4
        y += effect * since * np.exp(1 - since)
    y[90:104] += 2
    y[rng.random(days) < 0.15] = np.nan
    return np.clip(np.round(y), 0, 10), dose, at


def test_the_score_is_the_slope_of_the_likelihood():
    y, _, at = tapering(1)
    diary = prepare(y, (0.0, 10.0), np.full(y.size, 2, np.int8))
    model = fit(diary, PLAIN, rounds=5, scored=True)
    score = daily_score(diary, model)
    buffer = np.empty((y.size, diary.cells, 2 * model.template.levels))
    for shape in responses(y.size, at, np.ones(at.size))[:6]:
        ends = [
            log_likelihood(diary, model.template, model.values, b * shape, buffer)
            for b in (-0.25, 0.25)
        ]
        # the emission tables are steps of a fortieth of a point, so slopes agree roughly
        assert float(shape @ score) == pytest.approx((ends[1] - ends[0]) / 0.5, abs=1.2)


def test_the_spread_of_a_white_score_is_the_length_of_the_response():
    rng = np.random.default_rng(2)
    shapes = responses(400, np.arange(30, 380, 19), np.ones(19))
    total = np.mean([score_covariance(rng.normal(size=400), shapes) for _ in range(200)], axis=0)
    assert np.diag(total) == pytest.approx((shapes**2).sum(axis=1), rel=0.15)


def test_the_spread_grows_with_autocorrelation_and_stays_positive():
    rng = np.random.default_rng(3)
    shapes = responses(400, np.arange(30, 380, 19), np.ones(19))
    white = rng.normal(size=400)
    carried = white.copy()
    for t in range(1, 400):
        carried[t] += 0.6 * carried[t - 1]
    carried /= carried.std()
    slow = score_covariance(carried, shapes)
    assert (np.diag(slow) > np.diag(score_covariance(white, shapes))).all()
    assert np.linalg.eigvalsh(slow).min() > -1e-9 * np.trace(slow)


def test_one_response_is_one_look_and_unlike_ones_are_many():
    alone = 2 * norm.sf(2.5)
    same = any_as_clear(np.full(6, 2.5), np.full((6, 6), 0.99999), 1e9)
    assert same == pytest.approx(alone, rel=0.1)
    unlike = any_as_clear(np.array([0.1, 2.5, 1.0, 0, 0, 0]), np.eye(6), 1e9)
    assert 0.97 * (1 - (1 - alone) ** 6) <= unlike <= 6 * alone


@pytest.mark.parametrize("alike", [0.5, 0.9, 0.97])
def test_the_price_bounds_what_chance_does(alike):
    # a chain of six, each as like the next as `alike`; a million draws of the maximum
    steps = np.abs(np.subtract.outer(np.arange(6), np.arange(6)))
    correlation = alike**steps
    draws = np.random.default_rng(4).multivariate_normal(np.zeros(6), correlation, 1_000_000)
    for beyond in (2.0, 2.5, 3.0):
        chance = float((np.abs(draws).max(axis=1) > beyond).mean())
        price = any_as_clear(np.full(6, beyond), correlation, 1e9)
        assert 0.97 * chance <= price <= 1.5 * chance


def test_few_degrees_of_freedom_cost_more():
    assert any_as_clear(np.array([3.0]), np.eye(1), 10) > any_as_clear(
        np.array([3.0]), np.eye(1), 1000
    )


def test_the_tree_joins_the_most_alike():
    alike = np.array([[1, 0.2, 0.9], [0.2, 1, -0.8], [0.9, -0.8, 1]])
    assert widest_tree(alike) == [0.9, -0.8]


def one_known_response(information=9.0):
    """A quadratic log likelihood around 0.5, one response, as exact as a Gaussian experiment."""
    sizes = np.linspace(-4, 4, 801)
    log_ratio = -0.5 * information * ((sizes - 0.5) ** 2 - 0.25)[None, :]
    return Evidence(
        sizes=sizes,
        log_ratio=log_ratio,
        information=np.array([information]),
        pull=np.array([1.5]),
        alike=np.eye(1),
        freedom=100.0,
        unit=1.0,
        apart=np.ones(1),
        apart_from_cycle=np.ones(1),
    )


def test_a_response_of_known_lag_needs_no_correction():
    found = one_known_response()
    weight = np.exp(found.log_ratio)
    low, high = tails(found, weight / weight.sum(), np.ones(1), wide=100.0)
    assert (low, high) == pytest.approx((0.025, 0.975), abs=0.008)


def test_an_interval_that_would_hold_the_truth_too_often_is_narrowed():
    # two unlike responses of very different precision: their average is far too wide for the truth
    sizes = np.linspace(-8, 8, 1601)
    information = np.array([16.0, 0.25])
    log_ratio = -0.5 * information[:, None] * sizes**2
    found = Evidence(
        sizes, log_ratio, information, np.zeros(2), np.eye(2), 100.0, 1.0, *np.ones((2, 2))
    )
    before = np.array([0.5, 0.5])
    wide = 2.0
    weight = before[:, None] * np.exp(log_ratio - 0.5 * (sizes / wide) ** 2)
    low, high = tails(found, weight / weight.sum(), before, wide)
    assert 0 < 0.5 - low < 0.475
    assert low + high == pytest.approx(1)


@pytest.mark.parametrize("effect", [0.0, 1.5])
def test_a_diary_upside_down_has_the_same_response_upside_down(effect):
    y, dose, _ = tapering(5, effect)
    (up,) = dose_lag(y, dose).symptoms
    (down,) = dose_lag(10 - y, dose).symptoms
    assert down.size == pytest.approx(-up.size, abs=0.05)
    assert down.size_interval[0] == pytest.approx(-up.size_interval[1], abs=0.1)
    assert down.size_interval[1] == pytest.approx(-up.size_interval[0], abs=0.1)
    assert down.p_value == pytest.approx(up.p_value, rel=0.05)


def test_another_scale_is_the_same_reading():
    y, dose, _ = tapering(6, 1.2)
    (ten,) = dose_lag(y, dose).symptoms
    (hundred,) = dose_lag(10 * y, dose, scale=(0, 100)).symptoms
    assert hundred.lag_interval == pytest.approx(ten.lag_interval, rel=0.05)
    assert hundred.size == pytest.approx(10 * ten.size, rel=0.1)


def test_the_prior_without_a_half_life_is_all_of_them():
    unknown = lag_prior(None)
    assert unknown.sum() == pytest.approx(1)
    assert (unknown > 0.02).all()
    middle, (low, high) = lag_quantiles(lag_prior(100.0))
    assert 4 < middle < 10
    assert low < middle < high <= 1.3 * LAGS[-1]


def test_cuts_on_other_dates_are_rarely_claimed():
    claims = 0
    for seed in range(40):
        y, _, at = tapering(100 + seed, 1.2)
        told = np.random.default_rng([seed, 31]).choice(np.arange(20, 240), at.size, replace=False)
        dose = np.full(y.size, 20.0)
        for cut in told:
            dose[cut:] *= 0.9
        claims += dose_lag(y, dose).symptoms[0].claimed
    # promised one in twenty; three standard errors of forty diaries are four more
    assert claims <= 6
