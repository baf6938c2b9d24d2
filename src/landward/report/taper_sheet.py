"""The plan on paper: large type, one line a step or a day, boxes to tick, DRAFT on every page."""

from datetime import date, timedelta
from typing import Any, Literal

from landward.model.base import BadInput
from landward.model.taper import DRAFT_WARNING, TaperPlan, TaperStep, TimedDose
from landward.report.taper_words import (
    broken,
    compared_words,
    cut_words,
    date_words,
    dose_words,
    merged,
    mg_words,
    piece_words,
    product_words,
    span_words,
)
from landward.report.typesetting import Paper, typeset

Lines = Literal["step", "day"]
MOST_LINES = 1_000


def sheet_pdf(
    plan: TaperPlan,
    today: date,
    *,
    lines: Lines = "step",
    paper: Paper = "a4",
    patient: str = "",
    prescriber: str = "",
) -> bytes:
    """The sheet as a PDF. Raises BadInput where there are no steps, or more than paper holds."""
    if not plan.steps:
        raise BadInput("this plan has no steps to print")
    data = sheet_data(plan, lines, patient, prescriber)
    if len(data["rows"]) > MOST_LINES:
        raise BadInput(f"{len(data['rows'])} lines are too many for paper; print fewer days")
    return typeset("taper_sheet", data, date=today, paper=paper)


def sheet_data(
    plan: TaperPlan, lines: Lines, patient: str = "", prescriber: str = ""
) -> dict[str, Any]:
    """What the template prints."""
    steps = merged(plan)
    rows = (
        [
            _step_row(number, step, before)
            for number, (step, before) in enumerate(
                zip(steps, _before(plan, steps), strict=True), start=1
            )
        ]
        if lines == "step"
        else _day_rows(steps)
    )
    end = plan.ends
    helps = ", ".join(end.would_help) if end else ""
    return {
        "title": f"{plan.drug.capitalize()}: one line {'a step' if lines == 'step' else 'a day'}",
        "from": f"From {mg_words(plan.from_mg)} a day{_asked(plan)}. {_who(patient, prescriber)}",
        "made_from": _made_from(plan),
        "lines": lines,
        "times": list(plan.times),
        "rows": rows,
        "unkept": [
            rule[0].upper() + rule[1:]
            for rule in dict.fromkeys(rule for step in plan.steps for rule in broken(step))
        ],
        "notes": [*plan.notes, *_compared(plan)],
        "end": _end_words(plan),
        "helps": f"What would carry it on: {helps}." if helps else "",
        "reminder": DRAFT_WARNING,
        "draft": _footer(plan),
    }


def _asked(plan: TaperPlan) -> str:
    return f", {plan.asked}" if plan.asked else f", {plan.method}"


def _who(patient: str, prescriber: str) -> str:
    named = [
        f"{word}: {name}." for word, name in (("For", patient), ("Prescriber", prescriber)) if name
    ]
    return " ".join(named)


def _footer(plan: TaperPlan) -> str:
    replaces = f", replaces version {plan.replaces}" if plan.replaces else ""
    kind = "DRAFT" if plan.self_made else "DRAFT, printed as given"
    return f"{kind} · version {plan.version}{replaces} · not a prescription · do not stop suddenly"


def _compared(plan: TaperPlan) -> list[str]:
    lines = compared_words(plan)
    return [f"Only compared, not asked for: {line}." for line in lines]


def _made_from(plan: TaperPlan) -> str:
    """Every box and bottle the lines below are made from, by its strength."""
    pieces = [piece for step in plan.steps for dose in step.doses for piece in dose.pieces]
    products = sorted({piece.product for piece in pieces})
    return f"Made from: {', '.join(product_words(product) for product in products)}."


def _end_words(plan: TaperPlan) -> str:
    """How the plan ends; where it goes no further, what to stay on until somebody decides."""
    end = plan.ends
    if end is None:
        return ""
    words = f"The plan ends at {mg_words(end.at_mg)}: {end.reason}."
    if end.at_mg:
        words += f" Stay on {mg_words(end.at_mg)} until you and your prescriber go on together."
    return words


def _before(plan: TaperPlan, steps: list[TaperStep]) -> list[bool]:
    """Whether each line keeps the dose of the line before."""
    doses = [plan.from_mg, *(step.made_mg for step in steps)]
    return [held == step.made_mg for held, step in zip(doses, steps, strict=False)]


def _step_row(number: int, step: TaperStep, hold: bool) -> dict[str, Any]:
    return {
        "line": f"{number}",
        "day": f"{step.start:%a} {date_words(step.start)}",
        "to": f"to {step.end - timedelta(days=1):%a} {date_words(step.end - timedelta(days=1))}",
        "for": span_words(step),
        "total": mg_words(step.made_mg),
        "change": "hold" if hold else cut_words(step),
        "doses": [_dose(dose) for dose in step.doses],
        "flag": bool(broken(step)),
    }


def _day_rows(steps: list[TaperStep]) -> list[dict[str, Any]]:
    rows = []
    for step in steps:
        for number in range(step.days):
            day = step.start + timedelta(days=number)
            rows.append(
                {
                    "day": f"{day:%a} {date_words(day)}",
                    "new": number == 0,
                    "total": mg_words(step.made_mg),
                    "doses": [_dose(dose) for dose in step.doses],
                    "flag": bool(broken(step)),
                }
            )
    return rows


def _dose(dose: TimedDose) -> dict[str, Any]:
    pieces = [piece_words(piece) for piece in dose.pieces]
    if dose.drug and pieces:
        pieces[-1] += f" of {dose.drug}"
    return {
        "at": dose.at,
        "mg": dose_words(dose),
        "pieces": pieces or ([] if dose.made_mg else ["none"]),
    }
