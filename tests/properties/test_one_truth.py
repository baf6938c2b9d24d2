"""One diary, one answer: every consumer of a dose at once, over generated diaries and the table."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.making import START, entry
from tests.model.medicines.scenarios import TABLE, day_journal, settled_journal
from tests.properties.one_truth import Amounts, Consumers, kept_plan, written
from tests.report.people import check_in

from landward.model.bodies import Prescription, Retraction
from landward.model.entries import Entry

DRUGS = ("clonazepam", "diazepam")
CALLED = {"clonazepam": ("clonazepam", "Rivotril"), "diazepam": ("diazepam", "Valium ")}
MARKS = ("T10", "T10", "T10", "5+5", "T9.5", "T9", "5", "x", "-", "?", "T10~2", "~2", "T10~?",
         "x+3", "T10+5", "T0", "T7.5+T8", "5+?", "0.1+0.2", "x~1")  # fmt: skip
slow = (HealthCheck.too_slow, HealthCheck.filter_too_much)


@st.composite
def journals(draw: st.DrawFn) -> tuple[str, list[Entry], int]:
    """Two drugs by any name, plans, labels, a supply; days of any mix; corrections, retractions."""
    days = draw(st.integers(2, 18))
    entries: list[Entry] = []

    def write(body: Any, number: int, **more: Any) -> Entry:
        made = entry(body, START + dt.timedelta(days=number), key=f"{len(entries)}",
                     seq=len(entries), minute=len(entries), **more)  # fmt: skip
        entries.append(made)
        return made

    said = [f"{days} days"]
    for number in range(days):
        write(check_in({"day": float(number % 10)}), number)
    for drug in draw(st.sampled_from((DRUGS[:1], DRUGS, DRUGS))):
        planned = draw(st.sampled_from(("10", "9.5", "0.3")))
        write(kept_plan(drug, START, 200, planned), 0)
        if draw(st.booleans()):
            write(Prescription(drug=drug, dose_mg_per_day=Decimal(12), supply_mg=Decimal(150)), 0)
        marks = draw(st.lists(st.sampled_from(MARKS), min_size=days, max_size=days))
        said.append(f"{drug}, planned {planned}: {' '.join(marks)}")
        words = draw(st.lists(st.sampled_from(CALLED[drug]), min_size=days, max_size=days))
        doses = [
            write(body, n)
            for n, (word, mark) in enumerate(zip(words, marks, strict=True))
            for body in written(word, mark)
        ]
        for old in draw(st.lists(st.sampled_from(doses), max_size=3)) if doses else []:
            number = (old.date - START).days
            mark = draw(st.sampled_from(("T8", "x", "2", "gone")))
            body = Retraction() if mark == "gone" else written(drug, mark)[0]
            write(body, number, replaces=(old.id,), device=draw(st.sampled_from("ab")))
            said.append(f"day {number}: {mark} in place of an entry")
    return "; ".join(said), entries, days


@settings(max_examples=60, deadline=None, suppress_health_check=slow)
@given(journals())
def test_everybody_says_the_same_of_every_day_and_of_what_lasts(
    journal: tuple[str, list[Entry], int],
) -> None:
    said, entries, days = journal
    one = Consumers(entries, START, START + dt.timedelta(days=days - 1))
    for drug, row in one.json.items():
        agree(one, drug, said)
        words = f"{row['settled_mg']} mg" if row["settled_mg"] is not None else ""
        assert one.settled(drug) == dict.fromkeys(one.settled(drug), words), said
        assert len(one.supply(drug)) == 1, said
    assert len({frozenset(drugs) for drugs in one.stops().values()}) == 1, said


def agree(one: Consumers, drug: str, said: object) -> None:
    """Every consumer names the same regular amount for the same days, and no other days."""
    right = one.days_json(drug)
    told: dict[str, Amounts | None] = {
        "Journey": one.days_journey(drug) if one.journey_draws(drug) else None,
        "engine": one.days_engine(drug) if one.has_doses(drug) else None,
        "page one": one.days_chart(drug),
        "plan taken": one.days_beside(drug) if one.has_plan(drug) else None,
        "FHIR": one.days_fhir(drug),
        "export": one.days_export(drug),
        "Today": one.days_today(drug),
    }
    for consumer, days in told.items():
        assert days is None or days == right, (consumer, said)
    needed = {
        dt.date.fromisoformat(day["date"]): Decimal(day["as_needed_mg"])
        for day in one.json[drug]["days"]
        if day["as_needed_mg"] not in (None, "0")
    }
    assert one.days_fhir(drug, as_needed=True) == needed, said


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in TABLE["day"]])
def test_every_row_of_the_table_is_the_same_everywhere(case: dict[str, Any]) -> None:
    days = sorted({dt.date.fromisoformat(right["date"]) for right in case["right"]})
    answers = [entry(check_in({"day": 5.0}), day, key=f"day {day}") for day in days]
    one = Consumers([*answers, *day_journal(case)], days[0], days[-1])
    for right in case["right"]:
        if right["drug"] not in one.json:
            assert right["state"] == "not_known", case
            continue
        agree(one, right["drug"], case)
        day = next(d for d in one.json[right["drug"]]["days"] if d["date"] == right["date"])
        assert day == {key: right[key] for key in day}, case


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case["id"]) for case in TABLE["settled"] if "future" not in case["id"]],
)
def test_every_settled_dose_of_the_table_is_the_same_everywhere(case: dict[str, Any]) -> None:
    entries, until = settled_journal(case)
    first = dt.date.fromisoformat(case["start"])
    days = (until - first).days + 1
    answers = [
        entry(check_in({"day": 5.0}), first + dt.timedelta(days=n), key=f"day {n}")
        for n in range(days)
    ]
    order = entry(Prescription(drug="x", dose_mg_per_day=Decimal(77)), first, key="label")
    one = Consumers([*answers, order, *entries], first, until)
    settled = case["right"]["settled_mg"]
    words = "" if settled is None else f"{settled} mg"
    assert one.settled("x") == dict.fromkeys(one.settled("x"), words), case
    assert one.json["x"]["last_change"] == case["right"]["last_change"], case
