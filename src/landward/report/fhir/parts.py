"""The small pieces every resource is made of: ids, references, concepts, quantities.

Ids are derived from the journal's own ids, so the same diary gives the same bundle.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

from landward.model.knowledge import Code

Json = dict[str, Any]
Codes = Mapping[str, Sequence[Code]]
"""Our name of a thing -> its identifiers in systems of others."""

_NAMESPACE = UUID("6f1d8c0e-5b0a-4d4b-9c39-1a4c2f6f2b55")

EXACT_MG = "urn:landward:exact-mg"
"""The extension that holds a plan's fraction of a milligram; `exchange/plan_fhir` reads it."""

MOST_PARTS = 1_000_000

UCUM = "http://unitsofmeasure.org"
SYSTEMS = {
    "ATC": "http://www.whocc.no/atc",
    "HPO": "http://human-phenotype-ontology.org",
    "LOINC": "http://loinc.org",
    "RxNorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "UNII": "http://fdasis.nlm.nih.gov",
}
"""The systems we send, by their FHIR addresses. No system of diagnoses is among them."""


def new_id(kind: str, *key: str) -> str:
    """A UUID that depends on what it names and nothing else."""
    return str(uuid5(_NAMESPACE, "/".join((kind, *key))))


def reference(resource: Json) -> Json:
    """A reference to another resource of the same bundle."""
    return {"reference": f"urn:uuid:{resource['id']}"}


def concept(text: str, subject: str, codes: Codes, *kinds: str) -> Json:
    """Our words for a thing, with at most one identifier per system.

    Several identifiers of one system for one of our names are not the same thing, so only the
    first (the table's order) is sent. `kinds` limits the kind of subject; withdrawn rows are not
    sent.
    """
    codings: dict[str, Json] = {}
    for code in codes.get(subject, ()):
        address = SYSTEMS.get(code.system)
        if address and code.usable and (not kinds or code.subject_kind in kinds):
            codings.setdefault(address, _coding(address, code))
    return {"coding": list(codings.values()), "text": text} if codings else {"text": text}


def _coding(address: str, code: Code) -> Json:
    coding = {"system": address, "code": code.code}
    return coding | ({"display": code.display} if code.display else {})


def coded(system: str, code: str, text: str = "") -> Json:
    """A concept of one of HL7's own code systems."""
    found: Json = {"coding": [{"system": system, "code": code}]}
    return found | ({"text": text} if text else {})


def quantity(value: Decimal | float, unit: str, code: str) -> Json:
    """A measured amount in a UCUM unit."""
    return {"value": str(value), "unit": unit, "system": UCUM, "code": code}


def mg(amount: Decimal) -> Json:
    """Milligrams, to a ten-thousandth where a fraction has no end, the fraction beside it."""
    near = amount.quantize(Decimal("0.0001"))
    if amount == near:
        return quantity(amount, "mg", "mg")
    exact = Fraction(amount).limit_denominator(MOST_PARTS)
    if abs(exact - Fraction(amount)) > Fraction(1, 10**20):
        exact = Fraction(amount)
    return quantity(near, "mg", "mg") | {
        "extension": [{"url": EXACT_MG, "valueString": str(exact)}]
    }


def mg_per_day(amount: Decimal) -> Json:
    """A day's amount as a rate: how it was divided over the day is not claimed."""
    return {"rateRatio": {"numerator": mg(amount), "denominator": quantity(1, "d", "d")}}
