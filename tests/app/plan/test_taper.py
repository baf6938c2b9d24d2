"""Planning as a task: questions first, tables wired in, supply added, plans that are lived with."""

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest

from landward.app.plan import tables as plan_facts
from landward.app.plan.crossover import (
    CrossoverForm,
    _of_one_mind,
    equal_range,
    plan_crossover,
    unlike_tables,
)
from landward.app.plan.living import adoption, beside, change, hold, standing_plan, versions
from landward.app.plan.request import PlanForm, read_every, read_packs, read_rate
from landward.app.plan.taper import plan_taper, read_answers, with_supply
from landward.app.write.entry import new_entry
from landward.catalog import load_catalog
from landward.model.base import BadInput
from landward.model.bodies import DoseTaken
from landward.model.crossover import EqualDose, EqualRange
from landward.model.diary import fold
from landward.model.moment import Moment
from landward.model.taper_request import Method

CATALOG = load_catalog()
TODAY = dt.date(2026, 1, 5)
MOMENT = Moment(at=dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC), zone="Europe/London")
FORM = PlanForm(
    drug="Valium", dose="20", method="percent-current", rate="10", every="2 weeks",
    products="tab 2 half, tab 5", start=TODAY,
)  # fmt: skip
ALL_NO = read_answers(CATALOG, {"all": "no"})


class Counting:
    device = "test"
    seq = 0

    def next_seq(self) -> int:
        self.seq += 1
        return self.seq


def answer(form: PlanForm = FORM, answers=None, *, require: bool = False, **more):
    return plan_taper(CATALOG, form, answers or {}, TODAY, require_answers=require, **more)


def test_where_nothing_was_answered_the_page_for_a_person_gives_no_schedule():
    found = answer(require=True)
    assert found.plan.steps == ()
    assert "questions are not answered yet" in found.plan.refused.reason
    assert any("letter" in line for line in found.plan.refused.would_help)
    assert found.plan.warning.startswith("Do not stop suddenly")


def test_where_every_answer_is_no_the_page_gives_the_draft():
    plan = answer(answers=ALL_NO, require=True).plan
    assert [str(step.made_mg) for step in plan.steps][:3] == ["18", "17", "16"]
    assert plan.draft and plan.refused is None
    assert plan.ends.would_help[0] == "liquid 0.4 mg/mL mark 0.1 mL"


@pytest.mark.parametrize("question", ["seizures", "pregnancy", "opioids", "ask.liver"])
@pytest.mark.parametrize("require", [False, True])
def test_a_yes_that_calls_for_a_clinician_withholds_the_schedule_everywhere(question, require):
    told = read_answers(CATALOG, {"all": "no", question: "yes"})
    found = answer(answers=told, require=require)
    assert found.plan.steps == ()
    assert question.removeprefix("ask.") in found.plan.refused.rule


def test_on_the_command_line_open_questions_stand_beside_the_draft():
    found = answer()
    assert found.plan.steps
    assert len(found.supervision.open_questions) == len(CATALOG.supervision_questions)


def test_a_yes_that_asks_for_care_withholds_nothing():
    told = read_answers(CATALOG, {"all": "no", "age_65": "yes"})
    found = answer(answers=told, require=True)
    assert found.plan.steps
    assert found.supervision.care


def test_a_drug_that_is_not_planned_says_why():
    form = FORM.model_copy(update={"drug": "midazolam", "dose": "7.5", "products": "tab 7.5"})
    assert "Not a medicine for daily use" in answer(form).plan.refused.reason


def test_the_limit_comes_from_the_guideline_table():
    limit = plan_facts.ceiling(CATALOG)
    assert (limit.percent, limit.days, limit.source) == (25, 14, "ASAM-2025")


def test_a_dose_that_every_table_puts_high_is_said():
    form = FORM.model_copy(update={"dose": "60"})
    assert any("a specialist" in note for note in answer(form).plan.notes)


def test_every_plan_is_compared_with_every_guideline():
    compared = {row.id: (row.kept, row.of) for row in answer().plan.compared}
    assert compared["asam2025.ceiling"] == (10, 10)
    assert compared["nsw2.cut"] == (10, 10)
    # nine cuts start above 10 mg; the tenth, from 10 to 9 mg, belongs to the band below
    assert compared["nice_cks2018.band-20-10"] == (9, 9)
    assert compared["nice_cks2018.band-10-5"] == (1, 1)


def test_supply_is_never_longer_than_the_country_allows():
    form = FORM.model_copy(update={"drug": "zopiclone", "dose": "7.5", "rate": "25",
                                   "products": "tab 3.75 half"})  # fmt: skip
    plan = answer(form, supply_days=90, country="FR").plan
    assert any("at most 4 weeks" in note for note in plan.notes)
    assert max((line.to - line.since).days + 1 for line in plan.supply) <= 28
    with pytest.raises(BadInput, match="1 to 366"):
        with_supply(CATALOG, plan, None, 0)


def test_fewer_products_when_they_do_as_well():
    form = FORM.model_copy(update={"products": "tab 2 half, tab 5, tab 10"})
    plan = answer(form, fewest=True).plan
    assert plan.products == ("tab 2 half",)
    assert plan.ends.at_mg == answer(form).plan.ends.at_mg


def test_products_of_the_shelf_are_swallowed_ones_and_split_only_where_a_source_says_so():
    shelf = plan_facts.shelf(CATALOG, CATALOG.find_drug("alprazolam"))
    names = {item.name for item in shelf}
    assert "tab 2 quarter" in names and "tab 1" in names and "er tab 1" in names
    assert not any(item.parts > 1 and item.extended_release for item in shelf)
    sublingual = plan_facts.shelf(CATALOG, CATALOG.find_drug("zolpidem"))
    assert all(not item.name.startswith("odt") for item in sublingual)


@pytest.mark.parametrize(
    ("text", "days"), [("14d", 14), ("14", 14), ("2w", 14), ("2 weeks", 14), ("1 day", 1)]
)
def test_intervals(text, days):
    assert read_every(text) == days


def test_rates_and_packs_are_read_with_their_units():
    assert read_rate("10 %", Method.PERCENT_CURRENT) == 10
    assert read_rate("500 micrograms", Method.FIXED) == Fraction(1, 2)
    assert read_packs("tab 2 = 28, liquid 0.4 mg/mL=100") == {"tab 2": 28, "liquid 0.4 mg/mL": 100}
    for text, method in (("1 mg", Method.DAILY), ("10%", Method.FIXED), ("x", Method.FIXED)):
        with pytest.raises(BadInput, match="rate"):
            read_rate(text, method)
    with pytest.raises(BadInput, match="pack size"):
        read_packs("tab 2")


def test_the_range_of_equal_doses_holds_every_table():
    equal = equal_range(CATALOG, "lorazepam", "diazepam")
    assert (equal.low_per_mg, equal.high_per_mg) == (Fraction(5, 2), 10)
    assert {row.table for row in equal.rows} >= {"ashton2002", "vadod2021", "nhs_scotland2024"}
    both = equal_range(CATALOG, "alprazolam", "clonazepam")
    assert both.low_per_mg <= 1 <= both.high_per_mg
    with pytest.raises(BadInput, match="your prescriber decides"):
        equal_range(CATALOG, "etizolam", "zaleplon")


def crossover(**more):
    form = CrossoverForm(
        drug="lorazepam", doses="morning 1 mg, night 1 mg", products="tab 2 half, tab 5, tab 10",
        start=TODAY, **more,
    )  # fmt: skip
    return plan_crossover(CATALOG, form, {}, TODAY)


def test_a_change_waits_until_somebody_picks():
    assert crossover().plan is None
    assert crossover(table="vadod2021").per_mg == 5
    assert crossover(equals="1 mg = 8 mg").per_mg == 8
    for more, says in (
        ({"table": "nobody"}, "no table is called"),
        ({"table": "clincalc"}, "pick with --equals"),
        ({"equals": "10"}, "write what is equal"),
        ({"equals": "1 mg = 2 mg", "table": "nsw"}, "not both"),
        (
            {"equals": "1 mg = 20 mg"},
            "the tables say 2.5 to 10. If your prescriber means it, say why",
        ),
        ({"first": ("noon",)}, "not one of the dose times"),
        ({"every_days": 0}, "1 to 90"),
    ):
        with pytest.raises(BadInput, match=says):
            crossover(**more)


def test_a_pick_outside_every_table_needs_a_reason_that_is_printed():
    found = crossover(equals="1 mg = 20 mg", because="felt too little on ten")
    assert found.per_mg == 20
    assert found.picked_from.endswith("the tables say 2.5 to 10, because: felt too little on ten")
    assert found.plan is not None
    assert any("because: felt too little on ten" in note for note in found.plan.notes)


def test_a_number_that_one_wide_table_alone_holds_needs_a_reason_too():
    # lorazepam: clincalc 2.5 to 10; every other table 5 or 10, at least twice 2.5
    with pytest.raises(BadInput, match="only clincalc says so, every other table 5 to 10"):
        crossover(equals="1 mg = 2.5 mg")
    found = crossover(equals="1 mg = 2.5 mg", because="frail, and starting low")
    assert "frail, and starting low" in found.picked_from
    assert crossover(equals="1 mg = 4 mg").picked_from == "the prescriber: 1 mg = 4 mg"  # 5 < 2 x 4
    apart = EqualRange(
        from_drug="a", to_drug="b", low_per_mg=Fraction(1), high_per_mg=Fraction(10),
        rows=tuple(EqualDose(table=name, from_mg="1", low_mg=mg, high_mg=mg, source="")
                   for name, mg in (("one", "1"), ("two", "10"))),
    )  # fmt: skip
    assert unlike_tables(apart, Fraction(3)) == "the tables say 1 to 10"  # three times, a third
    assert unlike_tables(apart, Fraction(6)) == ""


def test_a_table_that_stands_alone_cannot_be_picked_by_its_name():
    def row(table: str, mg: str) -> EqualDose:
        return EqualDose(table=table, from_mg="15", low_mg=mg, high_mg=mg, source="made up")

    tables = (row("a", "7.5"), row("b", "10"), row("odd", "30"))
    rows = EqualRange(
        from_drug="x", to_drug="diazepam", low_per_mg="0.5", high_per_mg="2", rows=tables
    )
    assert _of_one_mind(tables[1], rows) == Fraction(2, 3)
    with pytest.raises(
        BadInput, match=r"odd puts 2 mg of diazepam for 1 mg of x; all other tables"
    ):
        _of_one_mind(tables[2], rows)


def test_an_adopted_plan_is_kept_to_the_letter_and_the_old_one_stays():
    numbering = Counting()
    plan = answer().plan
    first, kept = adoption(numbering, fold([]), plan, MOMENT, "Dr. A")
    _, stored = standing_plan(fold([first]))
    assert stored.steps[0].doses == plan.steps[0].doses == kept.steps[0].doses
    assert stored.tables == plan.tables

    longer = hold(CATALOG, stored, dt.date(2026, 1, 10), 7)
    second, _ = adoption(numbering, fold([first]), longer, MOMENT)
    diary = fold([first, second])
    assert [(old.version, old.replaces) for old in versions(diary)] == [(1, None), (2, 1)]
    assert first.id not in second.replaces
    assert standing_plan(diary)[1].steps[0].days == 21


def test_going_on_another_way_looks_back_over_the_seam():
    plan = answer().plan
    on = dt.date(2026, 3, 2)  # 15 mg since 16 February
    form = PlanForm(drug="", dose="", method="fixed", products="", rate="4 mg", start=on)
    new = change(CATALOG, plan, form, {}, TODAY, require_answers=False).plan
    assert new.from_mg == 15
    assert [str(step.made_mg) for step in new.steps][:2] == ["12", "9"]  # a quarter, not 4 mg
    with pytest.raises(BadInput, match="only begins on"):
        change(CATALOG, plan, form.model_copy(update={"start": TODAY}), {}, TODAY,
               require_answers=False)  # fmt: skip


def test_taken_doses_stand_beside_the_plan():
    plan = answer().plan
    numbering = Counting()
    doses = [
        new_entry(numbering, DoseTaken(drug="diazepam", dose_mg="18"), TODAY, MOMENT),
        new_entry(numbering, DoseTaken(drug="zopiclone", dose_mg="7.5"), TODAY, MOMENT),
        new_entry(numbering, DoseTaken(drug="diazepam", dose_mg="2", as_needed=True),
                  TODAY + dt.timedelta(days=1), MOMENT),
    ]  # fmt: skip
    rows = beside(fold(doses), plan, TODAY, TODAY + dt.timedelta(days=2))
    # What was taken as needed says nothing of the regular dose.
    assert [row.words for row in rows] == ["as planned", "not known", "not known"]
    more = new_entry(numbering, DoseTaken(drug="diazepam", dose_mg="19"),
                     TODAY + dt.timedelta(days=1), MOMENT)  # fmt: skip
    rows = beside(fold([*doses, more]), plan, TODAY, TODAY + dt.timedelta(days=2))
    assert [row.words for row in rows] == ["as planned", "different", "not known"]


def test_there_is_no_plan_before_one_is_adopted(tmp_path: Path):
    with pytest.raises(BadInput, match="no plan was adopted yet"):
        standing_plan(fold([]))
    with pytest.raises(BadInput, match="without steps"):
        adoption(Counting(), fold([]), answer().plan.model_copy(update={"steps": ()}), MOMENT)
