"""The prescriber's and the pharmacy's own sheets: the plan's own numbers, what waits said so."""

import datetime as dt
import json
import os
from fractions import Fraction
from pathlib import Path

import pytest

from landward.app.library.tables import load_catalog
from landward.app.plan.request import PlanForm
from landward.app.plan.taper import plan_taper
from landward.model.base import BadInput
from landward.model.taper import TaperPlan
from landward.report.plan_lines import plan_lines
from landward.report.plan_pharmacy import ASK_FIRST, plan_pharmacy, plan_pharmacy_pdf
from landward.report.plan_prescriber import plan_prescriber, plan_prescriber_pdf
from landward.report.taper_sheet import sheet_data

START = dt.date(2026, 1, 5)
PICTURES = os.environ.get("LANDWARD_PICTURES", "")


@pytest.fixture(scope="module")
def plan() -> TaperPlan:
    form = PlanForm(
        drug="diazepam", dose="10", method="fixed", rate="1 mg", every="14d", start=START,
        products="tab 2 half, tab 5, liquid 0.4 mg/mL mark 0.1 mL", to="2",
        times="morning, night", split="5, 5",
    )  # fmt: skip
    return plan_taper(load_catalog(), form, {}, START, require_answers=False).plan


def rows_of(section: object) -> list[list[str]]:
    assert isinstance(section, dict)
    return [[str(cell) for cell in row] for row in section["rows"]]


def test_the_prescriber_sees_every_line_its_percent_and_how_far_it_was_said_yes_to(
    plan: TaperPlan,
) -> None:
    data = plan_prescriber(plan, confirmed=2, agreed="my own draft; no prescriber has seen it")
    rows = rows_of(data["sections"][0])
    assert [row[0] for row in rows] == [f"{line.number}" for line in plan_lines(plan)]
    assert rows[0][1:6] == ["from Mon 5 Jan 2026", "14 days", "9 mg", "−10.0 %", "−10.0 %"]
    assert rows[1][4:6] == ["−11.1 %", "−20.0 %"], "9 to 8 mg, and of the first 10 mg"
    assert [row[1].endswith("if you go on") for row in rows] == [False] * 2 + [True] * (
        len(rows) - 2
    )
    assert "My own draft; no prescriber has seen it." in str(data["quiet"])
    assert "can kill" in str(data["reminder"])
    told = json.dumps(data, ensure_ascii=False, default=str)
    assert "they stay on 2 mg" in told and "microgram" not in told


def test_the_pharmacy_counts_what_the_plan_counts_and_asks_before_what_waits(
    plan: TaperPlan,
) -> None:
    data = plan_pharmacy(plan, START, confirmed=2, patient="A. B.", prescriber="Dr C")
    rows = rows_of(data["sections"][0])
    counted = [row[2] for row in rows if row[1] == "5 mg tablet"]
    wanted = [line.count for line in plan.supply if line.product == "tab 5"]
    assert [Fraction(text.split()[0]) for text in counted] == wanted
    firsts = [row for row in rows if row[0]]
    assert [ASK_FIRST in row[4] for row in firsts] == [False] + [True] * (len(firsts) - 1)
    assert "For: A. B.. Prescriber: Dr C." in str(data["quiet"])
    assert "Not a prescription" in str(data["reminder"]) and "can kill" in str(data["reminder"])


def test_what_staying_needs_stands_beside_what_waits(plan: TaperPlan) -> None:
    stay = plan.model_copy(update={"steps": plan.steps[:1], "from_mg": plan.steps[0].made_mg})
    data = plan_pharmacy(plan, START, confirmed=1, staying=stay)
    assert data["sections"][1]["head"] == "If they stay on 9 mg a day, 14 days need"


def test_a_plan_without_pieces_has_no_order(plan: TaperPlan) -> None:
    with pytest.raises(BadInput, match="does not say what its doses are made from"):
        plan_pharmacy(plan.model_copy(update={"supply": ()}), START, confirmed=0)


def test_one_line_a_day_says_if_you_go_on_from_the_first_day_that_waits(plan: TaperPlan) -> None:
    rows = sheet_data(plan, "day", confirmed=1)["rows"]
    assert [row["mark"] for row in rows[13:16]] == ["", "if you go on", "if you go on"]
    assert "if you go on" not in {row["mark"] for row in sheet_data(plan, "day")["rows"]}
    assert sheet_data(plan, "step", confirmed=1)["rows"][1]["to"] == "if you go on"


def test_both_are_accessible_pdfs(plan: TaperPlan) -> None:
    first = plan_prescriber_pdf(plan, START, confirmed=1, agreed="agreed with Dr A")
    second = plan_pharmacy_pdf(plan, START, confirmed=1)
    for name, pdf in (("prescriber", first), ("pharmacy", second)):
        assert pdf.startswith(b"%PDF") and b"/StructTreeRoot" in pdf
        if PICTURES:
            Path(f"{PICTURES}/{name}.pdf").write_bytes(pdf)
