"""Days by items, on one calendar."""

from datetime import date, timedelta

import numpy as np
import pytest

from landward.model.base import BadInput
from landward.model.bodies import CheckIn
from landward.model.diary import Diary, fold
from landward.model.panel import DayPanel, day_panel
from landward.model.series import Missing
from making import entry

FIRST = date(2026, 3, 1)


def diary() -> Diary:
    """Anxiety on days 0, 1 and 3, calm (better upward) on days 1 and 2, day 1 carried over."""
    said = {
        0: CheckIn(
            asked=("anxiety",), answers={"anxiety": 1}, scales={"anxiety": "0..4 better down"}
        ),
        1: CheckIn(
            asked=("anxiety", "calm"),
            answers={"anxiety": 2, "calm": 3},
            scales={"anxiety": "0..4 better down", "calm": "0..10 better up"},
            carried=True,
        ),
        2: CheckIn(asked=("calm",), answers={"calm": 8}, scales={"calm": "0..10 better up"}),
        3: CheckIn(
            asked=("anxiety",), answers={"anxiety": 4}, scales={"anxiety": "0..4 better down"}
        ),
    }
    return fold(entry(body, FIRST + timedelta(days=n), key=str(n)) for n, body in said.items())


def test_items_share_one_calendar_from_the_first_to_the_last_mention() -> None:
    panel = day_panel(diary(), ("anxiety", "calm"))
    assert (panel.first_day, panel.last_day, panel.days) == (FIRST, date(2026, 3, 4), 4)
    assert panel.items == ("anxiety", "calm")
    nan = np.nan
    np.testing.assert_array_equal(panel.given()["anxiety"], [1, 2, nan, 4])
    np.testing.assert_array_equal(panel.given()["calm"], [nan, 3, 8, nan])
    assert panel.positions(Missing.NOT_ASKED) == {"anxiety": [2], "calm": [0, 3]}


def test_severity_is_higher_for_worse_and_can_leave_out_what_was_carried() -> None:
    panel = day_panel(diary(), ("anxiety", "calm"))
    nan = np.nan
    np.testing.assert_array_equal(panel.severity()["calm"], [nan, 7, 2, nan])
    np.testing.assert_array_equal(panel.severity(carried=False)["calm"], [nan, nan, 2, nan])
    np.testing.assert_array_equal(panel.severity(carried=False)["anxiety"], [1, nan, nan, 4])
    assert panel.better_up == {"calm"}
    assert panel.scales == {"anxiety": (0, 4), "calm": (0, 10)}


def test_days_and_positions_name_each_other() -> None:
    panel = day_panel(diary(), ("anxiety",), FIRST - timedelta(days=2), date(2026, 3, 9))
    assert panel.days == 11
    assert panel.position(FIRST) == 2
    assert panel.position(date(2026, 3, 10)) is None
    assert panel.date_of(2) == FIRST


def test_no_item_or_an_unanswered_one_is_said_in_a_line() -> None:
    with pytest.raises(BadInput, match="no answers yet"):
        day_panel(diary(), ())
    with pytest.raises(BadInput, match="no answers to “sleep”"):
        day_panel(diary(), ("sleep",))


def test_rows_of_two_calendars_are_no_panel() -> None:
    short = day_panel(diary(), ("calm",)).rows
    whole = day_panel(diary(), ("anxiety",)).rows
    with pytest.raises(ValueError, match="different days"):
        DayPanel((*short, *whole))
    with pytest.raises(ValueError, match="without items"):
        DayPanel(())
