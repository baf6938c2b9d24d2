"""Other people's numbers: a published break date, and hidden answers of published diaries."""

import csv
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import t as student

from landward.engines.patterns import level_shifts
from landward.engines.patterns.emissions import FREEDOM, emission_tables, look_up_chance

SHARED = Path(__file__).parents[3] / "shared" / "data"
KOSSAKOWSKI, JANG = SHARED / "kossakowski_daily.csv", SHARED / "jang2024" / "emotion_diary.csv"


@pytest.mark.skipif(not KOSSAKOWSKI.is_file(), reason=f"{KOSSAKOWSKI.name} is not beside us")
def test_the_jump_near_day_127():
    """Wichers et al. 2016 report a jump near day 127; ratings on days 127 and 141 bracket it."""
    with KOSSAKOWSKI.open() as file:
        rows = [(int(r["dayno"]), r["scl90r_dep"]) for r in csv.DictReader(file) if r["scl90r_dep"]]
    days, ratings = [day for day, _ in rows], [float(text) for _, text in rows]
    (shift,) = level_shifts(ratings)
    assert (days[shift.index - 1], days[shift.index]) == (127, 141)
    assert (shift.before, shift.after) == (
        pytest.approx(1.25, abs=0.01),
        pytest.approx(1.98, abs=0.01),
    )


@pytest.mark.skipif(not JANG.is_file(), reason=f"{JANG.name} is not beside us")
def test_hidden_answers_are_told_better_than_by_their_frequencies():
    with JANG.open(encoding="utf-8-sig") as file:
        y = np.array([float(r["pm"]) for r in csv.DictReader(file) if r["id"] == "SYM2-1-347"])
    hidden = np.random.default_rng(1).choice(y.size, y.size // 10, replace=False)
    kept = y.copy()
    kept[hidden] = np.nan
    truth = y[hidden].astype(int)
    sys.path.append(str(Path(__file__).parents[2] / "benchmarks" / "patterns"))
    from predict import answer_chances  # it is measured with, and no part of the program

    mine = -np.log(answer_chances(kept, scale=(0, 3))[hidden, truth]).mean()
    counts = np.bincount(kept[np.isfinite(kept)].astype(int), minlength=4) + 0.5
    assert mine < -np.log((counts / counts.sum())[truth]).mean()


def test_emissions_are_student_intervals():
    """scipy's own Student t is the judge of our tables."""
    tables = emission_tables(0.8, 0.3, 1.0)
    distance = np.linspace(-3, 3, 61)
    for row, spread in enumerate((0.8, 0.8 / np.sqrt(1 - 0.09))):
        law = student(FREEDOM, scale=spread)
        inside = law.cdf(distance + 0.5) - law.cdf(distance - 0.5)
        assert look_up_chance(tables.chance[row, 0], distance) == pytest.approx(inside, abs=2e-3)
        lowest = look_up_chance(tables.chance[row, 1], distance)
        assert lowest == pytest.approx(law.cdf(distance + 0.5), abs=2e-3)
