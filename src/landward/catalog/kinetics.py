"""From the rows of the tables to the parameters the pharmacology lab computes with.

A parameter is taken from the row marked as the one to compute with; where none is marked, from the
only row that fits. Nothing is guessed: what is missing is named.
"""

from collections.abc import Iterator
from functools import cached_property

from landward.catalog.catalog import Catalog
from landward.catalog.kinetic_rows import KineticRows
from landward.model.adaptation import Adaptation, AdaptationSpread
from landward.model.base import BadInput
from landward.model.kinetics import Metabolite, OralKinetics, Spread
from landward.model.knowledge import ModelParameter
from landward.model.said import phrase

VARIANTS = {
    "feed-forward": "",
    "feedback": "adaptation_feedback",
    "feelings-together": "feelings_together",
    "no-kindling": "no_kindling",
}
"""Structure variants and the group of rows that replaces the default's."""
OCCUPANCIES = {"imaging": "", "between": "occupancy_between", "high": "occupancy_high"}

_SYMBOLS = {
    "emax": "Emax", "gain_1": "a1", "gain_2": "a2", "tau_1_d": "t1", "tau_2_d": "t2",
    "feedback": "feedback", "kappa": "kap", "kindle_per_d": "kon", "kindle_threshold": "Wth",
    "kindle_tau_d": "tK", "w0": "w0", "sensitise_per_d": "cs", "sensitise_tau_d": "tS",
    "eta": "eta", "blunt_occupancy": "b1", "blunt_opponent": "b2", "blunt_withdrawal": "b3",
    "blunt_rise_d": "tBon", "blunt_fall_d": "tBoff",
}  # fmt: skip
_DEFAULT_GROUPS = ("adaptation", "kindling", "sensitisation", "blunting")
_PERCENT = 100.0


class LabShelf:
    """The lab's view of a catalog: kinetics of a drug, and adaptation under a hypothesis."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    # -- kinetics -------------------------------------------------------------------------------

    def kinetics(self, name: str) -> OralKinetics:
        """How a drug moves through a typical adult. Raises BadInput naming what is missing."""
        drug = self._catalog.find_drug(name)
        substance = drug.acts_as or drug.id
        rows = KineticRows(self._catalog, drug.id, substance, self._weight_kg)
        clearance, volume, apparent = rows.clearance_and_volume()
        found = {
            "clearance": clearance,
            "volume": volume,
            "absorption rate or time to peak": rows.absorption(clearance, volume),
            "bioavailability": 1.0 if apparent else rows.bioavailability(),
        }
        fallback = self._kinetic(f"absorption_rate_per_h.{drug.id}")
        if found["absorption rate or time to peak"] is None and fallback is not None:
            found["absorption rate or time to peak"] = fallback.value
        missing = [what for what, value in found.items() if value is None]
        if missing:
            raise BadInput(
                phrase(
                    "{name}: no level can be computed; the tables have no {missing}",
                    name=drug.name,
                    missing=", no ".join(missing),
                )
            )
        central, exchange, outer = (
            rows.number(parameter)
            for parameter in ("central_volume_l", "exchange_clearance_l_h", "peripheral_volume_l")
        )
        two = central is not None and exchange is not None and outer is not None
        return OralKinetics.checked({
            "drug": drug.id,
            "substance": substance,
            "absorption_rate_per_h": found["absorption rate or time to peak"],
            "lag_h": rows.number("lag_h") or 0.0,
            "bioavailability": found["bioavailability"],
            "mass_ratio": self._mass_ratio(drug.id, substance) if substance != drug.id else 1.0,
            "clearance_l_per_h": clearance,
            "volume_l": central if two else volume,
            "exchange_l_per_h": exchange if two else 0.0,
            "peripheral_volume_l": outer if two else 0.0,
            "metabolite": self._metabolite(drug.id, substance),
            "ec50_ng_per_ml": self._ec50(substance if drug.acts_as else drug.id),
            "spread": self._spread(drug.id),
            "half_life_h": rows.half_life(),
            "sources": tuple(sorted(rows.used)),
            "assumed": tuple(self._assumed_kinetics(drug.id, rows)),
        })  # fmt: skip

    def drugs(self) -> tuple[str, ...]:
        """The drugs whose level can be computed, in order of the alphabet."""
        return tuple(drug for drug in sorted(self._catalog.drugs) if self._computable(drug))

    def _computable(self, drug: str) -> bool:
        try:
            self.kinetics(drug)
        except BadInput:
            return False
        return True

    def _metabolite(self, drug: str, parent: str) -> Metabolite | None:
        """The one active metabolite with a share, a clearance and a volume, if there is one."""
        share = self._kinetic(f"fraction_to_metabolite.{drug}")
        for claim in self._catalog.metabolites(drug):
            if claim.active != "yes" or claim.metabolite == parent or share is None:
                continue
            rows = KineticRows(self._catalog, drug, claim.metabolite, self._weight_kg)
            clearance, volume, _ = rows.clearance_and_volume()
            if clearance and volume:
                return Metabolite(
                    name=claim.metabolite,
                    fraction_formed=_value(share),
                    mass_ratio=self._mass_ratio(drug, claim.metabolite),
                    clearance_l_per_h=clearance,
                    volume_l=volume,
                    ec50_ng_per_ml=self._ec50(drug),
                )
        return None

    def _mass_ratio(self, drug: str, substance: str) -> float:
        row = self._kinetic(f"mass_ratio.{drug}.{substance}")
        if row is None:
            raise BadInput(
                phrase(
                    "{drug}: the tables have no molar mass ratio for {substance}",
                    drug=drug,
                    substance=substance,
                )
            )
        return _value(row)

    def _ec50(self, drug: str) -> float | None:
        row = self._catalog.parameters("occupancy_low").get(f"EC50.{drug}")
        return None if row is None else _value(row)

    def _kinetic(self, symbol: str) -> ModelParameter | None:
        return self._catalog.parameters("kinetics").get(symbol)

    def _assumed_kinetics(self, drug: str, rows: KineticRows) -> Iterator[str]:
        measured = rows.number("absorption_rate_per_h") is not None
        if rows.from_peak:
            yield phrase("absorption rate (from the time to peak)")
        for symbol, row in self._catalog.parameters("kinetics").items():
            what, _, whose = symbol.partition(".")
            unused = what == "absorption_rate_per_h" and (measured or rows.from_peak)
            if row.standing == "assumed" and whose == drug and not unused:
                yield f"{what.replace('_', ' ')} ({row.id})"
        for claim in self._catalog.metabolites(drug):
            known = claim.metabolite in (drug, self._catalog.drugs[drug].acts_as)
            made = self._metabolite(drug, self._catalog.drugs[drug].acts_as or drug)
            if (
                claim.active == "yes"
                and not known
                and (made is None or made.name != claim.metabolite)
            ):
                yield phrase(
                    "the active metabolite {metabolite} is left out: no numbers",
                    metabolite=claim.metabolite,
                )

    def _spread(self, drug: str) -> Spread:
        rows = self._catalog.parameters("population")

        def cv(what: str) -> float:
            own = rows.get(f"omega.{what}.{drug}")
            return _value(own or rows[f"omega.{what}"]) / _PERCENT

        return Spread(
            absorption_cv=cv("absorption"),
            clearance_cv=cv("clearance"),
            volume_cv=cv("volume"),
            metabolite_clearance_cv=cv("metabolite_clearance"),
            clearance_volume_correlation=_value(rows["correlation.clearance_volume"]),
        )

    @cached_property
    def _weight_kg(self) -> float:
        return _value(self._catalog.parameters("population")["body_weight"])

    # -- adaptation -----------------------------------------------------------------------------

    def adaptation(self, variant: str = "feed-forward", occupancy: str = "imaging") -> Adaptation:
        """The slow side under a structure variant and an occupancy hypothesis.

        Raises BadInput, naming those there are, for an unknown variant or hypothesis.
        """
        if variant not in VARIANTS:
            raise BadInput(
                phrase(
                    "no structure is called “{variant}”; there are {variants}",
                    variant=variant,
                    variants=", ".join(VARIANTS),
                )
            )
        if occupancy not in OCCUPANCIES:
            there = ", ".join(OCCUPANCIES)
            raise BadInput(
                phrase(
                    "no occupancy hypothesis is called “{occupancy}”; there are {there}",
                    occupancy=occupancy,
                    there=there,
                )
            )
        rows: dict[str, ModelParameter] = {}
        for group in (*_DEFAULT_GROUPS, VARIANTS[variant], OCCUPANCIES[occupancy]):
            rows |= self._catalog.parameters(group)
        population = self._catalog.parameters("population")
        long = rows["t2.protracted"]
        used = [rows[symbol] for symbol in _SYMBOLS.values()]
        scale = rows.get("ec50_scale")
        return Adaptation.model_validate({
            "variant": variant,
            "occupancy": occupancy,
            **{field: _value(rows[symbol]) for field, symbol in _SYMBOLS.items()},
            "ec50_scale": 1.0 if scale is None else _value(scale),
            "spread": AdaptationSpread(
                ec50_cv=_value(population["omega.EC50"]) / _PERCENT,
                tau_1_cv=_value(population["omega.t1"]) / _PERCENT,
                tau_2_cv=_value(population["omega.t2"]) / _PERCENT,
                protracted_share=_value(rows["protracted_share"]),
                protracted_tau_2_d=(long.low or 0.0, long.high or 0.0),
            ),
            "assumed": tuple(row.symbol for row in used if row.standing == "assumed"),
        })  # fmt: skip

    def parameter_rows(self) -> tuple[ModelParameter, ...]:
        """Every constant of the lab with its source and standing, for the page that lists them."""
        groups = {*_DEFAULT_GROUPS, *VARIANTS.values(), *OCCUPANCIES.values(), "occupancy_low",
                  "population", "kinetics"}  # fmt: skip
        return tuple(row for row in self._catalog.model_parameters if row.model in groups)


def _value(row: ModelParameter) -> float:
    if row.value is None:
        raise BadInput(phrase("the model parameter {id} has no value", id=row.id))
    return row.value
