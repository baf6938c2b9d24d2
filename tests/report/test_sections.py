"""Parts of the page may be left out, and it says so; safety and gaps stay whatever is chosen."""

import datetime as dt

import pytest

from landward.report.context import ReportContext, Section
from landward.report.page import build_report
from landward.report.report_pdf import report_pdf
from landward.report.sections import SECTION_WORDS, leave_out
from tests.report.looking import flat, pages
from tests.report.people import main, reading, rich

TODAY = dt.date(2026, 3, 26)
STAYS = (
    "Do not stop suddenly: stopping suddenly can cause seizures and can kill.",
    "Safety facts in this time",
    "Not recorded in this diary",
    "Nothing was filled in. After is not because.",
)
HEADINGS = {
    Section.REQUEST: "For the prescriber:",
    Section.DOSES: "Dose now, a day",
    Section.CHANGES: "Before and after each dose change",
    Section.SYMPTOMS: "Symptoms, hardest first",
    Section.DAYS: "Days by how hard they were",
    Section.FEELINGS: "Feelings that reached me",
    Section.EVERYDAY: "Everyday life",
}


@pytest.fixture(scope="module")
def whole() -> ReportContext:
    diary = rich()
    series = main(diary)
    made = build_report(diary, reading(series), main=series)
    return made.model_copy(update={"not_recorded": "blood pressure"})


@pytest.mark.parametrize("section", list(Section))
def test_each_part_can_be_left_out_alone(whole: ReportContext, section: Section) -> None:
    full = flat(report_pdf(whole, today=TODAY))
    pdf = report_pdf(leave_out(whole, [section]), today=TODAY)
    text = flat(pdf)
    assert pages(pdf) == 1
    heading = HEADINGS.get(section) or whole.chart.sentence  # type: ignore[union-attr]  # rich has one
    assert heading in full and heading not in text
    others = [words for other, words in HEADINGS.items() if other is not section]
    assert all(words in text for words in others)
    assert f"Left out of this page by choice: {SECTION_WORDS[section]}." in text
    assert "Left out of this page" not in full


def test_safety_and_gaps_stand_on_a_page_without_any_part(whole: ReportContext) -> None:
    bare = leave_out(whole, list(Section))
    text = flat(report_pdf(bare, today=TODAY))
    assert all(words in text for words in STAYS), text
    assert whole.completeness.sentence in text
    assert not any(words in text for words in HEADINGS.values())
    assert bare.safety == whole.safety and bare.not_recorded == whole.not_recorded


def test_a_part_that_was_empty_anyway_is_not_called_left_out(whole: ReportContext) -> None:
    without_feelings = whole.model_copy(update={"feelings": ()})
    assert leave_out(without_feelings, [Section.FEELINGS]).left_out == ()


def test_nothing_left_out_is_the_same_page(whole: ReportContext) -> None:
    assert leave_out(whole, ()) == whole
