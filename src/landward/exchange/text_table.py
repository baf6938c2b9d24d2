"""A CSV as it is: its encoding, its separator, its header and its rows, found by its own evidence.

Nothing is taken on trust: what was decided is said with its reason, what cannot be told is refused
in one line, and every row carries the line an editor shows it on.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise

from landward.exchange.limits import MAX_TEXT_BYTES
from landward.model.base import BadInput

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
ENCODINGS = {
    "windows-1252": "Western Europe", "windows-1250": "Central Europe", "windows-1251": "Cyrillic",
    "windows-1253": "Greek", "windows-1254": "Turkish", "windows-1255": "Hebrew",
    "windows-1256": "Arabic", "windows-1257": "Baltic", "shift_jis": "Japanese",
    "gb18030": "Chinese", "big5": "Chinese, Taiwan", "euc_kr": "Korean", "windows-874": "Thai",
}  # fmt: skip
_PYTHON_NAME = {"windows-874": "cp874"}
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
            raise BadInput("the file is empty")
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
            raise BadInput(f"two columns are called “{column}”; give one of them another name")
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
        return f"line {line}: a quote mark is opened there and never closed"
    if "expected after" in said:
        return f"line {line}: a quote mark stands inside a cell that is in quotes"
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
            decided.append(f"Cells are set apart by {_sign(delimiter)}, as the first line says.")
    if not text.strip():
        raise BadInput("the file is empty")
    if not delimiter:
        delimiter = _separator(text, wanted)
        if delimiter != ",":
            decided.append(f"Cells are set apart by {_sign(delimiter)}: every line has as many.")
    backslash = '\\"' in text and not _whole(text, delimiter)
    spaced = re.search(re.escape(delimiter) + ' +"', text) is not None and _whole(
        text, delimiter, backslash=backslash, spaced=True
    )
    table = TextTable(text, delimiter, tuple(wanted), backslash=backslash, spaced=spaced)
    if table.header_line > 1 and (said is None or table.header_line > 2):
        decided.append(
            f"The header is on line {table.header_line}; what stands above it is no table."
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


def decoded(data: bytes, encoding: str = "") -> tuple[str, list[str]]:
    """The text of a file and what was decided about its letters. Raises BadInput."""
    if len(data) > MAX_TEXT_BYTES:
        raise BadInput(f"the file is larger than {MAX_TEXT_BYTES // 1024**2} MB; split it first")
    if encoding:
        return _by_name(data, encoding), [f"Its letters are read as {encoding}, as you said."]
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return _by_name(data, "utf-32"), ["Its letters are UTF-32: it begins with that mark."]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(data, "utf-16"), ["Its letters are UTF-16: it begins with that mark."]
    if (guess := _utf16_without_mark(data)) is not None:
        return _utf16(data, guess), [f"Its letters are {guess.upper()}: every other byte is empty."]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows(data)
    return text, []


def _utf16(data: bytes, name: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise BadInput(
            "the file is not whole UTF-16 text; save it as “CSV UTF-8” and try again"
        ) from error
    if text and not any(sign.isascii() and sign.isprintable() for sign in text[:2000]):
        raise BadInput("the file is not UTF-8 text; save it as “CSV UTF-8” and try again")
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    head = data[:400]
    if len(head) < 8 or head.count(0) * 3 < len(head):
        return None
    if all(byte == 0 for byte in head[1::2]):
        return "utf-16-le"
    return "utf-16-be" if all(byte == 0 for byte in head[0::2]) else None


def _by_name(data: bytes, encoding: str) -> str:
    try:
        return data.decode(_PYTHON_NAME.get(encoding, encoding)).removeprefix("\ufeff")
    except LookupError as error:
        raise BadInput(
            f"“{encoding}” is no encoding; there are utf-8, {', '.join(ENCODINGS)}"
        ) from error
    except (UnicodeDecodeError, ValueError) as error:
        raise BadInput(f"the file is not text in {encoding}; save it as “CSV UTF-8”") from error


def _windows(data: bytes) -> tuple[str, list[str]]:
    """Bytes of an older Windows program: taken for Western Europe where its words look like it."""
    if b"\x00" in data:
        raise BadInput("the file is not UTF-8 text; save it as “CSV UTF-8” and try again")
    text, mixed = _line_by_line(data)
    odd = [(n, word) for n, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)
           for word in re.findall(r"[^\s,;|\"]+", line) if not word.isascii()]  # fmt: skip
    if not odd or not all(_looks_western(word) for _, word in odd):
        samples = ", ".join(f"{name} ({ENCODINGS[name]})" for name in list(ENCODINGS)[:5])
        raise BadInput(
            "the file is not UTF-8 text and does not say which letters it means; save it as “CSV "
            f"UTF-8”, or say encoding = in the map: {samples} …"
        )
    line, word = odd[0]
    if mixed:
        said = f"line {line}: “{word[:30]}”"
        return text, [f"Its letters are UTF-8, but for some lines of Windows-1252 ({said})."]
    return text, [
        f"Its letters are not UTF-8; they are read as Windows-1252 (line {line}: “{word[:30]}”). "
        "If that word is wrong, save it as “CSV UTF-8”."
    ]


def _line_by_line(data: bytes) -> tuple[str, bool]:
    """The text, "" where it cannot be Windows-1252; whether some of its lines are UTF-8: two
    programs wrote it.
    """
    lines, mixed = [], False
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode())
            mixed |= not line.isascii()
        except UnicodeDecodeError:
            try:
                lines.append(line.decode("cp1252"))
            except UnicodeDecodeError:
                return "", False
    return "\n".join(lines).removeprefix("\ufeff"), mixed


_WESTERN = frozenset("äöüßÄÖÜéèêëÉÈÊËáàâãåÁÀÂÃÅíìîïÍÌÎÏóòôõøÓÒÔÕØúùûÚÙÛýÿÝçÇñÑæÆœŒ")
_SIGNS = frozenset("€£§°±²³µ·½¼¾«»¿¡‘’‚“”„–—…•™©®\xa0×÷ºª´")


def _looks_western(word: str) -> bool:
    """Whether the odd letters of a word stand where Western European words have them."""
    odd = [sign for sign in word if not sign.isascii()]
    if not all(sign in _WESTERN or sign in _SIGNS for sign in odd):
        return False
    letters = [sign for sign in word if sign.isalpha()]
    strange = [sign for sign in letters if not sign.isascii()]
    in_word = any(
        a.isalpha() and s in _SIGNS - set("’‘·\xa0") and b.isalpha()
        for a, s, b in zip(word, word[1:], word[2:], strict=False)
    )
    # DOS wrote é where Windows has a low quote mark, which begins a quotation and ends none.
    at_end = any(a.isalpha() and s in "‚„" for a, s in pairwise(word))
    return not (in_word or at_end) and (len(strange) < 3 or len(strange) * 2 <= len(letters))
