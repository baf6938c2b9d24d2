"""The knowledge shelf: symptoms and how people say them, codes, claims, studies, questionnaires."""

from functools import cached_property
from typing import Any

from landward.catalog.articles import Library, read_library
from landward.catalog.read import as_fields, read_toml
from landward.catalog.shelf import Shelf
from landward.model.base import BadInput
from landward.model.instruments import Instrument
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
from landward.model.said import phrase
from landward.model.search_words import SearchWord


def instrument_fields(raw: dict[str, Any]) -> dict[str, Any]:
    """A parsed questionnaire file as the fields of `Instrument`."""
    fields = as_fields(raw)
    for single, many in (("item", "items"), ("extra", "extras"), ("band", "bands")):
        if single in fields:
            fields[many] = fields.pop(single)
    return fields


class KnowledgeShelf(Shelf):
    """Symptoms, codes, the claims ledger, printed numbers, model parameters, questionnaires."""

    @cached_property
    def symptoms(self) -> dict[str, Symptom]:
        """Every symptom by its id, other words for the same thing included."""
        return {row.id: row for row in self._rows("symptoms", Symptom)}

    @cached_property
    def search_words(self) -> tuple[SearchWord, ...]:
        """How people ask, beside the words of the library."""
        return self._rows("search_words", SearchWord)

    @cached_property
    def symptom_phrases(self) -> tuple[SymptomPhrase, ...]:
        """How people say symptoms."""
        return self._rows("symptom_phrases", SymptomPhrase)

    @cached_property
    def code_rows(self) -> tuple[Code, ...]:
        """Every code, the withdrawn (known wrong) ones included."""
        return self._rows("codes", Code)

    @cached_property
    def numbness_questions(self) -> tuple[NumbnessQuestion, ...]:
        """What a clinician would ask to tell apart what can numb."""
        return self._rows("numbness_questions", NumbnessQuestion)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims ledger."""
        return self._rows("claims", Claim)

    @cached_property
    def studies(self) -> tuple[Study, ...]:
        """The studies behind the ledger."""
        return self._rows("studies", Study)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """What was read of single rows, with the words and where they stand."""
        return self._rows("readings", Reading)

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """Samples of rows, read by someone who wrote none of them."""
        return self._rows("samples", Sample)

    @cached_property
    def paper_values(self) -> tuple[PaperValue, ...]:
        """Numbers as papers print them."""
        return self._rows("paper_values", PaperValue)

    @cached_property
    def model_parameters(self) -> tuple[ModelParameter, ...]:
        """Constants of the simulations."""
        return self._rows("model_parameters", ModelParameter)

    @cached_property
    def instruments(self) -> dict[str, Instrument]:
        """Every questionnaire that may be shipped, by its key."""
        paths = sorted((self.folder / "instruments").glob("*.toml"))
        read = (Instrument.model_validate(instrument_fields(read_toml(path))) for path in paths)
        return {instrument.key: instrument for instrument in read}

    @cached_property
    def library(self) -> Library:
        """The pages a person can read."""
        return read_library(self.folder)

    def instrument(self, key: str) -> Instrument:
        """One questionnaire. Raises BadInput, naming those there are, if it is not shipped."""
        if key not in self.instruments:
            there = ", ".join(self.instruments)
            raise BadInput(
                phrase(
                    "no questionnaire is called “{key}”; there are {there}", key=key, there=there
                )
            )
        return self.instruments[key]

    def main_symptoms(self) -> tuple[Symptom, ...]:
        """Symptoms without the other words for them, in the order of the table."""
        return tuple(row for row in self.symptoms.values() if not row.same_as and row.usable)

    def codes(self, subject: str, system: str | None = None) -> tuple[Code, ...]:
        """The usable codes of a drug, symptom or observation, in one system if asked."""
        return tuple(
            row
            for row in self.code_rows
            if row.subject == subject and system in {None, row.system} and row.usable
        )

    def parameters(self, model: str) -> dict[str, ModelParameter]:
        """The constants of one model by their symbol."""
        return {row.symbol: row for row in self.model_parameters if row.model == model}
