"""Data in, a PDF out: tagged, archival (PDF/A-2a), accessible (PDF/UA-1), the same bytes each time.

A template never sees a person's words as code: it receives one JSON value, and Typst prints a JSON
string as text whatever it says. Nothing is written to disk on the way.
"""

import json
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from landward.model.base import LandwardError
from landward.model.stopping import STOPPING
from landward.report.printable import printable_data

if TYPE_CHECKING:
    import typst

Paper = Literal["a4", "letter", "a5"]
_TYPST_PAPER = {"a4": "a4", "letter": "us-letter", "a5": "a5"}
_HERE = Path(str(files("landward.report")))


def typeset(
    template: str,
    data: dict[str, Any],
    *,
    date: date,
    paper: Paper = "a4",
    lang: str = "en",
) -> bytes:
    """Typeset `templates/{template}.typ` with `data` and return the PDF.

    `data` is any JSON value made of dicts, lists, strings, numbers, booleans and None; the template
    reads it with ``#import "base.typ": page-of, data``. Characters the bundled fonts lack are
    replaced visibly first. `date` becomes the document's date: nothing reads a clock. `lang` is a
    two-letter language code, needed by screen readers. Raises LandwardError if the template does
    not compile, which includes a picture without alternative text.
    """
    pdf, _ = compile_template(template, data, date=date, paper=paper, lang=lang)
    return pdf


def compile_template(
    template: str,
    data: dict[str, Any],
    *,
    date: date,
    paper: Paper = "a4",
    lang: str = "en",
) -> tuple[bytes, list[str]]:
    """As `typeset`, with the warnings of the typesetter beside the PDF (tests allow none)."""
    import typst

    inputs = {
        "data": json.dumps(printable_data(data), ensure_ascii=False, allow_nan=False),
        "date": date.isoformat(),
        "paper": _TYPST_PAPER[paper],
        "lang": lang,
        "stopping": STOPPING,
    }
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(_HERE / "templates" / f"{template}.typ"),
            root=str(_HERE / "templates"),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=["ua-1", "a-2a"],
            timestamp=datetime(date.year, date.month, date.day, tzinfo=UTC),
        )
    except typst.TypstError as error:
        raise LandwardError(
            f"the page “{template}” could not be typeset: {error.message}"
        ) from error
    return pdf, [warning.message for warning in warnings]


@cache
def _fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(_HERE / "fonts")],
    )
