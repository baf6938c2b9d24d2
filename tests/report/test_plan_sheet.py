"""The sheet for the kitchen table: the same lines as the screen, for a pen."""

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from landward.app.library.tables import load_catalog
from landward.app.plan.request import PlanForm
from landward.app.plan.taper import plan_taper
from landward.model.taper import TaperPlan
from landward.report.plan_sheet import plan_sheet, plan_sheet_pdf

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


def test_lines_nobody_said_yes_to_say_so_and_have_no_last_day(plan: TaperPlan) -> None:
    rows = plan_sheet(plan, confirmed=1, agreed="")["rows"]
    text = json.dumps(rows, ensure_ascii=False)
    assert rows[0]["when"] == "from Mon 5 Jan 2026"
    assert rows[1]["when"] == "from Mon 19 Jan 2026, if you go on"
    assert text.count("if you go on") == len(rows) - 1
    assert "microgram" not in text, "one unit throughout"
    assert "<svg" in text


def test_without_dates_a_line_has_its_length_and_a_place_for_a_pen(plan: TaperPlan) -> None:
    rows = plan_sheet(plan, confirmed=0, agreed="", dated=False)["rows"]
    assert rows[4]["when"] == "at least 14 days"
    assert rows[4]["until"] == "begun ____________"
    assert "2026" not in json.dumps([{**row, "doses": []} for row in rows])


def test_a_plan_that_ends_above_nothing_says_what_to_stay_on(plan: TaperPlan) -> None:
    assert (
        "stay on 2 mg until you go on together" in plan_sheet(plan, confirmed=0, agreed="")["end"]
    )


@pytest.mark.parametrize(
    ("name", "large", "dated"), [("usual", False, True), ("large", True, False)]
)
def test_it_is_an_accessible_pdf(plan: TaperPlan, name: str, large: bool, dated: bool) -> None:
    pdf = plan_sheet_pdf(
        plan, START, confirmed=1, agreed="agreed with Dr A on 3 Jan 2026", dated=dated, large=large
    )
    assert pdf.startswith(b"%PDF")
    if PICTURES:
        Path(f"{PICTURES}/sheet-{name}.pdf").write_bytes(pdf)
