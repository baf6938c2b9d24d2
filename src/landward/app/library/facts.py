"""The library: check the tables, show a drug, find words, cite a source. No vault is needed."""

from datetime import date

from landward.catalog import Catalog, CheckReport, Hit, check_tables, load_catalog
from landward.catalog.coverage import State, coverage
from landward.catalog.populations import about_adults
from landward.catalog.sureness import how_sure
from landward.model.base import LandwardError
from landward.model.drug_page import DrugPage, Stay
from landward.model.facts import Fact, Source
from landward.model.row_readings import Sureness


def check_facts(today: date, *, release: bool = False) -> CheckReport:
    """Check every table; crisis lines older than 180 days are errors when `release` is set."""
    return check_tables(today=today, release=release)


def facts_coverage(checked: CheckReport) -> dict[str, dict[str, State]]:
    """What the tables know of each drug: filled, empty or conflicting; nothing where a row that
    it leans on is broken, and then the check says which.
    """
    try:
        return coverage(load_catalog())
    except (ValueError, LookupError, LandwardError):
        if not checked.errors:
            raise
        return {}


def facts_sureness(checked: CheckReport) -> Sureness | None:
    """How sure the tables are; None where a table cannot be read, and then the check says which."""
    try:
        return how_sure(load_catalog())
    except (ValueError, LookupError, LandwardError):
        if not checked.errors:
            raise
        return None


def find_facts(words: str, limit: int = 20) -> tuple[Hit, ...]:
    """What fits some plain words, best first."""
    return load_catalog().search(words, limit)


def cite_fact(name: str) -> tuple[Fact | None, tuple[Source, ...]]:
    """A row by its id (None for a plain source key) with the sources behind it."""
    catalog = load_catalog()
    return catalog.rows_by_id.get(name.strip()), catalog.cite(name)


def show_drug(name: str, catalog: Catalog | None = None) -> DrugPage:
    """The page of the drug meant by a name, brand or misspelling. Raises BadInput if unclear."""
    facts = catalog or load_catalog()
    drug = facts.find_drug(name)
    metabolites, pathways = facts.metabolites(drug.id), facts.pathways_of(drug.id)
    kinetics, span = facts.kinetics(drug.id), facts.dose_span(drug.id)
    products = facts.products(drug.id)
    interactions = tuple(row for row in facts.interactions if row.drug in {"", drug.id})
    codes = facts.codes(drug.id)
    rows: list[Fact] = [drug, *metabolites, *pathways, *kinetics, *products, *interactions, *codes]
    rows += span.rows if span else ()
    return DrugPage(
        drug=drug,
        names=facts.names(drug.id),
        metabolites=metabolites,
        pathways=pathways,
        kinetics=kinetics,
        stays=_stays(facts, drug.id),
        span=span,
        products=products,
        interactions=interactions,
        codes=codes,
        sources=tuple(sorted(facts.sources_of(*rows), key=lambda source: source.key)),
    )


def _stays(facts: Catalog, drug: str) -> tuple[Stay, ...]:
    """How long each active substance stays, the drug itself first."""
    names = dict.fromkeys(claim.substance for claim in facts.kinetics(drug))
    inactive = {row.metabolite for row in facts.metabolites(drug) if row.active == "no"}
    found = []
    for substance in sorted(names, key=lambda name: name != drug):
        claims = [
            claim for claim in facts.kinetics(drug, substance, "half_life_h") if about_adults(claim)
        ]
        default = facts.default_claim(drug, substance, "half_life_h")
        numbers = [n for c in claims for n in (c.low, c.value, c.high) if n is not None]
        if not numbers or substance in inactive:
            continue
        typical = default.value if default else None
        found.append(
            Stay(substance=substance, low_h=min(numbers), typical_h=typical, high_h=max(numbers))
        )
    return tuple(found)
