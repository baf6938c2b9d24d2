"""The library of facts as shelves and leaves. It needs no diary and stores nothing."""

from collections.abc import Callable, Iterable
from typing import Literal

from landward.app.library.facts import show_drug
from landward.catalog import Catalog, load_catalog
from landward.catalog.search import HitKind
from landward.model.base import BadInput, Frozen
from landward.model.facts import Fact, Source
from landward.model.guidelines import GuidelineRule
from landward.model.knowledge import Claim, Symptom
from landward.model.safety import SupervisionQuestion
from landward.model.said import phrase
from landward.report.fact_leaf import (
    Leaf,
    claim_leaf,
    instrument_leaf,
    name_leaf,
    question_leaf,
    row_leaf,
    rule_leaf,
    source_leaf,
    symptom_leaf,
)
from landward.report.fact_sheet import Section, drug_sheet

Kind = HitKind | Literal["row"]
"""What a search may hit, and a row that others only lead to."""


class Title(Frozen):
    """One thing that can be opened; `answer` is a page's own, in 25 words."""

    kind: Kind
    id: str
    line: str
    answer: str = ""


class Row(Frozen):
    """Titles under one heading of a shelf."""

    heading: str
    titles: tuple[Title, ...]


def find(words: str, limit: int = 24) -> tuple[Title, ...]:
    """What fits some plain words, best first; misspelt ones are understood where it is clear."""
    facts = load_catalog()
    pages = facts.library.articles
    return tuple(
        Title(
            kind=hit.kind,
            id=hit.id,
            line=hit.line,
            answer=pages[hit.id].answer if hit.kind == "article" else "",
        )
        for hit in facts.search(words, limit)
    )


def shelf(name: str) -> tuple[Row, ...]:
    """Everything of one kind, under headings. Raises BadInput for a shelf that is not there."""
    if name not in SHELVES:
        raise BadInput(phrase("the library has no such shelf"))
    return SHELVES[name](load_catalog())


def drug_sections(name: str) -> tuple[Section, ...]:
    """A medicine's page. Raises BadInput if no medicine is called so."""
    return drug_sheet(show_drug(name))


def medicines_called(names: Iterable[str]) -> tuple[Title, ...]:
    """The leaves of medicines by their nonproprietary names; unknown names have none."""
    by_name = {drug.name.casefold(): drug.id for drug in load_catalog().drugs.values()}
    return tuple(
        Title(kind="drug", id=by_name[name.casefold()], line=name)
        for name in dict.fromkeys(names)
        if name.casefold() in by_name
    )


def leaf(kind: str, name: str) -> tuple[Leaf, tuple[Source, ...]]:
    """One fact with its sources. Raises BadInput if there is none of that name."""
    catalog = load_catalog()
    found = LEAVES[kind](catalog, name) if kind in LEAVES else None
    if found is None:
        raise BadInput(phrase("the library has nothing of that name"))
    return found, tuple(catalog.sources[key] for key in found.cites)


def _drugs(catalog: Catalog) -> tuple[Row, ...]:
    kinds = sorted({drug.drug_class for drug in catalog.drugs.values()})
    return tuple(
        Row(
            heading=_upper(kind),
            titles=tuple(
                Title(kind="drug", id=drug.id, line=_upper(drug.name))
                for drug in sorted(catalog.drugs.values(), key=lambda drug: drug.name)
                if drug.drug_class == kind
            ),
        )
        for kind in kinds
    )


def _symptoms(catalog: Catalog) -> tuple[Row, ...]:
    rows = catalog.main_symptoms()
    return tuple(
        Row(
            heading=_upper(domain),
            titles=tuple(
                Title(kind="symptom", id=row.id, line=_upper(row.label))
                for row in sorted(rows, key=lambda row: row.label)
                if row.domain == domain
            ),
        )
        for domain in sorted({row.domain for row in rows})
    )


def _guidelines(catalog: Catalog) -> tuple[Row, ...]:
    return tuple(
        Row(
            heading=guideline.title,
            titles=tuple(
                Title(kind="rule", id=rule.id, line=rule.plain) for rule in guideline.rules
            ),
        )
        for guideline in catalog.guidelines
    )


SHELVES: dict[str, Callable[[Catalog], tuple[Row, ...]]] = {
    "medicines": _drugs,
    "symptoms": _symptoms,
    "guidelines": _guidelines,
}
"""The shelves by the name in their address."""


def _symptom(catalog: Catalog, name: str) -> Leaf | None:
    row = catalog.symptoms.get(name)
    if row is None:
        return None
    phrases = tuple(said.phrase for said in catalog.symptom_phrases if said.symptom == row.id)
    others = tuple(one.label for one in catalog.symptoms.values() if one.same_as == row.id)
    return symptom_leaf(row, phrases, others)


def _claim(catalog: Catalog, name: str) -> Leaf | None:
    row = next((row for row in catalog.claims if row.id == name), None)
    return claim_leaf(row) if row is not None else None


def _rule(catalog: Catalog, name: str) -> Leaf | None:
    found = ((guide, rule) for guide in catalog.guidelines for rule in guide.rules)
    return next((rule_leaf(rule, guide) for guide, rule in found if rule.id == name), None)


def _row(catalog: Catalog, name: str) -> Leaf | None:
    row = catalog.rows_by_id.get(name)
    if row is None:
        return None
    kind = next((kind for shape, kind in OWN_LEAF.items() if isinstance(row, shape)), None)
    return LEAVES[kind](catalog, name) if kind else row_leaf(row)


def _name(catalog: Catalog, name: str) -> Leaf | None:
    reading = catalog.read_name(name)
    known = reading.kind in {"combination", "no_figures"}
    return name_leaf(name, reading.plain) if known else None


def _question(catalog: Catalog, name: str) -> Leaf | None:
    row = next((row for row in catalog.supervision_questions if row.id == name), None)
    return question_leaf(row) if row is not None else None


def _instrument(catalog: Catalog, name: str) -> Leaf | None:
    row = catalog.instruments.get(name)
    return instrument_leaf(row) if row is not None else None


def _source(catalog: Catalog, name: str) -> Leaf | None:
    row = catalog.sources.get(name)
    return source_leaf(row) if row is not None else None


LEAVES: dict[str, Callable[[Catalog, str], Leaf | None]] = {
    "now": _row,
    "symptom": _symptom,
    "claim": _claim,
    "rule": _rule,
    "question": _question,
    "instrument": _instrument,
    "source": _source,
    "interaction": _row,
    "name": _name,
    "row": _row,
}


OWN_LEAF: dict[type[Fact], str] = {
    Claim: "claim",
    GuidelineRule: "rule",
    SupervisionQuestion: "question",
    Symptom: "symptom",
}
"""Rows that have a leaf of their own kind."""


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
