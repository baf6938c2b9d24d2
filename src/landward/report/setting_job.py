"""The typesetter at work, on nothing but words: light enough for a process of its own to begin.

Bytes in, bytes out, so that whoever asks may have it done elsewhere (`app/budget/typesetting.py`).
"""

import json
import struct
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import typst

_SIZE = struct.Struct(">Q")


def set_pages(job: bytes) -> bytes:
    """Set one template. `job` is the JSON of: template, root, fonts, inputs, standards, date, ppi
    (a number for PNG pages, null for one PDF). Answers pieces (`packed`): what went wrong, the
    warnings as a JSON list, then the PDF or the pages.
    """
    import typst

    told: dict[str, Any] = json.loads(job)
    common: dict[str, Any] = {
        "root": told["root"],
        "font_paths": _fonts(tuple(told["fonts"])),
        "ignore_system_fonts": True,
        "sys_inputs": told["inputs"],
    }
    try:
        if told["ppi"] is not None:
            made = cast(
                "bytes | list[bytes]",
                typst.compile(told["template"], format="png", ppi=told["ppi"], **common),
            )
            pages = made if isinstance(made, list) else [made]
            return packed([b"", b"[]", *pages])
        year, month, day = (int(part) for part in told["date"].split("-"))
        pdf, warnings = typst.compile_with_warnings(
            told["template"],
            format="pdf",
            pdf_standards=told["standards"],
            timestamp=datetime(year, month, day, tzinfo=UTC),
            **common,
        )
    except typst.TypstError as error:
        return packed([error.message.encode() or b"?"])
    return packed([b"", json.dumps([one.message for one in warnings]).encode(), pdf])


def packed(pieces: Sequence[bytes]) -> bytes:
    """Pieces behind each other, the size of each before it."""
    return b"".join(_SIZE.pack(len(piece)) + piece for piece in pieces)


def unpacked(content: bytes) -> list[bytes]:
    """What `packed` made. Raises ValueError where it is something else."""
    pieces, at = [], 0
    while at < len(content):
        if at + _SIZE.size > len(content):
            raise ValueError("cut short")
        (size,) = _SIZE.unpack_from(content, at)
        at += _SIZE.size + size
        if at > len(content):
            raise ValueError("cut short")
        pieces.append(content[at - size : at])
    return pieces


class Setting:
    """Who sets the pages of this program: the typesetter here, unless it said otherwise."""

    by: Callable[[bytes], bytes] = staticmethod(set_pages)


@cache
def _fonts(folders: tuple[str, ...]) -> "typst.Fonts":
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )
