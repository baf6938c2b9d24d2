"""What nobody expects on Report: a page that says so, and never a second page one."""

import datetime as dt
from pathlib import Path

import pytest
from tests.making import entry
from tests.report.looking import flat, pages
from tests.web.app_here import TODAY, AppHere

from landward.app.share.report import make_report, report_context
from landward.model.bodies import CheckIn, Profile
from landward.model.diary import Diary, fold
from landward.model.readers import EVERYTHING, Reader, reader_body
from landward.report.appendices.all_parts import PARTS

SIXTY = tuple(f"symptom_{number:02}" for number in range(60))
NO_FONT = "𓀀𒀱 \U0001f9ff Ⲁⲃ  ﷽ Z̷̛͎a̸l̴g̵o̸"


def sixty() -> Diary:
    found = []
    for number in range(30):
        day = TODAY - dt.timedelta(days=number)
        answers = {"day": 5.0} | {item: float((number + n) % 5) for n, item in enumerate(SIXTY)}
        scales = dict.fromkeys(SIXTY, "0..4 better down") | {"day": "0..10 better down"}
        body = CheckIn(asked=tuple(answers), answers=answers, scales=scales)
        found.append(entry(body, day, key=str(number), seq=number))
    return fold(found)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_sixty_symptoms_are_five_lines_in_front_and_all_of_them_behind(paper: str) -> None:
    page = report_context(sixty(), last_day=TODAY)
    pdf = make_report(page, today=TODAY, paper=paper)
    assert pages(pdf) == 1
    whole = report_context(sixty(), last_day=TODAY, appendices=["every-symptom"])
    text = flat(make_report(whole, today=TODAY, paper=paper))
    assert all(item.replace("_", " ") in text for item in SIXTY)
    assert text.count("Safety, as stated by the patient") == 1


def test_a_request_of_five_thousand_letters_is_refused_on_screen_and_begun_on_paper(
    tmp_path: Path,
) -> None:
    long = "Please hold. " * 385
    with AppHere(tmp_path) as app:
        app.unlock()
        app.save(day_is="5")
        answer = app.browser.post("/report", data={"do": "preview", "request": long})
        assert answer.status_code == 422 and "holds at most 400 characters" in answer.text
        assert "Please hold. Please hold." in answer.text  # their words are shown again
    diary = fold([entry(Profile(fields={"request": long}), TODAY, key="p", seq=100),
                  entry(CheckIn(mode="unwell"), TODAY, key="d", seq=101)])  # fmt: skip
    pdf = make_report(report_context(diary), today=TODAY)
    assert pages(pdf) == 1 and "Please hold." in flat(pdf)


def test_a_reader_allowed_nothing_gets_one_page_that_says_so_on_screen_and_paper(
    tmp_path: Path,
) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        app.save(day_is="5", **{"s:anxiety": "3"})
        offered = [*(name for name in PARTS), "chart", "days", "doses"]
        blocks = [
            "request", "doses", "taper", "chart", "changes", "symptoms", "days", "feelings",
            "everyday",
        ]  # fmt: skip
        kept = {"do": "remember", "reader": "Work", "own": "no", "offered": blocks}
        assert "Kept for them." in app.browser.post("/report/reader", data=kept).text
        wish = {"reader": "Work", "offered": blocks, "part": blocks, "add": offered}
        preview = app.browser.post("/report", data=wish | {"do": "preview"}).text
        assert "Left out by choice" in preview and "Takes now</h3>" not in preview
        assert "Everything that was asked</h3>" not in preview
        pdf = app.browser.post("/report", data=wish | {"do": "report"}).content
        assert pages(pdf) == 1
        assert "Everything that may be left out was left out by choice." in flat(pdf)
        for number in ("taper", "hospital"):
            letter = app.browser.post(
                "/report", data=wish | {"do": "letter", "letter": number}
            ).content
            assert "clonazepam" not in flat(letter)


@pytest.mark.parametrize("words", [NO_FONT, "\u202eevil\u202c", "a" * 300])
def test_words_no_font_has_are_named_and_break_nothing(words: str, tmp_path: Path) -> None:
    body = CheckIn(asked=("day",), answers={"day": 5.0}, scales={"day": "0..10 better down"},
                   note=words)  # fmt: skip
    diary = fold([
        entry(Profile(fields={"name": words[:80], "request": words}), TODAY, key="p", seq=1),
        entry(body, TODAY, key="d", seq=2),
        entry(reader_body(Reader(name="Ana", hidden=(EVERYTHING,))), TODAY, key="r", seq=3),
    ])  # fmt: skip
    for appendices in ((), ("own-words",)):
        pdf = make_report(report_context(diary, appendices=appendices), today=TODAY)
        assert pages(pdf) == 1 + bool(appendices)
