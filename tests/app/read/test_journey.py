"""Journey chooses a span that fits what is written: a day, a week, forty days, a year."""

import datetime as dt
from pathlib import Path

import pytest

from landward.app.diary.open_diary import OpenDiary
from landward.app.read.journey import first_zoom, fitting_zooms, read_journey
from landward.app.write.entry import new_entry
from landward.model.bodies import CheckIn
from landward.model.moment import Moment
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

NOW = Moment(at=dt.datetime(2026, 6, 1, 20, tzinfo=dt.UTC), zone="UTC")
FIRST = dt.date(2026, 1, 1)


def diary_of(tmp_path: Path, days: int) -> OpenDiary:
    vault, _ = Vault.create(tmp_path / "a.vault", "six grey geese", now=NOW.at, cost=CHEAPEST)
    body = CheckIn(asked=("day",), answers={"day": 3}, scales={"day": "0..10 better down"})
    diary = OpenDiary(vault)
    diary.append(
        [new_entry(vault, body, FIRST + dt.timedelta(days=day), NOW) for day in range(days)]
    )
    return diary


def test_views_that_would_show_the_same_are_not_offered() -> None:
    assert fitting_zooms(1) == ("all",)
    assert fitting_zooms(28) == ("all",)
    assert fitting_zooms(40) == ("4w", "all")
    assert fitting_zooms(400) == ("4w", "12w", "26w", "1y", "all")
    assert [first_zoom(days) for days in (1, 7, 40, 84, 85)] == ["all", "all", "all", "all", "12w"]


@pytest.mark.parametrize("days", [1, 7, 40])
def test_no_view_begins_before_the_first_entry(tmp_path: Path, days: int) -> None:
    diary, last = diary_of(tmp_path, days), FIRST + dt.timedelta(days=days - 1)
    for zoom in ("4w", "12w", "all"):
        shown = read_journey(diary, zoom, last, spells=False)
        assert (shown.last, shown.days) == (last, min(days, 28) if zoom == "4w" else days)
        assert len(shown.lanes[2].tracks[0].values) == shown.days
    words = "day" if days == 1 else "days"
    answered = read_journey(diary, "all", last, spells=False).sentence
    assert f"({days} of {days} {words} answered)" in answered


def test_an_early_view_is_filled_with_the_days_after_it(tmp_path: Path) -> None:
    shown = read_journey(diary_of(tmp_path, 40), "4w", FIRST, spells=False)
    assert (shown.first, shown.days) == (FIRST, 28)


def test_no_two_columns_of_the_table_have_one_name(tmp_path: Path) -> None:
    columns = read_journey(diary_of(tmp_path, 7), "all", FIRST, spells=False).columns
    assert columns[0] == "day"
    assert columns[-1] == "how hard"
    assert len(set(columns)) == len(columns)
