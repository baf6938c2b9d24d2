"""Every letter: on one page, the dose from the record, its guidance cited, nothing presumed."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from landward.app.share.letter import make_letter
from landward.catalog import load_catalog
from landward.model.base import BadInput
from landward.model.bodies import DoseTaken, Prescription, Profile
from landward.model.diary import Diary, fold
from landward.report.letter_kinds import KINDS
from tests.report.looking import flat, pages, smallest_type_pt
from tests.report.people import Pen, check_in, rich_entries

TODAY = dt.date(2026, 3, 26)
LAST = dt.date(2026, 3, 25)


@pytest.fixture(scope="module")
def tapering() -> Diary:
    """On 7 mg, from 10 mg, since December."""
    pen = Pen()
    pen.entries = rich_entries()
    fields = {"request": "Please let me hold at 7 mg for four weeks.", "name": "A. Reed",
              "attempts": "2019, in two weeks: too fast."}  # fmt: skip
    pen.write(Profile(fields=fields), LAST)
    return fold(pen.entries)


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_one_page_with_the_dose_taken_and_no_sudden_stop(
    tapering: Diary, kind: str
) -> None:
    pdf = make_letter(tapering, today=TODAY, prescriber="Dr Lind", kind=kind)
    text = flat(pdf)
    assert pages(pdf) == 1 and smallest_type_pt(pdf) >= 9.95
    assert "I take diazepam 7 mg a day" in text and KINDS[kind].title in text
    assert "stopping suddenly can cause seizures and can kill" in text
    assert ("Dear Dr Lind" in text) is KINDS[kind].letter
    assert make_letter(tapering, today=TODAY, prescriber="Dr Lind", kind=kind) == pdf


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_cited_is_in_the_tables_and_on_the_page(tapering: Diary, kind: str) -> None:
    text = flat(make_letter(tapering, today=TODAY, kind=kind))
    catalog = load_catalog()
    for rule in KINDS[kind].cited:
        assert catalog.rule(rule).plain in text
    assert "not yet checked by a clinician" in text


@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_presumes_zero_a_pace_or_a_number_of_its_own(kind: str) -> None:
    one = KINDS[kind]
    said = " ".join((one.title, one.opening, one.begun, one.asks_head, *one.asks, one.closing))
    assert not re.search(r"\d|\bzero\b|\bto none\b|come off|\bstop(?!ping suddenly)\b", said)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_diary_leaves_lines_for_a_pen(kind: str) -> None:
    pdf = make_letter(fold([]), today=TODAY, kind=kind, paper="letter")
    text = flat(pdf)
    assert pages(pdf) == 1 and "reducing slowly since" not in text and "mg a day, since" in text


def test_whoever_is_under_way_is_not_asked_for_a_first_step(tapering: Diary) -> None:
    """“A first step” fourteen months in was what the letter of 0.1 asked for."""
    for kind in KINDS:
        assert "first step" not in flat(make_letter(tapering, today=TODAY, kind=kind)).replace(
            load_catalog().rule("asam2025.first-step").plain, ""
        )
    going = flat(make_letter(tapering, today=TODAY, kind="going-on"))
    assert "since 26 Dec 2025, and it can be done as it is going" in going


def test_own_words_stand_where_a_letter_is_for_them(tapering: Diary) -> None:
    texts = {kind: flat(make_letter(tapering, today=TODAY, kind=kind)) for kind in KINDS}
    asks = {kind for kind, text in texts.items() if "hold at 7 mg for four weeks" in text}
    tells = {kind for kind, text in texts.items() if "in two weeks: too fast" in text}
    assert asks == {"slower", "going-on", "questions"} and tells == {"new-doctor"}


def test_a_stop_is_in_every_letter() -> None:
    pen = Pen()
    pen.write(Prescription(drug="diazepam", dose_mg_per_day=Decimal(10)), dt.date(2026, 3, 1))
    for number in range(20):
        body = (
            DoseTaken(drug="diazepam", dose_mg=Decimal(10))
            if number < 17
            else DoseTaken(drug="diazepam", status="not_taken")
        )
        pen.write(body, LAST - dt.timedelta(days=19 - number))
    pen.write(check_in({"day": 5.0}), LAST)
    for kind in KINDS:
        text = flat(make_letter(fold(pen.entries), today=LAST, kind=kind))
        assert "I take diazepam, 10 mg a day until it was not taken on 23, 24 and 25 Mar" in text
        assert "planned days not taken: diazepam on 23, 24 and 25 Mar" in text


def test_another_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(BadInput, match="no letter is called “detox”; there are: taper, slower"):
        make_letter(fold([]), today=TODAY, kind="detox")
