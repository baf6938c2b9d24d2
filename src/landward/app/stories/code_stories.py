"""Many stories coded for research: one row a finding, with provenance, and never the story itself.

A public post is not consent: that sentence stands in the data card written beside every output.
"""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from landward.app.stories.read_story import read_story
from landward.app.stories.reader import phase_provenance, provenance, tables_sha256
from landward.model.base import BadInput, Frozen
from landward.model.said import phrase
from landward.model.stories import StoryReading
from landward.version import __version__

COLUMNS = (
    "story", "language", "start", "end", "symptom", "negated", "possible", "resolved", "whose",
    "phase", "phase_sure", "kind", "severity", "confidence", "model", "weights_sha256",
    "phase_weights_sha256", "tables_sha256", "version",
)  # fmt: skip
NOT_CONSENT = phrase("A public post is not consent: code stories only of people who said yes.")
FORMATS = (".parquet", ".csv", ".jsonl")


class Coded(Frozen):
    """What was done: how many stories and findings, how many stories were not English."""

    stories: int
    findings: int
    other_language: int


def code_stories(
    source: Path, out: Path, now: datetime, progress: Callable[[int], None] = lambda _: None
) -> Coded:
    """Code every story of a JSONL file ({"id", "text"} a line) into `out` (.parquet, .csv, .jsonl).

    Beside it `OUT.card.md` says what the rows are. The words of a story are not in the output, only
    where they stand. Raises BadInput for a broken line or an unknown ending; then nothing is
    written.
    """
    if out.suffix not in FORMATS:
        raise BadInput(phrase("{name}: end it in .parquet, .csv or .jsonl", name=out.name))
    rows: list[dict[str, Any]] = []
    stories = other = 0
    for name, text in _stories(source):
        reading = read_story(text)
        stories += 1
        other += reading.language != "en"
        rows += _rows(name, reading)
        progress(stories)
    _write(rows, out)
    coded = Coded(stories=stories, findings=len(rows), other_language=other)
    card = out.with_name(out.name + ".card.md")
    card.write_text(_card(source.name, coded, now), encoding="utf-8")
    return coded


def _stories(source: Path) -> Iterator[tuple[str, str]]:
    try:
        with source.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _story(source, number, line)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            phrase("{source} cannot be read: {error}", source=source, error=error)
        ) from error


def _story(source: Path, number: int, line: str) -> tuple[str, str]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            phrase("{name}, line {number}: this is not JSON", name=source.name, number=number)
        ) from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise BadInput(
            phrase(
                '{name}, line {number}: write {{"id": …, "text": "…"}}',
                name=source.name,
                number=number,
            )
        )
    return str(row.get("id", number)), row["text"]


def _rows(name: str, reading: StoryReading) -> list[dict[str, Any]]:
    made, phases = provenance(), phase_provenance().weights_sha256
    tables = tables_sha256()
    return [
        {
            "story": name,
            "language": reading.language,
            **one.model_dump(include=set(COLUMNS)),
            "model": made.name,
            "weights_sha256": made.weights_sha256,
            "phase_weights_sha256": phases,
            "tables_sha256": tables,
            "version": __version__,
        }
        for one in reading.findings
    ]


def _write(rows: list[dict[str, Any]], out: Path) -> None:
    if out.suffix == ".parquet":
        _write_parquet(rows, out)
    elif out.suffix == ".csv":
        with out.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
    else:
        with out.open("w", encoding="utf-8", newline="\n") as file:
            for row in rows:
                file.write(json.dumps({name: row[name] for name in COLUMNS}) + "\n")


def _write_parquet(rows: list[dict[str, Any]], out: Path) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise BadInput(
            phrase(
                "Parquet needs the extra “cohort” (pip install landward[cohort]); or "
                "write .csv, .jsonl"
            )
        ) from error
    kinds = {
        "start": pa.int64(), "end": pa.int64(), "negated": pa.bool_(), "possible": pa.bool_(),
        "resolved": pa.bool_(), "phase_sure": pa.bool_(), "confidence": pa.float64(),
    }  # fmt: skip
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), out)


def _card(source: str, coded: Coded, now: datetime) -> str:
    made = provenance()
    return phrase(
        "# Data card\n\nMade {now} by Landward {version} from "
        "`{source}`.\n{stories} stories, {findings} findings. {other_language} "
        "stories were not\nEnglish: nothing was looked for in "
        "those.\n\n**{not_consent}**\n\nOne row is one naming of a symptom: "
        "where it stands in the story, which symptom of our list (empty:\nnone, "
        "or not sure), whether it is denied, only feared, or said to have ended; "
        "whose it is; where the\nstory's own words place it (before the "
        "medicine, on it, cutting, stopped); how sure the model is.\nThe words "
        "themselves are not here. Findings are a machine's, unreviewed, and miss "
        "much: figures and\nfailures are in the model card "
        "(docs/researchers/stories-model-card.md). A phase is a time, never "
        "a\ncause. Shares counted in these rows say nothing of how common "
        "anything is.\n\nModel {name}, weights {weights_sha256}; trained on "
        "{trained_on} ({citation}). Phases: weights {phases}. Tables "
        "of wordings and cues: {tables}.\n",
        now=f"{now:%Y-%m-%d}",
        version=__version__,
        source=source,
        stories=coded.stories,
        findings=coded.findings,
        other_language=coded.other_language,
        not_consent=NOT_CONSENT,
        name=made.name,
        weights_sha256=made.weights_sha256,
        phases=phase_provenance().weights_sha256,
        tables=tables_sha256(),
        trained_on=made.trained_on,
        citation=made.citation,
    )
