"""Doses on the page: exact, held levels only, and never filled in."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from landward.model.bodies import DoseTaken, PlanAdopted, Prescription
from landward.model.diary import Diary, fold
from landward.model.medicines import medicine_record
from landward.model.medicines.levels import way_until
from landward.report.blocks.doses import dose_row, dose_rows, main_drug, stop_lines
from landward.report.blocks.scope import Scope
from tests.report.people import Pen, check_in
from tests.report.people import main as main_of

START = date(2026, 1, 1)
LATE = date(2027, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def diary_of(amounts: dict[int, list[str]], drug: str = "diazepam") -> Diary:
    pen = Pen()
    pen.write(check_in({"day": 5.0}), START)
    for number, doses in amounts.items():
        for mg in doses:
            pen.write(DoseTaken(drug=drug, dose_mg=Decimal(mg)), day(number))
    return fold(pen.entries)


def daily_doses(diary: Diary, drug: str, until: date) -> dict[date, Decimal]:
    return medicine_record(diary.lines).of(drug).known(until)


def scope_of(diary: Diary, last: date) -> Scope:
    return Scope(diary=diary, first_day=START, last_day=last, main=main_of(diary))


def test_doses_of_a_day_add_up_exactly() -> None:
    diary = diary_of({0: ["0.1", "0.2"], 1: ["0.3"]})
    assert daily_doses(diary, "diazepam", LATE) == {day(0): Decimal("0.3"), day(1): Decimal("0.3")}


def test_a_dose_without_its_amount_leaves_the_day_unknown() -> None:
    pen = Pen()
    pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(5)), START)
    pen.write(DoseTaken(drug="diazepam", status="as_planned"), START)
    pen.write(DoseTaken(drug="diazepam", status="not_taken"), day(1))
    assert daily_doses(fold(pen.entries), "diazepam", LATE) == {day(1): Decimal(0)}


@pytest.mark.parametrize(
    ("amounts", "levels"),
    [
        (["10"] * 3 + ["9"] * 3, ["10", "9"]),
        (["10"] * 3 + ["9.4"] + ["9"] * 3, ["10", "9"]),  # a day in between is no level
        (["10"] * 3 + ["12"] + ["10"] * 3, ["10"]),  # one other day and back
        (["10", "5", "0", "10", "5", "0"], []),  # as needed: nothing is held
        (["10"] * 2, []),
    ],
)
def test_a_level_is_an_amount_held_for_three_days(amounts: list[str], levels: list[str]) -> None:
    doses = {day(i): Decimal(mg) for i, mg in enumerate(amounts)}
    assert [level.mg for level in way_until(doses, day(9)).levels] == [Decimal(mg) for mg in levels]


def test_days_without_a_record_do_not_end_a_level() -> None:
    diary = diary_of({0: ["8"], 1: ["8"], 9: ["8"], 10: ["7"], 11: ["7"], 20: ["7"]})
    (change,) = scope_of(diary, LATE).medicine("diazepam").changes(LATE)
    assert (change.day, change.from_mg, change.to_mg) == (day(10), Decimal(8), Decimal(7))


def test_the_page_says_what_is_known_and_what_is_not() -> None:
    diary = diary_of({0: ["10"], 1: ["10"], 2: ["10"], 3: ["9"], 4: ["9"], 5: ["9"]})
    (row,) = dose_rows(scope_of(diary, day(5)))
    assert row.model_dump() == {
        "drug": "diazepam",
        "taken_now": "9 mg",
        "planned": "no plan kept",
        "prescribed": "not recorded",
        "at_start": "10 mg",
        "first_recorded": "10 mg on 1 Jan 2026",
        "last_change": "10 to 9 mg on 4 Jan 2026 (−10 %)",
        "supply": "not recorded",
        "supply_note": "",
        "last_days": "–, 10 ×3, 9 ×3",
        "as_needed": "",
    }
    (old,) = dose_rows(scope_of(diary, day(40)))
    assert old.taken_now == "not recorded since 6 Jan 2026"


@pytest.mark.parametrize("taken_on", [range(10), (0, 9), ()])
def test_supply_counts_days_without_a_record_as_ordered(taken_on: Iterable[int]) -> None:
    pen = Pen()
    pen.write(check_in({"day": 5.0}), START)
    pen.write(
        Prescription(drug="diazepam", dose_mg_per_day=Decimal(2), supply_mg=Decimal(31)), START
    )
    for number in taken_on:
        pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(2)), day(number))
    (row,) = dose_rows(scope_of(fold(pen.entries), day(9)))
    assert (row.supply, row.prescribed) == ("about 5 days", "2 mg")


def test_a_days_total_counts_once_and_doses_as_needed_stand_apart() -> None:
    pen = Pen()
    total = {"day_total": True, "status": "as_planned"}
    pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(10), **total), START)
    pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(5)), START)
    pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal("2.5"), as_needed=True), START)
    pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(9), **total), START)
    diary = fold(pen.entries)
    assert daily_doses(diary, "diazepam", LATE) == {START: Decimal(9)}
    assert medicine_record(diary.lines).of("diazepam").on(START).as_needed_mg == Decimal("2.5")


def test_the_charted_drug_is_the_one_with_most_days() -> None:
    pen = Pen()
    pen.write(check_in({"day": 5.0}), START)
    for number in range(3):
        pen.write(DoseTaken(drug="zopiclone", dose_mg=Decimal(4)), day(number))
    for number in range(4):
        pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(4)), day(number))
    diary = fold(pen.entries)
    assert main_drug(scope_of(diary, LATE)) == "diazepam"
    assert main_drug(scope_of(diary, START)) == "diazepam"
    assert main_drug(scope_of(diary_of({}), LATE)) is None


def plan(start: date, *steps: tuple[int, str], drug: str = "diazepam") -> PlanAdopted:
    said = []
    for days, mg in steps:
        said.append({"start": start.isoformat(), "days": days, "made_mg": mg})
        start += timedelta(days=days)
    return PlanAdopted(plan=json.dumps({"drug": drug, "steps": said}), tables_version="t")


def test_a_later_plan_takes_over_where_it_starts() -> None:
    pen = Pen()
    pen.write(plan(START, (4, "10"), (4, "9")), START)
    pen.write(plan(day(2), (2, "29/3")), day(2))
    pen.write(plan(START, (9, "1"), drug="zopiclone"), day(3))
    planned = medicine_record(fold(pen.entries).lines).of("diazepam").planned_mg
    assert [planned(day(n)) for n in (-1, 0, 1)] == [None, 10, 10]
    assert all(abs((planned(day(n)) or 0) - Decimal(29) / 3) < Decimal("1e-20") for n in (2, 3))
    # After its last day a plan's dose is held until another one takes over.
    assert planned(day(4)) == planned(day(40)) == planned(day(3))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "7", "[" * 19_000, '{"drug": "diazepam", "steps": [{"days": 1}]}'],
    ids=["empty", "list", "nothing", "number", "deep", "half a step"],
)
def test_a_plan_nobody_can_read_is_not_drawn(text: str) -> None:
    pen = Pen()
    pen.write(PlanAdopted(plan=text, tables_version="t"), START)
    assert medicine_record(fold(pen.entries).lines).of("diazepam").planned_mg(LATE) is None


def test_more_than_one_planned_day_not_taken_is_said_and_the_settled_dose_stays() -> None:
    pen = Pen()
    pen.write(check_in({"day": 5.0}), START)
    pen.write(plan(START, (60, "1")), START)
    for number in range(30):
        pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(1), day_total=True), day(number))
    for number in (30, 31, 32):
        pen.write(DoseTaken(drug="diazepam", status="not_taken", day_total=True), day(number))
    diary = fold(pen.entries)
    assert stop_lines(scope_of(diary, day(30))) == ()
    assert stop_lines(scope_of(diary, day(31))) == ("diazepam on 31 Jan and 1 Feb",)
    (row,) = dose_rows(scope_of(diary, day(31)))
    assert (row.taken_now, row.last_days) == ("1 mg", "1 ×5, not taken ×2")
    (row,) = dose_rows(scope_of(diary, day(32)))
    assert (row.taken_now, row.last_change) == ("0 mg", "1 to 0 mg on 31 Jan 2026 (−100 %)")


def test_one_day_and_what_was_as_needed_never_move_what_is_taken_now() -> None:
    pen = Pen()
    pen.write(check_in({"day": 5.0}), START)
    for number in range(10):
        pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal("0.35"), day_total=True), day(number))
    pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal("0.5"), as_needed=True), day(9))
    pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal("0.75"), day_total=True), day(10))
    (row,) = dose_rows(scope_of(fold(pen.entries), day(10)))
    assert (row.taken_now, row.last_days) == ("0.35 mg", "0.35 ×6, 0.75")
    assert row.as_needed == "0.5 mg on 10 Jan"


def test_supply_says_which_days_it_counts_as_planned() -> None:
    pen = Pen()
    label = Prescription(drug="diazepam", dose_mg_per_day=Decimal(5), supply_mg=Decimal(100))
    pen.write(label, day(0))
    pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(5)), day(0))
    for number in (1, 2):
        pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal(2), as_needed=True), day(number))
    pen.write(DoseTaken(drug="diazepam", status="as_planned"), day(3))
    record = medicine_record(fold(pen.entries).lines).of("diazepam")
    row = dose_row(record, day(0), day(5))
    assert row.supply_note == (
        "2 days without a written dose, 2 days with only as-needed doses written and "
        "1 day with an amount not written count as planned"
    )
    supply = record.supply(day(5))
    assert supply is not None
    assert supply.left_mg == Decimal(100 - 6 * 5 - 2 * 2)


def test_a_glide_the_record_begins_with_is_told_as_what_it_is() -> None:
    amounts = {n: [str(Decimal("10") - n * Decimal("0.1"))] for n in range(12)}
    record = medicine_record(diary_of(amounts).lines).of("diazepam")
    assert not record.changes(day(11))
    told = dose_row(record, day(0), day(11)).last_change
    assert told == "10 to 8.9 mg in small steps from 2 Jan 2026, where the record begins"


def test_one_odd_first_day_is_no_glide() -> None:
    record = medicine_record(diary_of({0: ["5"], **{n: ["10"] for n in range(1, 6)}}).lines)
    assert dose_row(record.of("diazepam"), day(0), day(5)).last_change == "none recorded"
