"""Twelve pages were read by someone who never saw the diaries: each stumble is held here."""

from datetime import date, timedelta
from decimal import Decimal

from landward.app.share.report import report_context
from landward.model.bodies import DoseTaken, Prescription
from landward.model.diary import fold
from landward.report.appendices.all_parts import USUAL
from landward.report.blocks.before_after import CHANGES
from landward.report.blocks.overview import CHART
from landward.report.blocks.takes import DOSES, PageDose
from landward.report.blocks.whole_taper import TAPER
from landward.report.context import ReportContext
from landward.report.six_lines import six_lines
from tests.report.people import Pen, check_in

START = date(2026, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def dose(pen: Pen, number: int, *amounts: str, drug: str = "diazepam", product: str = "") -> None:
    """One day: an amount for each single dose; none for a day that was not taken."""
    for mg in amounts:
        pen.write(DoseTaken(drug=drug, dose_mg=Decimal(mg), product=product), day(number))
    if not amounts:
        pen.write(DoseTaken(drug=drug, status="not_taken"), day(number))


def page(pen: Pen, last: int, hard: float = 5.0) -> ReportContext:
    pen.write(check_in({"day": hard}), day(last))
    return report_context(fold(pen.entries))


def row(context: ReportContext) -> PageDose:
    (found,) = DOSES.of(context)
    return found


def stopped(*, label: bool, back: int = 3) -> ReportContext:
    """Fifty days on 5 mg, three without, then `back` days on 5 mg again."""
    pen = Pen()
    if label:
        pen.write(Prescription(drug="diazepam", dose_mg_per_day=Decimal(5)), START)
    for number in range(53 + back):
        dose(pen, number, *(() if 50 <= number < 53 else ("5",)))
    return page(pen, 52 + back)


def test_nothing_is_settled_under_a_stop_of_three_days() -> None:
    context = stopped(label=True)
    found = row(context)
    assert context.stops == ("diazepam on 20, 21 and 22 Feb",)
    assert found.now == "diazepam 5 mg, not taken on 3 of 7 days"
    assert found.settled == "Not settled: not taken on 20, 21 and 22 Feb"
    assert "Settled since" not in " ".join(six_lines(context))


def test_a_stop_that_goes_on_is_not_a_dose() -> None:
    assert row(stopped(label=True, back=0)).now == "diazepam: not taken now"


def test_a_gap_is_told_as_a_gap_also_where_no_label_says_it_was_one() -> None:
    """“from 0” was read as a dose of its own, and a percent of nothing has no number."""
    context = stopped(label=False, back=12)
    found = row(context)
    assert found.now == "diazepam 5 mg a day"
    assert found.settled == "Taken again since 23 Feb 2026, after none from 20 Feb 2026"
    assert (found.change, *found.change_said) == (
        "taken again", "none from 20 Feb 2026", "5 mg from 23 Feb 2026",
    )  # fmt: skip
    rows = CHANGES.of(context)
    assert [one.percent for one in rows] == ["from none", "−100 %"]


def test_easier_than_last_month_and_harder_than_ever_are_both_said() -> None:
    """Somebody at 7 who began at 4 was called “easier by 1”."""
    pen = Pen()
    for number in range(100):
        pen.write(check_in({"day": 4.0 if number < 30 else 8.0 if number < 72 else 7.0}),
                  day(number))  # fmt: skip
    chart = CHART.of(report_context(fold(pen.entries)))
    assert chart is not None
    assert chart.direction == (
        "easier, by 1, than in the 28 days before; harder, by 3, than at the start"
    )


def test_weeks_that_mix_days_before_a_cut_in_say_the_days_since_it() -> None:
    pen = Pen()
    for number in range(40):
        dose(pen, number, "1" if number < 25 else "0.875")
        pen.write(check_in({"day": 4.0 if number < 25 else 6.0}), day(number))
    chart = CHART.of(report_context(fold(pen.entries)))
    assert chart is not None and chart.sentence.endswith("; since the dose change of 26 Jan: 6.")


def test_the_label_stands_behind_everything_else_about_the_dose() -> None:
    pen = Pen()
    label = Prescription(
        drug="diazepam", dose_mg_per_day=Decimal(20), started_on=date(2009, 9, 1), why="anxiety"
    )
    pen.write(label, START)
    for number in range(20):
        dose(pen, number, "20" if number < 10 else "18")
    context = page(pen, 19)
    (line,) = DOSES.show(DOSES.of(context), 9).rows
    assert "20 mg" not in "".join(line.said)
    assert line.soft.endswith("Label copied Jan 2026: 20 mg, where the taper began; not taken now.")
    assert "Sep 2009" in line.soft  # since when it is taken, not how old the label is


def test_how_many_times_a_day_and_which_tablets() -> None:
    pen = Pen()
    for number in range(10):
        dose(pen, number, "3", "2", product="tablets 2 mg and 1 mg")
    assert row(page(pen, 9)).how == "2 times a day, as written: 3 + 2 mg; of: tablets 2 mg and 1 mg"


def test_one_amount_a_day_claims_no_rhythm_and_a_label_only_its_own_dose() -> None:
    label = Prescription(
        drug="diazepam", dose_mg_per_day=Decimal(5), times=("morning", "night"), form="tablets 5 mg"
    )
    found = []
    for mg in ("5", "4"):
        pen = Pen()
        pen.write(label, START)
        for number in range(10):
            dose(pen, number, mg)
        found.append(row(page(pen, 9)).how)
    assert found == [
        "By the label: morning and night; of: tablets 5 mg",
        "Times a day not written; on the label: tablets 5 mg",
    ]
    pen = Pen()
    for number in range(10):
        dose(pen, number, "5")
    assert row(page(pen, 9)).how == "Times a day and tablets not written"


def test_days_nobody_wrote_of_are_no_line_and_no_days_without() -> None:
    pen = Pen()
    for number in range(0, 60, 6):
        dose(pen, number, "2")
    context = page(pen, 59)
    strip = TAPER.of(context)
    assert strip is not None
    assert all(held.start == held.end for held in strip.lines[0].held)
    assert row(context).needed == "As needed: none on the 4 written days"


def test_every_drugs_change_is_marked_and_named() -> None:
    """A cut by half had no line in the picture, since only the other drug's were drawn."""
    pen = Pen()
    for number in range(60):
        dose(pen, number, "10" if number < 20 else "9")
        dose(pen, number, "7.5" if number < 45 else "3.75", drug="zopiclone")
        pen.write(check_in({"day": 5.0}), day(number))
    chart = CHART.of(report_context(fold(pen.entries)))
    assert chart is not None and chart.dose is not None
    assert chart.dose.changes == (20, 45)
    assert chart.dose.changed_to == ("diazepam 9", "zopiclone 3.75")


def test_without_the_doses_no_part_of_the_page_tells_one() -> None:
    pen = Pen()
    for number in range(60):
        dose(pen, number, "10" if number < 40 else "9")
        pen.write(check_in({"day": 5.0}), day(number))
    entries = fold(pen.entries)
    context = report_context(entries, without=["doses"], appendices=USUAL)
    assert context.left_out == ("doses", "taper", "changes")
    text = context.model_dump_json()
    assert "diazepam" not in text and "dose change" not in text
    assert " mg" not in text and context.appendix
