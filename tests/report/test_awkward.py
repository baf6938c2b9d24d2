"""Diaries no page was drawn for: endless names and requests. Still one page, in full-size type."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from landward.app.share.letter import make_letter
from landward.app.share.report import make_report, report_context
from landward.model.bodies import DoseTaken, Incident, PlanAdopted, Prescription, Profile
from landward.model.diary import Diary, fold
from tests.report.looking import flat, pages, smallest_type_pt
from tests.report.people import Pen, check_in

TODAY = dt.date(2026, 3, 31)
MARKUP = (
    '#set page(fill: red) *b* _x_ $a^2$ @ref <lbl> #panic("x") `raw` [[ ]] // c /* */ 😀 שלום مرحبا'
)


def awkward(drug: str, **fields: str) -> Diary:
    pen = Pen()
    pen.write(Profile(fields=fields), TODAY - dt.timedelta(days=80))
    pen.write(Prescription(drug=drug, dose_mg_per_day=Decimal(7), form=MARKUP[:100]),
              TODAY - dt.timedelta(days=70))  # fmt: skip
    for i in range(79, -1, -1):
        day = TODAY - dt.timedelta(days=i)
        pen.write(check_in({"day": i % 11, "anxiety": i % 5, "insomnia": i * 3 % 5}), day)
        pen.write(DoseTaken(drug=drug, dose_mg=Decimal("7.25")), day)
    return fold(pen.entries)


@pytest.mark.parametrize(
    "drug",
    ["d" * 200, ("Ein sehr langer Name " * 10)[:199], "diazepam"],
    ids=["one-word", "many-words", "usual"],
)
def test_endless_words_are_cut_and_the_page_stays_one_page(drug):
    names = {"anxiety": MARKUP * 2, "insomnia": "x" * 400}
    diary = awkward(
        drug, name=MARKUP * 2, born="1" * 300, request=MARKUP + " " + "w" * 500,
        names=json.dumps(names),
    )  # fmt: skip
    page = make_report(report_context(diary, reader="Dr " + "y" * 190), today=TODAY)
    assert 1 <= pages(page) <= 2
    assert smallest_type_pt(page) >= 9.9
    text = flat(page)
    assert "7.25 mg" in text and "…" in text
    assert "Do not stop suddenly" in text
    assert drug[:12] in text and "#set page(fill: red)" in text


def test_a_name_that_long_is_whole_in_nothing_but_ordinary_names_are_never_cut():
    text = flat(make_report(report_context(awkward("chlordiazepoxide")), today=TODAY))
    assert "chlordiazepoxide" in text


def test_where_a_plan_was_adopted_the_sentence_stands_even_if_no_dose_was_written():
    pen = Pen()
    pen.write(PlanAdopted(plan="{}", tables_version="-"), TODAY - dt.timedelta(days=5))
    pen.write(check_in({"day": 5}), TODAY)
    page = make_report(report_context(fold(pen.entries)), today=TODAY)
    assert "Do not stop suddenly" in flat(page)


def test_the_end_of_a_letter_stays_together():
    pen = Pen()
    for what in ("fall", "ran_out", "seizure", "confusion", "hallucination", "alcohol", "opioid",
                 "pregnancy", "chest_pain", "something_odd", "x" * 60):  # fmt: skip
        pen.write(Incident(what=what), TODAY)
    letter = make_letter(fold(pen.entries), today=TODAY, prescriber="Dr B")
    from pypdfium2 import PdfDocument

    last = PdfDocument(letter)[pages(letter) - 1].get_textpage().get_text_bounded()
    assert "[1]" in last and "in our own words" in last
