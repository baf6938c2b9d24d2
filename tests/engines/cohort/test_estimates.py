"""Estimators against arithmetic somebody else can do, and on cohorts that lack everything."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engines.cohort.odd import odd_cohort
from landward.engines.cohort.cells import Cell
from landward.engines.cohort.duration import still_there
from landward.engines.cohort.intervals import mean_bounds, tilt_share, tilted_root, wilson
from landward.engines.cohort.made_up import Truth, make_up
from landward.engines.cohort.measures import MEANINGS, estimate
from landward.engines.cohort.pooled import between_people
from landward.engines.cohort.reference import REFERENCE, Diaries
from landward.model.study import MeasureSpec


def columns(rows: list[tuple], names: str) -> dict[str, np.ndarray]:
    values = list(zip(*rows, strict=True)) if rows else [()] * len(names.split())
    return {
        name: np.array(list(column), dtype=object if name == "grp" else np.int64)
        for name, column in zip(names.split(), values, strict=True)
    }


def people(**groups: int) -> dict[str, np.ndarray]:
    return columns(list(groups.items()), "grp n")


def test_both_denominators_stand_side_by_side() -> None:
    """100 people, 80 asked, 40 had it: 50 % of those asked, 40 % of everyone."""
    cells = columns([("all", 0, 80, 40, 0)], "grp item asked present short")
    spec = MeasureSpec(measure="prevalence", items=("insomnia",))
    reduced = {"people": people(all=100), "cells": cells}
    (cell,) = estimate(reduced, spec, {0: "insomnia"}, odds=1.0, range_=10)
    assert (cell.estimate, cell.of_people, cell.n) == (0.5, 0.4, 80)
    low, high = cell.bounds
    # Nobody of the 20 had it, or all of them: 40 to 60 of 100, and the error of each end.
    assert (low, high) == (wilson(40, 100)[0], wilson(60, 100)[1])


def test_a_group_nobody_was_asked_in_has_no_share() -> None:
    cells = columns([], "grp item asked present short")
    spec = MeasureSpec(measure="prevalence", items=("insomnia",))
    reduced = {"people": people(all=12), "cells": cells}
    (cell,) = estimate(reduced, spec, {0: "insomnia"}, odds=2.0, range_=10)
    assert cell.estimate is None
    assert cell.bounds == pytest.approx((0.0, 1.0), abs=1e-9)


def test_wilson_as_printed_by_newcombe() -> None:
    """Newcombe 1998, Stat Med 17:857, table I: 81 of 263 gives .2553 to .3662; 0 of 20 to .1611."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


FREIREICH = (6, 6, 6, 7, 10, 13, 16, 22, 23), (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)


def test_kaplan_meier_on_the_6_mp_arm() -> None:
    """Freireich 1963, the 6-MP arm of every textbook: S(10) = .753, S(23) = .448."""
    ended, censored = FREIREICH
    rows = columns([(t, 1, 1) for t in ended] + [(t, 0, 1) for t in censored], "time event n")
    survival, low, high = still_there(rows, 10)
    assert survival == pytest.approx(0.7529, abs=5e-5)
    assert (low, high) == pytest.approx((0.503, 0.889), abs=2e-3)  # log-log, as R prints it
    assert still_there(rows, 23)[0] == pytest.approx(0.4482, abs=5e-5)


def test_nobody_is_followed_past_the_last_day() -> None:
    rows = columns([(30, 0, 12)], "time event n")
    assert still_there(rows, 30)[0] == 1.0
    assert still_there(rows, 31) is None


def test_paule_and_mandel_solve_their_equation() -> None:
    effects, variances = np.array([0.1, 0.9, 0.5, 1.6]), np.array([0.05, 0.02, 0.1, 0.04])
    tau2 = between_people(effects, variances)
    weight = 1 / (variances + tau2)
    mean = (weight * effects).sum() / weight.sum()
    assert (weight * (effects - mean) ** 2).sum() == pytest.approx(3.0)
    assert between_people(np.full(4, 0.5), variances) == 0.0


def test_the_ratio_of_days_is_that_of_one_person_many_times() -> None:
    """4 of 10 days after cuts and 6 of 60 others: 4 times as many, for everyone alike."""
    cells = columns([("all", 0, 4, 10, 6, 60, 25)], "grp item e1 t1 e0 t0 n")
    spec = MeasureSpec(measure="cuts", items=("panic_attack",))
    reduced = {"people": people(all=25), "cells": cells}
    (cell,) = estimate(reduced, spec, {0: "panic_attack"}, odds=1.0, range_=10)
    assert cell.estimate == pytest.approx(4.0)
    assert cell.n == 25


def test_course_compares_a_person_with_themselves_only() -> None:
    """One person is 2 points harder after cuts, another 1; a third never has weeks alike."""
    rows = columns(
        [(1, "all", 0, 3, 1, 2, 4000, 0), (1, "all", 0, 3, 0, 2, 0, 0),
         (2, "all", 0, 5, 1, 2, 2000, 0), (2, "all", 0, 5, 0, 2, 0, 0),
         (3, "all", 0, 9, 1, 5, 50_000, 0)],
        "person grp after stratum cut n s gone",
    )  # fmt: skip
    spec = MeasureSpec(measure="course", weeks_after=0)
    reduced = {"people": people(all=3), "eligible": people(all=3), "rows": rows}
    (cell,) = estimate(reduced, spec, {}, odds=1.0, range_=10)
    assert cell.estimate == pytest.approx(1.5)
    assert cell.n == 2


@given(share=st.floats(0.01, 0.99), odds=st.floats(1, 20))
def test_a_tilted_share_holds_the_truth_of_any_selection_up_to_it(share, odds) -> None:
    """If those with it joined `odds` times as readily, the true share is the low end."""
    low, high = tilt_share(share, odds)
    joined = odds * low / (odds * low + 1 - low)
    assert joined == pytest.approx(share)
    assert low <= share <= high


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(
    values=st.lists(st.floats(-1, 1), min_size=3, max_size=30),
    weights=st.lists(st.floats(1, 3), min_size=30, max_size=30),
)
def test_no_weights_between_one_and_the_odds_leave_the_bounds(values, weights) -> None:
    v, w = np.array(values), np.array(weights)[: len(values)]
    mean = float((v * w).sum() / w.sum())
    ends = [tilted_root(lambda at: v - at, -1, 1, 3.0, up=up) for up in (False, True)]
    assert ends[0] - 1e-9 <= mean <= ends[1] + 1e-9
    low, high = mean_bounds(v, np.ones(len(v)), 0.0, (-1.0, 1.0), 3.0)
    assert low - 1e-9 <= mean <= high + 1e-9


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6))
def test_no_cohort_breaks_an_estimator(seed) -> None:
    """Empty groups, people without days, one person: every number is a number in order, or none."""
    diaries = Diaries(**odd_cohort(seed))
    names = {0: "a", 1: "b"}
    shapes = {
        "prevalence": "grp item asked present short",
        "duration": "grp item standing time event gone n",
        "cuts": "grp item e1 t1 e0 t0 n",
        "numbness": "grp item gone a0 p0 a1 p1 a2 p2 n",
        "course": "person grp after stratum cut n s gone",
        "pace": "person grp stratum fast n seen s",
        "pooled": "person grp n1 s1 q1 n0 s0 q0",
    }
    for name, shape in shapes.items():
        items = ("a", "b") if name in ("prevalence", "duration", "cuts", "numbness") else ()
        more = {"fast_percent": 10, "limit_source": "x"} if name == "pace" else {}
        spec = MeasureSpec(measure=name, items=items, by=("sex",), **more)
        counted = REFERENCE[name](diaries, spec, tuple(names))
        reduced = {
            table: columns(rows, shape if table in ("cells", "rows") else "grp n")
            for table, rows in counted.items()
        }
        for cell in estimate(reduced, spec, names, odds=2.0, range_=10.0):
            check(cell)


def check(cell: Cell) -> None:
    assert cell.n >= 0
    if cell.estimate is not None and cell.low is not None and cell.high is not None:
        assert cell.low <= cell.estimate <= cell.high
        assert all(math.isfinite(v) for v in (cell.low, cell.estimate, cell.high))
    if cell.bounds is not None:
        assert cell.bounds[0] <= cell.bounds[1]


def test_the_same_seed_makes_the_same_people() -> None:
    one, two = (make_up(np.random.default_rng(3), 20, Truth()) for _ in range(2))
    for table, made in one.items():
        for name, column in made.items():
            assert np.array_equal(column, two[table][name]), (table, name)


def test_every_measure_says_what_it_cannot_say() -> None:
    for meaning in MEANINGS.values():
        assert min(map(len, (meaning.estimand, meaning.assumptions, meaning.cannot_say))) > 40
