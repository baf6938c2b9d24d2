"""The pharmacy's own sheet: what is handed out for which days, counted, and what waits for a word.

Not a prescription. Days nobody said yes to yet are marked: for them another dose may be needed, so
what a further month on the dose of now takes stands beside them.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from landward.model.amounts import exact_text
from landward.model.base import BadInput
from landward.model.said import ENGLISH, Catalogue, Words, begun, joined, phrase
from landward.model.stopping import DO_NOT_STOP
from landward.model.taper import SupplyLine, TaperPlan
from landward.report.taper_supply import LEFTOVERS, NOT_A_PRESCRIPTION, SHORTAGE
from landward.report.taper_words import (
    amount_words,
    date_words,
    mg_words,
    plan_name,
    supply_count_words,
    supply_product_words,
)
from landward.report.typesetting import Paper, typeset

BLANK = "____________________"
MOST_LINES = 1_000
WIDTHS = [2.2, 1.6, 1.3, 1.0, 2.2]
"""How wide the columns are, beside one another."""
ASK_FIRST = phrase("if they go on: ask before handing out")


def plan_pharmacy_pdf(
    plan: TaperPlan,
    today: date,
    *,
    confirmed: int | None,
    staying: TaperPlan | None = None,
    patient: str = "",
    prescriber: str = "",
    paper: Paper = "a4",
    catalogue: Catalogue = ENGLISH,
) -> bytes:
    """The sheet as a PDF; see `plan_pharmacy`."""
    data = plan_pharmacy(
        plan, today, confirmed=confirmed, staying=staying, patient=patient, prescriber=prescriber
    )
    return typeset("plan_paper", data, date=today, paper=paper, catalogue=catalogue)


def plan_pharmacy(
    plan: TaperPlan,
    today: date,
    *,
    confirmed: int | None,
    staying: TaperPlan | None = None,
    patient: str = "",
    prescriber: str = "",
) -> dict[str, object]:
    """What the template prints. `staying` is a plan of the dose of now and what it needs.

    Raises BadInput where the plan does not say what its doses are made from.
    """
    if not plan.supply:
        raise BadInput(phrase("this plan does not say what its doses are made from"))
    if len(plan.supply) > MOST_LINES:
        raise BadInput(
            phrase("{count} lines are too many for paper; hold each longer",
                   count=len(plan.supply))
        )  # fmt: skip
    stands = stands_until(plan, confirmed)
    rows = _rows(plan.supply, stands)
    return {
        "title": phrase("{drug}: for the pharmacy", drug=begun(plan_name(plan))),
        "quiet": phrase(
            "For: {patient}. Prescriber: {prescriber}. Version {version}, printed {day}.",
            patient=patient or BLANK, prescriber=prescriber or BLANK, version=plan.version,
            day=date_words(today),
        ),
        "reminder": phrase("{not_one} {stop}", not_one=NOT_A_PRESCRIPTION, stop=DO_NOT_STOP),
        "lines": [],
        "sections": [
            {"head": phrase("To hand out"), "widths": WIDTHS, "columns": _columns(), "rows": rows,
             "notes": []},
            *_staying(staying),
            {"head": phrase("Left over, or out of stock"), "widths": [], "columns": [], "rows": [],
             "notes": [LEFTOVERS, SHORTAGE]},
        ],
        "blanks": [phrase("Instead of these, handed out: {blank}", blank=BLANK)],
        "footer": phrase(
            "DRAFT · version {version} · not a prescription · do not stop suddenly",
            version=plan.version,
        ),
    }  # fmt: skip


def stands_until(plan: TaperPlan, confirmed: int | None) -> date:
    """The day from which nobody has said yes yet."""
    if confirmed is None:
        return plan.steps[-1].end
    return plan.steps[confirmed - 1].end if confirmed else plan.steps[0].start


def _columns() -> list[Words]:
    return [phrase("days"), phrase("product"), phrase("count"), phrase("holds"), phrase("note")]


def _rows(supply: Iterable[SupplyLine], stands: date | None) -> list[list[Words]]:
    rows: list[list[Words]] = []
    for (since, to), group in groupby(supply, key=lambda line: (line.since, line.to)):
        lines = list(group)
        days = phrase(
            "{since} to {to} ({days} days)", since=date_words(since), to=date_words(to),
            days=(to - since).days + 1,
        )  # fmt: skip
        waits = stands is not None and to >= stands
        for number, line in enumerate(lines):
            marks = [*line.marks, *([ASK_FIRST] if waits and number == 0 else [])]
            rows.append(
                [days if number == 0 else "", supply_product_words(line),
                 supply_count_words(line), amount_words(line.mg), joined("; ", marks)]
            )  # fmt: skip
        if len(lines) == 1 or len({line.drug for line in lines}) > 1:
            continue  # milligrams of two drugs are never added up
        total = sum((line.mg for line in lines), Fraction(0))
        rows.append(["", phrase("in all"), "", phrase("{mg} mg", mg=exact_text(total)), ""])
    return rows


def _staying(staying: TaperPlan | None) -> list[dict[str, object]]:
    if staying is None or not staying.supply:
        return []
    days = (staying.steps[-1].end - staying.start) // timedelta(days=1)
    head = phrase(
        "If they stay on {mg} a day, {days} days need", mg=mg_words(staying.from_mg), days=days
    )
    rows = [
        [supply_product_words(line), supply_count_words(line), amount_words(line.mg),
         joined("; ", line.marks)]
        for line in staying.supply
    ]  # fmt: skip
    return [
        {"head": head, "widths": WIDTHS[1:], "columns": _columns()[1:], "rows": rows, "notes": []}
    ]
