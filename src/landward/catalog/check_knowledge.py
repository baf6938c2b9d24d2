"""Checks of symptoms, codes, claims, printed numbers and questionnaires."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from landward.catalog.check_digits import code_fault
from landward.catalog.names import fold
from landward.catalog.recompute import recompute
from landward.model.instruments import Instrument
from landward.model.knowledge import Claim, Code, PaperValue, Symptom, SymptomPhrase


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


def _symptom_faults(symptoms: Sequence[Symptom], phrases: Sequence[SymptomPhrase]) -> Iterator[str]:
    main = {row.id for row in symptoms if not row.same_as}
    for row in symptoms:
        if row.same_as and row.same_as not in main:
            yield f"{row.id}: it is another word for “{row.same_as}”, which is no main symptom"
    meaning: dict[str, str] = {}
    for phrase in phrases:
        if phrase.symptom not in main:
            yield f"{phrase.id}: “{phrase.symptom}” is no main symptom"
        if meaning.setdefault(fold(phrase.phrase), phrase.symptom) != phrase.symptom:
            yield f"{phrase.id}: “{phrase.phrase}” already means {meaning[fold(phrase.phrase)]}"


def _code_faults(codes: Sequence[Code], drugs: set[str], symptoms: set[str]) -> Iterator[str]:
    wrong = {(row.subject, row.system, row.code) for row in codes if not row.usable}
    for row in codes:
        fault = code_fault(row.system, row.code)
        if fault:
            yield f"{row.id}: {fault}"
        if row.subject_kind in {"drug", "product"} and row.subject not in drugs:
            yield f"{row.id}: “{row.subject}” is not a drug of drugs.csv"
        if row.subject_kind == "symptom" and row.subject not in symptoms:
            yield f"{row.id}: “{row.subject}” is not a symptom of symptoms.csv"
        if row.usable and (row.subject, row.system, row.code) in wrong:
            yield f"{row.id}: this code was withdrawn as wrong for {row.subject}"
        if row.system == "SNOMED CT" and row.display:
            yield f"{row.id}: of SNOMED CT only identifiers ship, no words"


def _claim_faults(row: Claim) -> Iterator[str]:
    if row.looked_up == "no" and row.verdict != "not_checked":
        yield f"{row.id}: a verdict without looking anything up"
    if row.looked_up == "yes" and row.verdict == "not_checked":
        yield f"{row.id}: looked up, so it has a verdict"
    judged = {"supported", "partly", "contested", "not_supported"}
    if row.verdict in judged | {"no_study_found"} and not row.finding:
        yield f"{row.id}: a verdict says what was found"
    if row.verdict in judged and set(row.source) <= {"CLAIM-DOCS"}:
        yield f"{row.id}: “{row.verdict}” rests on something that was found; else no_study_found"
    if row.verdict == "contested" and len(set(row.source)) < 2:
        yield f"{row.id}: contested needs two sources that disagree"


def _arithmetic_faults(row: PaperValue) -> Iterator[str]:
    try:
        result = recompute(row)
    except (ValueError, ZeroDivisionError) as error:
        yield f"{row.id}: {error}"
        return
    if (result is None) != (row.check_result == ""):
        yield f"{row.id}: a check has a result, and a result a check"
    elif result is not None and result.agrees != (row.check_result == "agrees"):
        found = ", ".join(f"{number:.4g}" for number in result.recomputed)
        yield f"{row.id}: it says “{row.check_result}”, but recomputing gives {found}"


def _instrument_faults(row: Instrument) -> Iterator[str]:
    where = f"instruments/{row.key}.toml"
    if len(row.answers) != row.high - row.low + 1:
        yield f"{where}: {len(row.answers)} answers for {row.low} to {row.high}"
    ids = [item.id for item in (*row.items, *row.extras)]
    if len(set(ids)) != len(ids):
        yield f"{where}: two items share an id"
    if row.safety_item and row.safety_item not in ids:
        yield f"{where}: its safety item “{row.safety_item}” is not one of its items"
    if row.bands:
        edges = [(band.low, band.high) for band in row.bands]
        meets = all(after[0] == before[1] + 1 for before, after in pairwise(edges))
        if not meets or edges[0][0] != row.low or edges[-1][1] != row.highest_total:
            yield f"{where}: its bands leave a gap, overlap or miss an end"
