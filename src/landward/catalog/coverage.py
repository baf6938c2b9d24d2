"""What the tables know of each drug: filled, empty, or sources that disagree."""

from collections.abc import Iterable
from typing import Literal

from landward.catalog.catalog import Catalog
from landward.model.drugs import Drug, KineticClaim

State = Literal["filled", "empty", "conflicting"]

DISAGREE = 1.5
"""Sources disagree when the highest single number is more than this times the lowest."""

_PARAMETERS = {
    "half_life": ("half_life_h",),
    "peak": ("tmax_h",),
    "absorbed": ("bioavailability_percent",),
    "volume": ("volume_l_kg", "volume_l"),
    "clearance": ("clearance_ml_min_kg", "clearance_ml_min", "clearance_l_h"),
    "binding": ("protein_binding_percent",),
}


def coverage(catalog: Catalog) -> dict[str, dict[str, State]]:
    """For every drug, the state of each thing worth knowing."""
    return {drug.id: _one(catalog, drug) for drug in catalog.drugs.values()}


def _one(catalog: Catalog, drug: Drug) -> dict[str, State]:
    acting = {drug.id, drug.acts_as or drug.id}
    found: dict[str, State] = {}
    for thing, parameters in _PARAMETERS.items():
        claims = [
            claim
            for claim in catalog.kinetics(drug.id)
            if claim.parameter in parameters and claim.substance in acting | {"active metabolites"}
        ]
        found[thing] = _state(claims)
    metabolites = catalog.metabolites(drug.id)
    unsure = any("conflict" in row.note for row in metabolites)
    found["metabolites"] = _filled(metabolites) if not unsure else "conflicting"
    doses = [row for row in catalog.equivalences(drug.id) if row.diazepam_low_mg == 10]
    spans = {row.span_mg for row in doses}
    low = max((span[0] for span in spans), default=None)
    high = min((span[1] for span in spans), default=None)
    apart = low is not None and high is not None and low > high
    found["equivalence"] = "conflicting" if apart else _filled(doses)
    found["products"] = _filled(catalog.products(drug.id))
    found["codes"] = _filled(catalog.codes(drug.id))
    return found


def _filled(rows: Iterable[object]) -> State:
    return "filled" if any(True for _ in rows) else "empty"


def _state(claims: list[KineticClaim]) -> State:
    if not claims:
        return "empty"
    by_kind: dict[tuple[str, str, str], list[float]] = {}
    for claim in claims:
        if claim.value is not None:
            kind = (claim.substance, claim.parameter, claim.route)
            by_kind.setdefault(kind, []).append(claim.value)
    apart = any(max(values) > DISAGREE * min(values) for values in by_kind.values())
    said = any(claim.note.startswith("conflicts") for claim in claims)
    return "conflicting" if apart or said else "filled"
