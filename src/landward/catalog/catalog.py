"""The catalog: every reviewed table behind one door, each read once and kept."""

from collections import defaultdict
from functools import cache, cached_property
from pathlib import Path

from landward.catalog.crisis import crisis_info
from landward.catalog.guidelines import read_guidelines
from landward.catalog.names import fold, resolve
from landward.catalog.read import TABLES, read_rows, read_sources
from landward.model.base import BadInput
from landward.model.crisis import CrisisInfo, CrisisLine
from landward.model.drugs import (
    DoseSpan,
    Drug,
    DrugName,
    Equivalence,
    KineticClaim,
    MetaboliteClaim,
    Product,
)
from landward.model.facts import Fact, Source
from landward.model.guidelines import Guideline, GuidelineRule


class Catalog:
    """The tables of one folder as typed rows. Tables are read on first use; rows never change.

    Withdrawn rows are left out of every look-up by drug; the table properties hold them all.
    """

    def __init__(self, folder: Path = TABLES) -> None:
        self.folder = folder

    # -- the tables -----------------------------------------------------------------------------

    @cached_property
    def drugs(self) -> dict[str, Drug]:
        """Every drug by its id (the nonproprietary name)."""
        return {row.id: row for row in read_rows(self.folder, "drugs", Drug)}

    @cached_property
    def drug_names(self) -> tuple[DrugName, ...]:
        """Brand names and synonyms."""
        return read_rows(self.folder, "drug_names", DrugName)

    @cached_property
    def metabolite_claims(self) -> tuple[MetaboliteClaim, ...]:
        """What the body makes of each drug."""
        return read_rows(self.folder, "metabolites", MetaboliteClaim)

    @cached_property
    def kinetic_claims(self) -> tuple[KineticClaim, ...]:
        """Every kinetic claim of every source."""
        return read_rows(self.folder, "pharmacokinetics", KineticClaim)

    @cached_property
    def equivalence_rows(self) -> tuple[Equivalence, ...]:
        """Every dose equivalent of every table."""
        return read_rows(self.folder, "equivalences", Equivalence)

    @cached_property
    def product_rows(self) -> tuple[Product, ...]:
        """Everything a pharmacy is known to give."""
        return read_rows(self.folder, "products", Product)

    @cached_property
    def guidelines(self) -> tuple[Guideline, ...]:
        """Every guideline with its rules."""
        return read_guidelines(self.folder)

    @cached_property
    def crisis_lines(self) -> tuple[CrisisLine, ...]:
        """Every crisis line, in the order of the file: emergency first in each country."""
        return read_rows(self.folder, "crisis_lines", CrisisLine)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by its key."""
        return read_sources(self.folder)

    # -- look-ups -------------------------------------------------------------------------------

    def find_drug(self, name: str) -> Drug:
        """The drug meant by a nonproprietary name, brand, synonym or misspelling of one.

        Raises BadInput, naming the nearest, when it is not clear which drug is meant.
        """
        return self.drugs[resolve(name, self._names)]

    @cached_property
    def _names(self) -> dict[str, str]:
        names = {fold(row.name): row.drug for row in self.drug_names if row.standing}
        return names | {fold(drug.name): drug.id for drug in self.drugs.values()}

    def names(self, drug: str) -> tuple[str, ...]:
        """Brand names and synonyms of a drug, in order of the alphabet."""
        found = (row.name for row in self.drug_names if row.drug == drug and row.standing)
        return tuple(sorted(found, key=str.casefold))

    def metabolites(self, drug: str) -> tuple[MetaboliteClaim, ...]:
        """What the body makes of a drug."""
        return tuple(row for row in self.metabolite_claims if row.drug == drug and row.standing)

    def kinetics(
        self, drug: str, substance: str | None = None, parameter: str | None = None
    ) -> tuple[KineticClaim, ...]:
        """The kinetic claims about a drug, of one substance or parameter if asked."""
        return tuple(
            row
            for row in self._kinetics_of[drug]
            if substance in {None, row.substance} and parameter in {None, row.parameter}
        )

    @cached_property
    def _kinetics_of(self) -> dict[str, tuple[KineticClaim, ...]]:
        grouped: dict[str, list[KineticClaim]] = defaultdict(list)
        for row in self.kinetic_claims:
            if row.standing:
                grouped[row.drug].append(row)
        return defaultdict(tuple, {drug: tuple(rows) for drug, rows in grouped.items()})

    def default_claim(self, drug: str, substance: str, parameter: str) -> KineticClaim | None:
        """The one claim to compute with, or None where nothing was chosen."""
        for row in self.kinetics(drug, substance, parameter):
            if row.is_default:
                return row
        return None

    def kinetic_span(self, drug: str, substance: str, parameter: str) -> tuple[float, float] | None:
        """The lowest and highest number any source gives, or None where no source gives one."""
        given = [
            number
            for row in self.kinetics(drug, substance, parameter)
            for number in (row.low, row.value, row.high)
            if number is not None
        ]
        return (min(given), max(given)) if given else None

    def equivalences(self, drug: str) -> tuple[Equivalence, ...]:
        """Every table's equivalent of a drug, disagreements kept."""
        return tuple(row for row in self.equivalence_rows if row.drug == drug and row.standing)

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
        """What a pharmacy can give, in one country (two letters) if asked. Unknown countries drop out."""
        return tuple(
            row
            for row in self.product_rows
            if row.drug == drug and country in {None, row.country} and row.standing
        )

    def guideline_rules(self, kind: str | None = None) -> tuple[GuidelineRule, ...]:
        """Every standing rule of every guideline, of one kind if asked."""
        return tuple(
            rule
            for guideline in self.guidelines
            for rule in guideline.rules
            if kind in {None, rule.kind} and rule.standing
        )

    def rule(self, rule_id: str) -> GuidelineRule:
        """One guideline rule by its id. Raises BadInput if there is none."""
        for rule in self.guideline_rules():
            if rule.id == rule_id:
                return rule
        raise BadInput(f"no guideline rule is called “{rule_id}”")

    def crisis(self, country: str) -> CrisisInfo:
        """Whom to call in a country (two letters). An unknown country gets general words, no lines."""
        return crisis_info(country, self.crisis_lines)

    def cite(self, key: str) -> Source:
        """The source behind a key of `references.bib`. Raises BadInput if there is none."""
        if key not in self.sources:
            raise BadInput(f"no source is called “{key}”; see `landward facts search`")
        return self.sources[key]

    def sources_of(self, *rows: Fact) -> tuple[Source, ...]:
        """The sources behind some rows, each once, in the order they first appear."""
        keys = dict.fromkeys(key for row in rows for key in row.source)
        return tuple(self.cite(key) for key in keys)


@cache
def load_catalog(folder: Path = TABLES) -> Catalog:
    """The catalog of this installation (or of `folder`), the same one every time."""
    return Catalog(folder)
