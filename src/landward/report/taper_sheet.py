"""The plan on paper: large type, one line a step or a day, boxes to tick, DRAFT on every page."""

from datetime import date, timedelta
from typing import Any, Literal

from landward.model.base import BadInput
from landward.model.said import ENGLISH, Catalogue, joined, phrase
from landward.model.taper import DRAFT_WARNING, TaperPlan, TaperStep, TimedDose
from landward.report.plan_lines import plan_lines
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
from landward.report.words import weekday_words

Lines = Literal["step", "day"]
MOST_LINES = 1_000
IF_YOU_GO_ON = phrase("if you go on")
WAITS = phrase(
    "“If you go on” stands where nobody said yes yet. Without a word, the line before goes on."
)


def sheet_pdf(
    plan: TaperPlan,
    today: date,
    *,
    lines: Lines = "step",
    paper: Paper = "a4",
    patient: str = "",
    prescriber: str = "",
    confirmed: int | None = None,
    catalogue: Catalogue = ENGLISH,
) -> bytes:
    """The sheet as a PDF. Raises BadInput where there are no steps, or more than paper holds.

    `confirmed` is how many steps were said yes to (None: all stand as they are dated); each line of
    the others says “if you go on”.
    """
    if not plan.steps:
        raise BadInput(phrase("this plan has no steps to print"))
    data = sheet_data(plan, lines, patient, prescriber, confirmed)
    if len(data["rows"]) > MOST_LINES:
        raise BadInput(
            phrase(
                "{count} lines are too many for paper; print fewer days", count=len(data["rows"])
            )
        )
    return typeset("taper_sheet", data, date=today, paper=paper, catalogue=catalogue)


def sheet_data(
    plan: TaperPlan, lines: Lines, patient: str = "", prescriber: str = "",
    confirmed: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What the template prints."""
    steps = merged(plan)
    stands = [line.confirmed for line in plan_lines(plan, confirmed)]
    rows = (
        [
            _step_row(number, step, before, stood)
            for number, (step, before, stood) in enumerate(
                zip(steps, _before(plan, steps), stands, strict=True), start=1
            )
        ]
        if lines == "step"
        else _day_rows(steps, stands)
    )
    end = plan.ends
    helps = joined(", ", end.would_help) if end else ""
    return {
        "title": phrase(
            "{drug}: one line {words}",
            drug=plan.drug.capitalize(),
            words=phrase("a step") if lines == "step" else phrase("a day"),
        ),
        "from": phrase(
            "From {from_mg} a day{asked}. {who}",
            from_mg=mg_words(plan.from_mg),
            asked=_asked(plan),
            who=_who(patient, prescriber),
        ),
        "made_from": made_from(plan),
        "waits": "" if all(stands) else WAITS,
        "lines": lines,
        "times": list(plan.times),
        "rows": rows,
        "unkept": [
            rule[0].upper() + rule[1:]
            for rule in dict.fromkeys(rule for step in plan.steps for rule in broken(step))
        ],
        "notes": [*plan.notes, *_compared(plan)],
        "end": _end_words(plan),
        "helps": phrase("What would carry it on: {helps}.", helps=helps) if helps else "",
        "reminder": DRAFT_WARNING,
        "draft": _footer(plan),
    }


def _asked(plan: TaperPlan) -> str:
    return (
        phrase(", {asked}", asked=plan.asked)
        if plan.asked
        else phrase(", {method}", method=plan.method)
    )


def _who(patient: str, prescriber: str) -> str:
    named = [
        phrase("{word}: {name}.", word=word, name=name)
        for word, name in (("For", patient), ("Prescriber", prescriber))
        if name
    ]
    return joined(" ", named)


def _footer(plan: TaperPlan) -> str:
    replaces = (
        phrase(", replaces version {replaces}", replaces=plan.replaces) if plan.replaces else ""
    )
    kind = "DRAFT" if plan.self_made else phrase("DRAFT, printed as given")
    return phrase(
        "{kind} · version {version}{replaces} · not a prescription · do not stop suddenly",
        kind=kind,
        version=plan.version,
        replaces=replaces,
    )


def _compared(plan: TaperPlan) -> list[str]:
    lines = compared_words(plan)
    return [phrase("Only compared, not asked for: {line}.", line=line) for line in lines]


def made_from(plan: TaperPlan) -> str:
    """Every box and bottle the lines below are made from, by its strength."""
    pieces = [piece for step in plan.steps for dose in step.doses for piece in dose.pieces]
    products = sorted({piece.product for piece in pieces})
    return phrase(
        "Made from: {products}.",
        products=joined(", ", (product_words(product) for product in products)),
    )


def _end_words(plan: TaperPlan) -> str:
    """How the plan ends; where it goes no further, what to stay on until somebody decides."""
    end = plan.ends
    if end is None:
        return ""
    words = phrase(
        "The plan ends at {at_mg}: {reason}.", at_mg=mg_words(end.at_mg), reason=end.reason
    )
    if end.at_mg:
        words += phrase(
            " Stay on {at_mg} until you and your prescriber go on together.",
            at_mg=mg_words(end.at_mg),
        )
    return words


def _before(plan: TaperPlan, steps: list[TaperStep]) -> list[bool]:
    """Whether each line keeps the dose of the line before."""
    doses = [plan.from_mg, *(step.made_mg for step in steps)]
    return [held == step.made_mg for held, step in zip(doses, steps, strict=False)]


def _step_row(number: int, step: TaperStep, hold: bool, stands: bool) -> dict[str, Any]:
    return {
        "line": f"{number}",
        "day": _day_words(step.start),
        "to": phrase("to {day}", day=_day_words(step.end - timedelta(days=1)))
        if stands
        else IF_YOU_GO_ON,
        "for": span_words(step),
        "total": mg_words(step.made_mg),
        "change": "hold" if hold else cut_words(step),
        "doses": [_dose(dose) for dose in step.doses],
        "flag": bool(broken(step)),
    }


def _day_words(day: date) -> str:
    return phrase("{weekday} {date}", weekday=weekday_words(day), date=date_words(day))


def _day_rows(steps: list[TaperStep], stands: list[bool]) -> list[dict[str, Any]]:
    rows = []
    for step, stood in zip(steps, stands, strict=True):
        for number in range(step.days):
            day = step.start + timedelta(days=number)
            rows.append(
                {
                    "day": _day_words(day),
                    "new": number == 0,
                    "mark": "" if stood else IF_YOU_GO_ON,
                    "total": mg_words(step.made_mg),
                    "doses": [_dose(dose) for dose in step.doses],
                    "flag": bool(broken(step)),
                }
            )
    return rows


def _dose(dose: TimedDose) -> dict[str, Any]:
    pieces = [piece_words(piece) for piece in dose.pieces]
    if dose.drug and pieces:
        pieces[-1] += phrase(" of {drug}", drug=dose.drug)
    return {
        "at": dose.at,
        "mg": dose_words(dose),
        "pieces": pieces or ([] if dose.made_mg else ["none"]),
    }
