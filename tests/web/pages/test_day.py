"""One day put right: a page that comes back filled in, lines deleted, what it said before."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from tests.web.app_here import TODAY, AppHere

YESTERDAY = (TODAY - dt.timedelta(days=1)).isoformat()
FIELDS = re.compile(r'name="([^"]+)" value="([^"]*)" checked')


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        app.unlock()
        yield app


def seen(here: AppHere, day: str = TODAY.isoformat()) -> list[str]:
    return re.findall(r'name="seen" value="([^"]+)"', here.browser.get(f"/today?day={day}").text)


def send_back(here: AppHere, day: str = TODAY.isoformat(), **changed: str):
    """Open the day's page and send it back as a browser does, with some fields changed."""
    page = here.browser.get(f"/today?day={day}").text
    said = dict(FIELDS.findall(page))
    for name in ("sleep_hours", "window_hours", "event", "tags"):
        said[name] = re.search(rf'name="{name}" type="text" value="([^"]*)"', page)[1]
    said["note"] = re.search(r'<textarea id="f-note"[^>]*>([^<]*)</textarea>', page)[1]
    return here.save(day=day, seen=seen(here, day), **(said | changed))


def test_a_saved_page_comes_back_filled_in_and_a_changed_answer_stands_alone(here: AppHere) -> None:
    here.save(day_is="6", **{"s:anxiety": "3"}, pleasant="no_occasion", note="rain",
              sleep_hours="7.5", event="a visit", event_valence="1", tags="sun, walk")  # fmt: skip
    page = here.browser.get("/today").text
    assert dict(FIELDS.findall(page)) == {
        "day_is": "6", "s:anxiety": "3", "pleasant": "no_occasion", "event_valence": "1",
    }  # fmt: skip
    assert ">rain</textarea>" in page and 'value="7.5"' in page and 'value="sun, walk"' in page
    send_back(here, day_is="4")
    (check_in,) = here.about("check_in")
    assert json.loads(check_in.body)["answers"] == {"day": 4, "anxiety": 3}
    assert json.loads(check_in.body)["note"] == "rain"
    assert len(here.about("sleep")) == len(here.about("event")) == 1
    shown = here.browser.get(f"/day/{TODAY.isoformat()}").text
    now, before = shown.split("What this day said before")
    assert "4 of 10" in now and "6 of 10" not in now and "6 of 10" in before


def test_an_answer_can_be_cleared_and_the_day_emptied(here: AppHere) -> None:
    here.save(day_is="6", **{"s:anxiety": "3"}, note="rain")
    send_back(here, **{"s:anxiety": ""})
    assert json.loads(here.about("check_in")[0].body)["answers"] == {"day": 6}
    send_back(here, day_is="", note="")
    assert here.about("check_in") == []


def test_a_page_sent_back_unchanged_says_so_and_writes_nothing(here: AppHere) -> None:
    here.save(day_is="6", note="rain")
    before = here.entries()
    answer = send_back(here)
    assert "Nothing was changed" in answer.text
    assert 'action="/undo"' not in answer.text  # it would take back something else
    assert here.entries() == before


def test_a_question_no_longer_asked_keeps_its_answer(here: AppHere) -> None:
    here.save(day_is="6", asked=["day", "removed_question"], **{"s:removed_question": "2"})
    send_back(here, day_is="5")
    assert json.loads(here.about("check_in")[0].body)["answers"] == {
        "day": 5, "removed_question": 2,
    }  # fmt: skip


def test_a_page_of_another_day_or_of_nobody_is_no_correction(here: AppHere) -> None:
    here.save(day_is="6")
    wrong = seen(here)
    here.save(day=YESTERDAY, day_is="2", seen=[*wrong, "f" * 32, "<b>"])
    days = {e.date.isoformat(): json.loads(e.body)["answers"] for e in here.about("check_in")}
    assert days == {TODAY.isoformat(): {"day": 6}, YESTERDAY: {"day": 2}}


def test_any_past_day_can_be_opened_and_is_marked_with_its_delay(here: AppHere) -> None:
    page = here.browser.get("/today?day=1999-05-01").text
    assert "left out when changes are looked for" in page and "copy it from paper" in page
    here.save(day="1999-05-01", day_is="8", note="the first tablet")
    here.save(day="2026-02-20", day_is="3", paper="yes")
    assert "Filled in 9810 days later" in here.browser.get("/day/1999-05-01").text
    assert {e.date.isoformat(): e.origin for e in here.about("check_in")} == {
        "1999-05-01": "filled in later", "2026-02-20": "import:paper",
    }  # fmt: skip
    for path in ("/journey?zoom=all", "/journey", "/doses", "/report", "/journey/course"):
        assert here.browser.get(path).status_code == 200, path


def test_a_note_is_changed_and_deleted_and_undo_brings_it_back(here: AppHere) -> None:
    said = {"day": YESTERDAY, "text": "a quiet mornin", "once": "note-page-1"}
    here.browser.post("/note", data=said)
    (note,) = here.about("note")
    assert "Change or delete a line" in here.browser.get(f"/day/{YESTERDAY}").text
    better = {"day": YESTERDAY, "text": "a quiet morning", "once": "note-page-2",
              "corrects": note.id}  # fmt: skip
    here.browser.post("/note", data=better)
    (note,) = here.about("note")
    assert json.loads(note.body)["text"] == "a quiet morning"
    answer = here.browser.post("/line/remove", data={"id": note.id})
    assert "Deleted: 1 note" in answer.text and here.about("note") == []
    history = here.browser.get(f"/day/{YESTERDAY}").text.split("What this day said before")[1]
    assert "a quiet morning" not in history.replace("a quiet mornin<", "")  # deleted: not shown
    here.browser.post("/undo")
    assert len(here.about("note")) == 1


@pytest.mark.parametrize("what", ["", "f" * 32, "the check-in"])
def test_only_lines_that_stand_by_themselves_are_deleted(here: AppHere, what: str) -> None:
    here.save(day_is="6")
    (check_in,) = here.about("check_in")
    answer = here.browser.post("/line/remove", data={"id": what or check_in.id})
    assert answer.status_code == 422 and len(here.about("check_in")) == 1


def test_undo_says_what_it_took_back_and_while_locked_only_its_kind(here: AppHere) -> None:
    here.save(day_is="6", note="rain", dose="as_planned")
    said = here.browser.post("/undo").text
    assert "Taken back: How hard 6 of 10; Note rain; Clonazepam 1 mg as planned." in said
    here.lock()
    here.save(day_is="6", note="rain", dose="as_planned")
    said = here.browser.post("/undo").text
    assert "Taken back: 1 check-in and 1 dose." in said and "rain" not in said
