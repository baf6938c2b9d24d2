"""The letter: facts from the diary, rules from the tables, asks and never orders."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from landward.model.bodies import DoseTaken, PlanAdopted, Prescription, Profile
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
        "diazepam, 10 mg on 1 Dec 2025 (no lasting dose recorded)",
        "zopiclone 7.5 mg a day (night) since 3 Feb 2019",
    )


def test_one_day_of_a_dose_is_no_dose_a_day_and_a_dose_that_lasted_is_last_noted() -> None:
    pen = Pen()
    for number in range(10):
        day = START + dt.timedelta(days=number)
        pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(5), day_total=True), day)
    pen.write(DoseTaken(drug="lorazepam", dose_mg=Decimal(1)), START)
    assert letter(pen).taking == (
        "diazepam 5 mg a day (last noted 10 Dec 2025)",
        "lorazepam, 1 mg on 1 Dec 2025 (no lasting dose recorded)",
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
        "I do not want to stop suddenly: stopping suddenly can cause seizures and can kill.",
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


def test_what_is_taken_comes_first_and_the_label_second() -> None:
    pen = Pen()
    label = Prescription(drug="clonazepam", dose_mg_per_day=Decimal(1), times=("night",))
    pen.write(label, START)
    for number in range(400):
        dose = Decimal("0.5") if number < 300 else Decimal("0.35")
        pen.write(
            DoseTaken(drug="clonazepam", dose_mg=dose, day_total=True),
            START + dt.timedelta(days=number),
        )
    later = START + dt.timedelta(days=400)
    made = letter(pen, today=later)
    assert made.taking == ("clonazepam 0.35 mg a day (prescribed 1 mg a day (night))",)
    # Under way for months, nobody asks for a first step.
    assert made.reducing_since == "27 Sep 2026"
    assert made.asks[0] == "how to go on from here, and what would make us pause or go back a step"
    text = flat(letter_pdf(made, today=later))
    assert "I have been reducing slowly since 27 Sep 2026" in text and "first step" not in text


def test_the_letter_asks_for_a_first_step_where_nothing_has_begun() -> None:
    pen = Pen()
    pen.write(Prescription(drug="diazepam", dose_mg_per_day=Decimal(10)), START)
    made = letter(pen)
    assert made.reducing_since == "" and made.asks[0].startswith("a first step")


def test_a_label_never_stands_for_doses_that_differ() -> None:
    pen = Pen()
    pen.write(Prescription(drug="diazepam", dose_mg_per_day=Decimal(20)), TODAY)
    for number, mg in enumerate(("4", "3", "6", "2", "5")):
        day = TODAY - dt.timedelta(days=5 - number)
        pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(mg), day_total=True), day)
    assert letter(pen).taking == ("diazepam, prescribed 20 mg a day (no lasting dose yet)",)


def test_two_planned_days_not_taken_are_in_the_letter() -> None:
    pen = Pen()
    pen.write(Prescription(drug="diazepam", dose_mg_per_day=Decimal(10)), START)
    for number in range(20):
        day = TODAY - dt.timedelta(days=20 - number)
        pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(10), day_total=True), day)
    for day in (TODAY - dt.timedelta(days=1), TODAY):
        pen.write(DoseTaken(drug="diazepam", status="not_taken", day_total=True), day)
    del pen.entries[20]  # the dose of the day before, so that "not taken" stands alone there
    assert letter(pen).recorded == ("planned days not taken: diazepam on 25 and 26 Mar",)


def test_a_plan_is_no_word_on_what_was_taken_after_the_last_line() -> None:
    """Planned 10 mg; 9 mg for a week, then three days not taken, then silence."""
    first = dt.date(2026, 3, 1)
    steps = [{"start": first.isoformat(), "days": 60, "made_mg": "10"}]
    plan = json.dumps({"drug": "diazepam", "steps": steps})
    pen = Pen()
    pen.write(PlanAdopted(plan=plan, tables_version="1"), first)
    for day in range(7):
        pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(9), day_total=True),
                  first + dt.timedelta(days=day))  # fmt: skip
    for day in range(7, 10):
        pen.write(DoseTaken(drug="diazepam", status="not_taken", day_total=True),
                  first + dt.timedelta(days=day))  # fmt: skip
    (line,) = letter(pen, today=dt.date(2026, 3, 30)).taking
    assert line == "diazepam, planned 10 mg a day (not recorded since 10 Mar 2026)"
    (on_the_day,) = letter(pen, today=dt.date(2026, 3, 10)).taking
    assert on_the_day == "diazepam, 9 mg a day until it was not taken on 8, 9 and 10 Mar"
