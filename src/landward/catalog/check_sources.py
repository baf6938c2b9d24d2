"""Citations resolve both ways: no row without a known source, no source that nothing cites."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from landward.catalog.read import read_sources, read_toml, source_keys, split
from landward.model.facts import Fact, Source, Status
from landward.model.guidelines import Guideline
from landward.model.instruments import Instrument
from landward.model.knowledge import PaperValue
from landward.model.row_readings import Reading
from landward.model.said import phrase


def source_faults(
    folder: Path,
    facts: Sequence[Fact],
    guidelines: Sequence[Guideline],
    instruments: Sequence[Instrument],
) -> Iterator[str]:
    """What is wrong between the rows and `references.bib`."""
    if not (folder / "references.bib").exists():
        yield phrase("references.bib is missing")
        return
    known = read_sources(folder)
    for key, times in Counter(source_keys(folder)).items():
        if times > 1:
            yield phrase(
                "references.bib: the key {key} is there {times} times", key=key, times=times
            )
    for source in known.values():
        if not source.title or not source.read or not source.where:
            yield phrase(
                "references.bib: {key} needs a title, a place, and what was read of it",
                key=source.key,
            )
    cited = _cited_elsewhere(folder)
    for name, keys in _citations(facts, guidelines, instruments):
        cited.update(keys)
        for key in keys:
            if key not in known:
                yield phrase(
                    "{name}: the source “{key}” is not in references.bib", name=name, key=key
                )
    for key in sorted(known.keys() - cited):
        yield phrase("references.bib: nothing cites {key}", key=key)
    read = agreeing_readings(facts)
    for row in facts:
        if row.status is Status.DOUBLE_CHECKED:
            yield from _witness_faults(row, known, read[row.id])


def agreeing_readings(facts: Sequence[Fact]) -> Counter[str]:
    """How many readings by different readers agree with each row."""
    readers = {(r.row, r.reader) for r in facts if isinstance(r, Reading) and r.agrees == "yes"}
    return Counter(row for row, _ in readers)


def _witness_faults(row: Fact, known: Mapping[str, Source], readings: int) -> Iterator[str]:
    """Double-checked: two opened sources, two readings of one, or the counts of the paper."""
    recomputed = isinstance(row, PaperValue) and row.check_result == "agrees"
    opened = {key for key in row.source if key not in known or known[key].opened}
    several = any(known[key].kind == "several" for key in opened if key in known)
    if recomputed or several or len(opened) >= 2 or readings >= 2:
        return
    if len(set(row.source)) >= 2:
        yield phrase(
            "{id}: double-checked needs two sources that were opened; one here was not", id=row.id
        )
    else:
        yield phrase("{id}: double-checked means two sources that agree; it names one", id=row.id)


def _citations(
    facts: Sequence[Fact], guidelines: Sequence[Guideline], instruments: Sequence[Instrument]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in facts:
        yield row.id, row.source
    for guideline in guidelines:
        yield f"guidelines/{guideline.key}.toml", guideline.source
    for instrument in instruments:
        yield f"instruments/{instrument.key}.toml", instrument.source


def _cited_elsewhere(folder: Path) -> set[str]:
    """Sources cited by the scenarios, whose own checks live with the pharmacology lab."""
    paths = sorted((folder / "scenarios").glob("*.toml"))
    return {key for path in paths for key in _keys_in(read_toml(path))}


def _keys_in(part: object) -> Iterator[str]:
    """Every value of a field that names sources, however deep."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            if name in {"source", "sources", "basis"}:
                yield from split(value) if isinstance(value, str) else value
            else:
                yield from _keys_in(value)
    elif isinstance(part, list):
        for inner in part:
            yield from _keys_in(inner)
