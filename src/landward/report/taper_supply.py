"""What a plan needs from the pharmacy, as text to hand over. It is not a prescription."""

from datetime import date
from fractions import Fraction
from itertools import groupby

from landward.model.amounts import exact_text
from landward.model.base import Frozen
from landward.model.said import Words, joined, phrase
from landward.model.taper import SupplyLine, TaperPlan
from landward.report.taper_words import (
    amount_words,
    date_words,
    supply_count_words,
    supply_product_words,
)

LEFTOVERS = phrase("Leftover tablets: take them back to the pharmacy; do not keep them.")
SHORTAGE = phrase(
    "If a product is out of stock: do not skip or stretch doses; ask the pharmacy or "
    "prescriber the same day, and plan again with what there is."
)
NOT_A_PRESCRIPTION = phrase("Not a prescription: compare with the order.")


class SupplySheet(Frozen):
    """Who the supply text is for, and how long it holds."""

    patient: Words = ""
    prescriber: Words = ""
    valid_until: date | None = None


def supply_text(plan: TaperPlan, sheet: SupplySheet, today: date) -> str:
    """The supply of a plan, interval by interval, in plain text."""
    replaces = (
        phrase(", replaces version {replaces}", replaces=plan.replaces) if plan.replaces else ""
    )
    valid = sheet.valid_until or (plan.supply[0].to if plan.supply else plan.start)
    lines = [
        phrase("{drug}: supply for a taper plan (DRAFT)", drug=plan.drug.capitalize()),
        NOT_A_PRESCRIPTION,
        "",
        phrase("Patient: {value}", value=sheet.patient or "____________"),
        phrase("Prescriber: {value}", value=sheet.prescriber or "____________"),
        phrase(
            "Plan version {version}{replaces}, printed {today}, valid until {valid}",
            version=plan.version,
            replaces=replaces,
            today=date_words(today),
            valid=date_words(valid),
        ),
        "",
    ]
    for (since, to), group in groupby(plan.supply, key=lambda line: (line.since, line.to)):
        lines += _interval(since, to, list(group))
    if not plan.supply:
        lines += [phrase("This plan does not say what its doses are made from."), ""]
    return joined("\n", [*lines, LEFTOVERS, SHORTAGE, "", plan.warning]) + "\n"


def _interval(since: date, to: date, group: list[SupplyLine]) -> list[str]:
    days = (to - since).days + 1
    total = sum((line.mg for line in group), Fraction(0))
    lines = [
        phrase(
            "{since} to {to} ({days} days)", since=date_words(since), to=date_words(to), days=days
        )
    ]
    for line in group:
        marks = phrase("  [{marks}]", marks=joined("; ", line.marks)) if line.marks else ""
        lines.append(
            phrase(
                "  {product}: {line}, {mg}{marks}",
                product=supply_product_words(line),
                line=supply_count_words(line),
                mg=amount_words(line.mg),
                marks=marks,
            )
        )
    if len({line.drug for line in group}) > 1:
        return [*lines, ""]
    return [*lines, phrase("  total {exact_text} mg", exact_text=exact_text(total)), ""]
