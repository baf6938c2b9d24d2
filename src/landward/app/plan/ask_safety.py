"""Asking the safety rules: taken together, dependence, driving, what to do now. Stores nothing."""

from collections.abc import Sequence
from decimal import Decimal

from landward.app.library.help_now import emergency_number
from landward.catalog import Catalog, load_catalog
from landward.engines.safety import (
    dependence_risk,
    driving_notes,
    incident_steps,
    partner_words,
    screen_interactions,
)
from landward.model.safety import (
    DependenceReading,
    Finding,
    IncidentReading,
    InteractionReading,
)

_DIAZEPAM_MG = Decimal(10)


def taken_together(drug: str, beside: Sequence[str]) -> InteractionReading:
    """What the tables say about a drug and what is taken beside it, by the names on the box."""
    facts = load_catalog()
    asked = facts.find_drug(drug).id
    named = [(name, name) for name in facts.drugs]
    named += [(row.name, row.drug) for row in facts.drug_names if row.usable]
    words = partner_words(
        facts.interaction_words,
        sedatives=[name for name, meant in named if meant != asked],
        same=[name for name, meant in named if meant == asked],
    )
    return screen_interactions(asked, beside, facts.interactions, words)


def likely_dependent(
    drug: str, days_per_week: float, months: float | None, mg_per_day: Decimal | None
) -> DependenceReading:
    """The published table's row for a pattern of use; for most drugs by the range of its equals."""
    facts = load_catalog()
    asked = facts.find_drug(drug).id
    return dependence_risk(
        days_per_week=days_per_week,
        months=months,
        drug=asked,
        dose_mg_per_day=mg_per_day,
        rules=facts.dependence_rules,
        bands=facts.dose_bands,
        diazepam_mg_per_day=_as_diazepam(facts, asked, mg_per_day),
    )


def about_driving(country: str, drug: str) -> tuple[Finding, ...]:
    """What is to know about driving, in general, in a country, and for a drug there."""
    facts = load_catalog()
    asked = facts.find_drug(drug).id if drug else ""
    return driving_notes(facts.driving_facts, country=country, drug=asked)


def what_now(incident: str, country: str) -> IncidentReading:
    """The next steps after something went differently, with the country's emergency number."""
    facts = load_catalog()
    name = incident.strip().lower().replace(" ", "_").replace("-", "_")
    return incident_steps(name, facts.incident_steps, emergency_number(country))


def _as_diazepam(
    facts: Catalog, drug: str, mg_per_day: Decimal | None
) -> tuple[Decimal, Decimal] | None:
    """The lowest and highest equal dose of diazepam, mg a day, across every table."""
    span = facts.dose_span(drug)
    if mg_per_day is None or span is None:
        return None
    return mg_per_day * _DIAZEPAM_MG / span.high_mg, mg_per_day * _DIAZEPAM_MG / span.low_mg
