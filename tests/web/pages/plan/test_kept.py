"""A plan that is lived with: nothing begins without a word, and every consumer says the same."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from tests.web.app_here import EVENING, AppHere
from tests.web.pages.plan.test_road import DIAZEPAM, Walk

from landward.model.moment import Moment


@pytest.fixture
def app(tmp_path: Path) -> AppHere:
    app = AppHere(tmp_path, DIAZEPAM, mg="20")
    app.unlock()
    return app


def at(app: AppHere, days: int) -> None:
    """So many days later, the diary opened again."""
    app.now = Moment(at=EVENING.at + dt.timedelta(days=days), zone=EVENING.zone)
    app.unlock()


def keep(app: AppHere, **agreed: str) -> object:
    """20 mg of diazepam, 10 % every 14 days from 12 March, kept."""
    walk = Walk(app).to_draft()
    stamp = re.search(r'name="stamp" value="([^"]+)"', walk.page.text)[1]
    said = {"d": walk.id, "stamp": stamp, "agreed": "own"} | agreed
    return app.browser.post("/plan/keep", data=said)


def answer(app: AppHere, word: str, page: str = "/today") -> str:
    """Answer the step question of a page, as its form says it."""
    text = app.browser.get(page).text
    form = re.search(r'<form method="post" action="/plan/step".*?</form>', text, re.S)
    assert form, "no question is asked"
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    return app.browser.post("/plan/step", data=fields | {"answer": word}).text


def planned(app: AppHere) -> str:
    """What Today says is planned."""
    found = re.search(r"Planned today: <b>([^<]+)</b>", app.browser.get("/today").text)
    return found[1] if found else ""


def test_keeping_a_plan_begins_nothing(app: AppHere) -> None:
    text = keep(app).text
    assert "Kept as version 1. No line begins until you go on." in text
    assert "my own draft; no prescriber has seen it" in text and "DRAFT" in text
    (entry,) = app.about("plan_adopted")
    assert json.loads(entry.body)["confirmed"] == 0
    at(app, 30)
    assert planned(app) == "diazepam 20 mg", "untouched, the dose stays as it was"


def test_with_whom_and_when_it_was_agreed_is_asked_and_said(app: AppHere) -> None:
    assert "say whether it was agreed" in keep(app, agreed="").text.lower()
    assert "say with whom" in keep(app, agreed="agreed").text.lower()
    text = keep(app, agreed="agreed", **{"with": "Dr Brennan", "on": "2026-03-09"}).text
    assert "agreed with Dr Brennan on 9 Mar 2026" in text


def test_a_draft_changed_in_another_tab_is_not_kept_unseen(app: AppHere) -> None:
    assert "changed in another tab" in keep(app, stamp="0123456789ab").text
    assert app.about("plan_adopted") == []


def test_the_day_before_a_step_two_answers_of_equal_weight_are_asked_for(app: AppHere) -> None:
    keep(app)
    assert "/plan/step" not in app.browser.get("/today").text, "two days before: not yet"
    at(app, 1)
    text = app.browser.get("/today").text
    assert "Your plan has a step tomorrow" in text and "20 mg → 18 mg" in text
    buttons = re.findall(r'<button name="answer" value="(\w+)">([^<]+)</button>', text)
    assert buttons == [("stay", "Stay on 20 mg"), ("go_on", "Go on to 18 mg")]
    assert "main" not in re.search(r'action="/plan/step".*?</form>', text, re.S)[0]
    assert "Thu 12 Mar: 18 mg a day" in answer(app, "go_on")
    assert planned(app) == "diazepam 20 mg", "the day before it is still the dose of before"
    at(app, 2)
    assert planned(app) == "diazepam 18 mg"
    text = app.browser.get("/today").text
    assert "fig still" in text and "10 mg tablet" not in text.replace("tab 10", "")


def test_to_stay_is_kept_and_not_asked_about_again_at_once(app: AppHere) -> None:
    keep(app)
    at(app, 1)
    assert "You stay on 20 mg" in answer(app, "stay")
    assert "/plan/step" not in app.browser.get("/today").text
    at(app, 6)
    assert planned(app) == "diazepam 20 mg" and "/plan/step" not in app.browser.get("/today").text
    at(app, 9)
    assert "20 mg → 18 mg" in app.browser.get("/today").text


def test_a_late_yes_makes_up_for_no_time(app: AppHere) -> None:
    keep(app)
    at(app, 40)
    answer(app, "go_on")
    at(app, 41)
    assert planned(app) == "diazepam 18 mg"
    at(app, 53)
    assert "/plan/step" not in app.browser.get("/today").text, "its 14 days are not over"
    at(app, 54)
    assert "/plan/step" in app.browser.get("/today").text


def test_an_answer_given_twice_or_in_another_tab_is_one_answer(app: AppHere) -> None:
    keep(app)
    at(app, 1)
    text = app.browser.get("/today").text
    form = re.search(r'<form method="post" action="/plan/step".*?</form>', text, re.S)[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    app.browser.post("/plan/step", data=fields | {"answer": "go_on"})
    again = app.browser.post("/plan/step", data=fields | {"answer": "stay"})
    assert "answered already" in again.text
    assert len(app.about("plan_step")) == 1
    broken = app.browser.post("/plan/step", data={"drug": "diazepam", "answer": "go_on"})
    assert broken.status_code == 200 and len(app.about("plan_step")) == 1


def test_after_a_hold_the_printed_sheet_no_longer_fits_and_lines_move(app: AppHere) -> None:
    keep(app)
    at(app, 1)
    answer(app, "go_on")
    at(app, 4)
    paper = {"drug": "diazepam", "do": "sheet"}
    assert app.browser.post("/plan/kept/paper", data=paper).content.startswith(b"%PDF")
    assert "no longer fits" not in app.browser.get("/plan/kept?drug=diazepam").text
    held = app.browser.post("/plan/hold", data={"drug": "diazepam", "days": "2 weeks"}).text
    assert "Your printed sheet, version 1, no longer fits." in held
    assert planned(app) == "diazepam 18 mg", "what was said yes to stays so"
    assert "from Thu 9 Apr 2026, if you go on" in held, "26 March and two weeks"
    at(app, 29)
    assert "18 mg → " in app.browser.get("/today").text, "asked the day before 9 April"


def test_a_hold_before_the_first_line_or_of_nonsense_is_told_in_place(app: AppHere) -> None:
    keep(app)
    early = app.browser.post("/plan/hold", data={"drug": "diazepam", "days": "14"})
    assert early.status_code == 422 and "No line has begun yet" in early.text
    at(app, 1)
    answer(app, "go_on")
    at(app, 3)
    odd = app.browser.post("/plan/hold", data={"drug": "diazepam", "days": "for ever"})
    assert odd.status_code == 422 and "for ever" in odd.text


def test_from_today_another_way_is_a_draft_from_todays_dose_that_looks_back(app: AppHere) -> None:
    keep(app)
    at(app, 1)
    answer(app, "go_on")
    at(app, 5)
    page = app.browser.post("/plan/replan", data={"drug": "diazepam"})
    assert page.url.path == "/plan/take" and "18 mg" in page.text
    draft = page.url.params["d"]
    cupboard = app.browser.get(f"/plan/cupboard?d={draft}").text
    assert 'value="tab 2" checked' in cupboard
    assert len(app.about("plan_adopted")) == 1, "a draft changes nothing"


def test_back_up_is_words_to_ask_and_changes_nothing(app: AppHere) -> None:
    keep(app)
    at(app, 1)
    answer(app, "go_on")
    at(app, 3)
    text = app.browser.post("/plan/back", data={"drug": "diazepam"}).text
    assert "Going back up to 20 mg" in text and "The plan did not change" in text
    assert planned(app) == "diazepam 18 mg"


def test_calendar_and_order_say_if_you_go_on(app: AppHere) -> None:
    keep(app)
    at(app, 1)
    answer(app, "go_on")
    at(app, 3)
    calendar = app.browser.post("/plan/kept/paper", data={"drug": "diazepam", "do": "calendar"})
    text = calendar.text.replace("\r\n ", "")
    assert text.count("STATUS:CONFIRMED") == 1 and "STATUS:TENTATIVE" in text
    assert "SUMMARY:Sheet\\, line 2\\, if you go on" in text
    assert "diazepam" not in text


def test_more_than_one_planned_day_not_taken_shows_no_pieces(app: AppHere) -> None:
    keep(app)
    at(app, 1)
    answer(app, "go_on")
    at(app, 2)
    assert "fig still" in app.browser.get("/today").text
    for day in (12, 13):
        at(app, day - 10)
        key = app.idempotency_key()
        app.save(key, day=f"2026-03-{day}", dose="not_taken", planned=["diazepam=18"])
    text = app.browser.get("/today").text
    assert "fig still" not in text and "call your prescriber today" in text
    assert "/plan/step" not in text


def test_pieces_beside_another_medicine_say_whose_they_are(app: AppHere) -> None:
    keep(app)
    at(app, 1)
    answer(app, "go_on")
    at(app, 2)
    whose = re.compile(r"Diazepam:</p>\s*<ul class=.pieces.")
    assert "fig still" in app.browser.get("/today").text
    assert not whose.search(app.browser.get("/today").text), "one medicine: no name needed"
    app.browser.post("/doses/prescription", data={"drug": "zopiclone", "mg": "7.5", "once": "rx-2"})
    assert whose.search(app.browser.get("/today").text)


def test_the_locked_page_shows_the_line_last_said_yes_to(app: AppHere) -> None:
    keep(app)
    app.lock()
    app.now = Moment(at=EVENING.at + dt.timedelta(days=20), zone=EVENING.zone)
    text = app.browser.get("/today").text
    assert "diazepam 20 mg" in text and "18 mg" not in text


def test_a_plan_of_the_open_shape_in_the_diary_is_read_and_followed(app: AppHere) -> None:
    keep(app)
    entry = app.about("plan_adopted")[0]
    from landward.model.plan_pack import plan_from_text

    plan = plan_from_text(json.loads(entry.body)["plan"])
    assert plan_from_text(plan.model_dump_json()).steps[0].made_mg == plan.steps[0].made_mg
