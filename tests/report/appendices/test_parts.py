"""Each appendix by itself: what it says, and with which block of page one it stays away."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from landward.app.share.report import make_report, report_context
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, DoseTaken, Note, PlanAdopted, Prescription, Profile
from landward.model.diary import Diary, fold
from landward.report.appendices.all_parts import PARTS, USUAL
from landward.report.blocks.all_blocks import CHOSEN
from landward.report.blocks.shape import Table
from landward.report.context import ReportContext
from tests.report.looking import flat
from tests.report.people import LAST, START, Pen, check_in, rich_entries

TODAY = dt.date(2026, 3, 26)


def diary(*notes: str) -> Diary:
    pen = Pen()
    pen.entries = rich_entries()
    for text in notes:
        pen.write(Note(text=text), LAST)
    return fold(pen.entries)


def rows(page: ReportContext, title: str) -> list[list[str]]:
    (leaf,) = [leaf for leaf in page.appendix if leaf.title == title]
    assert isinstance(leaf.shape, Table)
    return [[cell.words for cell in row.cells] for row in leaf.shape.rows]


@pytest.mark.parametrize("name", PARTS)
def test_one_chosen_is_the_only_one_printed(name: str) -> None:
    page = report_context(diary("A walk."), appendices=[name])
    assert page.appendix and {leaf.part for leaf in page.appendix} == {name}
    text = flat(make_report(page, today=TODAY))
    assert all(leaf.title in text for leaf in page.appendix)


def test_none_is_printed_unless_it_was_chosen_and_an_unknown_one_is_named() -> None:
    assert report_context(diary()).appendix == ()
    with pytest.raises(BadInput, match="no page behind the first is called “calender”"):
        report_context(diary(), appendices=["calender"])


@pytest.mark.parametrize("block", [block.name for block in CHOSEN])
def test_what_tells_a_block_that_was_left_out_stays_away_with_it(block: str) -> None:
    page = report_context(diary(), without=[block], appendices=tuple(PARTS))
    for leaf in page.appendix:
        assert not set(PARTS[leaf.part].tells) & set(page.hidden)


def test_own_words_are_printed_whole_and_only_where_they_are_allowed() -> None:
    words = "Rain all day. <b>A walk</b>. " + "z" * 200
    assert "own-words" not in USUAL
    page = report_context(diary(words), appendices=["own-words"])
    (line,) = rows(page, "In the patient’s own words")
    assert line[1].replace(" ", "") == words.replace(" ", "")
    assert "Rain all day. <b>A walk</b>." in flat(make_report(page, today=TODAY))
    away = report_context(diary(words), appendices=["own-words"], own_words=False)
    assert away.appendix == ()


def test_the_plan_and_what_was_taken_are_counted_day_by_day() -> None:
    pen = Pen()
    steps = [
        {"start": day, "days": 7, "made_mg": mg}
        for day, mg in (("2026-01-05", "10"), ("2026-01-12", "9"))
    ]
    plan = json.dumps({"drug": "diazepam", "steps": steps})
    start = dt.date(2026, 1, 5)
    pen.write(PlanAdopted(plan=plan, tables_version="-"), start)
    taken = ["10", "10", "10", "0", "10", "10", None, "9", "9", "10", "9", "9", None, None]
    for number, mg in enumerate(taken):
        day = start + dt.timedelta(days=number)
        pen.write(check_in({"day": 4.0}), day)
        if mg == "0":
            pen.write(DoseTaken(drug="diazepam", status="not_taken"), day)
        elif mg:
            pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(mg)), day)
    page = report_context(fold(pen.entries), appendices=["plan-and-taken"])
    assert rows(page, "The plan and what was taken") == [
        ["diazepam", "5 Jan 2026", "11 Jan 2026", "10 mg", "5", "0", "1", "1"],
        ["diazepam", "12 Jan 2026", "18 Jan 2026", "9 mg", "4", "1", "0", "2"],
    ]


def test_missing_days_add_up_month_by_month() -> None:
    page = report_context(diary(), first_day=START, appendices=["methods"])
    for _, days, answered, later, *missing in rows(page, "What is missing, month by month"):
        assert int(days) == int(answered) + sum(map(int, missing)) and int(later) <= int(answered)


def test_every_table_of_equivalents_is_there_with_its_source_and_none_is_picked() -> None:
    page = report_context(diary(), appendices=["sources"])
    found = rows(page, "What is said to equal diazepam")
    assert found and all(line[0] == "diazepam" or line[0] for line in found)
    assert all(len(line[3]) > 10 for line in found)


def test_a_medicine_that_is_no_benzodiazepine_is_listed_with_its_label() -> None:
    pen = Pen()
    pen.write(check_in({"day": 4.0}), LAST)
    pen.write(Prescription(drug="ibuprofen", dose_mg_per_day=Decimal(400), why="a knee"), LAST)
    pen.write(DoseTaken(drug="ibuprofen", dose_mg=Decimal(400), as_needed=True), LAST)
    page = report_context(fold(pen.entries), appendices=["medicines"])
    assert rows(page, "Medicines that are written down") == [
        ["ibuprofen", "25 Mar 2026: 400 mg a day", "a knee", "as needed on 1 day"]
    ]


def test_a_symptom_page_without_symptoms_on_page_one_is_gone_and_days_go_with_the_chart() -> None:
    whole = rows(report_context(diary(), appendices=["every-symptom"]), "Everything that was asked")
    assert "how hard the day was" in {line[0] for line in whole}
    page = report_context(diary(), without=["chart"], appendices=["every-symptom"])
    assert "how hard the day was" not in {
        line[0] for line in rows(page, "Everything that was asked")
    }
    pen = Pen()
    pen.write(Profile(fields={"name": "A"}), LAST)
    pen.write(CheckIn(mode="unwell"), LAST)
    assert report_context(fold(pen.entries), appendices=["every-symptom"]).appendix == ()
