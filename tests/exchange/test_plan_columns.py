"""A typed plan's columns: nothing dropped in silence, nothing added that says the same thing twice.

The first rows are what strangers' files held (a total beside the dose times, capitals, units in
brackets, a hole between two steps, a second drug halfway).
"""

from fractions import Fraction

import pytest

from landward.exchange.plan_file import read_plan_file
from landward.model.base import BadInput


def plan(text: str, name: str = "plan.csv"):
    return read_plan_file(text.encode(), name)


def first_day(header: str, line: str) -> dict[str, Fraction]:
    given = plan(f"drug,start,days,{header}\ndiazepam,2026-01-05,14,{line}\n")
    assert given.steps[0].total_mg == sum(dose.mg for dose in given.steps[0].doses)
    return {dose.at: dose.mg for dose in given.steps[0].doses}


READ = [
    ("morning_mg,night_mg,total_mg", "10,10,20", {"morning": 10, "night": 10}),
    ("morning_mg,night_mg,daily_mg", "10,10,20", {"morning": 10, "night": 10}),
    ("morning_mg,dose_mg,night_mg", "10,20,10", {"morning": 10, "night": 10}),
    ("morning_mg,night_mg,Total daily dose (mg)", "8,2,10", {"morning": 8, "night": 2}),
    ("morning_mg,Night_MG", "2.5,5", {"morning": "2.5", "night": 5}),
    ("Morning (mg),night [mg]", "2.5,5", {"morning": "2.5", "night": 5}),
    ("morning_mg,night", "2.5,5 mg", {"morning": "2.5", "night": 5}),
    ("morning,night", "500 micrograms,½ tablet of 1 mg", {"morning": "0.5", "night": "0.5"}),
    ("night (micrograms)", "250", {"night": "0.25"}),
    ("night (micrograms)", "0.25 mg", {"night": "0.25"}),
    ("late evening mg", "3", {"late evening": 3}),
    ("dose_mg", ".5", {"daily": "0.5"}),
    ("total_mg", "20", {"daily": 20}),
    ("morning_mg,night_mg,note", "0,5,easy week", {"morning": 0, "night": 5}),
    ("morning_mg,noon_mg,night_mg", "1,,2", {"morning": 1, "night": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("header", "line", "doses"), READ)
def test_columns_that_say_a_dose_are_read(header, line, doses):
    assert first_day(header, line) == {at: Fraction(mg) for at, mg in doses.items()}


REFUSED = [
    ("morning_mg,night_mg,total_mg", "10,10,25", "“total_mg” says 25 mg, but the dose times add "
     "up to 20 mg"),
    ("morning_mg,night", "2.5,5", "what is “night”?"),
    ("morning_mg,weight", "2.5,heavy", "what is “weight”?"),
    ("morning_mg,Morning (mg)", "2.5,5", "“morning” stands in two columns"),
    ("total_mg,daily_mg", "10,20", "say different doses for one day"),
    ("doses,night_mg", "morning 5 mg,5", "“night_mg” stands beside doses in words"),
    ("doses,total_mg", "morning 5 mg + night 5 mg,5", "“the total” says 5 mg"),
    ("start,dose_mg", "2026-01-06,5", "“start” stands twice"),
    ("dose_mg", "5,7", "more cells than the header has columns"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "line", "words"), REFUSED)
def test_columns_that_cannot_be_meant_are_refused_by_name(header, line, words):
    with pytest.raises(BadInput, match=r"plan\.csv") as told:
        first_day(header, line)
    assert words in str(told.value)


def test_a_hole_between_two_steps_is_refused_with_its_days():
    text = "drug,start,days,dose_mg\ndiazepam,2026-01-05,7,10\ndiazepam,2026-01-19,14,9\n"
    with pytest.raises(
        BadInput, match="line 3: no line says what is taken from 2026-01-12 to 2026"
    ):
        plan(text)
    assert len(plan(text.replace("2026-01-19", "2026-01-12")).steps) == 2


def test_two_drugs_are_never_added_up():
    halfway = "drug,start,days,dose_mg\nlorazepam,2026-01-05,7,2\ndiazepam,2026-01-12,7,20\n"
    with pytest.raises(BadInput, match="milligrams of lorazepam and diazepam cannot be added up"):
        plan(halfway)
    words = 'drug = "lorazepam"\n[[step]]\nstart = 2026-01-05\ndays = 7\n'
    both = 'doses = "morning 1 mg lorazepam + night 10 mg diazepam"\n'
    with pytest.raises(BadInput, match="cannot be added up"):
        plan(words + both, "plan.toml")
    counted = plan(words + both + "total_mg = 2\n", "plan.toml").steps[0]
    assert counted.total_mg == 2  # as the prescriber counts it, never 11
    assert [dose.drug for dose in counted.doses] == ["lorazepam", "diazepam"]


def test_a_word_beside_the_steps_is_not_dropped():
    with pytest.raises(BadInput, match="what is “evry_days”"):
        plan('drug = "diazepam"\nevry_days = 14\n[[step]]\ndays = 7\n', "plan.toml")
    with pytest.raises(BadInput, match=r"no \[\[step\]\] tables"):
        plan('drug = "diazepam"\nstep = [1, 2]\n', "plan.toml")


def test_blank_lines_are_no_steps_and_lines_count_as_an_editor_counts_them():
    text = "drug,start,days,dose_mg\ndiazepam,2026-01-05,7,10\n,,,\n\ndiazepam,2026-01-12,x,9\n"
    with pytest.raises(BadInput, match="line 5: how long"):
        plan(text)
