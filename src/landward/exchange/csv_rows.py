"""Rows of somebody's CSV, read by a map into proposed entries: all or nothing, line by line."""

import csv
import datetime as dt
import io
import math
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from itertools import islice

from landward.exchange.mapping import CsvMap, DateRule
from landward.model.base import BadInput
from landward.model.bodies import Body, CheckIn, DoseTaken, Note, Sleep
from landward.model.proposals import FileReading, Proposal, Refusal

MAX_BYTES = 64 * 1024 * 1024
MAX_REFUSALS = 200
"""Reading stops here: a file this wrong is the wrong file."""

_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2200, 1, 1)

Row = Mapping[str, str]


def read_csv(data: bytes, rules: CsvMap) -> FileReading:
    """Read a CSV by its map.

    Raises BadInput where the file as a whole cannot be read (not text, a column missing, no row
    matches). Single lines that cannot be used come back as refusals.
    """
    rows = _rows(_text(data), rules)
    refusals: list[Refusal] = []
    found: dict[dt.date, list[tuple[int, list[Body]]]] = {}
    lines = matched = 0
    for line, row in rows:
        lines += 1
        if any(row.get(column) != wanted for column, wanted in rules.filter.items()):
            continue
        matched += 1
        try:
            day = _day(row[rules.date.column], rules.date)
            bodies = _bodies(row, rules)
            found.setdefault(day, []).append((line, bodies))
        except ValueError as error:
            refusals.append(Refusal(line=line, reason=str(error)))
            if len(refusals) >= MAX_REFUSALS:
                break
    if not matched:
        wanted = ", ".join(f"{c} = {v}" for c, v in rules.filter.items())
        raise BadInput(f"no row where {wanted}" if wanted else "the file has a header but no rows")
    proposals, remarks, doubles = _one_per_day(found, rules)
    return FileReading(
        source=":".join(filter(None, (rules.source, rules.constants.get("person")))),
        zone=rules.zone,
        proposals=tuple(proposals),
        refusals=tuple(sorted([*refusals, *doubles], key=lambda r: r.line)),
        remarks=tuple(remarks),
        lines=lines,
    )


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise BadInput(f"the file is larger than {MAX_BYTES // 1024**2} MB; split it first")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            "the file is not UTF-8 text; save it as “CSV UTF-8” and try again"
        ) from error


def _rows(text: str, rules: CsvMap) -> Iterator[tuple[int, Row]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=rules.delimiter)
    try:
        header = [name.strip() for name in next(reader)]
    except StopIteration:
        raise BadInput("the file is empty") from None
    except csv.Error as error:
        raise BadInput(f"the first line is not a CSV header: {error}") from error
    absent = [column for column in rules.columns if column not in header]
    if absent:
        named = ", ".join(f"“{column}”" for column in absent)
        raise BadInput(f"the file has no column {named}; its columns are: {_listed(header)}")
    return _each(reader, header)


def _each(reader: "Iterator[list[str]]", header: list[str]) -> Iterator[tuple[int, Row]]:
    line = 1
    try:
        for line, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                yield line, dict(zip(header, (cell.strip() for cell in cells), strict=False))
    except csv.Error as error:
        raise BadInput(f"line {line + 1} is not CSV: {error}") from error


def _listed(names: list[str], most: int = 12) -> str:
    shown = ", ".join(" ".join(name.split())[:40] for name in islice(names, most))
    return shown + (", …" if len(names) > most else "")


def _day(text: str, rule: DateRule) -> dt.date:
    try:
        if rule.start is None:
            day = dt.date.fromisoformat(text)
        else:
            day = rule.start + dt.timedelta(days=int(text) - rule.first)
    except (ValueError, OverflowError):
        wanted = "a date like 2021-03-30" if rule.start is None else "a day number"
        raise ValueError(f"{rule.column}: “{text[:40]}” is not {wanted}") from None
    if not _EARLIEST <= day < _LATEST:
        raise ValueError(f"{rule.column}: {day.isoformat()} is not a day this diary can be about")
    return day


def _bodies(row: Row, rules: CsvMap) -> list[Body]:
    bodies: list[Body] = []
    answers: dict[str, float] = {}
    for item, rule in rules.items.items():
        text = row.get(rule.column, "")
        if text in rule.missing:
            continue
        scale = rule.as_scale()
        value = _number(text, rule.column)
        if not scale.holds(value):
            raise ValueError(f"{rule.column}: {text} is off its scale {scale.low:g}–{scale.high:g}")
        answers[item] = value
    if rules.items:
        asked = tuple(rules.items)
        scales = {item: str(rules.items[item].as_scale()) for item in answers}
        bodies.append(CheckIn(asked=asked, answers=answers, scales=scales))
    if rules.dose and (text := row.get(rules.dose.column, "")) not in rules.dose.missing:
        amount = _milligrams(text, rules.dose.column)
        bodies.append(DoseTaken(drug=rules.constants["drug"], dose_mg=amount, day_total=True))
    if rules.sleep_hours and (
        (text := row.get(rules.sleep_hours.column, "")) not in rules.sleep_hours.missing
    ):
        hours = _number(text, rules.sleep_hours.column)
        if not 0 <= hours <= 24:
            raise ValueError(f"{rules.sleep_hours.column}: {text} is not hours of one night")
        bodies.append(Sleep(hours=hours, source=rules.source))
    if rules.note and (text := row.get(rules.note.column, "")) not in rules.note.missing:
        bodies.append(Note(text=text))
    return bodies


def _number(text: str, column: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{column}: “{text[:40]}” is not a number") from None
    if not math.isfinite(value):
        raise ValueError(f"{column}: “{text[:40]}” is not a number")
    return value


def _milligrams(text: str, column: str) -> Decimal:
    try:
        amount = Decimal(text)
        if amount.is_finite() and 0 <= amount <= 100_000:
            whole = amount.to_integral_value()
            return whole if amount == whole else amount.normalize()
    except InvalidOperation:
        pass
    raise ValueError(f"{column}: “{text[:40]}” is not a dose in mg")


def _one_per_day(
    found: Mapping[dt.date, list[tuple[int, list[Body]]]], rules: CsvMap
) -> tuple[list[Proposal], list[str], list[Refusal]]:
    """Choose one row a day as the map says; the same row twice is not a choice to make."""
    proposals: list[Proposal] = []
    remarks: list[str] = []
    doubles: list[Refusal] = []
    for day in sorted(found):
        rows = found[day]
        line, bodies = rows[-1 if rules.on_duplicate == "last" else 0]
        if len(rows) > 1:
            lines = " and ".join(str(number) for number, _ in rows)
            same = all(other == bodies for _, other in rows)
            if rules.on_duplicate == "refuse" and not same:
                reason = (
                    f"{day.isoformat()} stands on lines {lines} with different answers; "
                    'say on_duplicate = "first" or "last" in the map'
                )
                doubles.append(Refusal(line=rows[1][0], reason=reason))
                continue
            which = "they agree" if same else f"the {rules.on_duplicate} one is used"
            remarks.append(f"{day.isoformat()} stands on lines {lines}; {which}")
        for body in bodies:
            key = f"{day.isoformat()}/{body.kind}"
            proposals.append(
                Proposal(line=line, row_key=key, date=day, kind=body.kind, body=body.to_json())
            )
    return proposals, remarks, doubles
