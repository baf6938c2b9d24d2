"""What a plan needs from the pharmacy, as text to hand over. It is not a prescription."""

from datetime import date
from fractions import Fraction
from itertools import groupby

from landward.model.amounts import exact_text
from landward.model.base import Frozen
from landward.model.taper import SupplyLine, TaperPlan
from landward.report.taper_words import (
    amount_words,
    date_words,
    product_words,
    supply_count_words,
)

LEFTOVERS = "Leftover tablets: take them back to the pharmacy; do not keep them."
SHORTAGE = (
    "If a product is out of stock: do not skip or stretch doses; ask the pharmacy or prescriber "
    "the same day, and plan again with what there is."
)
NOT_A_PRESCRIPTION = "Not a prescription: compare with the order."


class SupplySheet(Frozen):
    """Who the supply text is for, and how long it holds."""

    patient: str = ""
    prescriber: str = ""
    valid_until: date | None = None


def supply_text(plan: TaperPlan, sheet: SupplySheet, today: date) -> str:
    """The supply of a plan, interval by interval, in plain text."""
    replaces = f", replaces version {plan.replaces}" if plan.replaces else ""
    valid = sheet.valid_until or (plan.supply[0].to if plan.supply else plan.start)
    lines = [
        f"{plan.drug.capitalize()}: supply for a taper plan (DRAFT)",
        NOT_A_PRESCRIPTION,
        "",
        f"Patient: {sheet.patient or '____________'}",
        f"Prescriber: {sheet.prescriber or '____________'}",
        f"Plan version {plan.version}{replaces}, printed {date_words(today)}, valid until "
        f"{date_words(valid)}",
        "",
    ]
    for (since, to), group in groupby(plan.supply, key=lambda line: (line.since, line.to)):
        lines += _interval(since, to, list(group))
    if not plan.supply:
        lines += ["This plan does not say what its doses are made from.", ""]
    return "\n".join([*lines, LEFTOVERS, SHORTAGE, "", plan.warning]) + "\n"


def _interval(since: date, to: date, group: list[SupplyLine]) -> list[str]:
    days = (to - since).days + 1
    total = sum((line.mg for line in group), Fraction(0))
    lines = [f"{date_words(since)} to {date_words(to)} ({days} days)"]
    for line in group:
        marks = f"  [{'; '.join(line.marks)}]" if line.marks else ""
        lines.append(
            f"  {product_words(line.product)}: {supply_count_words(line)}, "
            f"{amount_words(line.mg)}{marks}"
        )
    return [*lines, f"  total {exact_text(total)} mg", ""]
