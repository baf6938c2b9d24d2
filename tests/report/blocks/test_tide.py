"""The calendar of the appendix: the period alone, the person's own words first, one page of it."""

import datetime as dt

import pytest

from landward.model.bodies import CheckIn, UserLabel
from landward.model.diary import Diary, fold
from landward.report.appendices.all_parts import USUAL, parts_named
from landward.report.blocks.scope import Scope
from landward.report.blocks.tide import ends_of, tide_of
from landward.report.page import build_report
from landward.report.report_pdf import report_pdf
from tests.making import entry
from tests.report.looking import pages
from tests.report.people import DAYS, GAPS, START, main, reading, rich

TODAY = dt.date(2026, 3, 26)

BEHIND = parts_named(USUAL)


def scope_of(diary: Diary) -> Scope:
    series = main(diary)
    return Scope(
        diary=diary,
        first_day=START,
        last_day=START + dt.timedelta(days=DAYS - 1),
        main=series,
        reading=reading(series),
    )


def test_every_day_is_there_with_its_sign_and_its_dose() -> None:
    tide = tide_of(scope_of(rich()))
    assert len(tide.days) == DAYS
    assert all(tide.days[place].kind == "none" for place in GAPS)
    assert {tide.days[50].state, tide.days[72].state} == {"wave", "window"}
    (dose,) = tide.doses
    assert (dose.drug, dose.most_words, dose.now_words) == ("diazepam", "10 mg", "now 7 mg")
    assert f"of {DAYS} days answered" in tide.description


def test_a_persons_own_word_stands_before_the_reading() -> None:
    lines = [
        entry(
            CheckIn(asked=("day",), answers={"day": 5}, scales={"day": "0..10 better down"}),
            START + dt.timedelta(days=place),
            key=str(place),
            seq=place,
        )
        for place in range(DAYS)
    ]
    until = START + dt.timedelta(days=52)
    for number, label in ((1, "usual"), (2, "window")):
        body = UserLabel(label=label, until=until + dt.timedelta(days=number))
        lines.append(entry(body, until + dt.timedelta(days=number), key=label, seq=900 + number))
    unwell = CheckIn(asked=("day",), mode="unwell")
    gone, *_ = [line for line in lines if line.date == START + dt.timedelta(days=7)]
    lines[lines.index(gone)] = entry(unwell, gone.date, key="unwell", seq=990)
    days = tide_of(scope_of(fold(lines))).days
    assert (days[7].kind, days[7].shade) == ("unwell", None)
    assert (days[50].state, days[50].own) == ("wave", False)
    assert (days[53].state, days[53].own) == ("", False)
    assert (days[54].state, days[54].own) == ("window", True)


def test_the_ends_are_the_words_of_the_chart() -> None:
    assert ends_of(scope_of(rich())) == ("no trouble", "worst")


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_calendar_is_drawn_on_the_first_page_behind(paper: str) -> None:
    diary = rich()
    series = main(diary)
    page = build_report(diary, reading(series), main=series, first_day=START, appendices=BEHIND)
    pdf = report_pdf(page, today=TODAY, paper=paper)
    assert pages(pdf) >= 2
    assert report_pdf(page, today=TODAY, paper=paper) == pdf
