"""Opening the tables: CSV, TOML and BibTeX in, strings and typed rows out. Nobody else does."""

import csv
import re
import tomllib
from collections.abc import Container, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from landward.model.facts import Fact, Source

TABLES = Path(str(files("landward"))) / "tables"
"""Where the reviewed tables live in this installation."""

_LISTS = frozenset({"source", "languages", "found_by", "rests_on"})
"""Columns that hold several values, parted by semicolons."""

_ENTRY = re.compile(r"@misc\{([^,\s]+),\n(.*?)\n\}", re.DOTALL)
_FIELD = re.compile(r"^  (\w+) = \{(.*)\},?$", re.MULTILINE)


def read_cells(path: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a CSV table, every cell a string."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    return header, rows


def as_fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """A CSV or TOML row as the fields of its model: empty cells left out, lists split."""
    fields = {key: value for key, value in row.items() if value is not None and value != ""}
    for key in _LISTS & fields.keys():
        if isinstance(fields[key], str):
            fields[key] = split(fields[key])
    return fields


@cache
def split(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, parted by semicolons."""
    return tuple(part.strip() for part in cell.split(";"))


F = TypeVar("F", bound=Fact)


@cache
def _many(model: type[F]) -> TypeAdapter[tuple[F, ...]]:
    return TypeAdapter(tuple[model, ...])  # type: ignore[valid-type]  # a type made at run time


def read_rows(folder: Path, name: str, model: type[F], aside: Container[str] = ()) -> tuple[F, ...]:
    """The rows of `tables/NAME.csv` as values, in the order of the file. Raises ValidationError.

    The columns named in `aside` are passed over.
    """
    header, rows = read_cells(folder / f"{name}.csv")
    header = ["" if column in aside else column for column in header]
    lists = [position for position, column in enumerate(header) if column in _LISTS]
    fields = []
    for cells in rows:
        row: dict[str, Any] = {
            key: cell for key, cell in zip(header, cells, strict=False) if key and cell
        }
        for position in lists:
            if position < len(cells) and cells[position]:
                row[header[position]] = split(cells[position])
        fields.append(row)
    return _many(model).validate_python(fields)


def added_columns(folder: Path, name: str, model: type[Fact]) -> frozenset[str]:
    """Columns of a table that its rows do not know, where every column they know is there too.

    A column that was added can be passed over; one that was renamed cannot, its values are needed.
    """
    header, _ = read_cells(folder / f"{name}.csv")
    known, found = set(model.model_fields), set(header)
    return frozenset(found - known) if known <= found else frozenset()


def read_toml(path: Path) -> dict[str, Any]:
    """One TOML file as it stands."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def source_keys(folder: Path) -> list[str]:
    """The keys of `references.bib` in order, repeated ones repeated."""
    text = (folder / "references.bib").read_text(encoding="utf-8")
    return re.findall(r"^@\w+\{([^,\s]+),", text, re.MULTILINE)


def read_sources(folder: Path) -> dict[str, Source]:
    """Every entry of `references.bib` by its key."""
    text = (folder / "references.bib").read_text(encoding="utf-8")
    found = {}
    for key, body in _ENTRY.findall(text):
        field = dict(_FIELD.findall(body))
        found[key] = Source(
            key=key,
            kind=field.get("type", ""),
            title=field.get("title", ""),
            author=field.get("author", ""),
            year=field.get("year", ""),
            where=field.get("howpublished", ""),
            read=field.get("note", ""),
        )
    return found
