"""The catalog: every reviewed table behind one door, each read once and kept."""

from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path

from landward.catalog.drugs import DrugShelf
from landward.catalog.knowledge import KnowledgeShelf
from landward.catalog.names import closest
from landward.catalog.read import TABLES, read_sources
from landward.catalog.safety import SafetyShelf
from landward.catalog.search import Entry, Hit, Index
from landward.model.base import BadInput
from landward.model.facts import Fact, Source


class Catalog(DrugShelf, SafetyShelf, KnowledgeShelf):
    """The tables of one folder as typed rows, with look-ups, search and citations.

    Properties hold whole tables (withdrawn rows included); methods leave withdrawn rows out.
    """

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by its key."""
        return read_sources(self.folder)

    def cite(self, name: str) -> tuple[Source, ...]:
        """The sources behind a source key or a row's id. Raises BadInput if there is none."""
        known = {key.upper(): key for key in self.sources}
        if name.strip().upper() in known:
            return (self.sources[known[name.strip().upper()]],)
        row = self.rows_by_id.get(name.strip())
        if row is None:
            near = [found for _, found in closest(name, (*known.values(), *self.rows_by_id))[:3]]
            hint = f"; nearest: {', '.join(near)}" if near else ""
            raise BadInput(f"no source or row is called “{name}”{hint}")
        return self.sources_of(row)

    def sources_of(self, *rows: Fact) -> tuple[Source, ...]:
        """The sources behind some rows, each once, in the order they first appear."""
        keys = dict.fromkeys(key for row in rows for key in row.source)
        return tuple(self.sources[key] for key in keys)

    @cached_property
    def rows_by_id(self) -> dict[str, Fact]:
        """Every row of every table by its permanent id."""
        tables: tuple[tuple[Fact, ...], ...] = (
            tuple(self.drugs.values()),
            self.drug_names,
            tuple(self.other_drugs.values()),
            self.look_alikes,
            self.metabolite_claims,
            self.pathways,
            self.kinetic_claims,
            self.equivalence_rows,
            self.product_rows,
            self.guideline_rules(),
            self.red_flags,
            self.supervision_questions,
            self.dependence_rules,
            self.dose_bands,
            self.incident_steps,
            self.driving_facts,
            self.interactions,
            self.interaction_words,
            self.crisis_lines,
            tuple(self.symptoms.values()),
            self.symptom_phrases,
            self.code_rows,
            self.claims,
            self.studies,
            self.paper_values,
            self.readings,
            self.samples,
            self.model_parameters,
        )
        return {row.id: row for rows in tables for row in rows}

    def search(self, words: str, limit: int = 20) -> tuple[Hit, ...]:
        """What fits some plain words, best first: drugs, symptoms, claims, rules, sources."""
        return self._index.search(words, limit)

    @cached_property
    def _index(self) -> Index:
        return Index(self._entries())

    def _entries(self) -> Iterator[Entry]:
        for drug in self.drugs.values():
            line = f"{drug.name} ({drug.drug_class})"
            for name in (drug.name, *self.names(drug.id)):
                yield Entry(kind="drug", id=drug.id, line=line, text=name)
        phrases: dict[str, list[str]] = {}
        for row in self.symptom_phrases:
            phrases.setdefault(row.symptom, []).append(row.phrase)
        for symptom in self.symptoms.values():
            main = self.symptoms.get(symptom.same_as, symptom)
            line = symptom.label if main is symptom else f"{symptom.label} (see {main.label})"
            yield Entry(kind="symptom", id=main.id, line=line, text=symptom.label)
            for phrase in phrases.get(symptom.id, ()):
                line = f"{symptom.label}: “{phrase}”"
                yield Entry(kind="symptom", id=symptom.id, line=line, text=phrase)
        for claim in self.claims:
            line = f"{claim.verdict.replace('_', ' ')}: {claim.claim}"
            text = f"{claim.claim} {claim.finding}"
            yield Entry(kind="claim", id=claim.id, line=line, text=text)
        for rule in self.guideline_rules():
            yield Entry(kind="rule", id=rule.id, line=rule.plain, text=rule.plain)
        for question in self.supervision_questions:
            text = f"{question.question} {question.why}"
            yield Entry(kind="question", id=question.id, line=question.question, text=text)
        for instrument in self.instruments.values():
            line = instrument.title
            yield Entry(kind="instrument", id=instrument.key, line=line, text=line)
        for source in self.sources.values():
            text = f"{source.key} {source.title} {source.author}"
            yield Entry(kind="source", id=source.key, line=str(source), text=text)


@cache
def load_catalog(folder: Path = TABLES) -> Catalog:
    """The catalog of this installation (or of `folder`), the same one every time."""
    return Catalog(folder)
