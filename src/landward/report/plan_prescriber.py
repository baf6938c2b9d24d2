"""The prescriber's own sheet: every line with its true percent, what was compared, room for a pen.

It proposes nothing. What the person keeps at the kitchen table is another sheet (`plan_sheet`).
"""

from datetime import date
from fractions import Fraction

from landward.model.said import ENGLISH, Catalogue, Said, Words, begun, joined, phrase
from landward.model.taper import DRAFT_WARNING, TaperPlan
from landward.report.plan_lines import PlanLine, change_words, printable_lines
from landward.report.taper_sheet import WAITS, made_from
from landward.report.taper_words import (
    before_words,
    compared_words,
    doses_words,
    merged,
    mg_words,
    plan_name,
    two_drugs,
)
from landward.report.typesetting import Paper, typeset

BLANK = "____________________"


def plan_prescriber_pdf(
    plan: TaperPlan,
    today: date,
    *,
    confirmed: int | None,
    agreed: str,
    patient: str = "",
    paper: Paper = "a4",
    catalogue: Catalogue = ENGLISH,
) -> bytes:
    """The sheet as a PDF. Raises BadInput where there are no lines, or more than paper holds."""
    data = plan_prescriber(plan, confirmed=confirmed, agreed=agreed, patient=patient)
    return typeset("plan_paper", data, date=today, paper=paper, catalogue=catalogue)


def plan_prescriber(
    plan: TaperPlan, *, confirmed: int | None, agreed: str, patient: str = ""
) -> dict[str, object]:
    """What the template prints. Raises BadInput as `plan_prescriber_pdf` does."""
    lines = printable_lines(plan, confirmed)
    return {
        "title": phrase("{drug}: plan, for the prescriber", drug=begun(plan_name(plan))),
        "quiet": _who(agreed, patient),
        "reminder": DRAFT_WARNING,
        "lines": [
            phrase("From {mg} a day, {asked}.", mg=before_words(plan),
                   asked=plan.asked or plan.method),
            *([] if two_drugs(plan) else [made_from(plan)]),
            *([phrase("What we wrote down together: “{rule}”", rule=plan.own_rule)]
              if plan.own_rule else []),
            *([] if all(line.confirmed for line in lines) else [WAITS]),
        ],
        "sections": [
            {
                "head": "",
                **_columns(plan),
                "rows": _rows(plan, lines),
                "notes": [],
            },
            *_notes(plan, lines),
        ],
        "blanks": [
            phrase("Changed to: {blank}", blank=BLANK),
            phrase("Seen and agreed, name and date: {blank}", blank=BLANK),
            phrase("Whom to call when it gets too hard: {blank}", blank=BLANK),
        ],
        "footer": phrase(
            "DRAFT · version {version} · not a prescription · do not stop suddenly",
            version=plan.version,
        ),
    }  # fmt: skip


def _who(agreed: str, patient: str) -> Words:
    named = phrase("For: {name}.", name=patient or BLANK)
    return joined(" ", [named, phrase("{agreed}.", agreed=begun(agreed))] if agreed else [named])


def _columns(plan: TaperPlan) -> dict[str, object]:
    """The columns; percent where there is any: in a plain change of drug each line is the same."""
    when = [phrase("line"), phrase("from"), phrase("at least"), phrase("a day")]
    if _level(plan):
        return {"widths": [0.5, 2.1, 0.9, 2.2, 4.0], "columns": [*when, phrase("made from")]}
    percent = [phrase("change"), phrase("of the first")]
    return {
        "widths": [0.5, 1.9, 1.0, 1.0, 1.05, 1.05, 3.2],
        "columns": [*when, *percent, phrase("made from")],
    }


def _level(plan: TaperPlan) -> bool:
    """Whether two drugs are counted as one and no line is more or less than the one before."""
    return two_drugs(plan) and all(step.made_mg == plan.from_mg for step in plan.steps)


def _percent(plan: TaperPlan, line: PlanLine, made_mg: Fraction) -> list[Said | str]:
    if _level(plan):
        return []
    return [line.change, change_words(plan.from_mg, made_mg) if plan.from_mg else ""]


def _rows(plan: TaperPlan, lines: tuple[PlanLine, ...]) -> list[list[Said | str]]:
    return [
        [
            f"{line.number}",
            line.since,
            line.lasts,
            line.mg,
            *_percent(plan, line, step.made_mg),
            joined("; ", [doses_words(step.doses), f"“{step.words}”"])
            if step.words
            else doses_words(step.doses),
        ]
        for line, step in zip(lines, merged(plan), strict=True)
    ]


def _notes(plan: TaperPlan, lines: tuple[PlanLine, ...]) -> list[dict[str, object]]:
    unkept = list(dict.fromkeys(rule for line in lines for rule in line.unkept))
    told = [(phrase("Asked for and not kept"), unkept),
            (phrase("Only compared, not asked for"), compared_words(plan)),
            (phrase("How two medicines are counted"), plan.notes if two_drugs(plan) else ()),
            (phrase("How it ends"), _end(plan))]  # fmt: skip
    return [
        {
            "head": head,
            "widths": [],
            "columns": [],
            "rows": [],
            "notes": [f"{begun(note)}" for note in notes],
        }
        for head, notes in told
        if notes
    ]


def _end(plan: TaperPlan) -> list[str]:
    last: Fraction = plan.steps[-1].made_mg
    if plan.ends is None:
        return []
    words: list[str] = [
        phrase("it ends at {mg}: {reason}", mg=mg_words(last), reason=plan.ends.reason)
    ]
    if last:
        words.append(phrase("until you go on together they stay on {mg}", mg=mg_words(last)))
    return words
