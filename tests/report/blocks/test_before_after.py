"""Before and after a dose change: plain means with their days, no cause."""

from datetime import date, timedelta
from decimal import Decimal

from landward.model.bodies import DoseTaken
from landward.model.diary import fold
from landward.report.blocks.before_after import back_inside, change_rows
from landward.report.blocks.scope import Scope
from tests.report.people import Pen, check_in
from tests.report.people import main as main_of

START = date(2026, 1, 1)


def scope_of(answers: list[float | None], doses: list[str]) -> Scope:
    pen = Pen()
    for i, (hard, mg) in enumerate(zip(answers, doses, strict=True)):
        day = START + timedelta(days=i)
        if hard is not None:
            pen.write(check_in({"day": float(hard)}), day)
        pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(mg)), day)
    diary = fold(pen.entries)
    last = START + timedelta(days=len(answers) - 1)
    return Scope(diary=diary, first_day=START, last_day=last, main=main_of(diary))


def test_means_stand_with_their_number_of_days() -> None:
    answers = [4.0] * 14 + [7.0] * 7 + [None] * 3 + [5.0] * 4 + [4.0] * 14
    (row,) = change_rows(scope_of(answers, ["10"] * 14 + ["9"] * 28))
    assert row.model_dump() == {
        "day": "15 Jan 2026",
        "drug": "diazepam",
        "amounts": "10 to 9",
        "percent": "−10 %",
        "before": "4 (7)",
        "after": ("7 (7)", "5 (4)", "4 (14)"),
        "back": "on day 15",
    }


def test_days_after_the_next_change_belong_to_that_change() -> None:
    answers = [4.0] * 14 + [6.0] * 10 + [8.0] * 4
    latest, earlier = change_rows(scope_of(answers, ["10"] * 14 + ["9"] * 10 + ["8"] * 4))
    assert earlier.after == ("6 (7)", "6 (3)", "–")
    assert latest.after == ("8 (4)", "–", "–")


def test_only_the_last_four_changes_are_shown_newest_first() -> None:
    doses = [str(20 - number) for number in range(6) for _ in range(7)]
    rows = change_rows(scope_of([5.0] * 42, doses))
    assert [row.amounts for row in rows] == ["16 to 15", "17 to 16", "18 to 17", "19 to 18"]


def back(before: list[float], after: list[float], until: int | None = None) -> str:
    scope = scope_of([*before, *after], ["10"] * len(before) + ["9"] * len(after))
    change = START + timedelta(days=len(before))
    end = START + timedelta(days=until or len(before) + len(after))
    return back_inside(scope, change, end)


def test_the_way_back() -> None:
    usual = [4.0, 5.0] * 7
    assert back(usual, [5.0] * 7) == "stayed within them"
    assert back(usual, [7.0] * 4 + [5.0] * 3) == "on day 5"
    assert back(usual, [7.0, 5.0, 5.0, 7.0, 5.0, 5.0, 5.0]) == "on day 5"
    assert back(usual, [7.0] * 7) == "not yet, day 7"
    assert back(usual, [5.0] * 5 + [8.0] * 2) == "not yet, day 7"
    assert back(usual, [7.0] * 30) == "not within 30 days"
    assert back(usual, [7.0] * 30, until=34) == "not before the next change, day 21"
    assert back(usual, [7.0, 7.0]) == "too early to say"
    assert back([4.0] * 9, [7.0] * 7) == "too few days before"


def test_no_doses_no_rows() -> None:
    pen = Pen()
    pen.write(check_in({"day": 4.0}), START)
    diary = fold(pen.entries)
    scope = Scope(diary=diary, first_day=START, last_day=START, main=main_of(diary))
    assert change_rows(scope) == ()


def test_two_drugs_stand_in_one_table_and_end_each_others_days() -> None:
    pen = Pen()
    for i in range(60):
        day = START + timedelta(days=i)
        pen.write(check_in({"day": 5.0}), day)
        pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(10 if i < 20 else 9)), day)
        pen.write(DoseTaken(drug="zopiclone", dose_mg=Decimal(8 if i < 25 else 4)), day)
    diary = fold(pen.entries)
    last = START + timedelta(days=59)
    scope = Scope(diary=diary, first_day=START, last_day=last, main=main_of(diary))
    rows = change_rows(scope)
    assert [(row.drug, row.percent) for row in rows] == [
        ("zopiclone", "−50 %"),
        ("diazepam", "−10 %"),
    ]
    assert rows[1].after == ("5 (5)", "–", "–")
