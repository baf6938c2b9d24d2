"""The shelf of names: which medicine a word means, and an honest answer where it is none."""

import re
from functools import cached_property

from landward.catalog.names import fold, offered, resolve
from landward.catalog.shelf import Shelf
from landward.model.base import BadInput
from landward.model.drugs import Drug, DrugName, LookAlike, NameKind, NameReading, OtherDrug
from landward.model.facts import Status
from landward.model.said import phrase

_BESIDE_A_NAME = frozenset(
    {"mg", "mcg", "ug", "µg", "g", "ml", "tab", "tabs", "tablet", "tablets", "cap", "caps"}
    | {"capsule", "capsules", "oral", "solution", "suspension", "liquid", "drops", "wafer"}
    | {"wafers", "film", "er", "xr", "sr", "cr", "mr", "ir", "odt", "retard", "lp", "forte", "mite"}
    | {"intensol", "expidet", "rectubes", "acudial", "neu", "sd", "tabletten", "tropfen", "gotas"}
    | {"sublingual", "orodispersible", "ts", "r", "depot", "capsules", "compressa"}
    | {
        "comprimé",
        "comprimés",
        "comprimidos",
        "compresse",
        "gocce",
        "gouttes",
        "tabletki",
        "zetpil",
    }
)
"""Words beside a name that say form or strength, never another medicine."""
_MAKERS = frozenset(
    {"abz", "accord", "ach", "actavis", "adamed", "ag", "almus", "alphapharm", "alter"}
    | {"amneal", "apo", "aristo", "arrow", "auro", "aurobindo", "aurovitas", "betapharm"}
    | {"bio", "biogaran", "bluepharma", "bristol", "centrafarm", "cf", "ciclum", "cinfa"}
    | {"combix", "crescent", "cristers", "desitin", "doc", "dom", "eg", "evolugen", "focus"}
    | {"gen", "generici", "generics", "generis", "genethics", "genoptim", "genrx", "hennig"}
    | {"heumann", "hexal", "ibsa", "intas", "jamp", "kern", "krka", "labesfal", "leo"}
    | {"lundbeck", "m", "mabo", "mar", "milpharm", "mint", "mylan", "neuraxpharm", "normon"}
    | {"novo", "nra", "nu", "orion", "pch", "pensa", "pfizer", "pharmacor", "pharmakern"}
    | {"pms", "polfa", "pro", "prodes", "puren", "qualigen", "ran", "ratio", "ratiopharm"}
    | {"riva", "roche", "rosemont", "sandoz", "sanis", "sanofi", "stada", "sun", "tarbis"}
    | {"taro", "tecnigen", "teva", "thame", "tillomed", "torrent", "tzf", "viatris", "vir"}
    | {"wockhardt", "zentiva", "zydus"}
)
"""Makers that stand before or behind a nonproprietary name on the box: Apo-Lorazepam."""
_WORDS = re.compile(r"[^\W_]+")
_AMOUNT = re.compile(r"\d+([.,]\d+)?\s*(mg|mcg|µg|ug|g|ml)?\b")


class NameShelf(Shelf):
    """Drugs and their names. Withdrawn rows are left out of every look-up."""

    @cached_property
    def drugs(self) -> dict[str, Drug]:
        """Every drug by its id (the nonproprietary name)."""
        return {row.id: row for row in self._rows("drugs", Drug)}

    @cached_property
    def other_drugs(self) -> dict[str, OtherDrug]:
        """Drugs of the family that are known by name only, by their id."""
        return {row.id: row for row in self._rows("other_drugs", OtherDrug)}

    @cached_property
    def drug_names(self) -> tuple[DrugName, ...]:
        """Brand names, synonyms and combinations, of the drugs of both lists."""
        return self._rows("drug_names", DrugName)

    @cached_property
    def look_alikes(self) -> tuple[LookAlike, ...]:
        """Names of other medicines that must never be read as a misspelling of ours."""
        return self._rows("look_alikes", LookAlike)

    def find_drug(self, name: str) -> Drug:
        """The drug meant by a nonproprietary name, brand, synonym or misspelling of one.

        Raises BadInput when it is not clear which drug is meant, naming the nearest; and when the
        name is known but no drug with figures: a combination, or a drug known by name only.
        """
        reading = self.read_name(name)
        if reading.kind != "drug":
            raise BadInput(reading.plain)
        return self.drugs[reading.drug]

    def read_name(self, name: str) -> NameReading:
        """What a word for a medicine means: a drug, a combination, a bare name, or unclear."""
        exact = self._exactly(name) or self._exactly(_bare(name))
        if exact is not None:
            return exact.model_copy(update={"asked": name})
        try:
            drug = resolve(
                name, self._names, also=self._not_ours, as_written=self._seen_in_one_source
            )
        except BadInput as error:
            near = offered(name, self._names, self._not_ours)
            kind: NameKind = "unclear" if near else "unknown"
            return NameReading(asked=name, kind=kind, plain=str(error), near=near)
        return NameReading(asked=name, kind="drug", drug=drug)

    def drug_called(self, word: str) -> Drug | None:
        """The drug with exactly this name, brand or synonym; no slip of the pen is forgiven."""
        drug = self._names.get(fold(word))
        return None if drug is None else self.drugs[drug]

    def near(self, word: str) -> tuple[str, ...]:
        """Up to three drugs whose names look like a word nobody knows, to ask about; best first.

        Nothing is near a name that exists: a combination, a drug known by name only, or another
        medicine.
        """
        if self._exactly(word) is None and fold(word) in self._not_ours:
            return ()
        reading = self.read_name(word)
        if reading.kind == "drug":
            return (self.drugs[reading.drug].name,)
        return tuple(self.drugs[drug].name for drug in reading.near)

    def _exactly(self, name: str) -> NameReading | None:
        word = fold(name)
        if word in self._names:
            return NameReading(asked=name, kind="drug", drug=self._names[word])
        if word in self._shared:
            return _two_drugs(name, self._shared[word])
        if word in self._combinations:
            return _combination(name, self._combinations[word])
        if word in self._bare_names:
            other = self.other_drugs[self._bare_names[word]]
            return NameReading(
                asked=name, kind="no_figures", drug=other.id, plain=_no_figures(name, other)
            )
        return None

    @cached_property
    def _names(self) -> dict[str, str]:
        """Folded names of the drugs with figures."""
        found = {
            fold(row.name): row.drug
            for row in self.drug_names
            if row.usable and row.kind != "combination" and row.drug in self.drugs
        }
        found = {word: drug for word, drug in found.items() if word not in self._shared}
        return found | {fold(drug.name): drug.id for drug in self.drugs.values()}

    @cached_property
    def _shared(self) -> dict[str, tuple[str, ...]]:
        """Folded brands that are one drug in one country and another elsewhere: only asked about.

        Relium is diazepam in Latvia and was chlordiazepoxide in Canada.
        """
        found: dict[str, set[str]] = {}
        for row in self.drug_names:
            if row.usable and row.kind == "brand":
                found.setdefault(fold(row.name), set()).add(row.drug)
        return {word: tuple(sorted(drugs)) for word, drugs in found.items() if len(drugs) > 1}

    @cached_property
    def _seen_in_one_source(self) -> frozenset[str]:
        """Folded brands that only one source names: understood letter by letter, never misspelt.

        There are many, and each has a neighbour somewhere: Almazine is lorazepam, Aldazine is not.
        """
        return frozenset(
            fold(row.name)
            for row in self.drug_names
            if row.kind == "brand" and row.status is Status.DRAFT and row.drug in self.drugs
        )

    @cached_property
    def _combinations(self) -> dict[str, DrugName]:
        return {
            fold(row.name): row
            for row in self.drug_names
            if row.usable and row.kind == "combination"
        }

    @cached_property
    def _bare_names(self) -> dict[str, str]:
        """Folded names of the drugs without figures."""
        found = {
            fold(row.name): row.drug
            for row in self.drug_names
            if row.usable
            and row.kind != "combination"
            and row.drug in self.other_drugs
            and fold(row.name) not in self._shared
        }
        return found | {fold(row.name): row.id for row in self.other_drugs.values() if row.usable}

    @cached_property
    def _not_ours(self) -> dict[str, str]:
        """Folded names that exist and are no drug with figures."""
        return {
            **self._bare_names,
            **dict.fromkeys(self._shared, ""),
            **{word: row.drug for word, row in self._combinations.items()},
            **{fold(row.name): "" for row in self.look_alikes if row.usable},
        }

    def names(self, drug: str) -> tuple[str, ...]:
        """Brand names and synonyms of a drug, combinations left out: those that two sources name
        first, each part in order of the alphabet.
        """
        rare: dict[str, bool] = {}
        for row in self.drug_names:
            if row.drug == drug and row.usable and row.kind != "combination":
                rare[row.name] = rare.get(row.name, True) and row.status is Status.DRAFT
        return tuple(sorted(rare, key=lambda name: (rare[name], name.casefold(), name)))


def _bare(name: str) -> str:
    """A name without the strength and form written beside it: “Xanax XR 0.5 mg” is Xanax."""
    kept = [
        word
        for word in _WORDS.findall(_AMOUNT.sub(" ", name.casefold()))
        if word not in _BESIDE_A_NAME and word not in _MAKERS
    ]
    return " ".join(kept)


def _combination(name: str, row: DrugName) -> NameReading:
    plain = phrase(
        "“{name}” is a combination: {drug} with {beside}. There are no figures "
        "for a combination here; your pharmacist can say how much {drug} is in it",
        name=name,
        drug=row.drug,
        beside=row.beside,
    )
    return NameReading(asked=name, kind="combination", drug=row.drug, plain=plain)


def _two_drugs(name: str, drugs: tuple[str, ...]) -> NameReading:
    plain = phrase(
        "“{asked}” could be {shown}; write the name in full",
        asked=name,
        shown=" or ".join(f"“{drug}”" for drug in drugs),
    )
    return NameReading(asked=name, kind="unclear", plain=plain, near=drugs)


def _no_figures(name: str, other: OtherDrug) -> str:
    what = (
        phrase("a known name")
        if fold(name) == fold(other.name)
        else phrase("{name}, a known name", name=other.name)
    )
    return phrase(
        "“{name}” is {what}; there are no figures for it here, so nothing can be worked out",
        name=name,
        what=what,
    )
