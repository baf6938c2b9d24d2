"""Journey chooses a span that fits what is written: a day, a week, forty days, a year."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from landward.app.diary.open_diary import OpenDiary
from landward.app.read.journey import first_zoom, fitting_zooms, read_journey
from landward.app.write.entry import new_entry
from landward.model.bodies import Body, CheckIn, DoseTaken, UserLabel
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
    assert [first_zoom(days) for days in (1, 7, 40, 84, 85)] == ["all", "all", "4w", "4w", "4w"]


@pytest.mark.parametrize("days", [1, 7, 40])
def test_no_view_begins_before_the_first_entry(tmp_path: Path, days: int) -> None:
    diary, last = diary_of(tmp_path, days), FIRST + dt.timedelta(days=days - 1)
    for zoom in ("4w", "12w", "all"):
        shown = read_journey(diary, zoom, last, spells=False)
        assert (shown.last, shown.days) == (last, min(days, 28) if zoom == "4w" else days)
        assert len(shown.lanes[0].tracks[0].values) == shown.days == len(shown.tide.days)
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


def test_a_tapped_month_is_shown_whole_and_nothing_before_the_first_entry(tmp_path: Path) -> None:
    diary = diary_of(tmp_path, 100)
    march = read_journey(
        diary, "closer", dt.date(2026, 3, 31), spells=False, since=dt.date(2026, 3, 1)
    )
    assert (march.first, march.last, march.tide.layout) == (
        dt.date(2026, 3, 1), dt.date(2026, 3, 31), "days",
    )  # fmt: skip
    early = read_journey(diary, "closer", FIRST, spells=False, since=dt.date(2025, 12, 1))
    assert early.first == FIRST


def test_from_here_on_nothing_before_is_shown_or_counted(tmp_path: Path) -> None:
    diary = diary_of(tmp_path, 100)
    here = FIRST + dt.timedelta(days=60)
    shown = read_journey(diary, "all", FIRST + dt.timedelta(days=99), spells=True, from_here=here)
    assert shown.first == here == shown.tide.first
    assert "(40 of 40 days answered)" in shown.sentence
    assert all(row[0] >= here.isoformat() for row in shown.table)
    future = read_journey(diary, "all", here, spells=False, from_here=dt.date(2030, 1, 1))
    assert future.days == 1  # the last day there is


def test_any_two_lanes_can_stand_beside_each_other(tmp_path: Path) -> None:
    vault, _ = Vault.create(tmp_path / "b.vault", "six grey geese", now=NOW.at, cost=CHEAPEST)
    diary = OpenDiary(vault)
    scales = dict.fromkeys(("anxiety", "tinnitus"), "0..4 better down")
    scales |= {"day": "0..10 better down", "pleasant": "0..4 better up"}
    lines = []
    for place in range(60):
        answers = {"day": 3, "anxiety": place % 5, "tinnitus": 1, "pleasant": place % 3}
        body = CheckIn(asked=tuple(answers), answers=answers, scales=scales)
        lines.append(new_entry(vault, body, FIRST + dt.timedelta(days=place), NOW))
    diary.append(lines)
    last = FIRST + dt.timedelta(days=59)
    usual = read_journey(diary, "all", last, spells=False)
    assert [lane.key for lane in usual.lanes] == ["hard", "pleasant"]
    chosen = read_journey(diary, "all", last, spells=False, chosen=("tinnitus", "anxiety"))
    assert [lane.key for lane in chosen.lanes] == ["tinnitus", "anxiety"]
    assert {key for key, _ in usual.items} >= {"anxiety", "tinnitus", "hard", "dose", "feelings"}
    none = read_journey(diary, "all", last, spells=False, chosen=("never asked",))
    assert none.lanes == ()


def test_small_lanes_are_dots_up_close_and_bands_of_weeks_from_far(tmp_path: Path) -> None:
    vault, _ = Vault.create(tmp_path / "c.vault", "six grey geese", now=NOW.at, cost=CHEAPEST)
    diary = OpenDiary(vault)
    answers = ({"pleasant": place % 7 / 2} for place in range(50))
    bodies = [
        CheckIn(asked=("pleasant",), answers=one, scales={"pleasant": "0..4 better up"})
        for one in answers
    ]
    diary.append(
        [
            new_entry(vault, body, FIRST + dt.timedelta(days=place), NOW)
            for place, body in enumerate(bodies)
        ]
    )
    last = FIRST + dt.timedelta(days=49)
    far = read_journey(diary, "all", last, spells=False, chosen=("pleasant",)).lanes[0]
    assert [track.style for track in far.tracks] == ["table"]
    assert [(bar.start, bar.end) for bar in far.bars][-1] == (49, 50)  # a week of one day
    assert (far.bars[0].low, far.bars[0].middle, far.bars[0].high) == (0.75, 1.5, 2.25)
    assert far.bars[-1].low is None  # one answer has no middle half
    near = read_journey(diary, "4w", last, spells=False, chosen=("pleasant",)).lanes[0]
    assert [track.style for track in near.tracks] == ["dots"] and not near.bars


def test_a_chosen_lane_tells_its_own_lasting_change_with_the_days_it_lies_between(
    tmp_path: Path,
) -> None:
    vault, _ = Vault.create(tmp_path / "d.vault", "six grey geese", now=NOW.at, cost=CHEAPEST)
    diary = OpenDiary(vault)
    scales = {"day": "0..10 better down", "tinnitus": "0..4 better down"}
    lines = []
    for place in range(120):
        answers = {"day": 4 + place % 2, "tinnitus": (3 if place < 60 else 1) + place * 7 % 2}
        body = CheckIn(asked=tuple(answers), answers=answers, scales=scales)
        lines.append(new_entry(vault, body, FIRST + dt.timedelta(days=place), NOW))
    diary.append(lines)
    last = FIRST + dt.timedelta(days=119)
    chosen = read_journey(diary, "all", last, spells=True, chosen=("tinnitus",))
    (bracket,) = chosen.lanes[0].brackets
    assert bracket.first <= 60 <= bracket.end and abs(bracket.at - 60) <= 2
    assert "Tinnitus: about " in chosen.sentence and "(between " in chosen.sentence
    off = read_journey(diary, "all", last, spells=False, chosen=("tinnitus",))
    assert not off.lanes[0].brackets and "Tinnitus" not in off.sentence


def test_a_view_carried_on_over_saves_is_the_view_read_anew(tmp_path: Path) -> None:
    """Years, doses and lanes are kept from one reading to the next; only what changed is new."""
    first = dt.date(2023, 11, 20)
    vault, _ = Vault.create(tmp_path / "a.vault", "six grey geese", now=NOW.at, cost=CHEAPEST)
    diary = OpenDiary(vault)

    def day(number: int) -> dt.date:
        return first + dt.timedelta(days=number)

    def answered(value: int) -> CheckIn:
        return CheckIn(asked=("day",), answers={"day": value}, scales={"day": "0..10 better down"})

    def dose(mg: int) -> DoseTaken:
        return DoseTaken(drug="diazepam", dose_mg=Decimal(mg))

    saves: list[tuple[Body, int]] = [
        (answered(7), 400), (answered(2), 5), (dose(8), 799), (CheckIn(mode="unwell"), 401),
        (UserLabel(label="wave", until=day(420)), 390), (answered(9), 803), (dose(7), 804),
        (answered(1), 401),
    ]  # fmt: skip
    diary.append([new_entry(vault, answered(n % 9), day(n), NOW) for n in range(0, 800, 3)])
    diary.append([new_entry(vault, dose(10 - n // 100), day(n), NOW) for n in range(0, 800, 7)])
    for body, number in saves:
        read_journey(diary, "all", day(805), spells=False)
        diary.append([new_entry(vault, body, day(number), NOW)])
        for zoom in ("all", "1y"):
            carried = read_journey(diary, zoom, day(805), spells=False)
            anew = read_journey(OpenDiary(vault), zoom, day(805), spells=False)
            assert carried == anew, (body, number, zoom)
