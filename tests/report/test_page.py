"""The one page: always one, never below ten points, the same each time, a person's words unrun."""

import io
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest

from landward.model.base import BadInput
from landward.model.bodies import DoseTaken, Feelings, Incident, Prescription, Profile, ScaleAnswers
from landward.model.diary import fold
from landward.report.blocks.asking import REQUEST
from landward.report.blocks.days_bar import DAYS
from landward.report.blocks.overview import CHART
from landward.report.blocks.symptoms import SYMPTOMS
from landward.report.blocks.takes import DOSES
from landward.report.blocks.whole_taper import TAPER
from landward.report.context import ReportContext
from landward.report.page import build_report, kept_span
from landward.report.report_pdf import report_pdf, two_pages
from tests.report.looking import flat, pages, same_as_snapshot, sheets, smallest_type_pt, words
from tests.report.people import LAST, START, Pen, check_in, main, reading, rich, rich_entries

TODAY = date(2026, 3, 26)


def context(**changes: Any) -> ReportContext:
    diary = rich()
    series = main(diary)
    return build_report(diary, reading(series), **{"main": series, "reader": "Dr Lind"} | changes)


@pytest.fixture(scope="module")
def page() -> bytes:
    return report_pdf(context(), today=TODAY)


def test_the_text_is_as_reviewed(page: bytes) -> None:
    assert same_as_snapshot("report_rich_a4.txt", words(page))


def test_it_is_one_accessible_archival_page(page: bytes, tmp_path: Path) -> None:
    assert pages(page) == 1
    with pikepdf.open(io.BytesIO(page)) as document, document.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert meta["dc:title"] == "Taper and symptom page"
        assert document.Root.Lang == "en"
    path = tmp_path / "report.pdf"
    path.write_bytes(page)
    found = pdfua.validate(str(path))
    assert found.exit_code == 0, found.findings


def test_pictures_are_described_in_sentences(page: bytes) -> None:
    said = context()
    chart = CHART.of(said)
    assert chart is not None
    with pikepdf.open(io.BytesIO(page)) as document:
        things = [o for o in document.objects if isinstance(o, pikepdf.Dictionary)]
        alts = {str(thing.Alt) for thing in things if "/Alt" in thing}
    strip = TAPER.of(said)
    assert strip is not None
    assert alts == {chart.sentence, strip.sentence, *(bar.sentence for bar in DAYS.of(said))}
    assert chart.sentence in flat(page)
    assert "4–6: 8 days, 7–10: 5 days, no entry: 1 day" in alts


def test_no_type_is_smaller_than_ten_points(page: bytes) -> None:
    assert smallest_type_pt(page) >= 9.95


def test_the_same_diary_gives_the_same_bytes(page: bytes) -> None:
    assert report_pdf(context(), today=TODAY) == page


def test_letter_paper_holds_one_page_too() -> None:
    pdf = report_pdf(context(), today=TODAY, paper="letter")
    assert pages(pdf) == 1 and smallest_type_pt(pdf) >= 9.95
    assert "Do not stop suddenly" in flat(pdf)


def full_diary() -> list[Any]:
    """More of everything than a page can hold."""
    entries = rich_entries()
    pen = Pen()
    pen.entries = entries
    pen.write(Profile(fields={"request": "please " * 60}), LAST)
    for number, drug in enumerate(("chlordiazepoxide", "zopiclone", "melatonin", "propranolol")):
        pen.write(DoseTaken(drug=drug, dose_mg=Decimal("0.125")), LAST - timedelta(days=number))
    for number in range(40):
        pen.write(
            Incident(what=("fall", "seizure", "confusion")[number % 3]), LAST - timedelta(number)
        )
    for name in ("PHQ-9", "GAD-7", "ISI", "HADS-A", "HADS-D", "PSS"):
        pen.write(ScaleAnswers(instrument=name, total=9), LAST)
    long = [f"a_symptom_with_quite_a_long_name_number_{number}" for number in range(9)]
    for number in range(30):
        pen.write(check_in(dict.fromkeys(long, 3.0)), LAST - timedelta(days=number))
    return entries


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_what_does_not_fit_stands_on_page_two_and_nothing_is_lost(paper: Any) -> None:
    diary = fold(full_diary())
    series = main(diary)
    full = build_report(diary, reading(series), main=series, reader="Dr " + "Long" * 8)
    pdf = report_pdf(full, today=TODAY, paper=paper)
    assert pages(pdf) == 2
    assert smallest_type_pt(pdf) >= 9.95
    first, second = (" ".join(page.split()) for page in sheets(pdf))
    assert "Do not stop suddenly" in first
    assert "More on page two: before and after dose changes, symptoms, days by how hard" in first
    for said in ("What I ask", "Takes now", "Safety, as stated", "The whole taper", "Last change"):
        assert said in first and said not in second
    assert second.startswith("Page two: what did not fit on the first")
    for said in ("Everyday life", "PHQ-9", "Middle of the last four weeks"):
        assert said in second and said not in first
    for said in (
        "More than in the first four weeks: each one answered",
        "To answer together: how was it",
    ):
        assert said in first and said in second


def test_of_feelings_the_first_words_stay_where_the_rest_has_no_room() -> None:
    """The order in which things give way: feelings' numbers, then what follows, from the end."""
    diary = fold(rich_entries())
    page = build_report(diary, None, main=main(diary))
    shown = list(page.shown())
    tries = [
        ([(b.name, len(getattr(s, "said", ()))) for b, s in one], [b.name for b, _ in two])
        for one, two in two_pages(page, shown)
    ]
    names = [block.name for block, _ in shown]
    assert names[-3:] == ["days", "feelings", "everyday"]
    whole, short, no_everyday = tries[:3]
    assert [name for name, _ in whole[0]] == names and ("feelings", 3) in whole[0]
    assert ("feelings", 2) in short[0] and short[1] == ["feelings"]
    assert [name for name, _ in no_everyday[0]] == names[:-1] and no_everyday[1] == ["everyday"]
    assert ("feelings", 2) in tries[-2][0] and len(tries[-2][0]) == 6
    assert len(tries[-1][0]) == 5 and tries[-1][1] == names[5:]
    for one, two in tries:
        assert {*names} == {name for name, _ in one} | {*two}, "nothing is lost"


def test_a_single_day_is_a_page() -> None:
    pen = Pen()
    pen.write(check_in({"day": 6.0}), START)
    diary = fold(pen.entries)
    pdf = report_pdf(build_report(diary, None, main=main(diary)), today=TODAY)
    text = flat(pdf)
    assert pages(pdf) == 1
    assert "A new diary: its 1 day is answered." in text
    assert "Nothing is asked." in text and "No medicine is written down." in text
    assert "No lasting change is recorded." in text and "60 %" not in text
    assert "For the prescriber" not in text and "stop suddenly" not in text


def test_an_empty_diary_and_an_empty_time_are_refused_in_words() -> None:
    series = main(rich())
    with pytest.raises(BadInput, match="the diary is empty"):
        build_report(fold([]), None, main=series)
    with pytest.raises(BadInput, match="it runs from 1 Dec 2025 to 25 Mar 2026"):
        build_report(
            rich(), None, main=series, first_day=date(2030, 1, 1), last_day=date(2030, 2, 1)
        )
    with pytest.raises(BadInput, match="cannot run from"):
        build_report(
            rich(), None, main=series, first_day=date(2026, 3, 1), last_day=date(2026, 2, 1)
        )


def test_the_period_ends_at_the_last_entry_unless_told() -> None:
    assert (context().first_day, context().last_day) == (LAST - timedelta(days=83), LAST)
    told = context(last_day=date(2026, 1, 31))
    assert (told.first_day, told.last_day) == (START, date(2026, 1, 31))
    pen = Pen()
    pen.entries = rich_entries()
    pen.write(Profile(fields={"name": "A B"}), date(2026, 6, 1))
    assert kept_span(fold(pen.entries))[1] == LAST


def test_the_page_starts_at_the_first_entry_however_far_back_it_is_asked_for() -> None:
    pen = Pen()
    for number in range(41):
        if number not in (7, 8, 9):
            pen.write(check_in({"day": 5.0}), START + timedelta(days=number))
    diary = fold(pen.entries)
    last = START + timedelta(days=40)
    for first in (None, last - timedelta(days=83), START - timedelta(days=900)):
        page = build_report(diary, None, main=main(diary), first_day=first, last_day=last)
        assert page.completeness.sentence.endswith("38 of the 41 days shown"), first
        assert page.completeness.banner is None


def test_recorded_too_seldom_is_not_called_not_recorded() -> None:
    pen = Pen()
    for number in range(20):
        answers = {"day": 5.0} | ({"insomnia": 3.0} if number == 19 else {})
        pen.write(check_in(answers), START + timedelta(days=number))
    diary = fold(pen.entries)
    page = build_report(diary, None, main=main(diary))
    assert SYMPTOMS.of(page) == ()
    assert page.empty["symptoms"] == "Fewer than three answers yet."
    assert page.empty["doses"] == "No medicine is written down."
    text = flat(report_pdf(page, today=TODAY))
    assert "Fewer than three answers yet." in text


def test_a_stop_is_the_first_thing_on_the_page() -> None:
    pen = Pen()
    pen.write(Prescription(drug="diazepam", dose_mg_per_day=Decimal(1)), START)
    for number in range(20):
        given: dict[str, Any] = {"dose_mg": Decimal(1)} if number < 18 else {"status": "not_taken"}
        pen.write(DoseTaken(drug="diazepam", day_total=True, **given), START + timedelta(number))
        pen.write(check_in({"day": 5.0}), START + timedelta(days=number))
    diary = fold(pen.entries)
    page = build_report(diary, None, main=main(diary), request="Please hold.")
    text = flat(report_pdf(page, today=TODAY))
    line = "More than one planned day not taken in the last seven: diazepam on 19 and 20 Dec."
    assert text.index(line) < text.index("What I ask") < text.index("Takes now")
    assert "1 mg" in DOSES.of(page)[0].taken_now and "not taken ×2" in text


WORDS = [
    "#panic()",
    '#read("base.typ")',
    "$x$ *b* _i_ <l> @r",
    "\\ ` ~",
    "<script>alert(1)</script>",
]


def test_a_persons_words_are_printed_and_never_run() -> None:
    pen = Pen()
    for number, drug in enumerate(WORDS):
        for day in range(5):
            pen.write(
                DoseTaken(drug=drug, dose_mg=Decimal(number + 1)), START + timedelta(days=day)
            )
            pen.write(check_in({"day": 5.0}), START + timedelta(days=day))
    pen.write(
        Profile(fields={"request": " ".join(WORDS), "name": WORDS[0], "born": WORDS[1]}), START
    )
    pen.write(Feelings(asked=("joy",), answers={"joy": 1}, scales={"joy": "0..4 better up"}), START)
    diary = fold(pen.entries)
    found = build_report(
        diary, None, main=main(diary), reader=WORDS[0], names={"joy": "#panic() 😀 喜"}
    )
    text = flat(report_pdf(found, today=TODAY))
    for written in WORDS:
        assert written in text
    assert "#panic() [grinning face] [1 letter this page cannot print]" in text


def test_a_long_request_is_cut_after_twenty_five_words() -> None:
    long, short = (REQUEST.of(context(request=text)) for text in ("word " * 60, "short"))
    assert long is not None and long.words.endswith("word … (the first 25 words)")
    assert long.words.count("word ") == 25
    assert short is not None and short.words == "short"


def test_nothing_on_the_page_names_a_cause_or_an_order(page: bytes) -> None:
    text = flat(page).lower()
    for phrase in ("because of", "caused by", "relapse", "failed", "you should", "recovery date"):
        assert phrase not in text
