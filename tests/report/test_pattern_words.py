"""One plain sentence a reading: with dates and coverage, never with a number that is not there."""

import datetime as dt
import re

import numpy as np
import pytest

from landward.engines.patterns import dose_lag, read_feelings, read_waves
from landward.model.readings import DiaryWaves
from landward.model.waves import (
    DayReading,
    GradualChange,
    LevelShift,
    Spell,
    State,
    WaveReading,
)
from landward.report.pattern_words import (
    covered_words,
    feelings_sentence,
    lag_sentence,
    waves_sentence,
)
from landward.report.readings.journey import changes_told

FIRST = dt.date(2026, 1, 1)


def series(days, seed=1, wave=None):
    y = 5 + np.random.default_rng(seed).normal(0, 0.7, days)
    if wave:
        y[wave[0] : wave[1]] += 3
    return np.clip(np.round(y), 0, 10)


def cuts(days, count, every=20):
    dose = np.full(days, 20.0)
    for k in range(count):
        dose[30 + k * every :] *= 0.9
    return dose


def waves(y):
    return waves_sentence(read_waves(y).model_copy(update={"first_day": FIRST}))


def test_waves():
    assert waves(series(200)) == (
        "No windows or waves stand out from the usual ups and downs "
        "(200 of 200 days answered, 1 Jan 2026 to 19 Jul 2026)."
    )
    one = waves(series(200, wave=(80, 95)))
    assert one.startswith("One wave of 1")
    assert "stands out" in one
    assert waves(np.full(5, np.nan)).startswith("Not enough days yet")


def test_lag_says_mostly_that_it_cannot_say():
    assert lag_sentence(dose_lag(series(20), cuts(20, 0)), FIRST).startswith("Not enough")
    few = lag_sentence(dose_lag(series(200), cuts(200, 1)), FIRST)
    assert few.startswith("Not enough dose changes yet")
    assert "1 dose change;" in few
    none = lag_sentence(dose_lag(series(300), cuts(300, 10)), FIRST)
    assert none.startswith("Not enough evidence yet")
    assert "1 Jan 2026 to 27 Oct 2026" in none


def test_lag_found_is_after_and_not_because():
    dose = cuts(400, 15)
    days = np.arange(400)
    y = 4 + np.random.default_rng(2).normal(0, 0.8, 400)
    for cut in np.flatnonzero(np.diff(dose)) + 1:
        since = np.maximum(days - cut, 0) / 4
        y += 1.6 * since * np.exp(1 - since)
    y = np.round(y)
    text = lag_sentence(dose_lag({"sleep_trouble": np.clip(y, 0, 10)}, dose), FIRST)
    assert text.startswith("In the days after a usual dose cut, sleep trouble was about ")
    assert text.endswith("After is not because.")
    assert "harder" in text


def feelings(pleasant, painful, **more):
    scales = {"pleasant": (0, 4), "painful": (0, 4)}
    items = {"pleasant": pleasant, "painful": painful}
    return feelings_sentence(read_feelings(items, scales=scales, pair=tuple(scales), **more), FIRST)


def test_feelings():
    assert feelings([1.0], [1.0]).startswith("Not enough days yet")
    text = feelings(np.tile([0.0, 3.0], 20), np.tile([1.0, 2.0], 20))
    assert text == (
        "Pleasant and painful feelings were both low on 20 of 40 days (likely 35 to 65 %) "
        "(40 of 40 days answered, 1 Jan 2026 to 9 Feb 2026)."
    )


def test_feelings_that_moved_with_events_and_days_that_were_too_much():
    rng = np.random.default_rng(3)
    pleasantness = rng.integers(-2, 3, 60)
    mood = np.clip(2 + 0.5 * pleasantness + rng.normal(0, 0.3, 60), 0, 4)
    text = feelings(
        mood,
        np.full(60, 2.0),
        events=list(enumerate(pleasantness.tolist())),
        too_much={"painful": [3, 4]},
    )
    assert "it was too much to rate on 2 of 60 days" in text
    assert re.search(r"pleasant was about 0\.\d points higher for each step that an event", text)
    assert "on 60 days with events" in text
    assert "painful was" not in text  # it did not move at all


def spell(state, start, end):
    edges = {"start_interval": (start, start), "end_interval": (end, end)}
    return Spell(state=state, start=start, end=end, amplitude=2, **edges)


def reading_of(*spells, shifts=()):
    day = DayReading(severity=4, state=State.USUAL, p_window=0, p_wave=0, baseline=4)
    return WaveReading(
        scale=(1, 5), days=(day,) * 90, spells=spells, level_shifts=shifts, answered=90,
        first_day=FIRST,
    )  # fmt: skip


def test_few_spells_are_told_one_by_one_and_many_by_what_half_of_them_reach():
    two = reading_of(spell(State.WAVE, 0, 12), spell(State.WAVE, 40, 46))
    assert waves_sentence(two).startswith("2 waves of 7 and 13 days stand out from the usual (")
    windows = [spell(State.WINDOW, at, at + 4) for at in (20, 30, 50, 60)]
    both = waves_sentence(reading_of(*two.spells, *windows))
    assert both.startswith(
        "4 windows, half of them 5 days or longer, and 2 waves of 7 and 13 days stand out"
    )


@pytest.mark.parametrize(
    ("better_up", "told"),
    [
        (False, "it got harder, from about 1.3 to 2, and stayed so"),
        (True, "it got lower, from about 4.7 to 4, and stayed so"),
    ],
)
def test_a_lasting_change_says_which_way_and_keeps_the_answers_own_direction(better_up, told):
    # A reading counts up as harder; of a scale of 1 to 5 on which more is better, 1.3 was 4.7.
    shift = LevelShift(index=40, before=1.3, after=2.0, interval=(30, 44))
    text = waves_sentence(reading_of(shifts=(shift,)), better_up=better_up)
    assert text.startswith(
        f"About 10 Feb 2026 (between 31 Jan 2026 and 14 Feb 2026) {told}. Beside that,"
    )


BAD = re.compile(r"\b(nan|None|inf|caused|because of|relapse)\b", re.IGNORECASE)


@pytest.mark.parametrize("days", [0, 1, 2, 13, 60, 400])
@pytest.mark.parametrize("fill", ["empty", "constant", "tens", "noise", "gap"])
def test_no_sentence_holds_what_is_not_there(days, fill):
    y = {
        "empty": np.full(days, np.nan),
        "constant": np.full(days, 3.0),
        "tens": np.full(days, 10.0),
        "noise": series(days),
        "gap": np.where(np.arange(days) % 50 < 25, series(days), np.nan),
    }[fill]
    scale = {"a": (0, 10), "b": (0, 10)}
    reading = read_feelings({"a": y, "b": y}, scales=scale, pair=("a", "b"), severity=y)
    texts = (
        waves(y),
        lag_sentence(dose_lag(y, cuts(days, 6)), FIRST),
        feelings_sentence(reading, FIRST),
    )
    for text in texts:
        assert text.endswith(".")
        assert not BAD.search(text), text


def test_one_day_is_one_day():
    assert covered_words(1, 1, FIRST) == "1 of 1 day answered, 1 Jan 2026"
    assert covered_words(1, 2, FIRST) == "1 of 2 days answered, 1 Jan 2026 to 2 Jan 2026"


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [(0, 699, True), (100, 620, True), (101, 699, False), (0, 500, False)],
)
def test_a_slow_course_is_told_where_the_view_holds_all_of_it(
    first: int, last: int, told: bool
) -> None:
    day = DayReading(severity=4, state=State.USUAL, p_window=0, p_wave=0, baseline=4)
    slow = GradualChange(start=100, end=620, before=6, after=4, change_interval=(-2.6, -1.4))
    reading = WaveReading(
        scale=(0, 10),
        days=(day,) * 700,
        spells=(),
        gradual_changes=(slow,),
        answered=700,
        first_day=(began := dt.date(2024, 1, 1)),
    )
    waves = DiaryWaves(reading=reading, items=("anxiety",), turned=False, too_early=0)
    text = changes_told(
        [("Anxiety", waves)], began + dt.timedelta(days=first), began + dt.timedelta(days=last)
    )
    assert ("it slowly got easier, by 1.4 to 2.6 points" in text) == told
    assert bool(text) == told
