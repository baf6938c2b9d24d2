"""The plan on paper, in a calendar, as a code, for the pharmacy: looked at as text."""

import datetime as dt
from fractions import Fraction

import pikepdf
import pytest
from icalendar import Calendar

from landward.engines.tapering import plan_taper, supply_of
from landward.model.base import BadInput
from landward.model.preparation import read_preparations
from landward.model.taper import DRAFT_WARNING, Piece, SupplyLine
from landward.model.taper_request import Ceiling, TaperRequest
from landward.report.taper_calendar import plan_calendar
from landward.report.taper_qr import code_svg
from landward.report.taper_sheet import sheet_data, sheet_pdf
from landward.report.taper_supply import SupplySheet, supply_text
from landward.report.taper_words import (
    amount_words,
    count_words,
    cut_words,
    doses_words,
    merged,
    mg_words,
    piece_words,
    product_words,
    short_piece_words,
    supply_count_words,
)

TODAY = dt.date(2026, 1, 1)
CEILING = Ceiling(percent="25", days=14, rule="r", source="ASAM-2025")


def plan(dose="2", products="tab 0.5 half", finish="smallest-step", **more):
    request = TaperRequest.checked(
        drug="clonazepam", dose_mg=dose, method="percent-current", rate="10", every_days=14,
        start=dt.date(2026, 1, 5), preparations=read_preparations(products), finish=finish, **more,
    )  # fmt: skip
    made = plan_taper(request, CEILING)
    return made.model_copy(update={"supply": supply_of(made, 28)})


@pytest.mark.parametrize(
    ("mg", "words"),
    [("0", "none"), ("0.5", "500 micrograms"), ("0.0625", "62.5 micrograms"), ("1", "1 mg"),
     ("2.50", "2.5 mg"), ("10", "10 mg"), ("0.001", "1 microgram")],
)  # fmt: skip
def test_amounts_in_words_have_no_trailing_zeros_and_micrograms_in_full(mg, words):
    assert amount_words(Fraction(mg)) == words


def test_counts_products_and_pieces_in_words():
    assert [count_words(Fraction(n, 4)) for n in (1, 2, 3, 4, 6)] == ["¼", "½", "¾", "1", "1 ½"]
    assert product_words("tab 0.5") == "0.5 mg tablet"
    assert product_words("er tab 1") == "1 mg extended-release tablet"
    assert product_words("liquid 0.4 mg/mL") == "0.4 mg/mL liquid"
    half = Piece(product="tab 2", count="1.5", mg="3")
    assert piece_words(half) == "1 ½ × 2 mg tablets"
    drawn = Piece(product="liquid 0.4 mg/mL", count="3.5", mg="1.4", unit="mL")
    assert piece_words(drawn) == "3.5 mL of the 0.4 mg/mL liquid (1.4 mg)"
    assert short_piece_words(drawn) == "3.5 mL of the 0.4 mg/mL"
    line = SupplyLine(since=TODAY, to=TODAY, product="tab 2", count="1", unit="tab", mg="2")
    assert supply_count_words(line) == "1 tablet"


def test_the_sheet_has_a_line_a_step_the_draft_and_the_reminder():
    data = sheet_data(plan(), "step")
    rows = [(row["day"], row["total"], row["change"], row["flag"]) for row in data["rows"]][:3]
    assert rows == [
        ("Mon 5 Jan 2026", "2 mg", "hold", False),
        ("Mon 19 Jan 2026", "1.75 mg", "−12.5 %", True),
        ("Mon 2 Feb 2026", "1.5 mg", "−14.3 %", True),
    ]
    assert data["rows"][-1]["doses"][0]["pieces"] == ["none"]
    assert data["draft"].startswith("DRAFT · version 1")
    assert data["draft"].endswith("do not stop suddenly")  # the footer, so on every page
    assert data["reminder"] == DRAFT_WARNING
    assert len(data["unkept"]) == 2


def test_the_sheet_can_have_a_line_a_day():
    made = plan(until=dt.date(2026, 2, 2))
    data = sheet_data(made, "day")
    assert len(data["rows"]) == 28
    assert data["rows"][0]["day"] == "Mon 5 Jan 2026"
    assert [row["new"] for row in data["rows"]].count(True) == len(merged(made))


@pytest.mark.parametrize("lines", ["step", "day"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_sheet_is_a_tagged_pdf_and_the_same_each_time(lines, paper, tmp_path):
    made = plan(times=("morning", "night"))
    first = sheet_pdf(made, TODAY, lines=lines, paper=paper, patient="Ａ 😀 <#x>")
    assert first == sheet_pdf(made, TODAY, lines=lines, paper=paper, patient="Ａ 😀 <#x>")
    (tmp_path / "s.pdf").write_bytes(first)
    with pikepdf.open(tmp_path / "s.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"


def test_no_sheet_without_steps_or_with_a_thousand_lines():
    with pytest.raises(BadInput, match="no steps"):
        sheet_pdf(plan().model_copy(update={"steps": ()}), TODAY)
    with pytest.raises(BadInput, match="too many for paper"):
        sheet_pdf(plan(products="liquid 0.1 mg/mL mark 0.01 mL"), TODAY, lines="day")


def test_the_calendar_says_nothing_to_whoever_looks_over_a_shoulder():
    made = plan()
    text = plan_calendar(made, TODAY)
    for word in (b"clonazepam", b"mg", b"dose", b"taper", b"drug"):
        assert word not in text.lower()
    events = Calendar.from_ical(text).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [row.start for row in merged(made)]
    assert str(events[0]["summary"]) == "Sheet, line 1"
    assert text == plan_calendar(made, TODAY)


def test_the_code_is_a_picture_with_a_title():
    svg = code_svg("LANDWARD1:ABC", "A plan").decode()
    assert "<title>A plan</title>" in svg


def test_the_supply_text_says_what_it_is_not():
    text = supply_text(plan(), SupplySheet(patient="A. Person"), TODAY)
    assert "Not a prescription: compare with the order." in text
    assert "Patient: A. Person" in text
    assert "0.5 mg tablet: 105 tablets, 52.5 mg  [split]" in text
    assert "valid until 1 Feb 2026" in text
    assert "take them back to the pharmacy" in text
    assert "out of stock" in text
    assert "Do not stop suddenly" in text


def test_changes_in_words():
    steps = plan().steps
    assert cut_words(steps[0]) == "hold"
    assert cut_words(steps[1]) == "−12.5 %"
    up = steps[1].model_copy(update={"cut_percent": Fraction(-5)})
    assert cut_words(up) == "+5.0 %"
    assert doses_words(steps[0].doses) == "2 mg: 4 × 0.5 mg"
    assert doses_words(()) == "none"


def test_a_volume_never_stands_without_its_bottle_and_the_boxes_stand_above():
    """Two liquids: 5 mL + 1 mL is 5.4 mg one way round and 3 mg the other."""
    two = plan(
        products="liquid 1 mg/mL mark 1 mL most 5 mL, liquid 0.4 mg/mL mark 0.1 mL most 2.5 mL"
    )
    data = sheet_data(two, "step")
    assert data["made_from"] == "Made from: 0.4 mg/mL liquid, 1 mg/mL liquid."
    pieces = [piece for row in data["rows"] for dose in row["doses"] for piece in dose["pieces"]]
    assert any("mL of the 1 mg/mL liquid" in piece for piece in pieces)
    assert all(" mL of the " in piece for piece in pieces if " mL" in piece)


def test_a_plan_that_goes_no_further_says_what_to_stay_on():
    stuck = plan(products="tab 0.5 quarter", finish="")
    assert stuck.ends is not None
    assert stuck.ends.at_mg > 0
    words = sheet_data(stuck, "step")["end"]
    assert words.endswith(
        f"Stay on {mg_words(stuck.ends.at_mg)} until you and your prescriber go on together."
    )
