"""The sections of a page as plain aligned text for a terminal of a given width."""

import textwrap
from collections.abc import Sequence

from landward.model.said import joined, phrase
from landward.report.fact_sheet import Section

_GAP = "  "
_NARROW = 12
"""No column is squeezed below this many characters."""


def for_terminal(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The same sections made short: no notes, dangers only, sources by key."""
    short = []
    for section in sections:
        head, *rows = section.table or ((),)
        words = section.words
        if section.heading == "Taken together with":
            rows = [row for row in rows if row[1] == "danger"]
            words = (phrase("Dangers only; --all shows the rest."), *words)
        if section.heading == "Sources":
            keys = joined(", ", (row[0] for row in rows))
            words, rows = (keys, phrase("`landward facts cite KEY` shows one.")), []
        keep = [n for n, name in enumerate(head) if name not in {"note", "status"}]
        table = tuple(tuple(row[n] for n in keep) for row in (head, *rows)) if rows else ()
        short.append(Section(heading=section.heading, words=words, table=table))
    return tuple(short)


def as_text(sections: Sequence[Section], width: int = 100) -> str:
    """The sections one below the other; long cells wrap inside their column."""
    blocks = []
    for section in sections:
        lines = [section.heading, "-" * len(section.heading)]
        for words in section.words:
            lines += textwrap.wrap(words, width, break_on_hyphens=False)
        if section.table:
            lines += ["", *_columns(section.table, width)]
        blocks.append(joined("\n", lines).rstrip())
    return joined("\n\n\n", blocks) + "\n"


def _columns(table: Sequence[Sequence[str]], width: int) -> list[str]:
    widths = _fit([max(len(row[n]) for row in table) for n in range(len(table[0]))], width)
    lines = []
    for row in table:
        cells = [
            textwrap.wrap(cell, room, break_on_hyphens=False) or [""]
            for cell, room in zip(row, widths, strict=True)
        ]
        for line in range(max(len(cell) for cell in cells)):
            parts = [cell[line] if line < len(cell) else "" for cell in cells]
            padded = [part.ljust(room) for part, room in zip(parts, widths, strict=True)]
            lines.append(_GAP.join(padded).rstrip())
    return lines


def _fit(widths: list[int], width: int) -> list[int]:
    """Column widths that fit: the widest is narrowed first, none below a readable least."""
    room = width - len(_GAP) * (len(widths) - 1)
    fitted = list(widths)
    while sum(fitted) > room and max(fitted) > _NARROW:
        widest = max(range(len(fitted)), key=lambda n: (fitted[n], n))
        fitted[widest] -= 1
    return fitted
