"""The drug shelf: names, substances, kinetics, dose equivalents, products."""

from collections import defaultdict
from functools import cached_property

from landward.catalog.name_shelf import NameShelf
from landward.model.drugs import (
    DoseSpan,
    Equivalence,
    KineticClaim,
    MetabolicPathway,
    MetaboliteClaim,
    Product,
)


class DrugShelf(NameShelf):
    """What is known of drugs. Withdrawn rows are left out of every look-up by drug."""

    @cached_property
    def metabolite_claims(self) -> tuple[MetaboliteClaim, ...]:
        """What the body makes of each drug."""
        return self._rows("metabolites", MetaboliteClaim)

    @cached_property
    def pathways(self) -> tuple[MetabolicPathway, ...]:
        """How the body clears each drug."""
        return self._rows("metabolism", MetabolicPathway)

    @cached_property
    def kinetic_claims(self) -> tuple[KineticClaim, ...]:
        """Every kinetic claim of every source."""
        return self._rows("pharmacokinetics", KineticClaim)

    @cached_property
    def equivalence_rows(self) -> tuple[Equivalence, ...]:
        """Every dose equivalent of every table."""
        return self._rows("equivalences", Equivalence)

    @cached_property
    def product_rows(self) -> tuple[Product, ...]:
        """Everything a pharmacy is known to give."""
        return self._rows("products", Product)

    def metabolites(self, drug: str) -> tuple[MetaboliteClaim, ...]:
        """What the body makes of a drug."""
        return tuple(row for row in self.metabolite_claims if row.drug == drug and row.usable)

    def pathways_of(self, drug: str) -> tuple[MetabolicPathway, ...]:
        """How the body clears a drug."""
        return tuple(row for row in self.pathways if row.drug == drug and row.usable)

    def kinetics(
        self, drug: str, substance: str | None = None, parameter: str | None = None
    ) -> tuple[KineticClaim, ...]:
        """The kinetic claims about a drug, of one substance or parameter if asked."""
        return tuple(
            row
            for row in self._kinetics_of.get(drug, ())
            if substance in {None, row.substance} and parameter in {None, row.parameter}
        )

    @cached_property
    def _kinetics_of(self) -> dict[str, tuple[KineticClaim, ...]]:
        grouped: dict[str, list[KineticClaim]] = defaultdict(list)
        for row in self.kinetic_claims:
            if row.usable:
                grouped[row.drug].append(row)
        return {drug: tuple(rows) for drug, rows in grouped.items()}

    def default_claim(self, drug: str, substance: str, parameter: str) -> KineticClaim | None:
        """The one claim to compute with, or None where nothing was chosen."""
        found = (row for row in self.kinetics(drug, substance, parameter) if row.is_default)
        return next(found, None)

    def equivalences(self, drug: str) -> tuple[Equivalence, ...]:
        """Every table's equivalent of a drug, disagreements kept."""
        return tuple(row for row in self.equivalence_rows if row.drug == drug and row.usable)

    def dose_span(self, drug: str) -> DoseSpan | None:
        """The range of mg that tables give for 10 mg of diazepam, or None if no table has the drug.

        Tables that print a range of diazepam doses instead of 10 mg are listed but not counted.
        """
        rows = self.equivalences(drug)
        spans = [row.span_mg for row in rows if row.diazepam_low_mg == row.diazepam_high_mg == 10]
        if not spans:
            return None
        low, high = min(low for low, _ in spans), max(high for _, high in spans)
        return DoseSpan(drug=drug, low_mg=low, high_mg=high, rows=rows)

    def products(self, drug: str, country: str | None = None) -> tuple[Product, ...]:
        """What a pharmacy can give, in one country (two letters) if asked.

        A product whose country is not known is left out when a country is asked for.
        """
        return tuple(
            row
            for row in self.product_rows
            if row.drug == drug and country in {None, row.country} and row.usable
        )
