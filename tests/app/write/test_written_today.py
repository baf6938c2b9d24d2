"""What is seen of today's doses while locked: times only, of what was saved here, today."""

import datetime as dt
from pathlib import Path

import pytest

from landward.app.diary.locked_view import LockedView, load_outside, save_outside
from landward.app.write.entry import WhileLocked, new_entry
from landward.app.write.written_today import clear_old, note_doses
from landward.model.bodies import Body, CheckIn, DoseTaken, Retraction
from landward.model.entries import Entry
from landward.model.moment import Moment

TODAY = dt.date(2026, 3, 10)
NOW = Moment(at=dt.datetime(2026, 3, 10, 21, 4, tzinfo=dt.UTC), zone="UTC")


def dose(**said: object) -> DoseTaken:
    return DoseTaken.model_validate({"drug": "diazepam", "dose_mg": "5"} | said)


def saved(body: Body, day: dt.date = TODAY, replaces: tuple[str, ...] = ()) -> Entry:
    return new_entry(WhileLocked(), body, day, NOW, replaces=replaces)


def folder(path: Path, **said: object) -> Path:
    view = {"shows_doses": True, "doses_a_day": (2,)} | said
    save_outside(path, LockedView.model_validate(view))
    return path


@pytest.mark.parametrize(
    ("bodies", "said"),
    [
        ([dose()], "1 of 2, last at 21:04"),
        ([dose(at="2026-03-10T08:00:00+00:00"), dose()], "2 of 2, last at 21:04"),
        ([dose(day_total=True)], "2 of 2, last at 21:04"),  # one answer for the whole day
        ([dose(), dose(), dose()], "3, last at 21:04"),  # more than planned names no total
        ([dose(as_needed=True)], ""),
        ([DoseTaken(drug="diazepam", status="not_taken")], ""),
        ([CheckIn(mode="unwell")], ""),
    ],
)
def test_what_is_counted(tmp_path: Path, bodies: list[Body], said: str) -> None:
    note_doses(folder(tmp_path), [saved(body) for body in bodies], NOW)
    assert load_outside(tmp_path).doses_written(TODAY) == said


def test_two_medicines_one_answered_never_says_more_than_is_sure(tmp_path: Path) -> None:
    note_doses(folder(tmp_path, doses_a_day=(3, 1)), [saved(dose(day_total=True))], NOW)
    assert load_outside(tmp_path).doses_written(TODAY) == "1 of 4, last at 21:04"


def test_a_dose_of_another_day_is_no_dose_of_today(tmp_path: Path) -> None:
    note_doses(folder(tmp_path), [saved(dose(), TODAY - dt.timedelta(days=1))], NOW)
    assert load_outside(tmp_path).written.doses == ()


def test_what_is_corrected_or_taken_back_leaves_the_count(tmp_path: Path) -> None:
    first = saved(dose())
    note_doses(folder(tmp_path), [first], NOW)
    better = saved(dose(dose_mg="2.5", at="2026-03-10T20:00:00+00:00"), replaces=(first.id,))
    note_doses(tmp_path, [better], NOW)
    assert load_outside(tmp_path).doses_written(TODAY) == "1 of 2, last at 20:00"
    note_doses(tmp_path, [saved(Retraction(), replaces=(better.id,))], NOW)
    assert load_outside(tmp_path).doses_written(TODAY) == ""


def test_nothing_is_kept_without_the_choice_and_the_turn_of_the_day_clears_it(
    tmp_path: Path,
) -> None:
    note_doses(folder(tmp_path, shows_doses=False), [saved(dose())], NOW)
    assert load_outside(tmp_path).written.doses == ()
    note_doses(folder(tmp_path), [saved(dose())], NOW)
    assert load_outside(tmp_path).doses_written(TODAY + dt.timedelta(days=1)) == ""
    clear_old(tmp_path, load_outside(tmp_path), TODAY + dt.timedelta(days=1))
    assert load_outside(tmp_path).written.doses == ()


def test_no_name_and_no_amount_is_kept_outside(tmp_path: Path) -> None:
    note_doses(folder(tmp_path), [saved(dose(dose_mg="7.5", product="Valium"))], NOW)
    kept = (tmp_path / "outside.json").read_text()
    assert "21:04" in kept
    assert not any(word in kept for word in ("diazepam", "Valium", "7.5"))
