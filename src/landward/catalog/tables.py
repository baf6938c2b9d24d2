"""Which tables there are, and the shape of a row in each."""

from landward.model.crisis import CrisisLine
from landward.model.drugs import (
    Drug,
    DrugName,
    Equivalence,
    KineticClaim,
    LookAlike,
    MetabolicPathway,
    MetaboliteClaim,
    OtherDrug,
    Product,
)
from landward.model.facts import Fact
from landward.model.knowledge import (
    Claim,
    Code,
    ModelParameter,
    NumbnessQuestion,
    PaperValue,
    Study,
    Symptom,
    SymptomPhrase,
)
from landward.model.row_readings import Reading, Sample
from landward.model.safety import (
    DependenceRule,
    DoseBand,
    DrivingFact,
    IncidentStep,
    Interaction,
    InteractionWord,
    RedFlag,
    SupervisionQuestion,
)
from landward.model.schedules import ScheduleStep
from landward.model.search_words import SearchWord

CSV_TABLES: dict[str, type[Fact]] = {
    "claims": Claim,
    "codes": Code,
    "crisis_lines": CrisisLine,
    "dependence_risk": DependenceRule,
    "dose_bands": DoseBand,
    "driving": DrivingFact,
    "drug_names": DrugName,
    "drugs": Drug,
    "equivalences": Equivalence,
    "incidents": IncidentStep,
    "interaction_words": InteractionWord,
    "interactions": Interaction,
    "look_alikes": LookAlike,
    "metabolism": MetabolicPathway,
    "metabolites": MetaboliteClaim,
    "model_parameters": ModelParameter,
    "numbness_questions": NumbnessQuestion,
    "other_drugs": OtherDrug,
    "paper_values": PaperValue,
    "pharmacokinetics": KineticClaim,
    "products": Product,
    "readings": Reading,
    "red_flags": RedFlag,
    "samples": Sample,
    "schedules": ScheduleStep,
    "search_words": SearchWord,
    "studies": Study,
    "supervision_questions": SupervisionQuestion,
    "symptom_phrases": SymptomPhrase,
    "symptoms": Symptom,
}
"""Every CSV table and the model of its rows; the columns of a table are the fields of its model."""

FOLDERS = frozenset(
    {"articles", "guidelines", "instruments", "scenarios", "phrases", "narratives", "passphrases"}
)
"""Folders beside the CSV tables: one file per thing (Markdown articles, else TOML); wordings and
cues of stories; the trained model; passphrases that are easily guessed."""

UNITS_OF_PARAMETERS = {
    "half_life_h": "h",
    "clearance_l_h": "L/h",
    "clearance_ml_min": "mL/min",
    "clearance_ml_min_kg": "mL/min/kg",
    "volume_l": "L",
    "volume_l_kg": "L/kg",
    "unbound_volume_l_kg": "L/kg",
    "absorption_rate_per_h": "1/h",
    "tmax_h": "h",
    "lag_h": "h",
    "bioavailability_percent": "%",
    "protein_binding_percent": "%",
    "fraction_to_metabolite": "1",
    "metabolite_to_parent_ratio": "1",
    "accumulation_ratio": "1",
    "steady_state_ng_ml_per_mg_day": "ng/mL per mg/day",
    "cmax_ng_ml": "ng/mL",
    "central_volume_l": "L",
    "peripheral_volume_l": "L",
    "exchange_clearance_l_h": "L/h",
    "molar_mass_g_mol": "g/mol",
}
"""The kinetic parameters a claim may be about, each with its one unit."""

RULE_UNITS = {
    "cut_percent": "%",
    "max_cut_percent": "%",
    "cut_mg": "mg",
    "mg_band": "mg",
    "max_daily_mg": "mg",
    "specialist_above_mg": "mg",
    "pace_days": "d",
    "review_days": "d",
    "switch_days": "d",
    "supply_max_days": "d",
    "onset_days": "d",
}
"""The kinds of guideline rules that carry a number, each with its one unit."""

LICENCES = frozenset(
    {"facts-only", "own", "identifier-only", "public-domain", "permission-notice"}
    | {"CC0-1.0", "CC-BY-4.0"}
)
"""Terms under which a row may be passed on. What does not fit one of these does not ship."""
