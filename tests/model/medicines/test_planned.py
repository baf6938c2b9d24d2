"""What adopted plans say: both stored shapes, each drug alone, a later plan from its start on."""

import datetime as dt
import json
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.medicines.scenarios import plan

from landward.model.medicines.planned import plan_steps, planned_by_drug
from landward.model.plan_pack import plan_to_text
from landward.model.taper import TaperPlan, TaperStep, TimedDose

START = dt.date(2026, 1, 5)
amounts = st.decimals("0", "60", places=3).map(lambda mg: Fraction(mg))


@st.composite
def plans(draw: st.DrawFn) -> TaperPlan:
    """A plan of one drug, or of two where some doses are of the old one."""
    two = draw(st.booleans())
    steps, day = [], START
    for number in range(1, draw(st.integers(1, 6)) + 1):
        doses = [
            TimedDose(at=at, drug=draw(st.sampled_from(("", "lorazepam"))) if two else "",
                      made_mg=draw(amounts))
            for at in ("morning", "night")
        ]  # fmt: skip
        days = draw(st.integers(1, 30))
        made = sum((dose.made_mg for dose in doses), Fraction(0))
        steps.append(
            TaperStep(step=number, start=day, days=days, ideal_mg=made, made_mg=made,
                      cut_percent=Fraction(0), doses=tuple(doses), checks=())
        )  # fmt: skip
        day += dt.timedelta(days=days)
    return TaperPlan(
        drug="diazepam", method="given", start=START, from_mg=steps[0].made_mg,
        times=("morning", "night"), products=("tab 5",), steps=tuple(steps),
    )  # fmt: skip


@given(plans())
def test_both_stored_shapes_say_the_same_of_every_drug_and_day(given_plan: TaperPlan) -> None:
    packed = plan_steps(plan_to_text(given_plan))
    assert packed == plan_steps(given_plan.model_dump_json())
    for step in given_plan.steps:
        for drug, steps in packed.items():
            right = sum(
                (dose.made_mg for dose in step.doses if (dose.drug or "diazepam") == drug),
                Fraction(0),
            )
            (mine,) = [one for one in steps if one.start == step.start]
            assert (Fraction(mine.mg), mine.days) == (right, step.days), (drug, step)


def test_a_second_drugs_plan_never_displaces_the_first() -> None:
    said = [plan("diazepam", START, (28, "10"), (28, "9")), plan("zopiclone", START, (90, "7.5"))]
    for order in (said, said[::-1]):
        planned = planned_by_drug((plan, ()) for plan in order)
        days = (START, START + dt.timedelta(days=30))
        assert [planned["diazepam"].on(day) for day in days] == [Decimal(10), Decimal(9)]
        assert planned["zopiclone"].on(days[1]) == Decimal("7.5")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "7", "zlib64:AAAA", '{"format": "landward-plan", "plan": {"drug": "x"}}',
     '{"drug": "x", "steps": [{"start": "2026-01-05", "days": 0, "made_mg": "1"}]}',
     '{"drug": "x", "steps": [{"start": "9999-12-31", "days": 9, "made_mg": "1"}]}',
     '{"drug": "x", "steps": [{"start": "2026-01-05", "days": 7, "made_mg": "-1"}]}',
     '{"drug": 7, "steps": [{"start": "2026-01-05", "days": 7, "made_mg": "1"}]}'],
    ids=["empty", "list", "nothing", "number", "squeezed", "half", "no day", "no end", "below 0",
         "no drug"],
)  # fmt: skip
def test_a_plan_nobody_can_read_says_nothing(text: str) -> None:
    assert plan_steps(text) == {}


@pytest.mark.parametrize("amount", ["1e999999999", "-1e99999", "0e-999999999", "9" * 4000])
def test_an_amount_that_is_small_to_write_and_large_to_work_with_makes_no_plan(amount):
    began = time.process_time()
    step = {"start": "2026-01-01", "days": 14, "made_mg": amount,
            "doses": [{"at": "daily", "made_mg": amount}]}  # fmt: skip
    text = json.dumps({"drug": "diazepam", "from_mg": amount, "steps": [step]})
    assert plan_steps(text) == {} and time.process_time() - began < 5
