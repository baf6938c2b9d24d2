"""The pages behind the first: every day in its place, every item on its own scale."""

import datetime as dt

from landward.model.bodies import CheckIn
from landward.model.diary import fold
from landward.report.appendices.all_parts import USUAL, parts_named
from landward.report.appendices.calendar import weeks_of
from landward.report.appendices.symptoms import in_words
from landward.report.blocks.scope import Scope
from landward.report.page import build_report
from landward.report.report_pdf import report_pdf
from tests.report.looking import flat, pages, same_as_snapshot, smallest_type_pt, words
from tests.report.people import Pen, check_in, main, reading, rich

TODAY = dt.date(2026, 3, 26)


def test_every_day_stands_in_its_week() -> None:
    pen = Pen()
    start = dt.date(2026, 1, 7)  # a Wednesday
    for number in range(10):
        day = start + dt.timedelta(days=number)
        if number == 2:
            pen.write(CheckIn(mode="unwell"), day)
        elif number == 3:
            pen.write(CheckIn(mode="resting"), day)
        elif number == 4:
            pen.write(CheckIn(asked=("day",), declined=("day",)), day)
        elif number != 5:
            pen.write(check_in({"day": float(number)}, carried=number == 7), day)
    diary = fold(pen.entries)
    scope = Scope(
        diary=diary, first_day=start, last_day=start + dt.timedelta(days=9), main=main(diary)
    )
    assert [(week.monday, [day.text for day in week.days]) for week in weeks_of(scope)] == [
        ("5 Jan 2026", ["", "", "0", "1", "u", "r", "n"]),
        ("12 Jan 2026", ["–", "6", "(7)", "8", "9", "", ""]),
    ]


def test_the_pages_behind_the_first_are_as_reviewed() -> None:
    diary = rich()
    series = main(diary)
    page = build_report(diary, reading(series), main=series, appendices=parts_named(USUAL))
    pdf = report_pdf(page, today=TODAY)
    assert pages(pdf) == 3
    assert smallest_type_pt(pdf) >= 9.95
    text = words(pdf)
    assert same_as_snapshot("report_appendix_a4.txt", text[text.index("Every day") :])
    assert "Taper and symptom page" in flat(pdf)


def test_answers_in_words_are_counted_and_nothing_more() -> None:
    pen = Pen()
    start = dt.date(2026, 1, 7)
    for number, word in enumerate(("evening", "night", "evening")):
        pen.write(CheckIn(choices={"hardest_part": word}), start + dt.timedelta(days=number))
    pen.write(check_in({"day": 4.0}), start)
    pen.write(CheckIn(choices={"asked_once": "blue"}), start)
    diary = fold(pen.entries)
    last = start + dt.timedelta(days=9)
    scope = Scope(diary=diary, first_day=start, last_day=last, main=main(diary))
    assert in_words(scope) == (
        "Asked once: blue 1 (1 of 10 days answered)",
        "Hardest part of the day: evening 2, night 1 (3 of 10 days answered)",
    )
