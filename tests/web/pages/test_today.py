"""Today: sealed while locked, saved once, corrected, taken back; nothing half-saved."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from tests.web.app_here import EVENING, PASSPHRASE, TODAY, AppHere

from landward.model.moment import Moment


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        yield app


SIX_TAPS = {
    "day_is": "6", "s:anxiety": "3", "s:light_hurts": "2",
    "pleasant": "no_occasion", "painful": "too_much", "dose": "as_planned",
}  # fmt: skip


def test_six_taps_on_a_locked_diary_are_sealed_and_read_after_unlocking(here: AppHere) -> None:
    answer = here.save(**SIX_TAPS)
    assert "Saved. You can close this." in answer.text
    assert here.room.diary is None  # nothing was unlocked
    assert len(here.sealed_files()) == 2  # the check-in and the dose

    (check_in,), (dose,) = here.about("check_in"), here.about("dose_taken")
    assert json.loads(check_in.body) == {
        "answers": {"anxiety": 3, "day": 6, "light_hurts": 2},
        "asked": ["day", "anxiety", "light_hurts", "pleasant", "painful"],
        "no_occasion": ["pleasant"],
        "scales": {"anxiety": "0..4 better down", "day": "0..10 better down",
                   "light_hurts": "0..4 better down"},
        "too_much": ["painful"],
        "wordings": {"painful": "1.en", "pleasant": "1.en"},
    }  # fmt: skip
    assert json.loads(dose.body) == {
        "day_total": True, "dose_mg": "1", "drug": "clonazepam", "status": "as_planned",
    }  # fmt: skip
    assert check_in.date == TODAY
    assert check_in.origin == "app"


def test_sealed_files_hold_no_readable_word(here: AppHere) -> None:
    here.save(note="the kitchen light", **SIX_TAPS)
    for file in here.sealed_files():
        raw = file.read_bytes()
        for word in (b"kitchen", b"clonazepam", b"anxiety", b"check_in"):
            assert word not in raw


def test_the_same_page_sent_twice_is_one_entry_open_or_locked(here: AppHere) -> None:
    idempotency_key = here.idempotency_key()
    here.save(idempotency_key, day_is="6")
    here.save(idempotency_key, day_is="6")
    here.unlock()
    here.save(idempotency_key, day_is="6")
    assert len(here.about("check_in")) == 1


def test_going_back_and_changing_an_answer_replaces_the_first(here: AppHere) -> None:
    idempotency_key = here.idempotency_key()
    here.save(idempotency_key, day_is="6")
    here.save(idempotency_key, day_is="7")
    (entry,) = here.about("check_in")
    assert json.loads(entry.body)["answers"] == {"day": 7}
    assert len(entry.replaces) == 1


def test_two_tabs_are_two_entries_and_the_day_says_so(here: AppHere) -> None:
    first, second = here.idempotency_key(), here.idempotency_key()
    here.save(first, day_is="6")
    here.save(second, day_is="4")
    assert len(here.about("check_in")) == 2
    here.unlock()
    page = here.browser.get("/today").text
    assert "6 of 10" in page
    assert "4 of 10" in page


def test_undo_takes_back_just_that_page_and_it_can_be_sent_again(here: AppHere) -> None:
    for unlocked in (False, True):
        if unlocked:
            here.unlock()
        before = len(here.about("check_in"))
        idempotency_key = here.idempotency_key()
        here.save(idempotency_key, **SIX_TAPS)
        here.browser.post("/undo")
        assert len(here.about("check_in")) == before
        here.save(idempotency_key, **SIX_TAPS)  # the stale page, meant anew
        assert len(here.about("check_in")) == before + 1


def test_too_unwell_is_one_tap_and_asks_nothing(here: AppHere) -> None:
    here.browser.post("/today/unwell", data={"once": "unwell-page-1", "day": TODAY.isoformat()})
    (entry,) = here.about("check_in")
    assert json.loads(entry.body) == {"mode": "unwell"}


def test_same_as_yesterday_three_days_at_most_and_never_a_dose(here: AppHere) -> None:
    here.unlock()
    here.save(**SIX_TAPS)
    for number in (1, 2, 3, 4):
        here.now = Moment(at=EVENING.at + dt.timedelta(days=number), zone=EVENING.zone)
        day = (TODAY + dt.timedelta(days=number)).isoformat()
        offered = "Same as yesterday" in here.browser.get("/today").text
        answer = here.browser.post("/today/same", data={"once": f"same-page-{number}", "day": day})
        assert offered is (number <= 3)
        assert answer.status_code == (200 if number <= 3 else 422)
    carried = [entry for entry in here.about("check_in") if json.loads(entry.body).get("carried")]
    assert [entry.date for entry in carried] == [TODAY + dt.timedelta(days=n) for n in (1, 2, 3)]
    assert {entry.date for entry in here.about("dose_taken")} == {TODAY}


def test_an_earlier_day_is_marked_as_filled_in_later(here: AppHere) -> None:
    here.save(day="2026-03-05", day_is="3")
    (entry,) = here.about("check_in")
    assert (entry.date, entry.origin) == (dt.date(2026, 3, 5), "filled in later")


@pytest.mark.parametrize(
    "day", ["1899-12-31", "2026-03-11", "2026-02-30", "9999-01-01", "tomorrow", "<b>"]
)
def test_too_long_ago_ahead_or_no_date_saves_nothing(here: AppHere, day: str) -> None:
    assert here.save(day=day, day_is="3").status_code == 422
    assert not here.sealed_files()


def test_two_in_the_morning_is_still_yesterday(here: AppHere) -> None:
    here.now = Moment(at=dt.datetime(2026, 3, 11, 2, 0, tzinfo=dt.UTC), zone="Europe/Dublin")
    assert "Tuesday 10 Mar" in here.browser.get("/today").text
    here.save(day="", day_is="8")
    assert here.about("check_in")[0].date == TODAY


def test_a_clock_that_jumps_back_keeps_the_page_from_landing_in_the_future(here: AppHere) -> None:
    idempotency_key = here.idempotency_key()
    here.now = Moment(at=EVENING.at - dt.timedelta(days=1), zone=EVENING.zone)
    answer = here.save(
        idempotency_key, day_is="5"
    )  # the page was about 10 March; the clock now says 9 March
    assert answer.status_code == 422
    assert "lies ahead" in answer.text
    here.now = EVENING
    assert "Saved" in here.save(idempotency_key, day_is="5").text


def test_nothing_chosen_is_said_kindly_and_saves_nothing(here: AppHere) -> None:
    answer = here.save()
    assert answer.status_code == 422
    assert "one tap is enough" in answer.text
    assert not here.sealed_files()


BAD = {
    "off the scale": {"day_is": "11"},
    "below it": {"day_is": "-1"},
    "not a number": {"day_is": "six"},
    "nan": {"day_is": "nan"},
    "infinite": {"s:anxiety": "inf", "day_is": "3"},
    "no such item name": {"asked": ["day", "<script>"], "day_is": "3"},
    "25 hours of sleep": {"sleep_hours": "25", "day_is": "3"},
    "too many tags": {"tags": ",".join(f"t{n}" for n in range(40)), "day_is": "3"},
    "huge note": {"note": "ä" * 20_001, "day_is": "3"},
    "huge event": {"event": "x" * 5_000, "day_is": "3"},
}


@pytest.mark.parametrize("what", BAD)
@pytest.mark.parametrize("unlocked", [False, True])
def test_bad_input_is_answered_and_nothing_is_half_saved(
    here: AppHere, what: str, unlocked: bool
) -> None:
    if unlocked:
        here.unlock()
    answer = here.save(**BAD[what])
    assert answer.status_code == 422, what
    assert 'role="alert"' in answer.text
    assert not here.about("check_in")
    assert not here.about("sleep")


STRANGE = [
    "🙂🌊 fine",
    "مرحبا بك في المنزل",
    "\u202ereversed\u202c",
    "<script>alert(1)</script>",
    '=HYPERLINK("http://evil.example")',
    "a\x00b\x07c",
    "{{ 7*7 }} {% raw %}",
    "' OR 1=1 --",
    "line one\r\nline two",
]


@pytest.mark.parametrize("text", STRANGE)
def test_words_of_any_kind_come_back_as_words(here: AppHere, text: str) -> None:
    here.unlock()
    here.save(day_is="3", note=text, event=text[:60], tags=text[:20].replace(",", ""))
    kept = json.loads(here.about("check_in")[0].body)["note"]
    assert kept == "".join(c for c in text.replace("\r\n", "\n") if c not in "\x00\x07").strip()
    for path in ("/today", f"/day/{TODAY.isoformat()}"):
        page = here.browser.get(path).text
        assert "<script>alert" not in page
        shown = re.sub(r'(value|id)="?([0-9a-f]{32}|[\w-]{17,})', "", page.split("<main")[1])
        assert "49" not in shown.split("Add to it")[0].replace("2649", "")


def test_a_diary_locked_mid_form_still_saves(here: AppHere) -> None:
    here.unlock()
    idempotency_key = here.idempotency_key()
    here.lock()
    assert "Saved" in here.save(idempotency_key, **SIX_TAPS).text
    assert len(here.sealed_files()) == 2
    assert len(here.about("check_in")) == 1


def test_a_page_that_outlives_a_hidden_locked_page_keeps_its_dose(tmp_path: Path) -> None:
    from tests.web.app_here import BEGINNING

    plain = BEGINNING.model_copy(update={"locked_page": "plain"})
    with AppHere(tmp_path, plain) as here:
        here.unlock()
        idempotency_key = here.idempotency_key()
        here.lock()
        here.save(idempotency_key, **SIX_TAPS)
        assert json.loads(here.about("dose_taken")[0].body)["dose_mg"] == "1"


def test_a_half_finished_page_survives_a_closed_browser_and_a_new_run(here: AppHere) -> None:
    here.unlock()
    here.browser.post(
        "/draft", data={"page": "today", "day": TODAY.isoformat(), "day_is": "8", "note": "hal"}
    )
    page = here.browser.get("/today").text
    assert 'value="8" checked' in page
    assert ">hal</textarea>" in page
    here.lock()
    assert (
        ">hal</textarea>" not in here.browser.get("/today").text
    )  # begun unlocked: not shown locked

    again = AppHere.__new__(AppHere)  # a new run of the program over the same vault
    again.__init__(here.path.parent, None)
    with again:
        again.unlock()
        assert ">hal</textarea>" in again.browser.get("/today").text
        again.save(day_is="8", note="half and half")
        assert ">hal</textarea>" not in again.browser.get("/today").text


def test_a_locked_draft_is_kept_in_memory_only(here: AppHere) -> None:
    before = sorted(here.path.rglob("*"))
    here.browser.post(
        "/draft", data={"page": "today", "day": TODAY.isoformat(), "note": "secret words"}
    )
    assert ">secret words</textarea>" in here.browser.get("/today").text
    assert sorted(here.path.rglob("*")) == before
    assert all(
        b"secret words" not in file.read_bytes() for file in here.path.rglob("*") if file.is_file()
    )


def test_answers_never_enter_an_address(here: AppHere) -> None:
    # Addresses are kept by the browser's history, readable by whoever uses the machine next.
    answer = here.save(**SIX_TAPS)
    assert [str(r.url.query) for r in (*answer.history, answer)] == [
        "b''",
        f"b'day={TODAY.isoformat()}'",
    ]
    unwell = here.browser.post("/today/unwell", data={"once": "unwell-page-2"})
    assert "unwell" not in str(unwell.url)


def test_resting_asks_nothing_and_a_rhythm_is_kept(here: AppHere) -> None:
    here.unlock()

    def save(**said: str) -> None:
        here.browser.post("/settings", data={"fields": list(said), **said})

    save(rhythm="resting")
    assert "You are resting from tracking." in here.browser.get("/today").text
    save(rhythm="weekly", weekday="2")  # 10 March 2026 is a Tuesday
    assert "Nothing is asked of you today." in here.browser.get("/today").text
    save(rhythm="weekly", weekday="1")
    assert "How hard was today?" in here.browser.get("/today").text
    assert "Nothing is asked" not in here.browser.get("/today").text


def test_the_better_day_note_greets_a_hard_day_only_if_written(here: AppHere) -> None:
    here.unlock()
    assert "better day" not in here.save(day_is="9").text
    here.browser.post(
        "/settings",
        data={
            "fields": ["better_note", "better_note_from"],
            "better_note": "It passed before.",
            "better_note_from": "7",
        },
    )
    assert "<details open" in here.save(day_is="9").text
    mild = here.save(day_is="2").text
    assert "It passed before." in mild
    assert "<details open" not in mild


def test_unlocking_needs_the_right_passphrase(here: AppHere) -> None:
    assert (
        "does not open" in here.browser.post("/unlock", data={"passphrase": PASSPHRASE + "x"}).text
    )
    assert here.browser.get("/journey").url.path == "/unlock"
