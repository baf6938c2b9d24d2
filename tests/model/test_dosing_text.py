"""Doses as people write them, and what is refused in one clear line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landward.model.base import BadInput
from landward.model.dosing import HOUR_S, Dosing
from landward.model.dosing_text import parse_dosing


def hours(text: str) -> list[float]:
    return [time / HOUR_S for time in parse_dosing("d", text).times_s]


def doses(text: str) -> list[str]:
    return [str(mg) for mg in parse_dosing("d", text).doses_mg]


@pytest.mark.parametrize(
    ("text", "at", "mg", "days"),
    [
        ("10 mg nightly x 2", [22, 46], ["10", "10"], 2),
        ("1 mg three times a day x 1", [8, 14, 20], ["1"] * 3, 1),
        ("0.5 mg at 08:00 and 22:00 x 2", [8, 22, 32, 46], ["0.5"] * 4, 2),
        ("0,5 mg bd x 1", [8, 20], ["0.5", "0.5"], 1),
        ("10 mg once", [8], ["10"], 1),
        ("1 mg every 8 hours x 1", [0, 8, 16], ["1"] * 3, 1),
        ("1 mg in the morning and 2 mg at night x 1", [8, 22], ["1", "2"], 1),
        ("500 micrograms nightly x 1 week", [22 + 24 * k for k in range(7)], ["0.500"] * 7, 7),
        ("1 mg every other day x 4", [8, 56], ["1", "1"], 4),
        ("1 mg daily x 3 doses", [8, 32, 56], ["1"] * 3, 3),
        ("2 mg nightly x 1 then nothing x 2 then 1 mg nightly x 1", [22, 94], ["2", "1"], 4),
        ("1 mg at 08:00, 14:00 and 20:30 x 1", [8, 14, 20.5], ["1"] * 3, 1),
        ("1 mg weekly x 3 weeks", [8, 176, 344], ["1"] * 3, 21),
    ],
)
def test_reads(text: str, at: list[float], mg: list[str], days: int) -> None:
    assert hours(text) == at
    assert doses(text) == mg
    assert parse_dosing("d", text).days == days


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no doses"),
        ("10 mg nightly", "how long"),
        ("ten mg nightly x 3", "no dose found"),
        ("-5 mg nightly x 3", "no dose found"),
        ("10 pills x 3", "not mg"),
        ("10 mg whenever x 3", "not a time of day"),
        ("10 mg at 25:00 x 3", "not a time of day"),
        ("10 mg nightly x 0", "number of days"),
        ("10 mg nightly x 3 months", "weeks"),
        ("10 mg nightly x 99999999", "hundred years"),
        ("10 mg nightly x 36000 then 10 mg nightly x 36000", "hundred years"),
        ("1 mg every 0 hours x 3", "at least 1"),
        ("1 mg at 08:00 and 08:00 x 3", "twice"),
        ("1 mg 90 times a day x 3", "not understood"),
    ],
)
def test_refuses_in_one_line(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        parse_dosing("d", text)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_dosing("d", text)
    except BadInput as error:
        assert str(error)


@pytest.mark.parametrize(
    ("times", "mg", "says"),
    [
        ([8, 2], ["1", "1"], "order of time"),
        ([-1], ["1"], "first day"),
        ([1], ["-2"], "not negative"),
        ([1], ["NaN"], "number of mg"),
        ([1, 2], ["1"], "one dose a time"),
        ([], [], "no doses"),
    ],
)
def test_impossible_courses(times: list[int], mg: list[str], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        Dosing.of("d", [t * HOUR_S for t in times], [Decimal(m) for m in mg])


def test_stop_day_is_the_first_day_without_a_dose() -> None:
    assert parse_dosing("d", "10 mg nightly x 28").stop_day == 28
    assert parse_dosing("d", "10 mg nightly x 28 then 0 mg nightly x 5").stop_day == 28
