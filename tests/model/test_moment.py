import datetime as dt

import pytest

from landward.model.base import BadInput
from landward.model.moment import Moment, read_clocks


def at(text: str, zone: str = "Europe/London") -> Moment:
    return Moment(at=dt.datetime.fromisoformat(text), zone=zone)


@pytest.mark.parametrize(
    ("instant", "zone", "day"),
    [
        ("2026-01-10T02:00:00+00:00", "Europe/London", "2026-01-09"),
        ("2026-01-10T04:00:00+00:00", "Europe/London", "2026-01-10"),
        ("2026-01-10T02:00:00+00:00", "Asia/Tokyo", "2026-01-10"),
        ("2026-03-29T02:30:00+00:00", "Europe/London", "2026-03-28"),
        ("2026-03-29T03:30:00+00:00", "Europe/London", "2026-03-29"),
        ("2026-10-25T03:30:00+00:00", "Europe/London", "2026-10-24"),
    ],
    ids=["2 a.m.", "4 a.m.", "elsewhere", "clocks forward, 3:30", "4:30 then", "clocks back, 3:30"],
)
def test_the_day_turns_at_four_by_the_clock_on_the_wall(instant: str, zone: str, day: str) -> None:
    assert at(instant, zone).today().isoformat() == day


@pytest.mark.parametrize("text", ["2026-01-11", "9999-12-31", "31/12/2025", "last week", ""])
def test_days_ahead_and_words_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        at("2026-01-10T12:00:00+00:00").past_day(text)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8:00, 22.00", ("08:00", "22:00")),
        ("22:00 and 08:00", ("08:00", "22:00")),
        ("08:00,08:00", ("08:00",)),
        (" ", ()),
    ],
)
def test_times_of_day_are_clocks_in_order(typed: str, read: tuple[str, ...]) -> None:
    assert read_clocks(typed) == read


@pytest.mark.parametrize("typed", ["morning and night", "25:00", "8", "08:00 and later"])
def test_a_word_is_no_time_since_a_reminder_needs_a_clock(typed: str) -> None:
    with pytest.raises(BadInput, match="08:00, 22:00"):
        read_clocks(typed)


@pytest.mark.parametrize(
    ("text", "day"), [("yesterday", "2026-01-08"), ("Today", "2026-01-09"), (None, "2026-01-09")]
)
def test_yesterday_is_the_day_before_the_persons_own_today(text: str | None, day: str) -> None:
    assert at("2026-01-10T02:00:00+00:00").past_day(text).isoformat() == day  # at two in the night
