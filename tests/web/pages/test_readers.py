"""Who sees what: kept for a reader, narrowed on every way out, never widened by asking."""

import datetime as dt
from pathlib import Path

import pytest
from tests.report.looking import flat
from tests.report.people import Pen, rich_entries
from tests.report.test_page import LAST, TODAY
from tests.web.app_here import AppHere

from landward.app.share.report import make_report, report_context
from landward.model.base import BadInput
from landward.model.bodies import Profile
from landward.model.diary import Diary, fold
from landward.model.moment import Moment
from landward.model.readers import (
    EVERYTHING,
    Reader,
    forgotten_body,
    kept_readers,
    reader_body,
    reader_key,
)
from landward.report.appendices.all_parts import USUAL
from landward.report.blocks.all_blocks import CHOSEN

MOMENT = Moment(at=dt.datetime(2026, 3, 26, 12, tzinfo=dt.UTC), zone="UTC")
ALL = tuple(block.name for block in CHOSEN)


def diary_for(*bodies: Profile) -> Diary:
    pen = Pen()
    pen.entries = rich_entries()
    pen.write(Profile(fields={"attempts": "2019, at my sister's.", "request": "Hold."}), LAST)
    for body in bodies:
        pen.write(body, LAST)
    return fold(pen.entries)


def test_a_page_for_a_kept_reader_holds_no_more_than_was_kept() -> None:
    reader = Reader(name="Dr  Lind", hidden=("feelings",), days=28, own_words=False)
    diary = diary_for(reader_body(reader))
    for name in ("Dr Lind", "dr lind "):
        page = report_context(diary, reader=name, appendices=USUAL)
        assert (page.last_day - page.first_day).days == 27 and page.left_out == ("feelings",)
        text = page.model_dump_json()
        assert "my sister" not in text and "Hold." not in text
    assert "my sister" in report_context(diary, reader="Dr Other").model_dump_json()


def test_asking_for_more_does_not_widen_and_asking_for_less_narrows() -> None:
    kept = Reader(name="Ana", hidden=("doses",), since=LAST.replace(day=1), until=LAST)
    diary = diary_for(reader_body(kept))
    page = report_context(
        diary, reader="Ana", first_day=LAST.replace(month=1), without=["days"], own_words=True
    )
    assert page.first_day == LAST.replace(day=1)
    assert {"doses", "taper", "changes", "days"} <= set(page.left_out)


def test_a_reader_allowed_nothing_gets_a_page_that_says_so_and_no_second_one() -> None:
    diary = diary_for(reader_body(Reader(name="Work", hidden=(EVERYTHING,), own_words=False)))
    text = flat(make_report(report_context(diary, reader="Work"), today=TODAY))
    assert "Everything that may be left out was left out by choice." in text
    assert "diazepam" not in text and "Safety, as stated by the patient" in text


def test_a_reader_of_other_days_is_told_that_there_are_none() -> None:
    early = Reader(name="Ana", since=TODAY.replace(year=2030))
    with pytest.raises(BadInput, match="Ana may see no day of this time"):
        report_context(diary_for(reader_body(early)), reader="Ana")


def test_a_text_that_cannot_be_read_shows_nothing_rather_than_all() -> None:
    damaged = Profile(fields={reader_key("Ana"): "{"})
    page = report_context(diary_for(damaged), reader="Ana")
    assert set(page.hidden) == set(ALL)


def test_a_forgotten_reader_is_gone() -> None:
    diary = diary_for(reader_body(Reader(name="Ana", hidden=("days",))), forgotten_body("ana"))
    assert kept_readers(diary.lines) == () and report_context(diary, reader="Ana").hidden == ()


def test_on_screen_a_reader_is_kept_seen_and_forgotten(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        app.save(day_is="5")
        offered = {"offered": list(ALL), "part": [p for p in ALL if p not in ("days", "chart")]}
        said = {"do": "remember", "reader": "Dr Lind", "seen_last": "28", **offered}
        page = app.browser.post("/report/reader", data=said).text
        assert "Kept for them." in page, page[page.find("<main") :][:900]
        assert "Dr Lind</a>: without" in page, page[page.find("Who sees") :][:900]
        assert "the last 28 days" in page
        theirs = app.browser.get("/report?for=Dr+Lind").text
        assert "Left out by choice: the chart" in theirs
        all_parts = {"do": "preview", "reader": "dr lind", "offered": list(ALL), "part": list(ALL)}
        assert "Left out by choice: the chart" in app.browser.post("/report", data=all_parts).text
        nameless = app.browser.post("/report/reader", data=said | {"reader": ""})
        assert nameless.status_code == 422 and "for whom?" in nameless.text
        gone = app.browser.post("/report/reader", data={"do": "forget", "reader": "Dr Lind"}).text
        assert "Forgotten." in gone and "Who sees what" not in gone
