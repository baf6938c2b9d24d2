"""The week on paper: one A5 page a week, the diary's own questions, room for a pen."""

from datetime import date

import pytest

from landward.model.base import BadInput
from landward.model.questions import chosen
from landward.report.week_sheet import week_sheet_pdf, week_sheets
from tests.report.looking import flat, pages, smallest_type_pt

TODAY = date(2026, 3, 26)


def test_weeks_follow_each_other_one_page_each() -> None:
    sheets = week_sheets(("tinnitus",), start=date(2026, 3, 30), weeks=3)
    assert [sheet.title for sheet in sheets] == [
        "30 Mar 2026 to 5 Apr 2026",
        "6 Apr 2026 to 12 Apr 2026",
        "13 Apr 2026 to 19 Apr 2026",
    ]
    assert sheets[0].days[0] == "Mon 30" and sheets[0].days[6] == "Sun 5"
    pdf = week_sheet_pdf(sheets, today=TODAY)
    assert pages(pdf) == 3
    assert smallest_type_pt(pdf) >= 9.95
    assert week_sheet_pdf(sheets, today=TODAY) == pdf


def test_without_a_start_it_is_undated_and_symptoms_are_lines() -> None:
    (sheet,) = week_sheets()
    assert sheet.days == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert [row.label for row in sheet.rows if row.scale == "0–4"][:3] == ["", "", ""]


@pytest.mark.parametrize("names", [("#panic() *x*",), tuple(f"symptom {n}" for n in range(8))])
def test_any_pins_fit_and_are_only_words(names: tuple[str, ...]) -> None:
    pdf = week_sheet_pdf(week_sheets(names), today=TODAY)
    assert pages(pdf) == 1
    for name in names:
        assert name in flat(pdf)


@pytest.mark.parametrize("weeks", [0, -1, 27])
def test_an_impossible_booklet_is_refused(weeks: int) -> None:
    with pytest.raises(BadInput, match="1 to 26 weeks"):
        week_sheets(weeks=weeks)


def test_a_chosen_question_is_on_the_sheet_with_its_words() -> None:
    (sheet,) = week_sheets(asked=chosen(["hardest_part"]))
    (row,) = [row for row in sheet.rows if "hardest" in row.label.lower()]
    assert row.scale == "morning, midday, evening, night"
    assert not [row for row in week_sheets()[0].rows if "hardest" in row.label.lower()]
