"""Rows of somebody's CSV, read by a map into proposed entries: all or nothing, line by line."""

import csv
import datetime as dt
import io
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from landward.exchange.mapping import CsvMap, DateRule
from landward.model.amounts import as_decimal, read_mg
from landward.model.base import BadInput
from landward.model.bodies import Body, CheckIn, DoseTaken, Note, Sleep
from landward.model.identity import DrugWord, meant_as_written
from landward.model.proposals import FileReading, Proposal, Refusal

MAX_BYTES = 64 * 1024 * 1024
MAX_REFUSALS = 200
"""Reading stops here: a file this wrong is the wrong file."""

_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2200, 1, 1)

Row = Mapping[str, str]


def read_csv(
    data: bytes, rules: CsvMap, drug_meant: Callable[[str], DrugWord] = meant_as_written
) -> FileReading:
    """Read a CSV by its map. `drug_meant` says which drug a word in the map or the file means.

    Raises BadInput where the file as a whole cannot be read (not text, a column missing, no row
    matches). Single lines that cannot be used come back as refusals.
    """
    rows = _rows(_text(data), rules)
    refusals: list[Refusal] = []
    meant = lru_cache(maxsize=1000)(drug_meant)
    found: dict[dt.date, list[tuple[int, list[Body]]]] = {}
    lines = matched = 0
    for line, row in rows:
        lines += 1
        if any(row.get(column) != wanted for column, wanted in rules.filter.items()):
            continue
        matched += 1
        try:
            day = _day(row[rules.date.column], rules.date)
            bodies = _bodies(row, rules, meant)
            found.setdefault(day, []).append((line, bodies))
        except ValueError as error:
            refusals.append(Refusal(line=line, reason=str(error)))
            if len(refusals) >= MAX_REFUSALS:
                break
    if not matched:
        wanted = ", ".join(f"{c} = {v}" for c, v in rules.filter.items())
        raise BadInput(f"no row where {wanted}" if wanted else "the file has a header but no rows")
    proposals, remarks, doubles = _one_per_day(found, rules)
    unknown = {b.drug: b for rows in found.values() for _, bs in rows for b in bs
               if isinstance(b, DoseTaken)}  # fmt: skip
    remarks += [f"{q}; it is kept as a medicine of its own" for drug in sorted(unknown)
                if (q := meant(drug).question)]  # fmt: skip
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


def _bodies(row: Row, rules: CsvMap, meant: Callable[[str], DrugWord]) -> list[Body]:
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
        word = row.get(rules.dose.drug, "") if rules.dose.drug else rules.constants["drug"]
        if not word:
            raise ValueError(f"{rules.dose.drug}: no medicine is named beside the dose")
        drug = meant(word)
        bodies.append(
            DoseTaken(drug=drug.drug, own_word=drug.own_word, dose_mg=amount, day_total=True)
        )
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
        return as_decimal(read_mg(text, f"{column}: not a dose", zero=True))
    except BadInput as error:
        raise ValueError(str(error)) from None


def _one_per_day(
    found: Mapping[dt.date, list[tuple[int, list[Body]]]], rules: CsvMap
) -> tuple[list[Proposal], list[str], list[Refusal]]:
    """Choose one row a day as the map says; the same row twice is not a choice to make.

    Doses are never chosen between: several on one day are the doses of that day. Only where a row
    of answers stands twice word for word is its dose the same dose.
    """
    proposals: list[Proposal] = []
    remarks: list[str] = []
    doubles: list[Refusal] = []
    for day in sorted(found):
        rows = found[day]
        line, bodies = rows[-1 if rules.on_duplicate == "last" else 0]
        doses = [(n, body) for n, bs in rows for body in bs if isinstance(body, DoseTaken)]
        others = [body for body in bodies if not isinstance(body, DoseTaken)]
        if len(rows) > 1:
            lines = list_words([str(number) for number, _ in rows])
            same = all(other == bodies for _, other in rows)
            told = [[b for b in bs if not isinstance(b, DoseTaken)] for _, bs in rows]
            if same and others:
                doses = doses[:1]
                remarks.append(f"{day.isoformat()} stands on lines {lines}; they agree")
            elif any(other != told[0] for other in told):
                if rules.on_duplicate == "refuse":
                    reason = (
                        f"{day.isoformat()} stands on lines {lines} with different answers; "
                        'say on_duplicate = "first" or "last" in the map'
                    )
                    doubles.append(Refusal(line=rows[1][0], reason=reason))
                    continue
                which = f"the {rules.on_duplicate} one is used"
                remarks.append(f"{day.isoformat()} stands on lines {lines}; {which}")
        proposals += [_proposal(line, day, body, "") for body in others]
        proposals += _doses_of_day(day, doses)
    return proposals, remarks, doubles


def _doses_of_day(day: dt.date, doses: list[tuple[int, DoseTaken]]) -> list[Proposal]:
    """One dose of a drug is its day's dose; several are single doses."""
    times = Counter(body.drug for _, body in doses)
    return [
        _proposal(
            line,
            day,
            body if times[body.drug] == 1 else body.model_copy(update={"day_total": False}),
            f"/{place}" if place > 1 else "",
        )
        for place, (line, body) in enumerate(doses, start=1)
    ]


def _proposal(line: int, day: dt.date, body: Body, which: str) -> Proposal:
    return Proposal(
        line=line,
        row_key=f"{day.isoformat()}/{body.kind}{which}",
        date=day,
        kind=body.kind,
        version=body.written_as,
        body=body.to_json(),
    )


def list_words(parts: list[str]) -> str:
    """“2”, “2 and 3”, “2, 3 and 4”."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
