"""What changed since: only from days that are there, two columns, an interval behind each name."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from tests.web.app_here import AppHere

from landward.app.diary.open_diary import OpenDiary
from landward.app.read.since import anchors, read_since
from landward.app.write.entry import new_entry
from landward.model.bodies import CheckIn, DoseTaken, Shared
from landward.model.moment import Moment
from landward.report.readings.since import Change, Since, Stretch, columns, lines, sentence
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

NOW = Moment(at=dt.datetime(2026, 6, 1, 20, tzinfo=dt.UTC), zone="UTC")
FIRST = dt.date(2026, 1, 1)


def diary_of(folder: Path, days: int) -> OpenDiary:
    """Harder by three from day 60 on, when the dose goes from 2 to 1 mg."""
    vault, _ = Vault.create(folder / "a.vault", "six grey geese", now=NOW.at, cost=CHEAPEST)
    diary, lines = OpenDiary(vault), []
    for place in range(days):
        day = FIRST + dt.timedelta(days=place)
        hard = 3 + place * 7 % 3 + (3 if place >= 60 else 0)
        body = CheckIn(asked=("day",), answers={"day": hard}, scales={"day": "0..10 better down"})
        dose = DoseTaken(
            drug="diazepam", dose_mg=Decimal(1 if place >= 60 else 2), status="as_planned",
            day_total=True,
        )  # fmt: skip
        lines += [new_entry(vault, body, day, NOW), new_entry(vault, dose, day, NOW)]
    diary.append(lines)
    return diary


def test_a_short_diary_has_no_day_to_look_from(tmp_path: Path) -> None:
    assert anchors(diary_of(tmp_path, 5)) == ()


def test_the_last_cut_and_three_months_and_the_last_page_given(tmp_path: Path) -> None:
    diary = diary_of(tmp_path, 100)
    assert [(one.name, (one.day - FIRST).days) for one in anchors(diary)] == [
        ("cut", 60), ("months", 9),
    ]  # fmt: skip
    given = new_entry(diary.vault, Shared(what="report"), FIRST + dt.timedelta(days=80), NOW)
    diary.append([given])
    assert [one.name for one in anchors(diary)] == ["visit", "cut", "months"]
    assert anchors(diary, FIRST + dt.timedelta(days=85)) == ()


def test_two_columns_of_equal_length_and_what_clearly_moved(tmp_path: Path) -> None:
    found = read_since(diary_of(tmp_path, 100), FIRST + dt.timedelta(days=60))
    assert columns(found) == ("21 Jan to 1 Mar 2026", "2 Mar to 10 Apr 2026")
    dose, hard = lines(found)
    assert (dose.name, dose.before, dose.after, dose.moved) == (
        "diazepam", "2 mg a day", "1 mg a day", "50 % less",
    )  # fmt: skip
    assert (hard.before, hard.after) == ("4 [3–5]", "7 [6–8]")
    assert hard.before_days == "40 of 40 days"
    assert hard.moved.startswith("about 3 points harder (") and " to " in hard.moved
    assert sentence(found).endswith("After is not because.")


def test_a_cut_that_was_taken_back_is_not_just_the_same(tmp_path: Path) -> None:
    diary = diary_of(tmp_path, 80)
    back = [
        new_entry(
            diary.vault,
            DoseTaken(drug="diazepam", dose_mg=Decimal(2), status="as_planned", day_total=True),
            FIRST + dt.timedelta(days=place),
            NOW,
        )
        for place in range(80, 90)
    ]
    diary.append(back)
    (dose, *_) = lines(read_since(diary, FIRST + dt.timedelta(days=60)))
    assert (dose.before, dose.after, dose.moved) == ("2 mg a day", "2 mg a day", "the same again")
    assert dose.after_days == "settled at the end, 1 mg between"


def test_from_here_on_nothing_before_is_compared(tmp_path: Path) -> None:
    diary = diary_of(tmp_path, 100)
    here = FIRST + dt.timedelta(days=50)
    assert read_since(diary, FIRST + dt.timedelta(days=60), here).before[0] == here


def change(*, better_up: bool = False, feeling: bool = False, size: float = 1.0) -> Change:
    part = Stretch(answered=20, days=20, middle=2.0, low=1.0, high=3.0)
    return Change(
        name="Sleep", better_up=better_up, feeling=feeling, before=part, after=part,
        moved=(size, size - 0.5, size + 0.5),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (change(), "about 1 point harder (0.5 to 1.5 harder)"),
        (change(size=-1.0), "about 1 point easier (0.5 to 1.5 easier)"),
        (change(better_up=True), "about 1 point higher (0.5 to 1.5 higher)"),
        (change(better_up=True, feeling=True), "about 1 point more (0.5 to 1.5)"),
        (change(size=0.2), "not clearly different (0.3 easier to 0.7 harder)"),
    ],
)
def test_which_way_is_said_in_the_words_of_its_scale(one: Change, said: str) -> None:
    days = (FIRST, FIRST)
    found = Since(day=FIRST, before=days, after=days, changes=(one,), doses=())
    assert lines(found)[0].moved == said
    clear = "Clearly different" if one.moved and one.moved[0] != 0.2 else "Nothing among 1 item"
    assert sentence(found).startswith(clear)


def test_the_page_answers_with_and_without_a_day_to_look_from(tmp_path: Path) -> None:
    with AppHere(tmp_path) as here:
        here.unlock()
        assert "Journey" in here.browser.get("/journey/since").text
        here.save(day_is="6")
        page = here.browser.get("/journey/since").text
        assert "There is no day to look from yet" in page and "can kill" in page
        assert 'href="/journey/since"' in here.browser.get("/journey").text
        assert here.browser.get("/journey/since?from=nothing").status_code == 200
