"""The letter: facts from the diary, rules from the tables, asks and never orders."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from landward.model.bodies import DoseTaken, Prescription, Profile
from landward.model.diary import fold
from landward.model.facts import Source, Status
from landward.model.guidelines import GuidelineRule
from landward.report.letter import Letter, build_letter, letter_pdf
from tests.report.looking import flat, pages
from tests.report.people import START, Pen, check_in, rich

TODAY = dt.date(2026, 3, 26)


def rule(number: int, source: str, words: str, status: Status = Status.DRAFT) -> GuidelineRule:
    return GuidelineRule(
        id=f"rule.{number}",
        source=(source,),
        locator="p. 1",
        licence="own",
        status=status,
        guideline="g",
        kind="statement",
        applies_to="all",
        plain=words,
    )


RULES = (rule(1, "B", "Slowly."), rule(2, "A", "Together."), rule(3, "B", "Pause when hard."))
SOURCES = {"A": Source(key="A", title="Book A"), "B": Source(key="B", title="Book B", year="2020")}


def letter(pen: Pen | None = None, **more: Any) -> Letter:
    diary = fold(pen.entries) if pen else rich()
    given: dict[str, Any] = {"today": TODAY, "guidance": RULES, "sources": SOURCES}
    return build_letter(diary, **given | more)


def test_rules_are_numbered_by_their_source_in_order_of_reading() -> None:
    made = letter()
    assert [(line.words, line.source) for line in made.guidance] == [
        ("Slowly.", 1),
        ("Together.", 2),
        ("Pause when hard.", 1),
    ]
    assert made.sources == ("Book B (2020)", "Book A")
    with pytest.raises(KeyError):
        letter(sources={})


def test_what_is_taken_is_the_label_else_the_last_noted_dose() -> None:
    pen = Pen()
    pen.write(check_in({"day": 5.0}), START)
    pen.write(
        Prescription(
            drug="zopiclone",
            dose_mg_per_day=Decimal("7.5"),
            times=("night",),
            started_on=dt.date(2019, 2, 3),
        ),
        START,
    )
    pen.write(Prescription(drug="lorazepam", dose_mg_per_day=Decimal(2)), START)
    pen.write(Prescription(drug="lorazepam", dose_mg_per_day=Decimal(0)), START)
    pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(5)), START)
    pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(5)), START)
    assert letter(pen).taking == (
        "diazepam 10 mg a day (last noted 1 Dec 2025)",
        "zopiclone 7.5 mg a day (night) since 3 Feb 2019",
    )


def test_thoughts_of_suicide_never_enter_a_letter() -> None:
    made = letter()
    assert made.recorded == ("fall, last on 30 Jan 2026", "ran out, last on 8 Mar 2026")
    assert "suicid" not in made.model_dump_json().lower()


def test_the_page_says_it_all_and_keeps_lines_for_a_pen() -> None:
    pdf = letter_pdf(letter(prescriber="Dr Lind", review_weeks=3), today=TODAY)
    text = flat(pdf)
    assert pages(pdf) == 1
    for words in (
        "26 Mar 2026",
        "Dear Dr Lind,",
        "diazepam 7 mg a day, tablets 2 mg",
        "I do not want to stop suddenly: stopping suddenly can be dangerous (seizures).",
        "Slowly. [1]",
        "how often we look at it together, for example every 3 weeks",
        "not yet checked by a clinician; the sources stand for themselves.",
        "signature",
    ):
        assert words in text
    empty = flat(letter_pdf(letter(Pen()), today=TODAY, paper="letter"))
    assert "I have taken" in empty and "mg a day, since" in empty


def test_rules_a_clinician_checked_carry_no_such_remark() -> None:
    checked = rule(1, "A", "Slowly.", Status.CLINICIAN_REVIEWED)
    assert "not yet checked" not in flat(letter_pdf(letter(guidance=[checked]), today=TODAY))


def test_words_are_printed_and_never_run_and_bytes_are_the_same() -> None:
    pen = Pen()
    pen.write(Prescription(drug="#panic() $x$", dose_mg_per_day=Decimal(1)), START)
    pen.write(Profile(fields={"name": "#panic()"}), START)
    made = letter(pen, prescriber="@all #panic()", sender="#read(1)")
    pdf = letter_pdf(made, today=TODAY)
    text = flat(pdf)
    assert (
        "#panic() $x$ 1 mg a day" in text and "Dear @all #panic()," in text and "#read(1)" in text
    )
    assert letter_pdf(made, today=TODAY) == pdf
