"""The dose as a prescriber reads it: settled or not, the label in its place, words by choice."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from landward.app.share.report import report_context
from landward.model.bodies import DoseTaken, Prescription, Profile
from landward.model.diary import fold
from landward.report.blocks.takes import DOSES, PageDose
from landward.report.words import percent_words
from tests.report.people import Pen, check_in

START = date(2026, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def said(doses: dict[int, str], *label: Prescription, tries: str = "", **more: Any) -> PageDose:
    pen = Pen()
    for body in label:
        pen.write(body, START)
    if tries:
        pen.write(Profile(fields={"attempts": tries}), START)
    for number, mg in doses.items():
        pen.write(DoseTaken(drug="clonazepam", dose_mg=Decimal(mg)), day(number))
    pen.write(check_in({"day": 5.0}), day(max(doses)))
    (row,) = DOSES.of(report_context(fold(pen.entries), **more))
    return row


LABEL = Prescription(
    drug="clonazepam", dose_mg_per_day=Decimal(1), started_on=date(2020, 5, 1), why="panic attacks"
)


def test_a_label_is_where_the_taper_began_and_no_dose_that_was_not_taken() -> None:
    row = said({n: "1" if n < 20 else "0.875" for n in range(40)}, LABEL)
    assert row.now == "clonazepam 0.875 mg a day"
    assert (row.settled, row.week) == (
        "Settled since 21 Jan 2026", "the same on each of the last seven days",
    )  # fmt: skip
    assert row.label == "Label copied Jan 2026: 1 mg, where the taper began; not taken now"
    assert row.behind.startswith("For panic attacks, since May 2020")
    assert (row.change, *row.change_said) == (
        "−12.5 %", "1 down to 0.875 mg", "21 Jan 2026 (19 days before)",
    )  # fmt: skip


def test_one_other_day_is_neither_the_dose_nor_a_change() -> None:
    row = said({n: "0.75" if n == 18 else "1" for n in range(20)})
    assert row.now == "clonazepam 1 mg a day" and row.change == ""
    assert row.week == "last 7 days, in mg: 1 ×5, 0.75, 1"


def test_a_thin_record_claims_no_dose_a_day() -> None:
    row = said(dict.fromkeys(range(0, 60, 6), "2"))
    assert row.now == "clonazepam 2 mg on the days written"
    assert row.seldom == "a dose is written on 5 of the last 28 days"


def test_one_day_is_a_day_and_no_settled_dose() -> None:
    row = said({0: "10"})
    assert row.now == "clonazepam 10 mg on 1 Jan 2026"
    assert row.settled == "Too few written days to call a dose settled"


def test_small_steps_are_one_change_and_say_so() -> None:
    row = said({n: str(Decimal(100 - n) / 100) for n in range(30)})
    assert row.now == "clonazepam 0.71 mg a day"
    assert row.settled.startswith("In small steps since 2 Jan 2026")
    assert row.change_said == ("1 down to 0.71 mg", "in small steps from 2 Jan 2026")


def test_what_was_written_freely_is_there_by_choice() -> None:
    doses = dict.fromkeys(range(5), "1")
    assert "my sister" in said(doses, tries="Once, at my sister’s").behind
    assert "Earlier" not in said(doses, tries="Once, at my sister’s", own_words=False).behind


def test_percents_are_rounded_away_from_zero_and_exact_tenths_stay() -> None:
    cases = {("1", "0.875"): "−12.5 %", ("3", "2"): "−33 %", ("8", "9"): "+12.5 %",
             ("8", "7.5"): "−6 %", ("1", "0"): "−100 %"}  # fmt: skip
    for (old, new), words in cases.items():
        assert percent_words(Decimal(new), Decimal(old)) == words
