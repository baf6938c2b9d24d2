"""Every medicine that is written down: its labels, what it is for, what was taken as needed."""

from landward.model.said import joined, phrase
from landward.report.appendices.part import Leaf, Part
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Column, Row, Table, row
from landward.report.words import count_words, date_words, dose_words, list_words, shortened


def medicines(scope: Scope) -> tuple[Leaf, ...]:
    """Labels as the person copied them, and days on which one was taken in the period."""
    rows = tuple(_row(scope, drug) for drug in scope.medicines.drugs)
    if not rows:
        return ()
    table = Table(
        columns=(
            Column(head=phrase("medicine")), Column(head=phrase("labels copied"), share=2),
            Column(head=phrase("for"), share=1), Column(head=phrase("taken in this time"), share=1),
        ),
        rows=rows,
        note=phrase("As the patient wrote it. What nobody wrote down is not here: ask about "
                    "alcohol, opioids, herbs and what needs no prescription."),
    )  # fmt: skip
    return (
        Leaf(part=MEDICINES.name, title=phrase("Medicines that are written down"), shape=table),
    )


def _row(scope: Scope, drug: str) -> Row:
    medicine = scope.medicine(drug)
    labels = [
        phrase("{day}: {mg} mg a day{form}", day=date_words(one.since),
               mg=dose_words(one.body.dose_mg_per_day),
               form=phrase(", {form}", form=shortened(one.body.form, 40)) if one.body.form else "")
        for one in medicine.ordered
        if one.since <= scope.last_day
    ]  # fmt: skip
    whys = [shortened(one.body.why, 60) for one in medicine.ordered if one.body.why]
    inside = [dose for day, dose in medicine.days.items() if scope.holds(day)]
    regular = sum(bool(dose.taken_mg) for dose in inside)
    needed = sum(bool(dose.as_needed_mg) for dose in inside)
    taken = [phrase("on {days}", days=count_words(regular, "day"))] if regular else []
    if needed:
        taken.append(phrase("as needed on {days}", days=count_words(needed, "day")))
    name = drug if medicine.own_word == drug else f"{drug} ({medicine.own_word})"
    return row(
        shortened(name, 48), joined("; ", labels) or phrase("none copied"),
        list_words(list(dict.fromkeys(whys))) or "–",
        joined(", ", taken) or phrase("none written"),
    )  # fmt: skip


MEDICINES = Part("medicines", phrase("other medicines"), medicines, tells=("doses",))
