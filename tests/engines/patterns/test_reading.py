"""read_waves: its shape, its honesty about gaps, and what it refuses."""

import numpy as np
import pytest

from landward.engines.patterns import read_waves
from landward.engines.patterns.reading import with_room
from landward.model.base import BadInput
from landward.model.waves import State, WaveReading


def diary(seed, spells=(), days=240, base=5.0, noise=0.8, size=2.2):
    """A rounded 0–10 diary; spells are (start, end, sign)."""
    rng = np.random.default_rng(seed)
    latent = base + rng.normal(0, noise, days)
    for start, end, sign in spells:
        latent[start:end] += sign * size
    return np.clip(np.round(latent), 0, 10)


SPELLS = ((30, 45, 1), (70, 82, -1), (110, 121, 1), (150, 165, -1), (190, 205, 1))


def agreement(reading, spells, days):
    truth = np.full(days, "usual", dtype=object)
    for start, end, sign in spells:
        truth[start:end] = "wave" if sign > 0 else "window"
    return np.mean([day.state == t for day, t in zip(reading.days, truth, strict=True)])


def test_clear_spells_are_found_and_dated():
    y = diary(1, SPELLS)
    reading = read_waves(y)
    assert agreement(reading, SPELLS, y.size) > 0.93
    waves = [s for s in reading.spells if s.state == State.WAVE]
    starts = [start for start, _, sign in SPELLS if sign > 0]
    assert len(waves) == len(starts)
    assert max(abs(w.start - a) for w, a in zip(waves, starts, strict=True)) <= 2
    for spell in reading.spells:
        assert spell.start_interval[0] <= spell.start <= spell.start_interval[1]
        assert spell.end_interval[0] <= spell.end <= spell.end_interval[1]
        assert (spell.amplitude > 1) if spell.state == State.WAVE else (spell.amplitude < -1)


def test_noise_alone_has_neither():
    shares = []
    for seed in range(6):
        reading = read_waves(diary(seed, days=365))
        shares.append(np.mean([d.state in (State.WAVE, State.WINDOW) for d in reading.days]))
    assert np.mean(shares) <= 0.02


def test_a_drifting_baseline_is_no_wave():
    t = np.arange(300)
    y = np.clip(np.round(7 - 4 * t / 300 + np.random.default_rng(3).normal(0, 0.7, 300)), 0, 10)
    reading = read_waves(y)
    assert np.mean([d.state == State.USUAL for d in reading.days]) > 0.97
    assert reading.days[10].baseline > 6 > 4 > reading.days[290].baseline


def test_gaps_of_three_days_are_unknown_and_shorter_ones_bridged():
    y = diary(4, SPELLS)
    y[[34, 35]] = np.nan
    y[100:103] = np.nan
    states = [d.state for d in read_waves(y).days]
    assert states[34] == states[35] == State.WAVE
    assert states[100:103] == [State.UNKNOWN] * 3
    assert states[99] != State.UNKNOWN


def test_a_ten_year_gap_is_unknown_and_quick():
    y = np.concatenate((diary(5, SPELLS), np.full(3650, np.nan), diary(6, SPELLS)))
    reading = read_waves(y)
    assert all(d.state == State.UNKNOWN for d in reading.days[240:-240])
    assert agreement(read_waves(y[:240]), SPELLS, 240) > 0.9
    assert len(reading.days) == y.size


@pytest.mark.parametrize(
    "y",
    [[], [5.0], [5.0, 6.0], [np.nan] * 30, [None] * 30, [4, 5, 6, 5, 4, 5]],
    ids=["empty", "one", "two", "all missing", "all None", "six"],
)
def test_too_few_days_are_unknown_without_nan(y):
    reading = read_waves(y)
    assert len(reading.days) == len(y)
    assert all(d.state == State.UNKNOWN for d in reading.days)
    assert reading.spells == reading.level_shifts == ()
    assert "nan" not in reading.model_dump_json().lower()


def test_all_tens_are_usual():
    reading = read_waves([10.0] * 60)
    assert {d.state for d in reading.days} == {State.USUAL}
    assert {d.baseline for d in reading.days} == {10.0}


@pytest.mark.parametrize("scale", [(0, 4), (0, 3), (1, 7), (-3, 3), (0, 100)])
def test_other_scales_work_in_their_own_points(scale):
    low, high = scale
    y = low + (high - low) * diary(7, SPELLS, size=3) / 10
    y = np.round(y) if high - low < 100 else y
    reading = read_waves(y, scale=scale)
    assert agreement(reading, SPELLS, y.size) > 0.85
    assert all(low <= d.baseline <= high for d in reading.days if d.baseline is not None)


def test_own_labels_stand_first_and_teach():
    y = diary(8, SPELLS, size=1.3)
    labels = dict.fromkeys(range(30, 45), "wave") | {60: "usual", 75: "window"}
    reading = read_waves(y, labels=labels)
    assert all(reading.days[t].state == State.WAVE for t in range(30, 45))
    assert reading.days[60].state == State.USUAL
    assert reading.days[75].state == State.WINDOW


def test_it_is_the_same_every_time_and_frozen():
    y = diary(9, SPELLS)
    assert read_waves(y) == read_waves(list(y))
    assert isinstance(read_waves(y), WaveReading)


@pytest.mark.parametrize(
    ("severity", "more"),
    [
        ([[5.0, 6.0]], {}),
        (["a", "b"], {}),
        ([5.0, np.inf], {}),
        ([5.0, 11.0], {}),
        ([5.0, -1.0], {}),
        ([5.0, 4.0], {"scale": (10, 0)}),
        ([5.0, 4.0], {"scale": (0,)}),
        ([5.0, 4.0], {"dose_mg": [10.0]}),
        ([5.0, 4.0], {"dose_mg": [10.0, -1.0]}),
        ([5.0, 4.0], {"dose_mg": [20000.0, 18000.0]}),
        ([5.0, 4.0], {"labels": ["wave"]}),
        ([5.0, 4.0], {"labels": {0: "storm"}}),
        ([5.0, 4.0], {"labels": {9: "wave"}}),
    ],
)
def test_bad_input_is_refused_in_one_line(severity, more):
    with pytest.raises(BadInput) as error:
        read_waves(severity, **more)
    assert "\n" not in str(error.value)
    assert "nan" not in str(error.value)


def test_a_lasting_shift_is_told_apart_from_waves():
    y = diary(10, ((40, 52, 1), (200, 212, -1)), days=300, base=4.0)
    y[150:] = np.clip(y[150:] + 2, 0, 10)
    reading = read_waves(y)
    (shift,) = reading.level_shifts
    assert abs(shift.index - 150) <= 3
    assert shift.after - shift.before == pytest.approx(2, abs=0.4)
    assert read_waves(diary(11, ((40, 52, 1), (200, 212, -1)), days=300)).level_shifts == ()


def test_a_slow_drift_of_a_fraction_of_a_point_is_no_shift():
    y = np.round(5 + 0.6 * np.arange(365) / 365 + np.random.default_rng(12).normal(0, 0.8, 365))
    assert read_waves(y).level_shifts == ()


def test_a_spell_needs_room_towards_its_end_of_the_scale() -> None:
    codes = np.array([0, -1, -1, 0, 1, 1, 0], np.int8)
    low, middle, high = (np.full(7, level) for level in (2.0, 5.0, 8.5))
    assert with_room(codes, middle, 2.5).tolist() == codes.tolist()
    assert with_room(codes, low, 2.5).tolist() == [0, 0, 0, 0, 1, 1, 0]
    assert with_room(codes, high, 2.5).tolist() == [0, -1, -1, 0, 0, 0, 0]
    assert with_room(codes, low, 1.0).tolist() == codes.tolist()
