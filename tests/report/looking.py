"""Reading a PDF back as a person or a program would."""

import ctypes
import os
from pathlib import Path

import pypdfium2

SNAPSHOTS = Path(__file__).parents[1] / "snapshots"


def words(pdf: bytes) -> str:
    """Every line of text on every page, in reading order."""
    return "\n".join(line.rstrip() for page in sheets(pdf) for line in page.splitlines())


def sheets(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    return [sheet.get_textpage().get_text_bounded() for sheet in document]


def flat(pdf: bytes) -> str:
    """The same text as one line, for finding sentences that wrap."""
    return " ".join(words(pdf).split())


def pages(pdf: bytes) -> int:
    """How many pages there are."""
    return len(pypdfium2.PdfDocument(pdf))


def smallest_type_pt(pdf: bytes) -> float:
    """The smallest size any character is set in."""
    document = pypdfium2.PdfDocument(pdf)
    sizes = []
    for sheet in document:
        for thing in sheet.get_objects(max_depth=8):
            if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT:
                size = ctypes.c_float()
                pypdfium2.raw.FPDFTextObj_GetFontSize(thing.raw, ctypes.byref(size))
                sizes.append(size.value * abs(thing.get_matrix().d))
    return min(sizes)


def same_as_snapshot(name: str, text: str) -> bool:
    """Whether `text` is what the snapshot holds. LANDWARD_SNAPSHOTS=refresh writes it anew."""
    path = SNAPSHOTS / name
    if os.environ.get("LANDWARD_SNAPSHOTS") == "refresh":
        path.write_text(text + "\n", encoding="utf-8")
    return path.read_text(encoding="utf-8") == text + "\n"
