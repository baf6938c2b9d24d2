"""A stranger's file, read in a process of its own within a budget: the only door for such files.

Nothing here looks into a file. What comes back was read elsewhere, and is checked again here.
"""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from landward.app.budget.amounts import reading_budget
from landward.app.budget.within import within
from landward.app.transfer import import_diary, read_elsewhere
from landward.app.transfer.read_elsewhere import format_words, formats
from landward.app.transfer.suggest_map import Columns, columns_of
from landward.exchange.archive import from_jsonl
from landward.exchange.importer import Circumstances
from landward.exchange.limits import Progress
from landward.exchange.mapping import CsvMap
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.model.proposals import FileReading
from landward.model.said import phrase

__all__ = [
    "foreign_columns", "format_words", "formats", "read_foreign", "read_foreign_csv",
    "read_foreign_export", "read_foreign_table", "recognised",
]  # fmt: skip

Hear = Callable[[int], None] | None
UNPACKED_MB = 4096
"""A database in a zip is unpacked into a folder of ours, which is gone when its reader is."""


def recognised(path: Path, name: str = "") -> str | None:
    """Which app a file is from, or None; `name` is what it was called before it came here.

    Raises BadInput where two could be meant.
    """
    what = name or path.name
    found = within(_recognise, path, what, answer=str, what=what, budget=reading_budget(path))
    return found or None


def read_foreign_table(
    path: Path, rules: CsvMap, around: Circumstances, hear: Hear = None
) -> FileReading:
    """The rows of a CSV, read by rules somebody chose on screen. Raises BadInput."""
    return within(
        _read_by,
        *(path, rules.model_dump_json(exclude_defaults=True), _told(around)),
        answer=FileReading,
        what=phrase("the file"),
        budget=reading_budget(path),
        hear=hear,
    )


def foreign_columns(path: Path) -> Columns:
    """The columns of a table, for somebody to choose from. Raises BadInput."""
    return within(
        columns_of, path, answer=Columns, what=phrase("the file"), budget=reading_budget(path)
    )


def read_foreign(path: Path, kind: str, around: Circumstances, hear: Hear = None) -> FileReading:
    """What a file of another app offers the diary; `hear` is told how much of it has been read, in
    rising percent. Raises BadInput where it offers nothing.
    """
    return within(
        _read,
        *(path, kind, _told(around)),
        answer=FileReading,
        what=path.name,
        budget=replace(reading_budget(path), scratch_mb=UNPACKED_MB),
        hear=hear,
    )


def read_foreign_csv(
    path: Path, map_path: Path, around: Circumstances | None, hear: Hear = None
) -> FileReading:
    """The rows of a CSV, read by a map. Raises BadInput."""
    return within(
        _read_mapped,
        *(path, map_path, _told(around) if around else ""),
        answer=FileReading,
        what=path.name,
        budget=reading_budget(path),
        hear=hear,
    )


def read_foreign_export(path: Path) -> tuple[Entry, ...]:
    """The entries of a Landward export, whoever wrote it. Raises BadInput."""
    read = within(_lines, path, answer=bytes, what=path.name, budget=reading_budget(path))
    return from_jsonl(read)


# ── in the other process ───────────────────────────────────────────────────────────────────────


def _recognise(path: Path, name: str) -> str:
    return read_elsewhere.recognise(path, name) or ""


def _read_by(path: Path, rules: str, told: str, tell: Hear = None) -> FileReading:
    return import_diary.read_by(path, CsvMap.model_validate_json(rules), _around(told, tell))


def _read(path: Path, kind: str, told: str, tell: Hear = None) -> FileReading:
    around = _around(told, tell)
    return read_elsewhere.read_elsewhere(path, kind, around.zone, around)


def _read_mapped(path: Path, map_path: Path, told: str, tell: Hear = None) -> FileReading:
    return import_diary.read_mapped(path, map_path, _around(told, tell) if told else None)


def _lines(path: Path) -> bytes:
    """Every line once more, after it was read as an entry."""
    return "".join(f"{entry.to_line()}\n" for entry in import_diary.read_landward(path)).encode()


def _told(around: Circumstances) -> str:
    """What a reader has to be told, as text; the tables it finds by itself."""
    return json.dumps(
        {
            "zone": around.zone,
            "today": around.today.isoformat() if around.today else None,
            "answers": dict(around.answers),
            "day_starts_at": around.day_starts_at.isoformat(),
        }
    )


def _around(text: str, tell: Hear = None) -> Circumstances:
    told = json.loads(text)
    now = Moment(at=dt.datetime(2000, 1, 1, tzinfo=dt.UTC), zone=told["zone"])
    around = import_diary.circumstances(now, told["answers"])
    today = dt.date.fromisoformat(told["today"]) if told["today"] else None
    starts = dt.time.fromisoformat(told["day_starts_at"])
    progress = Progress(tell) if tell else Progress()
    return replace(around, today=today, day_starts_at=starts, progress=progress)
