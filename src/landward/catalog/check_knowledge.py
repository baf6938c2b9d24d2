"""Checks of symptoms, codes, claims, printed numbers and questionnaires."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from landward.catalog.check_digits import code_fault
from landward.catalog.names import fold
from landward.catalog.recompute import recompute
from landward.model.instruments import Instrument
from landward.model.knowledge import Claim, Code, PaperValue, Symptom, SymptomPhrase
from landward.model.said import phrase
from landward.model.search_words import SearchWord


def knowledge_faults(
    rows: Mapping[str, Sequence[Any]], instruments: Sequence[Instrument]
) -> Iterator[str]:
    """What is wrong in the tables of knowledge."""
    yield from _symptom_faults(rows["symptoms"], rows["symptom_phrases"])
    drugs = {drug.id for drug in rows["drugs"]}
    yield from _code_faults(rows["codes"], drugs, {row.id for row in rows["symptoms"]})
    for claim in rows["claims"]:
        yield from _claim_faults(claim)
    for value in rows["paper_values"]:
        yield from _arithmetic_faults(value)
    for instrument in instruments:
        yield from _instrument_faults(instrument)
    yield from _search_word_faults(rows["search_words"])


def _search_word_faults(words: Sequence[SearchWord]) -> Iterator[str]:
    meaning: dict[str, str] = {}
    for row in words:
        key = f"{row.kind} {' '.join(fold(word) for word in row.said.split())}"
        if meaning.setdefault(key, row.id) != row.id:
            yield phrase(
                "{id}: “{said}” stands in {other} too", id=row.id, said=row.said, other=meaning[key]
            )


def _symptom_faults(symptoms: Sequence[Symptom], phrases: Sequence[SymptomPhrase]) -> Iterator[str]:
    main = {row.id for row in symptoms if not row.same_as}
    for row in symptoms:
        if row.same_as and row.same_as not in main:
            yield phrase(
                "{id}: it is another word for “{same_as}”, which is no main symptom",
                id=row.id,
                same_as=row.same_as,
            )
    meaning: dict[str, str] = {}
    for saying in phrases:
        if saying.symptom not in main:
            yield phrase(
                "{id}: “{symptom}” is no main symptom", id=saying.id, symptom=saying.symptom
            )
        if meaning.setdefault(fold(saying.phrase), saying.symptom) != saying.symptom:
            yield phrase(
                "{id}: “{phrase}” already means {meaning}",
                id=saying.id,
                phrase=saying.phrase,
                meaning=meaning[fold(saying.phrase)],
            )


def _code_faults(codes: Sequence[Code], drugs: set[str], symptoms: set[str]) -> Iterator[str]:
    wrong = {(row.subject, row.system, row.code) for row in codes if not row.usable}
    for row in codes:
        fault = code_fault(row.system, row.code)
        if fault:
            yield f"{row.id}: {fault}"
        if row.subject_kind in {"drug", "product"} and row.subject not in drugs:
            yield phrase(
                "{id}: “{subject}” is not a drug of drugs.csv", id=row.id, subject=row.subject
            )
        if row.subject_kind == "symptom" and row.subject not in symptoms:
            yield phrase(
                "{id}: “{subject}” is not a symptom of symptoms.csv", id=row.id, subject=row.subject
            )
        if row.usable and (row.subject, row.system, row.code) in wrong:
            yield phrase(
                "{id}: this code was withdrawn as wrong for {subject}",
                id=row.id,
                subject=row.subject,
            )
        if row.system == "SNOMED CT" and row.display:
            yield phrase("{id}: of SNOMED CT only identifiers ship, no words", id=row.id)


def _claim_faults(row: Claim) -> Iterator[str]:
    if row.looked_up == "no" and row.verdict != "not_checked":
        yield phrase("{id}: a verdict without looking anything up", id=row.id)
    if row.looked_up == "yes" and row.verdict == "not_checked":
        yield phrase("{id}: looked up, so it has a verdict", id=row.id)
    judged = {"supported", "partly", "contested", "not_supported"}
    if row.verdict in judged | {"no_study_found"} and not row.finding:
        yield phrase("{id}: a verdict says what was found", id=row.id)
    if row.verdict in judged and set(row.source) <= {"CLAIM-DOCS"}:
        yield phrase(
            "{id}: “{verdict}” rests on something that was found; else no_study_found",
            id=row.id,
            verdict=row.verdict,
        )
    if row.verdict == "contested" and len(set(row.source)) < 2:
        yield phrase("{id}: contested needs two sources that disagree", id=row.id)


def _arithmetic_faults(row: PaperValue) -> Iterator[str]:
    try:
        result = recompute(row)
    except (ValueError, ZeroDivisionError) as error:
        yield f"{row.id}: {error}"
        return
    if (result is None) != (row.check_result == ""):
        yield phrase("{id}: a check has a result, and a result a check", id=row.id)
    elif result is not None and result.agrees != (row.check_result == "agrees"):
        found = ", ".join(f"{number:.4g}" for number in result.recomputed)
        yield phrase(
            "{id}: it says “{check_result}”, but recomputing gives {found}",
            id=row.id,
            check_result=row.check_result,
            found=found,
        )


def _instrument_faults(row: Instrument) -> Iterator[str]:
    where = f"instruments/{row.key}.toml"
    if len(row.answers) != row.high - row.low + 1:
        yield phrase(
            "{where}: {count} answers for {low} to {high}",
            where=where,
            count=len(row.answers),
            low=row.low,
            high=row.high,
        )
    ids = [item.id for item in (*row.items, *row.extras)]
    if len(set(ids)) != len(ids):
        yield phrase("{where}: two items share an id", where=where)
    if row.safety_item and row.safety_item not in ids:
        yield phrase(
            "{where}: its safety item “{safety_item}” is not one of its items",
            where=where,
            safety_item=row.safety_item,
        )
    if row.bands:
        edges = [(band.low, band.high) for band in row.bands]
        meets = all(after[0] == before[1] + 1 for before, after in pairwise(edges))
        if not meets or edges[0][0] != row.low or edges[-1][1] != row.highest_total:
            yield phrase("{where}: its bands leave a gap, overlap or miss an end", where=where)
