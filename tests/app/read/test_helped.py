"""Tags and events from a diary: one spelling each, answers turned harder-up, held days left out."""

import datetime as dt

import numpy as np
import pytest

from landward.app.read.helped import read_helped
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, Event, UserLabel
from landward.model.diary import fold
from making import START, entry


def check_in(value, *, tags=(), item="day", scale="0..10 better down", carried=False):
    return CheckIn(
        asked=(item,), answers={item: value}, scales={item: scale}, tags=tags, carried=carried
    )


def diary_of(bodies):
    """Bodies as (position, body); every one an entry of its own."""
    return fold(
        entry(body, START + dt.timedelta(days=at), key=str(n), seq=n + 1)
        for n, (at, body) in enumerate(bodies)
    )


def answers(days=120, seed=1):
    rng = np.random.default_rng(seed)
    y = np.full(days, 5.0)
    for t in range(1, days):
        y[t] = 5 + 0.5 * (y[t - 1] - 5) + rng.normal(0, 1)
    return np.clip(np.round(y), 0, 10)


WALKS = list(range(10, 110, 4))


def test_tags_and_events_of_one_name_are_one_whatever_their_case():
    y = answers()
    bodies = [(t, check_in(v, tags=("Walk ",) if t in WALKS[:15] else ())) for t, v in enumerate(y)]
    bodies += [(t, Event(what="walk", valence=1)) for t in WALKS[15:]]
    found = read_helped(diary_of(bodies))
    (one,) = found.reading.tags
    assert (one.tag, one.standing, one.times) == ("Walk", "compared", len(WALKS))
    assert (found.items, found.scale, found.days) == (("day",), (0.0, 10.0), 120)


def test_a_tag_that_is_the_answer_itself_is_left_out():
    y = answers()
    bodies = [(t, check_in(v, tags=("mood: awful", "tea"))) for t, v in enumerate(y)]
    assert [one.tag for one in read_helped(diary_of(bodies)).reading.tags] == ["tea"]


def test_what_is_better_upward_is_read_turned_over():
    y = answers()
    for t in WALKS:
        y[t + 1] = min(y[t + 1] + 2, 10)
    bodies = [
        (t, check_in(v, item="energy", scale="0..10 better up", tags=("walk",) * (t in WALKS)))
        for t, v in enumerate(y)
    ]
    found = read_helped(diary_of(bodies), "energy")
    (one,) = found.reading.tags
    assert found.better_up
    assert one.stands_out
    assert one.difference < -1  # more energy is easier, and easier is below zero


def test_days_held_from_the_day_before_are_left_out():
    y = answers()
    bodies = [
        (t, check_in(v, tags=("walk",) * (t in WALKS), carried=t > 60)) for t, v in enumerate(y)
    ]
    assert read_helped(diary_of(bodies)).reading.answered == 61


def test_own_words_are_kept_as_written():
    label = UserLabel(label="window", until=START + dt.timedelta(days=2), helped="The sea.")
    found = read_helped(diary_of([(0, check_in(3)), (1, label)]))
    (own,) = found.own_words
    assert (own.label, own.text, own.last_day) == ("window", "The sea.", dt.date(2026, 1, 3))


def test_an_empty_diary_and_an_unknown_item_are_refused():
    with pytest.raises(BadInput, match="no answers yet"):
        read_helped(diary_of([]))
    with pytest.raises(BadInput, match="tinnitus"):
        read_helped(diary_of([(0, check_in(3))]), "tinnitus")
