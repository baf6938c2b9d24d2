"""Checking the tables as files: what a careful reviewer would look for, each in one line."""

import csv
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from landward.catalog.check_articles import article_faults
from landward.catalog.check_drugs import drug_faults
from landward.catalog.check_knowledge import knowledge_faults
from landward.catalog.check_readings import reading_faults
from landward.catalog.check_safety import safety_faults, stale_lines
from landward.catalog.check_sources import source_faults
from landward.catalog.guidelines import guideline_fields
from landward.catalog.knowledge import instrument_fields
from landward.catalog.read import TABLES, as_fields, read_cells, read_toml
from landward.catalog.tables import CSV_TABLES, FOLDERS, LICENCES
from landward.model.base import Frozen
from landward.model.facts import Fact, Status
from landward.model.guidelines import Guideline
from landward.model.instruments import Instrument
from landward.model.said import phrase


class TableCount(Frozen):
    """How many rows a table has, and how far they were checked."""

    rows: int
    reviewed: int
    double_checked: int
    draft: int
    withdrawn: int


class CheckReport(Frozen):
    """Counts per table, what is wrong, and what will be wrong at the next release."""

    tables: dict[str, TableCount]
    errors: tuple[str, ...]
    warnings: tuple[str, ...]


class Tables:
    """The rows that could be read, by table, and the faults of those that could not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.rows: dict[str, list[Any]] = {name: [] for name in CSV_TABLES}
        self.guidelines: list[Guideline] = []
        self.instruments: list[Instrument] = []
        for name, model in CSV_TABLES.items():
            self._read_table(name, model)
        for path in sorted((folder / "guidelines").glob("*.toml")):
            self._read_guideline(path)
        for path in sorted((folder / "instruments").glob("*.toml")):
            self._read_instrument(path)

    def _read_table(self, name: str, model: type[Fact]) -> None:
        path = self.folder / f"{name}.csv"
        if not path.exists():
            self.faults.append(phrase("{name}.csv is missing", name=name))
            return
        try:
            header, rows = read_cells(path)
        except (ValueError, csv.Error) as error:
            self.faults.append(
                phrase("{name}.csv cannot be read as a table: {error}", name=name, error=error)
            )
            return
        known = set(model.model_fields)
        for column in sorted(set(header) - known):
            self.faults.append(
                phrase("{name}.csv: unknown column “{column}”", name=name, column=column)
            )
        for column in sorted(known - set(header)):
            self.faults.append(
                phrase("{name}.csv: column “{column}” is missing", name=name, column=column)
            )
        if set(header) != known or len(header) != len(known):
            return
        for number, cells in enumerate(rows, start=2):
            where = phrase("{name}.csv line {number}", name=name, number=number) + (
                f" ({cells[0]})" if cells else ""
            )
            if len(cells) != len(header):
                self.faults.append(
                    phrase(
                        "{where}: {count} cells for {count_2} columns",
                        where=where,
                        count=len(cells),
                        count_2=len(header),
                    )
                )
                continue
            if any(cell != cell.strip() for cell in cells):
                self.faults.append(
                    phrase("{where}: a cell begins or ends with a space", where=where)
                )
            fields = as_fields(dict(zip(header, cells, strict=True)))
            self._keep(self.rows[name], model, fields, where)

    def _read_guideline(self, path: Path) -> None:
        where = f"guidelines/{path.name}"
        fields = guideline_fields(self._toml(path, where))
        self._keep(self.guidelines, Guideline, fields, where)
        self._named_as_its_file(path, where, fields)

    def _read_instrument(self, path: Path) -> None:
        where = f"instruments/{path.name}"
        fields = instrument_fields(self._toml(path, where))
        self._keep(self.instruments, Instrument, fields, where)
        self._named_as_its_file(path, where, fields)

    def _named_as_its_file(self, path: Path, where: str, fields: dict[str, Any]) -> None:
        if fields.get("key") != path.stem:
            self.faults.append(
                phrase(
                    "{where}: its key “{key}” is not its file name",
                    where=where,
                    key=fields.get("key"),
                )
            )

    def _toml(self, path: Path, where: str) -> dict[str, Any]:
        try:
            return read_toml(path)
        except ValueError as error:
            self.faults.append(f"{where}: {error}")
            return {}

    def _keep(self, into: list[Any], model: type[Frozen], fields: object, where: str) -> None:
        try:
            into.append(model.model_validate(fields))
        except ValidationError as error:
            for problem in error.errors(include_url=False, include_context=False):
                place = ".".join(str(part) for part in problem["loc"])
                self.faults.append(f"{where}: {place}: {problem['msg']}")

    @property
    def facts(self) -> list[Fact]:
        """Every row with an id: those of the CSV tables and the rules of the guidelines."""
        rules: list[Fact] = [rule for guide in self.guidelines for rule in guide.rules]
        return [row for rows in self.rows.values() for row in rows] + rules


def check_tables(
    folder: Path = TABLES, *, today: date | None = None, release: bool = False
) -> CheckReport:
    """Check every table of a folder. With *today*, crisis lines are checked for their age too.

    Lines last read more than 180 days ago are warnings, errors when `release` is set.
    """
    tables = Tables(folder)
    unread = tuple(_unreadable_files(folder))
    errors = [*unread, *tables.faults, *_stray_files(folder), *_row_faults(tables)]
    steps: tuple[tuple[str, Callable[[], Iterable[str]]], ...] = (
        (phrase("the sources"), lambda: source_faults(
            folder, tables.facts, tables.guidelines, tables.instruments)),
        (phrase("the drugs"), lambda: drug_faults(tables.rows)),
        (phrase("symptoms and claims"), lambda: knowledge_faults(tables.rows, tables.instruments)),
        ("safety", lambda: safety_faults(tables.rows, tables.guidelines, today)),
        (phrase("the articles"), lambda: article_faults(folder, tables.facts)),
        (phrase("the second readings"), lambda: reading_faults(tables.rows, tables.facts, today)),
    )  # fmt: skip
    for what, step in steps:
        try:
            errors += step()
        except (ValueError, LookupError) as error:
            if not errors:
                raise
            # Rows that could not be read are not there for the checks that lean on them.
            errors.append(
                phrase(
                    "{what} could not be checked until the lines above are right: {error}",
                    what=what,
                    error=error,
                )
            )
    old = stale_lines(tables.rows["crisis_lines"], today) if today else []
    counts = {name: _count(rows) for name, rows in tables.rows.items()}
    counts["guidelines"] = _count([rule for g in tables.guidelines for rule in g.rules])
    counts["instruments"] = _count(tables.instruments)
    return CheckReport(
        tables=dict(sorted(counts.items())),
        errors=tuple(errors + (old if release else [])),
        warnings=tuple([] if release else old),
    )


def _count(rows: list[Any]) -> TableCount:
    by = Counter(row.status for row in rows)
    return TableCount(
        rows=len(rows),
        reviewed=by[Status.CLINICIAN_REVIEWED],
        double_checked=by[Status.DOUBLE_CHECKED],
        draft=by[Status.DRAFT],
        withdrawn=by[Status.WITHDRAWN],
    )


TEXTS = frozenset({".csv", ".toml", ".bib", ".md", ".txt"})


def _unreadable_files(folder: Path) -> Iterator[str]:
    """Files that are no text, and TOML that is none: whoever reads them would stop there."""
    for path in sorted(folder.rglob("*")):
        if path.suffix not in TEXTS:
            continue
        where = path.relative_to(folder).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
            if path.suffix == ".toml" and path.parent.name not in ("guidelines", "instruments"):
                tomllib.loads(text)
            if path.suffix == ".csv" and path.parent != folder:
                header, rows = read_cells(path)
                for number, cells in enumerate(rows, start=2):
                    if len(cells) != len(header):
                        yield phrase(
                            "{where} line {number}: {count} cells for {count_2} columns",
                            where=where,
                            number=number,
                            count=len(cells),
                            count_2=len(header),
                        )
        except (ValueError, csv.Error) as error:
            yield f"{where}: {error}"


def _stray_files(folder: Path) -> Iterator[str]:
    known = {f"{name}.csv" for name in CSV_TABLES} | {"references.bib"} | FOLDERS
    for path in sorted(folder.iterdir()):
        if path.name not in known:
            yield phrase("{name}: no such table is known", name=path.name)


def _row_faults(tables: Tables) -> Iterator[str]:
    seen: set[str] = set()
    for row in tables.facts:
        if row.id in seen:
            yield phrase("{id}: this id is used twice; ids are permanent and unique", id=row.id)
        seen.add(row.id)
        if row.licence not in LICENCES:
            yield phrase(
                "{id}: “{licence}” is not a licence a row may ship under",
                id=row.id,
                licence=row.licence,
            )
        if row.status is Status.CLINICIAN_REVIEWED:
            yield phrase("{id}: no clinician has reviewed anything yet", id=row.id)
        if row.status is Status.WITHDRAWN and not row.note:
            yield phrase("{id}: a withdrawn row says in its note why", id=row.id)
        yield from _order_faults(row)
    for instrument in tables.instruments:
        if instrument.licence not in LICENCES:
            yield phrase(
                "{key}: “{licence}” is not a licence it may ship under",
                key=instrument.key,
                licence=instrument.licence,
            )


def _order_faults(row: Fact) -> Iterator[str]:
    low, value, high = (getattr(row, name, None) for name in ("low", "value", "high"))
    if low is not None and value is not None and low > value:
        yield phrase("{id}: low {low} is above its value {value}", id=row.id, low=low, value=value)
    if value is not None and high is not None and value > high:
        yield phrase(
            "{id}: its value {value} is above high {high}", id=row.id, value=value, high=high
        )
    if low is not None and high is not None and low > high:
        yield phrase("{id}: low {low} is above high {high}", id=row.id, low=low, high=high)
