"""A plan in the form a file's name asks for: sheet, calendar, QR code or plan file."""

import json
from collections.abc import Sequence
from datetime import date

from landward.exchange.plan_code import to_code
from landward.model.base import BadInput
from landward.model.plan_pack import pack_plan
from landward.model.said import ENGLISH, Catalogue, phrase
from landward.model.taper import TaperPlan
from landward.report.taper_calendar import plan_calendar
from landward.report.taper_qr import code_svg
from landward.report.taper_sheet import Lines, sheet_pdf
from landward.report.typesetting import Paper


def paper_of(
    plan: TaperPlan,
    name: str,
    today: date,
    *,
    lines: Lines = "step",
    paper: Paper = "a4",
    patient: str = "",
    prescriber: str = "",
    earlier: Sequence[TaperPlan] = (),
    confirmed: int | None = None,
    catalogue: Catalogue = ENGLISH,
) -> bytes:
    """The plan as .pdf, .ics, .svg (QR code) or .json (plan file).

    A calendar moves and cancels what the `earlier` versions put into it. `confirmed` is how many
    steps were said yes to, None where all stand as dated. Raises BadInput for other endings.
    """
    if not plan.steps:
        raise BadInput(phrase("there are no steps to write down; nothing was written"))
    match name.rsplit(".", 1)[-1].lower():
        case "pdf":
            return sheet_pdf(
                plan, today, lines=lines, paper=paper, patient=patient, prescriber=prescriber,
                confirmed=confirmed, catalogue=catalogue,
            )  # fmt: skip
        case "ics":
            return plan_calendar(plan, today, earlier, confirmed)
        case "svg":
            return code_svg(to_code(plan), phrase("A plan to scan with Landward"))
        case "json":
            return (json.dumps(pack_plan(plan), ensure_ascii=False, indent=1) + "\n").encode()
        case _:
            raise BadInput(
                phrase(
                    "“{name}”: write to a name that ends in .pdf, .ics, .svg or .json", name=name
                )
            )
