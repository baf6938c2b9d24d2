"""What a foggy evening does to forms: two tabs, undo from an old page, a stick pulled out."""

import datetime as dt
import json
import shutil
import time
from pathlib import Path

import pytest
from tests.web.app_here import EVENING, TODAY, AppHere

from landward.app.write.writer import OpenWriter
from landward.model.errors import CouldNotSave
from landward.model.moment import Moment
from landward.web.http.diary_sessions import AWAY


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        yield app


def hardness(here: AppHere) -> list[float]:
    said = (json.loads(entry.body) for entry in here.about("check_in"))
    return [body["answers"]["day"] for body in said]


# ---- undo ---------------------------------------------------------------------------------------


def test_undoing_a_correction_made_while_locked_loses_nothing(here: AppHere) -> None:
    here.unlock()
    idempotency_key = here.idempotency_key()
    here.save(idempotency_key=idempotency_key, day_is="5")
    here.lock()
    here.save(idempotency_key=idempotency_key, day_is="8")  # the back button, then another answer
    asked = here.browser.post("/undo")
    assert asked.url.path == "/unlock"  # what stood before cannot be seen from here
    here.unlock()
    assert hardness(here) == [5]


def test_undo_after_a_lock_asks_for_the_passphrase_and_then_does_it(here: AppHere) -> None:
    here.unlock()
    here.save(day_is="5")
    here.lock()
    assert here.browser.post("/undo").url.path == "/unlock"
    assert "Taken back" in here.unlock().text
    assert hardness(here) == []


def test_undo_takes_back_what_its_own_page_saved(here: AppHere) -> None:
    here.unlock()
    first = here.save(day_is="5").text
    note = {"day": TODAY.isoformat(), "text": "a note in another tab", "once": "abcdefgh"}
    here.browser.post("/note", data=note)
    act = first.split('name="act" value="')[1].split('"')[0]
    for what in (": How hard 5 of 10 (hard)", ""):  # tapped twice
        assert (
            f"Taken back{what}. It is as it was before."
            in here.browser.post("/undo", data={"act": act}).text
        )
    assert hardness(here) == []
    assert len(here.about("note")) == 1


def test_undo_from_a_page_corrected_since_changes_nothing(here: AppHere) -> None:
    here.unlock()
    idempotency_key = here.idempotency_key()
    first = here.save(idempotency_key=idempotency_key, day_is="5").text
    here.save(idempotency_key=idempotency_key, day_is="7")
    act = first.split('name="act" value="')[1].split('"')[0]
    assert "Nothing was done now" in here.browser.post("/undo", data={"act": act}).text
    assert hardness(here) == [7]


# ---- twice --------------------------------------------------------------------------------------


@pytest.mark.parametrize("unlocked", [True, False])
def test_as_planned_from_two_tabs_is_one_dose(here: AppHere, unlocked: bool) -> None:
    if unlocked:
        here.unlock()
    tabs = here.idempotency_key(), here.idempotency_key()
    for idempotency_key in tabs:
        assert (
            "Saved."
            in here.save(idempotency_key=idempotency_key, day_is="5", dose="as_planned").text
        )
    assert len(here.about("dose_taken")) == 1
    assert hardness(here) == [5, 5]  # two check-ins of one day are kept and merged by item


def test_a_dose_sent_twice_while_locked_does_not_ask_about_itself(here: AppHere) -> None:
    dose = {"day": TODAY.isoformat(), "drug": "clonazepam", "mg": "0.5", "once": "tapped-twice"}
    for _ in range(2):
        assert here.browser.post("/doses/take", data=dose).url.path == "/saved"
    here.browser.post("/undo")
    again = here.browser.post("/doses/take", data=dose | {"once": "another-page"})
    assert again.url.path == "/saved"  # what was taken back is no first dose
    assert len(here.about("dose_taken")) == 1


def test_every_form_that_met_the_lock_is_kept(here: AppHere) -> None:
    for mg in ("1", "2"):
        form = {"drug": f"medicine {mg}", "mg": mg, "once": f"form-number-{mg}"}
        here.browser.post("/doses/prescription", data=form)
        here.browser.post("/doses/prescription", data=form)
    here.unlock()
    drugs = {json.loads(entry.body)["drug"] for entry in here.about("prescription")}
    assert {"medicine 1", "medicine 2"} <= drugs
    assert len(here.about("prescription")) == 3  # with the one of Start


# ---- the disk ------------------------------------------------------------------------------------


@pytest.mark.parametrize("unlocked", [True, False])
def test_a_diary_that_went_away_is_not_begun_anew(here: AppHere, unlocked: bool) -> None:
    if unlocked:
        here.unlock()
    idempotency_key, elsewhere = here.idempotency_key(), here.path.with_name("in a pocket")
    shutil.move(here.path, elsewhere)
    for path in ("/today", "/start", "/journey", "/unlock"):
        page = here.browser.get(path)
        assert page.status_code == 503
        assert AWAY in page.text
        assert "Passphrase" not in page.text
    refused = here.save(idempotency_key=idempotency_key, day_is="5", note="my own words")
    assert AWAY in refused.text
    assert "my own words" in refused.text
    assert here.browser.get("/help").status_code == 200
    shutil.move(elsewhere, here.path)
    assert (
        "Saved." in here.save(idempotency_key=idempotency_key, day_is="5", note="my own words").text
    )
    assert hardness(here) == [5]


def test_words_a_full_disk_refused_stay_on_the_page(
    here: AppHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.unlock()

    def full(*_: object) -> None:
        raise CouldNotSave("the disk is full: make some room, then save again")

    monkeypatch.setattr(OpenWriter, "append", full)
    for answer in (
        here.save(day_is="5", note="an hour of typing"),
        here.browser.post(
            "/note",
            data={"day": TODAY.isoformat(), "text": "an hour of typing", "once": "abcdefgh"},
        ),
    ):
        assert answer.status_code == 503
        assert "the disk is full" in answer.text
        assert "an hour of typing" in answer.text


# ---- clocks --------------------------------------------------------------------------------------


def test_a_machine_that_slept_opens_locked(here: AppHere) -> None:
    here.unlock()
    here.save(day_is="5")
    here.room.used_wall_s -= 9 * 3600  # asleep: the wall clock went on, the other stood still
    page = here.browser.get("/journey")
    assert page.url.path == "/unlock"
    assert here.room.diary is None


def test_a_clock_set_back_does_not_keep_it_open(here: AppHere) -> None:
    here.unlock()
    here.room.used_wall_s = time.time() + 5 * 3600
    here.room.used_s -= 3600
    assert here.room.idle_too_long()


def test_a_night_dose_written_next_morning_says_where_it_belongs(here: AppHere) -> None:
    here.now = Moment(at=EVENING.at + dt.timedelta(hours=13), zone=EVENING.zone)
    morning = {"day": "2026-03-11", "drug": "clonazepam", "mg": "1", "at": "01:30"}
    answer = here.browser.post("/doses/take", data=morning | {"once": "abcdefgh"})
    assert "belongs to the day before" in answer.text
    answer = here.browser.post(
        "/doses/take", data=morning | {"once": "abcdefgi", "day": "2026-03-10"}
    )
    assert answer.url.path == "/saved"
    assert json.loads(here.about("dose_taken")[0].body)["at"].startswith("2026-03-11T01:30")


def test_the_persons_own_hour_turns_the_day_of_doses_and_marks(here: AppHere) -> None:
    here.unlock()
    here.browser.post("/settings", data={"fields": "day_starts_at", "day_starts_at": "06:00"})
    here.now = Moment(at=dt.datetime(2026, 3, 11, 5, 30, tzinfo=dt.UTC), zone="Europe/Dublin")
    here.save(day_is="5")  # half past five: still the tenth, for this person
    assert here.about("check_in")[0].origin == "app"
    dose = {"day": "2026-03-10", "drug": "clonazepam", "mg": "1", "at": "05:00", "once": "abcdefgh"}
    assert here.browser.post("/doses/take", data=dose).url.path == "/saved"
    assert json.loads(here.about("dose_taken")[0].body)["at"].startswith("2026-03-11T05:00")


@pytest.mark.parametrize("text", ["25:99", "4", "04:00+01:00", "", "noon"])
def test_an_hour_that_is_none_is_refused(here: AppHere, text: str) -> None:
    here.unlock()
    answer = here.browser.post("/settings", data={"fields": "day_starts_at", "day_starts_at": text})
    assert answer.status_code == 422
    assert here.browser.get("/today").status_code == 200


@pytest.mark.parametrize("since", ["tomorrow", "0206-01-01", "9999-12-31", "2026-02-30"])
def test_a_prescription_begins_on_a_day(here: AppHere, since: str) -> None:
    here.unlock()
    form = {"drug": "clonazepam", "mg": "1", "since": since, "supply": "30", "once": "abcdefgh"}
    answer = here.browser.post("/doses/prescription", data=form)
    assert answer.status_code == 422
    assert since in answer.text
    assert len(here.about("prescription")) == 1


def test_a_time_with_a_zone_is_a_time(here: AppHere) -> None:
    dose = {"day": TODAY.isoformat(), "drug": "clonazepam", "mg": "1", "at": "20:00:00+05:00"}
    assert here.browser.post("/doses/take", data=dose | {"once": "abcdefgh"}).url.path == "/saved"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31"])
def test_the_ends_of_the_calendar_break_no_page(here: AppHere, day: str) -> None:
    here.unlock()
    here.save(day_is="5")
    for zoom in ("4w", "12w", "1y", "all"):
        assert here.browser.get(f"/journey?until={day}&zoom={zoom}").status_code == 200
    for period in ("28", "84", "182", ""):
        form = {"until": day, "period": period, "do": "preview"}
        assert here.browser.post("/report", data=form).status_code in (200, 422)


@pytest.mark.parametrize("times", ["8:00 or so", "after tea: late", "25:00", "21:00+01:00"])
def test_reminders_are_for_times_that_are_times(here: AppHere, times: str) -> None:
    here.unlock()
    form = {"drug": "clonazepam", "mg": "1", "times": times, "once": "abcdefgh"}
    here.browser.post("/doses/prescription", data=form)
    assert here.browser.get("/doses").status_code == 200
    answer = here.browser.get("/doses/reminders.ics")
    assert answer.status_code == 422
    assert "has a time yet" in answer.text
