"""A CSV as it is: its separator, its header and its rows, found by its own evidence.

Nothing is taken on trust: what was decided is said with its reason, what cannot be told is refused
in one line, and every row carries the line an editor shows it on.
"""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from landward.exchange.letters import decoded
from landward.model.base import BadInput
from landward.model.said import phrase

SEPARATORS = {
    ",": phrase("commas"), ";": phrase("semicolons"), "\t": phrase("tabs"),
    "|": phrase("upright strokes"),
}  # fmt: skip
_LOOKED_AT = 40
_MOST_BEFORE_HEADER = 15
_SEP_LINE = re.compile(r'"?sep=(.)"?[,;\t]*(?:\r\n|\r|\n)', re.IGNORECASE)
Row = tuple[str, ...]


@dataclass(frozen=True)
class TextTable:
    """Rows of text under a header. `decided` says how they were found."""

    text: str
    delimiter: str
    wanted: tuple[str, ...] = ()
    """Columns the header must have; it is the first line that has them all."""

    decided: tuple[str, ...] = ()
    backslash: bool = False
    """Quote marks inside quotes are written \\" here, not doubled."""

    spaced: bool = False
    """A blank stands between a separator and the quote mark after it."""

    across: tuple[int, ...] = ()
    """Where each row was a column of the file (`turned`): the columns, counted from 1."""

    @cached_property
    def _head(self) -> tuple[int, Row]:
        """The header's line and cells."""
        first: tuple[int, Row] | None = None
        if self.across:
            return next(self.records())
        wanted = {same_name(name) for name in self.wanted}
        for place, (line, cells) in enumerate(self.records()):
            first = first or (line, cells)
            if wanted <= {same_name(cell) for cell in cells} and (wanted or len(cells) > 1):
                return line, cells
            if place >= _MOST_BEFORE_HEADER:
                break
        if first is None:
            raise BadInput(phrase("the file is empty"))
        return first

    @cached_property
    def header(self) -> Row:
        """The names of the columns, tidied, as the file has them."""
        return tuple(tidy_name(cell) for cell in self._head[1])

    @property
    def header_line(self) -> int:
        """The line of the header, as an editor counts."""
        return self._head[0]

    def place(self, column: str) -> int | None:
        """Where a column stands. Raises BadInput where two columns have that name."""
        if numbered := _NUMBERED.fullmatch(column):
            at = int(numbered[1]) - 1
            if at < len(self.header) and not self.header[at]:
                return at
        exact = [place for place, name in enumerate(self.header) if name == tidy_name(column)]
        found = exact or [p for p, n in enumerate(self.header) if same_name(n) == same_name(column)]
        if len(found) > 1:
            raise BadInput(
                phrase(
                    "two columns are called “{column}”; give one of them another name",
                    column=column,
                )
            )
        return found[0] if found else None

    def rows(self) -> Iterator[tuple[int, Row]]:
        """(line, cells) of every row below the header that is not blank."""
        if self.across:
            found = (cells for _, cells in islice(self.records(), 1, None))
            yield from zip(self.across, found, strict=True)
            return
        line_of_head = self.header_line
        for line, cells in self.records():
            if line > line_of_head:
                yield line, cells

    def records(self) -> Iterator[tuple[int, Row]]:
        """(line, cells) of everything that is not blank, from the top."""
        reader = _reader(self.text, self.delimiter, backslash=self.backslash, spaced=self.spaced)
        line = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield line, tuple(map(_bare, cells))
                line = reader.line_num + 1
        except csv.Error as error:
            raise BadInput(_why(error, line)) from error


_DIRECTIONS = dict.fromkeys([0x200E, 0x200F, 0x61C, 0xFEFF, *range(0x202A, 0x202F),
                             *range(0x2066, 0x206A)])  # fmt: skip
_NUMBERED = re.compile(r"column (\d{1,3})")
"""What a column without a name is called; counted from 1."""
_FORMULA = re.compile(r'="(.*)"', re.DOTALL)


def _bare(cell: str) -> str:
    """A cell without blanks around it; ="text" is how a spreadsheet keeps a text from being
    calculated.
    """
    plain = cell.strip()
    found = _FORMULA.fullmatch(plain) if plain.startswith("=") else None
    return found[1].replace('""', '"').strip() if found else plain


def _reader(  # type: ignore[no-untyped-def]  # csv's own
    text: str, delimiter: str, *, backslash: bool = False, spaced: bool = False
):
    stream = io.StringIO(text, newline="")
    if backslash:
        return csv.reader(
            stream, delimiter=delimiter, strict=True, doublequote=False, escapechar="\\",
            skipinitialspace=spaced,
        )  # fmt: skip
    return csv.reader(stream, delimiter=delimiter, strict=True, skipinitialspace=spaced)


def _why(error: csv.Error, line: int) -> str:
    said = str(error)
    if "unexpected end" in said:
        return phrase("line {line}: a quote mark is opened there and never closed", line=line)
    if "expected after" in said:
        return phrase("line {line}: a quote mark stands inside a cell that is in quotes", line=line)
    return f"line {line} is not CSV: {said}"


def tidy_name(name: str) -> str:
    """A column's name however its accents were typed, without marks of writing direction."""
    return unicodedata.normalize("NFC", " ".join(name.translate(_DIRECTIONS).split()))


def same_name(name: str) -> str:
    """What two names share that differ only in capitals, blanks and how accents were typed."""
    return tidy_name(name).casefold()


def read_table(
    data: bytes, wanted: Sequence[str] = (), *, delimiter: str = "", encoding: str = ""
) -> TextTable:
    """The table in a file. Raises BadInput where it is none."""
    text, decided = decoded(data, encoding)
    text = text.rstrip("\x00\x1a")  # how an old disk filled a file up, and DOS ended it
    text = text.replace("\n\ufeff", "\n")  # a file put behind another brings its mark along
    said = _SEP_LINE.match(text)
    if said is not None:
        # The line stays as a blank one, so that lines are counted as an editor does.
        text = (
            text[said.end() - 1 :]
            if text[said.end() - 2 : said.end()] != "\r\n"
            else text[said.end() - 2 :]
        )
        if not delimiter:
            delimiter = said[1]
            decided.append(
                phrase(
                    "Cells are set apart by {delimiter}, as the first line says.",
                    delimiter=_sign(delimiter),
                )
            )
    if not text.strip():
        raise BadInput(phrase("the file is empty"))
    if not delimiter:
        delimiter = _separator(text, wanted)
        if delimiter != ",":
            decided.append(
                phrase(
                    "Cells are set apart by {delimiter}: every line has as many.",
                    delimiter=_sign(delimiter),
                )
            )
    backslash = '\\"' in text and not _whole(text, delimiter)
    spaced = re.search(re.escape(delimiter) + ' +"', text) is not None and _whole(
        text, delimiter, backslash=backslash, spaced=True
    )
    table = TextTable(text, delimiter, tuple(wanted), backslash=backslash, spaced=spaced)
    if table.header_line > 1 and (said is None or table.header_line > 2):
        decided.append(
            phrase(
                "The header is on line {header_line}; what stands above it is no table.",
                header_line=table.header_line,
            )
        )
    return replace(table, decided=tuple(decided))


def _sign(delimiter: str) -> str:
    return SEPARATORS.get(delimiter, f"“{delimiter}”")


def _whole(text: str, delimiter: str, *, backslash: bool = False, spaced: bool = False) -> bool:
    """Whether every quote mark is closed where it should be."""
    try:
        for _ in _reader(text, delimiter, backslash=backslash, spaced=spaced):
            pass
    except csv.Error:
        return False
    return True


def _separator(text: str, wanted: Sequence[str]) -> str:
    """The sign that gives most lines the same number of cells, and the header that number too."""
    best, most = ",", 1.0
    for sign in SEPARATORS:
        counts = _cells_a_line(text, sign)
        if not counts:
            continue
        if wanted and {same_name(name) for name in wanted} <= _names(text, sign, wanted):
            return sign
        cells, times = Counter(counts).most_common(1)[0]
        share = times / len(counts)
        if cells > 1 and share * cells > most:
            best, most = sign, share * cells
    return best


def _names(text: str, sign: str, wanted: Sequence[str]) -> set[str]:
    try:
        return {same_name(cell) for cell in TextTable(text, sign, tuple(wanted)).header}
    except BadInput:
        return set()


def _cells_a_line(text: str, sign: str) -> list[int]:
    counts: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=sign):
            if any(cell.strip() for cell in cells):
                counts.append(len(cells))
            if len(counts) >= _LOOKED_AT:
                break
    except csv.Error:
        return []
    return counts


# ---- letters ------------------------------------------------------------------------------
