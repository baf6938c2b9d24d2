"""Everything, in files anyone can open: `entries.jsonl` (lossless) and one CSV per kind."""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from pydantic import ValidationError

from landward.model.base import BadInput
from landward.model.entries import Entry
from landward.model.journal import standing
from landward.model.said import phrase

MAX_LINE_BYTES = 256 * 1024

_ENVELOPE = ("date", "recorded_at", "zone", "kind", "version", "origin", "id", "replaces", "stands")
_MAX_DEPTH = 8
"""No kind of this version nests at all; a kind nobody knows may nest as it likes."""
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_STARTS_A_FORMULA = re.compile("[=+\\-@＝＋－＠\t\r]")
"""Most cells hold none of these anywhere, and are done with at one look."""
_ANOTHER_CELL = re.compile("(?<=[;\t\r\n])(?=[=+\\-@＝＋－＠])")
"""A spreadsheet set to semicolons takes no quotes for granted: there a word of one cell after a
semicolon or a line end begins the next."""


def to_jsonl(entries: Iterable[Entry]) -> bytes:
    """The whole journal, one entry a line, in total order. Reading it back gives the same bytes."""
    ordered = sorted(entries, key=lambda entry: entry.order)
    return "".join(f"{entry.to_line()}\n" for entry in ordered).encode()


def from_jsonl(data: bytes) -> tuple[Entry, ...]:
    """Read `entries.jsonl`. Raises BadInput naming the first line that is not an entry."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            phrase("the file is not UTF-8 text, so it is not a Landward export")
        ) from error
    entries = []
    # Only a line feed ends a line: people's words may hold other Unicode line ends.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if len(line) > MAX_LINE_BYTES:
            raise BadInput(phrase("line {number} is longer than any entry can be", number=number))
        try:
            entries.append(Entry.from_line(line))
        except (ValueError, RecursionError) as error:
            raise BadInput(
                phrase(
                    "line {number} is not a Landward entry: {why}", number=number, why=_why(error)
                )
            ) from error
    if not entries:
        raise BadInput(phrase("the file holds no entries"))
    return tuple(entries)


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        return f"{field}: {first['msg']}"
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__


def to_csvs(entries: Iterable[Entry]) -> dict[str, bytes]:
    """One CSV per kind, named `KIND.csv`, for a spreadsheet.

    `stands` says whether a line still holds: what was corrected or taken back stays in, marked
    “no”. A cell that a spreadsheet would run as a formula gets an apostrophe in front; numbers do
    not. The lossless copy is `entries.jsonl`.
    """
    by_kind: defaultdict[str, list[Entry]] = defaultdict(list)
    kept = tuple(entries)
    stand = {entry.id for entry in standing(kept).entries}
    for entry in sorted(kept, key=lambda entry: entry.order):
        by_kind[entry.kind].append(entry)
    return {f"{kind}.csv": _csv(by_kind[kind], stand) for kind in sorted(by_kind)}


def _csv(entries: list[Entry], stand: Collection[str]) -> bytes:
    rows = [_flat(json.loads(entry.body)) for entry in entries]
    columns = sorted({name for row in rows for name in row})
    table: list[Sequence[object]] = [(*_ENVELOPE, *columns)]
    for entry, row in zip(entries, rows, strict=True):
        envelope = [
            entry.date.isoformat(),
            entry.recorded_at.isoformat(),
            entry.zone,
            entry.kind,
            entry.version,
            entry.origin,
            entry.id,
            " ".join(entry.replaces),
            "yes" if entry.id in stand else "no",
        ]
        table.append([*envelope, *(row.get(name, "") for name in columns)])
    return csv_bytes(table)


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as a CSV of RFC 4180 in which no cell is a formula."""
    out = io.StringIO(newline="")
    # RFC 4180 line ends also make the writer quote a lone carriage return in somebody's words.
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    # The body of a kind nobody knows may hold half a character as an escape: it becomes "?".
    return out.getvalue().encode(errors="replace")


def _flat(body: dict[str, object], prefix: str = "", deep: int = 0) -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in body.items():
        if isinstance(value, dict) and deep < _MAX_DEPTH:
            flat |= _flat(value, f"{prefix}{name}.", deep + 1)
        elif isinstance(value, dict):
            flat[prefix + name] = "…"  # entries.jsonl has all of it
        elif isinstance(value, list):
            flat[prefix + name] = " ".join(str(part) for part in value)
        else:
            flat[prefix + name] = value
    return flat


def safe_cell(value: object) -> object:
    """Text that no spreadsheet will run as a formula; numbers pass as they are."""
    if not isinstance(value, str) or _STARTS_A_FORMULA.search(value) is None:
        return value
    text = _ANOTHER_CELL.sub("'", value)
    if text.startswith(_FORMULA_STARTS):
        try:
            float(text)
        except ValueError:
            return f"'{text}"
    return text
