"""After the visit: three taps, the boxes come home, a hold becomes a version of the plan."""

import datetime as dt
import json
from pathlib import Path

import pytest
from tests.web.app_here import TODAY, AppHere
from tests.web.pages.plan.test_kept import answer, at, keep
from tests.web.pages.plan.test_road import DIAZEPAM

from landward.app.share.report import report_context
from landward.model.visit import AGREED, last_visit
from landward.report.blocks.takes import DOSES


@pytest.fixture
def app(tmp_path: Path) -> AppHere:
    app = AppHere(tmp_path, DIAZEPAM, mg="20")
    app.unlock()
    app.save(day_is="5")
    return app


def test_what_was_agreed_stands_on_the_next_page(app: AppHere) -> None:
    page = app.browser.get("/after-visit").text
    assert all(str(words) in page for words in AGREED.values()) and page.count("checked") == 1
    said = {"what": "slower", "who": "Dr Lind", "span": "4"}
    back = app.browser.post("/after-visit", data=said)
    assert str(back.url).endswith("/report") and "Your plan is as it was" in back.text
    day = (TODAY + dt.timedelta(weeks=4)).strftime("%-d %b %Y")
    assert f"slower, Dr Lind, until {day}" in back.text
    assert app.room.diary is not None
    (row,) = DOSES.of(report_context(app.room.diary.diary))
    assert f"agreed with Dr Lind, {TODAY:%-d %b %Y}: slower until {day}" in row.plan
    assert 'value="Dr Lind"' in app.browser.get("/after-visit").text  # the next time one tap less


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"what": ""}, "choose what was agreed"),
        ({"what": "faster"}, "choose what was agreed"),
        ({"what": "hold", "span": "day", "day": "soon"}, "is not a date"),
        ({"what": "hold", "span": "day", "day": "2020-01-01"}, "has gone by"),
        ({"what": "hold", "who": "x" * 61}, "at most 60 letters"),
    ],
)
def test_bad_answers_are_told_in_place_and_nothing_is_kept(
    app: AppHere, said: dict[str, str], why: str
) -> None:
    before = len(app.entries())
    answered = app.browser.post("/after-visit", data=said)
    assert answered.status_code == 422 and why in answered.text
    assert len(app.entries()) == before


def test_a_hold_is_a_version_of_the_plan_agreed_with_whoever_it_was(app: AppHere) -> None:
    keep(app)
    at(app, 14)
    answer(app, "go_on")
    at(app, 16)
    today = TODAY + dt.timedelta(days=16)
    said = {"what": "hold", "who": "Dr Lind", "span": "8"}
    text = app.browser.post("/after-visit", data=said).text
    assert "also as a new version of your plan" in text, text[text.find("<main") :][:900]
    *_, newest = app.about("plan_adopted")
    body = json.loads(newest.body)
    assert (body["prescriber"], body["agreed_on"]) == ("Dr Lind", today.isoformat())
    assert (
        f"agreed with Dr Lind on {today:%-d %b %Y}"
        in app.browser.get("/plan/kept?drug=diazepam").text
    )
    at(app, 16 + 55)
    assert "Go on to" not in app.browser.get("/today").text  # eight weeks are not over
    at(app, 16 + 57)
    assert "Go on to" in app.browser.get("/today").text


def test_a_hold_before_any_line_began_changes_no_plan(app: AppHere) -> None:
    keep(app)
    text = app.browser.post("/after-visit", data={"what": "hold", "span": "4"}).text
    assert "no line of it has begun yet" in text and len(app.about("plan_adopted")) == 1


def test_nothing_agreed_is_an_answer_and_takes_the_last_one_off(app: AppHere) -> None:
    app.browser.post("/after-visit", data={"what": "slower"})
    app.browser.post("/after-visit", data={"what": "nothing"})
    assert app.room.diary is not None
    assert last_visit(app.room.diary.diary.lines, TODAY) is None
