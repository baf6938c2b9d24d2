"""Published schedules: our tables against the publishers', and our engine against the tables.

NICE CKS (2018 text, adapted from Ashton 2002): 30 steps from 40 mg of diazepam and 20 from 20 mg
match its stated totals of 30 to 60 and 20 to 40 weeks at one to two weeks a step.
NHS Scotland, reduction schedules: lorazepam 1 mg twice a day by way of diazepam, 22 steps.
"""

import csv
import itertools
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from landward.app.plan.crossover import CrossoverForm, plan_crossover
from landward.app.plan.given import published, published_names
from landward.app.plan.request import PlanForm
from landward.app.plan.taper import plan_taper
from landward.catalog import load_catalog
from landward.catalog.schedules import schedule
from landward.model.base import BadInput
from landward.model.taper import TaperPlan

CATALOG = load_catalog()
START = date(2026, 1, 5)
SHARED = Path(__file__).parents[3] / "shared" / "facts" / "schedules.csv"


def taken(plan: TaperPlan) -> list[dict[str, tuple[str, Fraction]]]:
    return [
        {dose.at: (dose.drug or plan.drug, dose.made_mg) for dose in step.doses if dose.made_mg}
        for step in plan.steps
    ]


def test_nice_cks_has_30_steps_from_40_mg_and_20_from_20_mg():
    whole = published(CATALOG, "nice-cks", START)
    half = published(CATALOG, "nice-cks", START, from_mg=Fraction(20))
    assert (len(whole.steps), len(half.steps)) == (30, 20)
    assert (whole.steps[-1].made_mg, half.steps[-1].made_mg) == (0, 0)
    for days, weeks in ((7, 30), (14, 60)):
        plan = published(CATALOG, "nice-cks", START, every_days=days)
        assert sum(step.days for step in plan.steps) == weeks * 7


def test_our_table_follows_the_rule_it_is_made_from():
    cuts = {(40, 20): 2, (20, 10): 1, (10, 5): 1, (5, 0): 1}
    doses = [row.total_mg for row in schedule("nice-cks")]
    for before, after in itertools.pairwise(doses):
        (cut,) = [cut for (top, end), cut in cuts.items() if end < before <= top]
        assert before - after == cut


def test_a_published_schedule_prints_as_given_and_marks_what_it_breaches():
    plan = published(CATALOG, "nice-cks", START, every_days=14)
    ceiling = {
        step.made_mg: check.ok
        for step in plan.steps
        for check in step.checks
        if check.id == "asam2025.ceiling"
    }
    assert not plan.self_made
    assert ceiling[Fraction(3)] is True  # from 4 mg exactly a quarter
    assert [mg for mg, ok in ceiling.items() if not ok] == [2, 1, 0]


def test_the_lorazepam_schedule_comes_out_of_crossover_and_fixed_steps():
    """All 22 steps, worked out rather than looked up: change night first, then 1 mg a step."""
    form = CrossoverForm(
        drug="lorazepam", doses="morning 1 mg, night 1 mg", products="tab 2 half, tab 5, tab 10",
        every_days=14, start=START, table="nhs_scotland2024",
    )  # fmt: skip
    change = plan_crossover(CATALOG, form, {}, START).plan
    assert change is not None
    taper = plan_taper(
        CATALOG,
        PlanForm(
            drug="diazepam", dose="20", method="fixed", rate="1 mg", every="14d",
            products="tab 2 half, tab 5, tab 10", times="morning, night", split="10, 10",
            cut_from="morning", start=change.steps[-1].end, finish="smallest-step",
        ),
        {},
        START,
        require_answers=False,
    ).plan  # fmt: skip
    worked_out = taken(change) + taken(taper)
    printed = taken(published(CATALOG, "nhs-scotland-lorazepam", START))
    assert len(printed) == 22
    assert worked_out == printed


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside this checkout")
def test_the_tables_say_what_the_collected_schedules_say():
    totals: dict[str, list[Fraction]] = {}
    with SHARED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            totals.setdefault(row["schedule_id"], []).append(Fraction(row["total_diazepam_mg"]))
    for name, ours in (("CKS-ASHTON-40", "nice-cks"),
                       ("NHSSCOT-LORAZ2", "nhs-scotland-lorazepam")):  # fmt: skip
        assert [row.total_mg for row in schedule(ours)] == totals[name]


def test_what_a_schedule_does_not_have_is_refused():
    assert set(published_names()) == {"nice-cks", "nhs-scotland-lorazepam"}
    with pytest.raises(BadInput, match="there is nhs-scotland-lorazepam, nice-cks"):
        published(CATALOG, "ashton", START)
    with pytest.raises(BadInput, match="7 to 14 days a step, not 3"):
        published(CATALOG, "nice-cks", START, every_days=3)
    with pytest.raises(BadInput, match="no step at that dose"):
        published(CATALOG, "nice-cks", START, from_mg=Fraction(39))
