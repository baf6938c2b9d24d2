"""What tables say equals a dose of diazepam, drug by drug, each with its source: they differ."""

from decimal import Decimal

from landward.model.drugs import Equivalence
from landward.model.said import Words, phrase
from landward.report.appendices.part import Leaf, Part
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Column, Lines, Row, Table, row
from landward.report.words import dose_words


def sources(scope: Scope) -> tuple[Leaf, ...]:
    """One row a table. No row is picked, and no equivalent of the person's own dose is made."""
    title = phrase("What is said to equal diazepam")
    if not scope.equivalents:
        said = Lines(said=(phrase("The tables hold no equivalent of these medicines."),))
        return (Leaf(part=SOURCES.name, title=title, shape=said),)
    table = Table(
        columns=(
            Column(head=phrase("drug")), Column(head=phrase("this much"), right=True),
            Column(head=phrase("is said to equal"), right=True),
            Column(head=phrase("source"), share=1),
        ),
        rows=tuple(_row(one, source) for one, source in scope.equivalents),
        note=phrase("Tables of equivalents are rough, and they disagree. None is a dose to take: "
                    "people differ too much for that."),
    )  # fmt: skip
    return (Leaf(part=SOURCES.name, title=title, shape=table),)


def _row(one: Equivalence, source: Words) -> Row:
    return row(
        one.drug, _span(*one.span_mg),
        phrase("diazepam {mg}", mg=_span(one.diazepam_low_mg, one.diazepam_high_mg)),
        phrase("{source}; {where}", source=source, where=one.locator) if one.locator else source,
    )  # fmt: skip


def _span(low: Decimal, high: Decimal) -> Words:
    if low == high:
        return phrase("{mg} mg", mg=dose_words(low))
    return phrase("{low} to {high} mg", low=dose_words(low), high=dose_words(high))


SOURCES = Part("sources", phrase("sources of dose equivalents"), sources, tells=("doses",))
