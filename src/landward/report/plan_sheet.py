"""The sheet for the kitchen table: numbered lines with a box, what to take in words and drawn.

With days, or without: then a line says how long it is held at least, and when it was begun is for a
pen. One unit throughout, one medicine a sheet.
"""

from datetime import date

from landward.model.said import ENGLISH, Catalogue, Said, begun, phrase
from landward.model.stopping import DO_NOT_STOP
from landward.model.taper import TaperPlan
from landward.report.figure.marks import Figure
from landward.report.figure.svg import paper_svg
from landward.report.palette import PAPER
from landward.report.plan_lines import DoseLine, PlanLine, printable_lines
from landward.report.taper_words import before_words, day_words, plan_name
from landward.report.typesetting import Paper, typeset

USUAL_PT, LARGE_PT = 12, 17


def plan_sheet_pdf(
    plan: TaperPlan,
    today: date,
    *,
    confirmed: int | None,
    agreed: str,
    dated: bool = True,
    large: bool = False,
    paper: Paper = "a4",
    catalogue: Catalogue = ENGLISH,
) -> bytes:
    """The sheet as a PDF. Raises BadInput where there are no lines, or more than paper holds."""
    data = plan_sheet(plan, confirmed=confirmed, agreed=agreed, dated=dated, large=large)
    return typeset("plan_sheet", data, date=today, paper=paper, catalogue=catalogue)


def plan_sheet(
    plan: TaperPlan, *, confirmed: int | None, agreed: str, dated: bool = True, large: bool = False
) -> dict[str, object]:
    """What the template prints. Raises BadInput as `plan_sheet_pdf` does."""
    lines = printable_lines(plan, confirmed)
    return {
        "title": phrase("{drug}: what to take", drug=begun(plan_name(plan))),
        "agreed": begun(agreed) if agreed else "",
        "now": phrase("Before line 1: {mg} a day.", mg=before_words(plan)),
        "stay": phrase("Nothing here begins by itself. Without a word, the line before goes on."),
        "reminder": DO_NOT_STOP,
        "rule": phrase("What we wrote down together: “{rule}”", rule=plan.own_rule)
        if plan.own_rule
        else "",
        "size": LARGE_PT if large else USUAL_PT,
        "rows": [_row(line, dated=dated) for line in lines],
        "end": phrase(
            "After the last line: stay on {mg} until you go on together.",
            mg=day_words(plan.steps[-1].doses, plan.steps[-1].made_mg),
        )
        if plan.steps[-1].made_mg
        else "",
        "footer": phrase(
            "DRAFT · version {version} · not a prescription · do not stop suddenly",
            version=plan.version,
        ),
    }


def _row(line: PlanLine, *, dated: bool) -> dict[str, object]:
    return {
        "number": f"{line.number}",
        "mg": phrase("{mg} a day", mg=line.mg),
        "change": line.change,
        "when": line.since if dated else phrase("at least {lasts}", lasts=line.lasts),
        "until": _until(line) if dated else phrase("begun ____________"),
        "doses": [_dose(dose) for dose in line.doses],
        "words": phrase("As written: “{words}”", words=line.words) if line.words else "",
    }


def _until(line: PlanLine) -> Said | str:
    """The last day, where the line's first is said; else how long it lasts at least."""
    return line.until if line.confirmed else phrase("at least {lasts}", lasts=line.lasts)


def _dose(dose: DoseLine) -> dict[str, object]:
    words = phrase("{at}: {pieces}", at=dose.at, pieces=dose.words) if dose.at else dose.words
    return {"words": words, "drawn": [_drawn(figure) for figure in dose.figures]}


def _drawn(figure: Figure) -> str:
    return paper_svg(figure, PAPER)
