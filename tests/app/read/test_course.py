"""Courses from a diary: feelings apart, better-up items turned over, calendar days."""

import datetime as dt

import numpy as np
import pytest

from landward.app.read.course import read_course
from landward.app.read.lag import read_lag
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, DoseTaken
from landward.model.diary import fold
from making import START, entry

SCALES = {
    "insomnia": "0..4 better down",
    "energy": "0..4 better up",
    "pleasant": "0..4 better up",
    "joy": "0..4 better up",
}


def diary(days=90):
    """Insomnia from day 30 to 60; energy the other way round; feelings asked beside them."""
    bodies = []
    for t in range(days):
        hard = 3.0 if 30 <= t < 60 else 0.0
        answers = {"insomnia": hard, "energy": 4 - hard, "pleasant": 2.0, "joy": 1.0}
        body = CheckIn(asked=tuple(answers), answers=answers, scales=SCALES)
        bodies.append((t, body))
    return fold(
        entry(body, START + dt.timedelta(days=t), key=str(t), seq=t + 1) for t, body in bodies
    )


def test_a_symptom_and_what_is_better_upward_have_the_same_course():
    found = read_course(diary())
    assert [one.symptom for one in found.symptoms] == ["energy", "insomnia"]
    assert found.better_up == {"energy"}
    for one in found.symptoms:
        assert one.severe_days == 30
        assert found.date_of(one.onset) == dt.date(2026, 1, 31)
        assert START + dt.timedelta(35) <= found.date_of(one.peak) <= START + dt.timedelta(55)
        assert found.date_of(one.easing) == dt.date(2026, 3, 2)
    assert (found.days, found.answered) == (90, 90)


def test_feelings_are_read_where_they_are_named():
    (one,) = read_course(diary(), ("joy",)).symptoms
    assert one.symptom == "joy"
    with pytest.raises(BadInput, match="tinnitus"):
        read_course(diary(), ("tinnitus",))
    with pytest.raises(BadInput, match="no answers yet"):
        read_course(fold([]))


def test_lag_names_what_is_better_upward_and_leaves_held_days_out():
    rng = np.random.default_rng(1)
    entries = []
    for t in range(120):
        value = float(rng.integers(1, 4))
        body = CheckIn(
            asked=("energy",),
            answers={"energy": value},
            scales={"energy": SCALES["energy"]},
            carried=t >= 100,
        )
        dose = DoseTaken(drug="diazepam", dose_mg=str(10 - t // 20), day_total=True)
        day = START + dt.timedelta(days=t)
        entries += [entry(body, day, key=f"c{t}", seq=2 * t + 1)]
        entries += [entry(dose, day, key=f"d{t}", seq=2 * t + 2)]
    found = read_lag(fold(entries))
    (one,) = found.reading.symptoms
    assert found.better_up == {"energy"}
    assert (one.answered, len(found.reading.changes)) == (100, 5)
