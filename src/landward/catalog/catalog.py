"""The catalog: every reviewed table behind one door, each read once and kept."""

from functools import cache, cached_property
from pathlib import Path

from landward.catalog.entries import all_entries
from landward.catalog.names import closest
from landward.catalog.read import TABLES
from landward.catalog.search import Hit, Index
from landward.catalog.search_words import SearchWords
from landward.catalog.shelves import Shelves
from landward.model.base import BadInput
from landward.model.facts import Fact, Source
from landward.model.said import phrase


class Catalog(Shelves):
    """The tables of one folder as typed rows, with look-ups, search and citations.

    Properties hold whole tables (withdrawn rows included); methods leave withdrawn rows out.
    """

    def cite(self, name: str) -> tuple[Source, ...]:
        """The sources behind a source key or a row's id. Raises BadInput if there is none."""
        known = {key.upper(): key for key in self.sources}
        if name.strip().upper() in known:
            return (self.sources[known[name.strip().upper()]],)
        row = self.rows_by_id.get(name.strip())
        if row is None:
            near = [found for _, found in closest(name, (*known.values(), *self.rows_by_id))[:3]]
            hint = phrase("; nearest: {near}", near=", ".join(near)) if near else ""
            raise BadInput(
                phrase("no source or row is called “{name}”{hint}", name=name, hint=hint)
            )
        return self.sources_of(row)

    def sources_of(self, *rows: Fact) -> tuple[Source, ...]:
        """The sources behind some rows, each once, in the order they first appear."""
        keys = dict.fromkeys(key for row in rows for key in row.source)
        return tuple(self.sources[key] for key in keys)

    @cached_property
    def rows_by_table(self) -> dict[str, tuple[Fact, ...]]:
        """Every table whose rows have ids, by its name."""
        return {
            "drugs": tuple(self.drugs.values()),
            "drug_names": self.drug_names,
            "other_drugs": tuple(self.other_drugs.values()),
            "look_alikes": self.look_alikes,
            "metabolites": self.metabolite_claims,
            "metabolism": self.pathways,
            "pharmacokinetics": self.kinetic_claims,
            "equivalences": self.equivalence_rows,
            "products": self.product_rows,
            "guidelines": self.guideline_rules(),
            "red_flags": self.red_flags,
            "supervision_questions": self.supervision_questions,
            "dependence_risk": self.dependence_rules,
            "dose_bands": self.dose_bands,
            "incidents": self.incident_steps,
            "driving": self.driving_facts,
            "interactions": self.interactions,
            "interaction_words": self.interaction_words,
            "crisis_lines": self.crisis_lines,
            "symptoms": tuple(self.symptoms.values()),
            "symptom_phrases": self.symptom_phrases,
            "search_words": self.search_words,
            "codes": self.code_rows,
            "claims": self.claims,
            "numbness_questions": self.numbness_questions,
            "studies": self.studies,
            "paper_values": self.paper_values,
            "readings": self.readings,
            "samples": self.samples,
            "model_parameters": self.model_parameters,
        }

    @cached_property
    def rows_by_id(self) -> dict[str, Fact]:
        """Every row of every table by its permanent id."""
        return {row.id: row for rows in self.rows_by_table.values() for row in rows}

    def search(self, words: str, limit: int = 20) -> tuple[Hit, ...]:
        """What fits some plain words, best first: pages, drugs, brands, symptoms, claims …"""
        return self._index.search(words, limit)

    @cached_property
    def _index(self) -> Index:
        return Index(all_entries(self), SearchWords(self.search_words))


@cache
def load_catalog(folder: Path = TABLES) -> Catalog:
    """The catalog of this installation (or of `folder`), the same one every time."""
    return Catalog(folder)
