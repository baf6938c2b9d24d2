"""Rows of somebody's CSV, read by a map into proposed entries: all or nothing, line by line."""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache

from landward.exchange.clocks import read_clock
from landward.exchange.dates import (
    Decided,
    Moment,
    diary_day,
    evidence_of,
    moment_of,
    numbered_stamp,
)
from landward.exchange.importer import Circumstances
from landward.exchange.mapping import CsvMap, DateRule
from landward.exchange.one_a_day import RowRead, one_a_day
from landward.exchange.row_words import hint_of, listed_names, possible_day
from landward.exchange.stamps import EARLIEST, LATEST, read_stamp
from landward.exchange.text_table import Row, TextTable, read_table
from landward.exchange.turned import turned
from landward.exchange.values import read_hours, read_level, read_milligrams
from landward.model.base import BadInput
from landward.model.bodies import Body, CheckIn, DoseTaken, Note, Sleep
from landward.model.identity import DrugWord, meant_as_written
from landward.model.item_ids import names_something, says_itself
from landward.model.moment import zone_of
from landward.model.proposals import FileReading, Refusal, named_place
from landward.model.said import counted, phrase

MAX_REFUSALS = 200
"""Reading stops here: a file this wrong is the wrong file."""


def read_csv(
    data: bytes,
    rules: CsvMap,
    drug_meant: Callable[[str], DrugWord] = meant_as_written,
    around: Circumstances | None = None,
) -> FileReading:
    """Read a CSV by its map. `drug_meant` says which drug a word in the map or the file means.

    Raises BadInput where the file as a whole cannot be read (not text, a column missing, no row
    matches, dates in two orders). Single lines that cannot be used come back as refusals.
    """
    around = around or Circumstances(zone=rules.zone, drug_meant=drug_meant)
    table = turned(
        read_table(data, rules.columns, delimiter=rules.delimiter, encoding=rules.encoding)
    )
    reader = _Reader(table, rules, around, lines=data.count(b"\n"))
    rows = reader.read()
    if not reader.matched:
        wanted = ", ".join(f"{c} = {v}" for c, v in rules.filter.items())
        raise BadInput(
            phrase("no row where {wanted}", wanted=wanted)
            if wanted
            else phrase("the file has a header but no rows")
        )
    across = bool(table.across)
    found = one_a_day(rows, rules.on_duplicate, around.answers.get("several", ""), across=across)
    refusals = sorted([*reader.refusals, *found.refusals], key=lambda r: r.line)
    unknown = {b.drug for row in rows for b in row.bodies if isinstance(b, DoseTaken)}
    doubts = [reader.meant(drug).question for drug in sorted(unknown)]
    return FileReading(
        source=":".join(filter(None, (rules.source, rules.constants.get("person")))),
        zone=rules.zone,
        proposals=found.proposals,
        refusals=tuple(refusals),
        questions=(*reader.decided.questions, *found.questions),
        remarks=(
            *table.decided,
            *reader.remarks(),
            *found.remarks,
            *(
                phrase("{doubt}; it is kept as a medicine of its own", doubt=doubt)
                for doubt in doubts
                if doubt
            ),
        ),
        lines=reader.matched,
        used=found.used,
        same=found.same,
        left_out=len(reader.empty) + found.passed_over,
        across=across,
    )


class AheadError(ValueError):
    """The day of a row has not been yet."""


class _Reader:
    """One pass over the rows of one file."""

    def __init__(self, table: TextTable, rules: CsvMap, around: Circumstances, lines: int) -> None:
        self.table, self.rules, self.around = table, rules, around
        self.meant = lru_cache(maxsize=1000)(around.drug_meant)
        self.refusals: list[Refusal] = []
        self.matched = 0
        self._places = {column: table.place(column) for column in rules.columns}
        if table.across:
            self._places[rules.date.column] = 0
        absent = [column for column, place in self._places.items() if place is None]
        if absent:
            named = ", ".join(f"“{column}”" for column in absent)
            raise BadInput(
                phrase(
                    "the file has no column {named}; its columns are: {header}",
                    named=named,
                    header=listed_names(table.header),
                )
            )
        timed = {rules.date.column, rules.date.time, *rules.filter}
        self._filled = [column for column in rules.columns if column not in timed]
        self._comma = ""
        self.empty: list[int] = []
        self._short = 0
        self._wants_cells = max((p for p in self._places.values() if p is not None), default=0)
        self._lines = lines
        self.decided = self._dates()

    def read(self) -> list[RowRead]:
        """Every row that can be used; the others are refused."""
        rows: list[RowRead] = []
        for line, cells in self.table.rows():
            if self.matched % 1000 == 999:
                self.around.patience.check()
                self.around.progress.at(line, self._lines)
            if any(
                self._cell(cells, column) != wanted for column, wanted in self.rules.filter.items()
            ):
                continue
            self.matched += 1
            try:
                self._fits(cells)
                if self._holds_nothing(cells):
                    self.empty.append(line)
                    continue
                when = self._when(cells)
                bodies = self._bodies(cells, when)
            except ValueError as error:
                self.refusals.append(Refusal(line=line, reason=" ".join(str(error).split())[:300]))
                if len(self.refusals) >= MAX_REFUSALS:
                    break
                continue
            if bodies:
                rows.append(RowRead(line, when.day, when.at, tuple(bodies)))
            else:
                self.empty.append(line)
        return rows

    def remarks(self) -> tuple[str, ...]:
        """What was decided about this file."""
        said = list(self.decided.remarks)
        if self.decided.midnight:
            said.append(phrase("Every clock is 00:00, so only the days are taken."))
        if self.decided.utc:
            said.append(
                phrase("Times are in UTC; their days are those of {zone}.", zone=self.rules.zone)
            )
        if self._comma:
            said.append(phrase("A comma is a decimal comma here: {cell}.", cell=self._comma))
        if self._short:
            said.append(
                counted(
                    self._short,
                    "{count} row has fewer cells than the header; what is missing is empty.",
                    "{count} rows have fewer cells than the header; what is missing is empty.",
                )
            )
        if self.empty:
            said.append(
                counted(
                    len(self.empty),
                    "{count} row holds nothing the map asks for, {place} first.",
                    "{count} rows hold nothing the map asks for, {place} first.",
                    place=named_place(self.empty[0], across=bool(self.table.across)),
                )
            )
        return tuple(said)

    # ---- days -------------------------------------------------------------------------------

    def _dates(self) -> Decided:
        rule = self.rules.date
        if rule.start is not None or rule.format:
            return Decided("dmy")
        cells = ((line, self._cell(cells, rule.column)) for line, cells in self.table.rows())
        answer = self.around.answers.get("dates", "") or rule.order
        decided = evidence_of(cells, across=bool(self.table.across)).decide(
            answer, self.around.today
        )
        if decided.problem:
            raise BadInput(
                phrase(
                    "{column}: {problem}; nothing was read",
                    column=rule.column,
                    problem=decided.problem,
                )
            )
        return decided

    def _when(self, cells: Row) -> Moment:
        rule = self.rules.date
        text = self._cell(cells, rule.column)
        clock = self._clock(cells, rule)
        when = (
            self._counted(text, rule) if rule.start is not None else self._dated(text, rule, clock)
        )
        if self.around.is_ahead(when.day):
            raise AheadError(
                phrase(
                    "{column}: {day} lies ahead of today; check the year",
                    column=rule.column,
                    day=when.day.isoformat(),
                )
            )
        return when

    def _clock(self, cells: Row, rule: DateRule) -> dt.time | None:
        text = self._cell(cells, rule.time) if rule.time else ""
        if not text:
            return None
        clock = read_clock(text)
        if clock is None:
            raise ValueError(
                phrase("{time}: “{text}” is not a time of day", time=rule.time, text=text[:40])
            )
        return clock

    def _counted(self, text: str, rule: DateRule) -> Moment:
        assert rule.start is not None
        try:
            day = rule.start + dt.timedelta(days=int(text) - rule.first)
        except (ValueError, OverflowError):
            raise ValueError(
                phrase("{column}: “{text}” is not a day number", column=rule.column, text=text[:40])
            ) from None
        return Moment(possible_day(day, rule.column), None)

    def _dated(self, text: str, rule: DateRule, clock: dt.time | None) -> Moment:
        if rule.format:
            return self._formed(text, rule, clock)
        stamp = read_stamp(text)
        if stamp is None and self.decided.day_zero is not None:
            stamp = numbered_stamp(text, self.decided.day_zero)
        if stamp is None:
            raise ValueError(
                phrase("{column}: “{text}” is not a date", column=rule.column, text=text[:40])
                + hint_of(text)
            )
        when = moment_of(stamp, self.decided, self.rules.zone, clock, self.around.day_starts_at)
        if when is None:
            out = stamp.order is not None and not EARLIEST.year <= stamp.numbers[0] < LATEST.year
            raise ValueError(
                phrase(
                    "{column}: “{text}” is not a day this diary can be about",
                    column=rule.column,
                    text=text[:40],
                )
                if out
                else phrase("{column}: “{text}” is not a date", column=rule.column, text=text[:40])
            )
        return when

    def _formed(self, text: str, rule: DateRule, clock: dt.time | None) -> Moment:
        try:
            at = dt.datetime.strptime(text, rule.format)
        except ValueError:
            raise ValueError(
                phrase(
                    "{column}: “{text}” is not a date like {format}",
                    column=rule.column,
                    text=text[:40],
                    format=rule.format,
                )
            ) from None
        timed = clock or (
            at.time() if any(sign in rule.format for sign in ("%H", "%I", "%T")) else None
        )
        possible_day(at.date(), rule.column)
        if timed is None:
            return Moment(at.date(), None)
        moment = dt.datetime.combine(at.date(), timed, at.tzinfo or zone_of(self.rules.zone))
        return Moment(diary_day(moment, self.around.day_starts_at), moment)

    # ---- cells ------------------------------------------------------------------------------

    def _holds_nothing(self, cells: Row) -> bool:
        """Whether a row is a day that has not come yet, made ready and still empty."""
        if self.around.today is None or any(self._cell(cells, column) for column in self._filled):
            return False
        try:
            self._when(cells)
        except AheadError:
            return True
        except ValueError:
            return False
        return False

    def _cell(self, cells: Row, column: str) -> str:
        place = self._places[column]
        return cells[place] if place is not None and place < len(cells) else ""

    def _fits(self, cells: Row) -> None:
        over = [cell for cell in cells[len(self.table.header) :] if cell]
        if over:
            raise ValueError(
                phrase(
                    "{cells} cells under a header of {names}: a comma inside a cell needs quote "
                    "marks around it",
                    cells=len(cells),
                    names=len(self.table.header),
                )
            )
        self._short += len(cells) <= self._wants_cells

    def _bodies(self, cells: Row, when: Moment) -> list[Body]:
        rules = self.rules
        bodies: list[Body] = []
        if (check_in := self._check_in(cells)) is not None:
            bodies.append(check_in)
        if rules.dose and (text := self._cell(cells, rules.dose.column)) not in rules.dose.missing:
            amount = read_milligrams(self._noted(text), rules.dose.column)
            word = (
                self._cell(cells, rules.dose.drug) if rules.dose.drug else rules.constants["drug"]
            )
            if not word:
                raise ValueError(
                    phrase("{drug}: no medicine is named beside the dose", drug=rules.dose.drug)
                )
            drug = self.meant(word)
            bodies.append(
                DoseTaken(drug=drug.drug, own_word=drug.own_word, dose_mg=amount, at=when.at,
                          day_total=when.at is None)
            )  # fmt: skip
        if rules.sleep_hours and (
            (text := self._cell(cells, rules.sleep_hours.column)) not in rules.sleep_hours.missing
        ):
            unit = rules.sleep_hours.unit
            hours = read_hours(self._noted(text), rules.sleep_hours.column, unit, rules.decimal)
            bodies.append(Sleep(hours=hours, source=rules.source))
        if rules.note and (text := self._cell(cells, rules.note.column)) not in rules.note.missing:
            bodies.append(Note(text=text))
        return bodies

    def _check_in(self, cells: Row) -> CheckIn | None:
        rules = self.rules
        answers: dict[str, float] = {}
        scales: dict[str, str] = {}
        asked = list(rules.items)
        words: dict[str, str] = {}
        for item, rule in rules.items.items():
            if (text := self._cell(cells, rule.column)) in rule.missing:
                continue
            scale = rule.as_scale()
            answers[item] = read_level(
                self._noted(text), rule.column, scale, rule.words, rules.decimal
            )
            scales[item] = str(scale)
        if rules.long and (name := self._cell(cells, rules.long.item)):
            text = self._cell(cells, rules.long.value)
            if not names_something(name):
                raise ValueError(f"{rules.long.item}: “{name[:40]}” names nothing")
            item = self.around.item_meant(name)
            asked.append(item)
            if not says_itself(item, name):
                words[item] = name[:200]
            if text not in rules.long.missing:
                scale = rules.long.as_scale()
                level = read_level(
                    self._noted(text), rules.long.value, scale, rules.long.words, rules.decimal
                )
                answers[item], scales[item] = level, str(scale)
        if not asked:
            return None
        return CheckIn(
            asked=tuple(dict.fromkeys(asked)), answers=answers, scales=scales, words=words
        )

    def _noted(self, text: str) -> str:
        if not self._comma and "," in text:
            self._comma = f"“{text[:20]}”"
        return text
