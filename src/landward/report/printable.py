"""Which characters the bundled fonts can print, and what stands in for those they cannot.

An archival page (PDF/A, PDF/UA) refuses a character without a glyph, and a diary may hold any
character there is. Nothing is dropped silently: a picture is named, foreign letters are counted.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby

from landward.report.more_fonts import cjk_folder

_KEPT_FORMATS = "\u200c\u200d\u200e\u200f"  # joiners and direction marks
_STRAY_JOINER = re.compile("(?<![\u0600-\u06ff\u0900-\u0bff])\u200d")  # it glues emoji
_SILENT = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"}
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_EMOJI_PARTS = (*range(0x1F3FB, 0x1F400), *range(0x1F9B0, 0x1F9B4), 0x20E3)  # skin, hair, keycap
_PLAIN = {
    "→": "to", "←": "from", "↑": "up", "↓": "down", "✓": "yes", "✔": "yes", "✗": "no", "✘": "no",
}  # fmt: skip


@cache
def covered() -> frozenset[int]:
    """Code points that every weight of some bundled font can print, and those of the extra font
    where it is installed.
    """
    listed = ["coverage.txt", *(["coverage-cjk.txt"] if cjk_folder() else [])]
    return frozenset().union(*map(_listed, listed))


@cache
def _listed(name: str) -> frozenset[int]:
    text = (files("landward.report") / "fonts" / name).read_text(encoding="ascii")
    points: set[int] = set()
    for line in text.splitlines():
        if line and not line.startswith("#"):
            first, _, last = line.partition("..")
            points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)


def printable(text: str) -> str:
    """The same text with nothing the bundled fonts cannot print.

    Line feeds stay; tabs become spaces. Pictures become their Unicode name in square brackets
    (“[crying face]”), other letters a count (“[2 letters this page cannot print]”). Invisible
    control characters, direction overrides included, go: on a printed page they could only mislead.
    """
    if text.isascii() and text.isprintable():
        return text
    normal = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    tidy = _STRAY_JOINER.sub("", normal).replace("\t", " ").replace("\u2028", "\n")
    return "".join(_pieces(tidy))


def _pieces(text: str) -> Iterator[str]:
    for kind, run in groupby(text, _kind):
        characters = list(run)
        if kind == "keep":
            yield "".join(characters)
        elif kind == "name":
            yield " ".join(_named(character) for character in characters)
        elif kind == "count":
            letters = "1 letter" if len(characters) == 1 else f"{len(characters)} letters"
            yield f"[{letters} this page cannot print]"


def _kind(character: str) -> str:
    point = ord(character)
    category = unicodedata.category(character)
    if character in _KEPT_FORMATS or character == "\n":
        return "keep"
    if category in {"Cc", "Cf", "Cs"} or point in _VARIATION_SELECTORS or point in _EMOJI_PARTS:
        return "drop"
    if point in covered():
        return "keep"
    if category in _SILENT:
        return "drop" if category.startswith("M") else "count"
    return "name" if category[0] in "SPN" else "count"


def _named(character: str) -> str:
    plain = _PLAIN.get(character)
    if plain is not None:
        return plain
    return f"[{unicodedata.name(character, 'a sign this page cannot print').lower()}]"


def printable_data(value: object) -> object:
    """The same JSON-like value with every string in it made printable. Keys are ours and stay."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: printable_data(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [printable_data(inner) for inner in value]
    return value
