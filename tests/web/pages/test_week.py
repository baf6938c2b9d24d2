"""A week on paper: typed back in one grid, saved as each day's own page is."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from tests.web.app_here import TODAY, AppHere

MONDAY = TODAY - dt.timedelta(days=8)  # 2 March 2026


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        app.unlock()
        yield app


def type_in(here: AppHere, cells: dict[str, str], *, paper: bool = True, **more: str):
    """The page of a week as a browser sends it back, with some cells typed over."""
    page = here.browser.get(f"/week?from={MONDAY.isoformat()}").text
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", page.split('action="/week"')[1]):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and 'type="checkbox"' not in tag and 'type="date"' not in tag:
            fields.setdefault(name[1], []).append(value[1])
    for where, text in cells.items():
        day, line = where.split(" ", 1)
        fields[f"2026-03-{int(day):02} {line}"] = [text]
    for name, text in (({"paper": "yes"} if paper else {}) | more).items():
        fields[name] = [text]
    return here.browser.post("/week", data=fields)


def bodies(here: AppHere, kind: str) -> dict[str, dict]:
    return {e.date.isoformat(): json.loads(e.body) for e in here.about(kind)}


WEEK = {
    "2 item:day": "5", "2 item:anxiety": "2", "2 dose:clonazepam": "y", "2 sleep": "6,5",
    "3 item:day": "6", "3 item:pleasant": "n", "3 item:painful": "T", "3 dose:clonazepam": "0.5 mg",
    "4 unwell": "x", "4 dose:clonazepam": "n",
    "5 item:day": "10", "5 dose:clonazepam": "1",
}  # fmt: skip


def test_a_week_typed_back_is_what_the_days_would_have_said(here: AppHere) -> None:
    answer = type_in(here, WEEK)
    assert "Saved. You can close this." in answer.text and "Undo what was just saved" in answer.text
    days = bodies(here, "check_in")
    assert days["2026-03-02"]["answers"] == {"anxiety": 2, "day": 5}
    assert "light_hurts" in days["2026-03-02"]["asked"]  # asked by the sheet, left empty
    assert days["2026-03-03"]["no_occasion"] == ["pleasant"]
    assert days["2026-03-03"]["too_much"] == ["painful"]
    assert days["2026-03-04"]["mode"] == "unwell"
    assert days["2026-03-05"]["answers"] == {"day": 10}
    doses = bodies(here, "dose_taken")
    said = {day: (one["status"], one.get("dose_mg")) for day, one in doses.items()}
    assert said == {
        "2026-03-02": ("as_planned", "1"), "2026-03-03": ("different", "0.5"),
        "2026-03-04": ("not_taken", None), "2026-03-05": ("as_planned", "1"),
    }  # fmt: skip
    assert bodies(here, "sleep") == {"2026-03-02": {"hours": 6.5}}
    assert set(days) == {"2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"}
    # Noted at the time: none of it is late.
    assert {e.origin for e in here.about("check_in")} == {"import:paper"}


def test_without_the_tick_it_is_filled_in_later(here: AppHere) -> None:
    type_in(here, {"2 item:day": "5"}, paper=False)
    (entry,) = here.about("check_in")
    assert entry.origin.startswith("filled in later")


def test_the_page_comes_back_filled_and_unchanged_saves_nothing(here: AppHere) -> None:
    type_in(here, WEEK)
    before = len(here.entries())
    page = here.browser.get(f"/week?from={MONDAY.isoformat()}").text
    assert re.search(r'name="2026-03-03 item:pleasant" value="n"', page)
    assert not re.search(r'name="2026-03-02 dose:clonazepam"', page)  # written: shown, not asked
    assert "Nothing was changed." in type_in(here, {}).text
    assert len(here.entries()) == before


def test_a_cell_typed_over_corrects_and_keeps_what_the_sheet_has_no_line_for(here: AppHere) -> None:
    here.save(day="2026-03-02", day_is="4", note="rain", tags="walk", event="a letter")
    type_in(here, {"2 item:day": "7", "2 sleep": "5"})
    (day,) = here.about("check_in")
    body = json.loads(day.body)
    assert (body["answers"], body["note"], body["tags"]) == ({"day": 7}, "rain", ["walk"])
    assert len(here.about("event")) == 1
    type_in(here, {"2 sleep": ""})
    assert here.about("sleep") == []
    assert len(here.about("check_in")) == 1


def test_one_wrong_cell_saves_nothing_and_says_which(here: AppHere) -> None:
    wrong = {"2 item:day": "11", "3 item:anxiety": "a lot", "5 dose:clonazepam": "a bit"}
    answer = type_in(here, WEEK | wrong)
    assert answer.status_code == 422 and here.about("check_in") == []
    assert answer.text.count('aria-invalid="true"') == 3
    assert "“11” is no number from 0 to 10" in answer.text
    assert 'value="a lot"' in answer.text and 'value="6,5"' in answer.text  # nothing typed is lost


def test_a_large_amount_is_asked_about_once(here: AppHere) -> None:
    asked = type_in(here, {"2 dose:clonazepam": "12.5"})
    assert asked.status_code == 422 and here.about("dose_taken") == []
    sure = re.search(r'name="sure" value="([^"]*)"', asked.text)
    assert sure is not None
    type_in(here, {"2 dose:clonazepam": "12.5"}, sure=sure[1])
    assert bodies(here, "dose_taken")["2026-03-02"]["dose_mg"] == "12.5"


def test_undo_takes_the_whole_week_back(here: AppHere) -> None:
    page = type_in(here, WEEK).text
    act = re.search(r'name="act" value="([^"]*)"', page)
    assert act is not None
    here.browser.post("/undo", data={"act": act[1]})
    assert here.about("check_in") == [] and here.about("dose_taken") == []


def test_the_same_page_sent_twice_is_kept_once(here: AppHere) -> None:
    once = {"once": "abcdefghijkl"}
    type_in(here, WEEK, **once)
    many = len(here.entries())
    type_in(here, {}, **once)
    assert len(here.entries()) == many


def test_a_dose_left_out_yesterday_opens_what_to_do(here: AppHere) -> None:
    here.browser.get("/week")
    day = TODAY - dt.timedelta(days=1)
    form = {"from": MONDAY.isoformat(), "once": "k", f"{day.isoformat()} dose:clonazepam": "n"}
    form["from"] = (TODAY - dt.timedelta(days=3)).isoformat()
    assert "Help now: numbers to call" in here.browser.post("/week", data=form).text


def test_the_sheet_prints_with_the_same_lines(here: AppHere) -> None:
    pdf = here.browser.get(f"/week/sheet.pdf?from={MONDAY.isoformat()}")
    assert pdf.headers["content-type"] == "application/pdf" and pdf.content[:4] == b"%PDF"
    assert here.browser.get("/week/sheet.pdf?from=soon").status_code == 422
    assert here.browser.get("/week?from=2099-01-01").status_code == 422
