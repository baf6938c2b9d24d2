"""What is known of a drug: names, substances, kinetics, dose equivalents, products."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from landward.model.base import Frozen
from landward.model.facts import Fact

YesNoUnknown = Literal["yes", "no", "unknown"]


class Drug(Fact):
    """One drug under its international nonproprietary name (which is also its id).

    `acts_as` names the substance that does the work when the drug itself is a prodrug.
    `plan` says whether a taper may be planned: yes, only with a specialist, or no.
    """

    name: str
    drug_class: Literal["benzodiazepine", "thienodiazepine", "z-drug"]
    use: Literal["anxiolytic", "hypnotic"]
    acts_as: str = ""
    plan: Literal["yes", "specialist", "no"]
    plan_reason: str = ""


class DrugName(Fact):
    """A brand name or synonym, of a drug of either list. `country`: where a source saw it sold.

    A `combination` holds `drug` and what `beside` names; it is never read as the drug alone.
    """

    drug: str
    name: str
    kind: Literal["brand", "synonym", "combination"]
    beside: str = ""
    country: str = ""


class OtherDrug(Fact):
    """A benzodiazepine or its kin that is known by name only: no figures are held for it."""

    name: str
    drug_class: Literal["benzodiazepine", "thienodiazepine", "z-drug"]
    designer: Literal["yes", "no"]


class LookAlike(Fact):
    """The name of some quite other medicine that is one slip from one of ours: never read as it."""

    name: str
    near: str


NameKind = Literal["drug", "combination", "no_figures", "unclear", "unknown"]


class NameReading(Frozen):
    """What a word for a medicine means.

    `drug` is the id of a drug with figures (kind `drug`), of the benzodiazepine in a combination,
    or of a drug known by name only (`no_figures`). `near` holds up to three ids to ask about where
    it is unclear. `plain` says in one line what to do where the word is not a drug with figures;
    it is empty where it is.
    """

    asked: str
    kind: NameKind
    drug: str = ""
    plain: str = ""
    near: tuple[str, ...] = ()


class MetaboliteClaim(Fact):
    """A substance the body makes of a drug, and whether it acts."""

    drug: str
    metabolite: str
    active: Literal["yes", "no", "minor", "unknown"]


class MetabolicPathway(Fact):
    """How the body clears a drug: an enzyme, or conjugation."""

    drug: str
    pathway: str
    role: Literal["main", "one of several", "minor", "unknown"]


class KineticClaim(Fact):
    """What one source says of one kinetic parameter, in the unit its parameter is named for.

    At least one of value, low, high is given. `is_default` marks the one claim to compute with.
    """

    drug: str
    substance: str
    parameter: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str
    route: str = ""
    population: str
    is_default: bool


class Equivalence(Fact):
    """One table's dose (mg) said to equal a dose of diazepam (10 mg, or a printed range).

    Tables disagree; no number is ever picked silently.
    """

    drug: str
    table: str
    country: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: Literal["mg"]
    diazepam_low_mg: Decimal
    diazepam_high_mg: Decimal

    @property
    def span_mg(self) -> tuple[Decimal, Decimal]:
        """The lowest and highest dose (mg) this table allows for."""
        given = [dose for dose in (self.low, self.value, self.high) if dose is not None]
        return min(given), max(given)


class Product(Fact):
    """Something a pharmacy can give. Strength in mg per piece, or mg/mL for liquids.

    `country` is empty when only the strength is known, not where it is sold. `parts` is how many
    equal parts the score lines give, None when that was not seen.
    """

    drug: str
    country: str = ""
    form: str
    route: str
    strength: Decimal = Field(gt=0)
    unit: Literal["mg", "mg/mL"]
    extended_release: YesNoUnknown
    scored: Literal["yes", "no", "unknown", "not_applicable"]
    parts: int | None = None
    may_be_split: Literal["yes", "no", "unknown", "not_applicable"]


class DoseSpan(Frozen):
    """The range of doses (mg) that tables give for 10 mg of diazepam, and who says so."""

    drug: str
    low_mg: Decimal
    high_mg: Decimal
    rows: tuple[Equivalence, ...]
