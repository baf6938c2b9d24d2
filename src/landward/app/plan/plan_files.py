"""What a plan is handed over as from the screen: sheet, calendar, plan file, code, the order."""

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from landward.app.plan.papers import paper_of
from landward.model.base import BadInput, Frozen
from landward.model.said import ENGLISH, Catalogue, phrase
from landward.model.taper import TaperPlan
from landward.report.plan_pharmacy import plan_pharmacy_pdf
from landward.report.plan_prescriber import plan_prescriber_pdf
from landward.report.plan_sheet import plan_sheet_pdf
from landward.report.taper_supply import SupplySheet, supply_text

KINDS = {
    "sheet": ("sheet.pdf", "application/pdf"),
    "days": ("days.pdf", "application/pdf"),
    "open": ("sheet-without-dates.pdf", "application/pdf"),
    "calendar": ("sheet.ics", "text/calendar"),
    "file": ("plan.json", "application/json"),
    "code": ("plan.svg", "image/svg+xml"),
    "prescriber": ("for-the-prescriber.pdf", "application/pdf"),
    "pharmacy": ("for-the-pharmacy.pdf", "application/pdf"),
    "order": ("supply.txt", "text/plain; charset=utf-8"),
}


class PlanFile(Frozen):
    """One file to save or print."""

    name: str
    media_type: str
    content: bytes


class Sheet(Frozen):
    """How a sheet is wanted, and how far the plan was confirmed (None: it has days throughout)."""

    paper: str = "a4"
    large: bool = False
    patient: str = ""
    prescriber: str = ""
    agreed: str = ""
    confirmed: int | None = 0
    staying: TaperPlan | None = None
    """The dose of now held for a supply interval, where its pieces are known."""


def plan_file(
    plan: TaperPlan, kind: str, today: dt.date, sheet: Sheet, earlier: Sequence[TaperPlan] = (),
    *, catalogue: Catalogue = ENGLISH,
) -> PlanFile:  # fmt: skip
    """One of KINDS. Raises BadInput for another, or where the plan has no steps."""
    if kind not in KINDS:
        raise BadInput(phrase("there is no such paper"))
    name, media_type = KINDS[kind]
    paper: Literal["a4", "letter"] = "letter" if sheet.paper == "letter" else "a4"
    if kind == "prescriber":
        content = plan_prescriber_pdf(
            plan, today, confirmed=sheet.confirmed, agreed=sheet.agreed, patient=sheet.patient,
            paper=paper, catalogue=catalogue,
        )  # fmt: skip
        return PlanFile(name=name, media_type=media_type, content=content)
    if kind == "pharmacy":
        content = plan_pharmacy_pdf(
            plan, today, confirmed=sheet.confirmed, staying=sheet.staying, patient=sheet.patient,
            prescriber=sheet.prescriber, paper=paper, catalogue=catalogue,
        )  # fmt: skip
        return PlanFile(name=name, media_type=media_type, content=content)
    if kind == "order":
        text = supply_text(plan, SupplySheet(prescriber=sheet.prescriber), today)
        return PlanFile(name=name, media_type=media_type, content=text.encode())
    if kind in ("sheet", "open"):
        content = plan_sheet_pdf(
            plan, today, confirmed=sheet.confirmed, agreed=sheet.agreed, dated=kind == "sheet",
            large=sheet.large, paper=paper, catalogue=catalogue,
        )  # fmt: skip
        return PlanFile(name=name, media_type=media_type, content=content)
    content = paper_of(
        plan,
        name,
        today,
        lines="day" if kind == "days" else "step",
        paper=paper,
        patient=sheet.patient,
        prescriber=sheet.prescriber,
        earlier=earlier,
        confirmed=sheet.confirmed,
        catalogue=catalogue,
    )
    return PlanFile(name=name, media_type=media_type, content=content)
