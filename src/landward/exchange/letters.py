"""The letters of a text file: its encoding, found by its own evidence or said by the person.

Nothing is taken on trust: what was decided is said with its reason, and what cannot be told is
refused in one line.
"""

import codecs
import re
from itertools import pairwise

from landward.exchange.limits import MAX_TEXT_BYTES
from landward.model.base import BadInput
from landward.model.said import phrase

ENCODINGS = {
    "windows-1252": "Western Europe", "windows-1250": "Central Europe", "windows-1251": "Cyrillic",
    "windows-1253": "Greek", "windows-1254": "Turkish", "windows-1255": "Hebrew",
    "windows-1256": "Arabic", "windows-1257": "Baltic", "shift_jis": "Japanese",
    "gb18030": "Chinese", "big5": "Chinese, Taiwan", "euc_kr": "Korean", "windows-874": "Thai",
}  # fmt: skip
_PYTHON_NAME = {"windows-874": "cp874"}


def decoded(data: bytes, encoding: str = "") -> tuple[str, list[str]]:
    """The text of a file and what was decided about its letters. Raises BadInput."""
    if len(data) > MAX_TEXT_BYTES:
        raise BadInput(
            phrase(
                "the file is larger than {most} MB; split it first",
                most=MAX_TEXT_BYTES // 1024**2,
            )
        )
    if encoding:
        return _by_name(data, encoding), [
            phrase("Its letters are read as {encoding}, as you said.", encoding=encoding)
        ]
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return _by_name(data, "utf-32"), [
            phrase("Its letters are UTF-32: it begins with that mark.")
        ]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(data, "utf-16"), [phrase("Its letters are UTF-16: it begins with that mark.")]
    if (guess := _utf16_without_mark(data)) is not None:
        return _utf16(data, guess), [
            phrase("Its letters are {guess}: every other byte is empty.", guess=guess.upper())
        ]
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
            phrase("the file is not whole UTF-16 text; save it as “CSV UTF-8” and try again")
        ) from error
    if text and not any(sign.isascii() and sign.isprintable() for sign in text[:2000]):
        raise BadInput(phrase("the file is not UTF-8 text; save it as “CSV UTF-8” and try again"))
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
            phrase(
                "“{encoding}” is no encoding; there are utf-8, {encodings}",
                encoding=encoding,
                encodings=", ".join(ENCODINGS),
            )
        ) from error
    except (UnicodeDecodeError, ValueError) as error:
        raise BadInput(
            phrase("the file is not text in {encoding}; save it as “CSV UTF-8”", encoding=encoding)
        ) from error


def _windows(data: bytes) -> tuple[str, list[str]]:
    """Bytes of an older Windows program: taken for Western Europe where its words look like it."""
    if b"\x00" in data:
        raise BadInput(phrase("the file is not UTF-8 text; save it as “CSV UTF-8” and try again"))
    text, mixed = _line_by_line(data)
    odd = [(n, word) for n, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)
           for word in re.findall(r"[^\s,;|\"]+", line) if not word.isascii()]  # fmt: skip
    if not odd or not all(_looks_western(word) for _, word in odd):
        samples = ", ".join(f"{name} ({ENCODINGS[name]})" for name in list(ENCODINGS)[:5])
        raise BadInput(
            phrase(
                "the file is not UTF-8 text and does not say which letters it means; save it as "
                "“CSV UTF-8”, or say encoding = in the map: {samples} …",
                samples=samples,
            )
        )
    line, word = odd[0]
    if mixed:
        said = f"line {line}: “{word[:30]}”"
        return text, [
            phrase("Its letters are UTF-8, but for some lines of Windows-1252 ({said}).", said=said)
        ]
    return text, [
        phrase(
            "Its letters are not UTF-8; they are read as Windows-1252 (line {line}: “{word}”). "
            "If that word is wrong, save it as “CSV UTF-8”.",
            line=line,
            word=word[:30],
        )
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
