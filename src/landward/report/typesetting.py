"""Data in, a PDF out: tagged, archival (PDF/A-2a), accessible (PDF/UA-1), the same bytes each time.

A template never sees a person's words as code: it receives one JSON value, and Typst prints a JSON
string as text whatever it says. Nothing is written to disk on the way.
"""

import json
import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from landward.model.base import LandwardError
from landward.model.said import ENGLISH, Catalogue, phrase
from landward.model.stopping import STOPPING
from landward.report.more_fonts import cjk_folder
from landward.report.printable import printable_data
from landward.report.setting_job import Setting, unpacked

Paper = Literal["a4", "letter", "a5"]
_TYPST_PAPER = {"a4": "a4", "letter": "us-letter", "a5": "a5"}
_HERE = Path(str(files("landward.report")))
SCREEN_PPI = 130.0
"""Fine enough to read a page on a screen twice as wide as it is."""


def typeset(
    template: str,
    data: dict[str, Any],
    *,
    date: date,
    paper: Paper = "a4",
    catalogue: Catalogue = ENGLISH,
    archival: bool = True,
) -> bytes:
    """Typeset `templates/{template}.typ` with `data` and return the PDF.

    `data` is any JSON value made of dicts, lists, strings, numbers, booleans and None; the template
    reads it with ``#import "base.typ": page-of, data``. Characters the bundled fonts lack are
    replaced visibly first. `date` becomes the document's date: nothing reads a clock. `catalogue`
    is the language of what was said in `data`, and of the template's own sentences. Without
    `archival` it is PDF/UA-1 alone. Raises
    LandwardError if the template does not compile, which includes a picture without alternative
    text.
    """
    pdf, _ = compile_template(
        template, data, date=date, paper=paper, catalogue=catalogue, archival=archival
    )
    return pdf


def compile_template(
    template: str,
    data: dict[str, Any],
    *,
    date: date,
    paper: Paper = "a4",
    catalogue: Catalogue = ENGLISH,
    archival: bool = True,
) -> tuple[bytes, list[str]]:
    """As `typeset`, with the warnings of the typesetter beside the PDF (tests allow none)."""
    pieces = _set(
        template,
        _inputs(data, date, paper, catalogue),
        standards=["ua-1", "a-2a"] if archival else ["ua-1"],
        date=date.isoformat(),
        ppi=None,
    )
    return pieces[1], json.loads(pieces[0])


def page_pictures(
    template: str,
    data: dict[str, Any],
    *,
    date: date,
    paper: Paper = "a4",
    catalogue: Catalogue = ENGLISH,
) -> tuple[bytes, ...]:
    """As `typeset`, each page as a PNG: what a screen shows is what the printer gets."""
    inputs = _inputs(data, date, paper, catalogue)
    return tuple(_set(template, inputs, standards=[], date=date.isoformat(), ppi=SCREEN_PPI)[1:])


def _set(template: str, inputs: dict[str, str], **more: object) -> list[bytes]:
    """The warnings as JSON, then what was made. Raises LandwardError."""
    job = {
        "template": str(_HERE / "templates" / f"{template}.typ"),
        "root": str(_HERE / "templates"),
        "fonts": [str(folder) for folder in (_HERE / "fonts", cjk_folder()) if folder],
        "inputs": inputs,
        **more,
    }
    wrong, *pieces = unpacked(Setting.by(json.dumps(job).encode()))
    if wrong:
        raise LandwardError(
            phrase(
                "the page “{template}” could not be typeset: {why}",
                template=template,
                why=wrong.decode(),
            )
        )
    return pieces


def _inputs(data: dict[str, Any], date: date, paper: Paper, catalogue: Catalogue) -> dict[str, str]:
    return {
        "data": _json(in_words(data, catalogue)),
        "words": _json(_words(catalogue)),
        "date": date.isoformat(),
        "paper": _TYPST_PAPER[paper],
        "lang": catalogue.language.split("-")[0],
        "stopping": catalogue.words(STOPPING),
        "cjk": "yes" if cjk_folder() else "no",
    }


def _json(data: object) -> str:
    return json.dumps(printable_data(data), ensure_ascii=False, allow_nan=False)


def in_words(value: object, catalogue: Catalogue) -> object:
    """The same JSON-like value in a language. Keys are ours and stay."""
    if catalogue.is_english:
        return value
    if isinstance(value, dict):
        return {key: in_words(inner, catalogue) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [in_words(inner, catalogue) for inner in value]
    return catalogue.words(value)


def _words(catalogue: Catalogue) -> dict[str, str]:
    """What a template itself says, in a language; nothing in English, where it stands already."""
    if catalogue.is_english:
        return {}
    return {said: catalogue.text(said) for said in sentences_of(_HERE / "templates")}


_SAID = re.compile(r'\bsay\(\s*"((?:[^"\\]|\\.)*)"')


def sentences_of(templates: Path) -> dict[str, tuple[Path, int]]:
    """Every sentence the templates say, with the file and line of its first place."""
    found: dict[str, tuple[Path, int]] = {}
    for path in sorted(templates.glob("*.typ")):
        text = "\n".join(line.partition("//")[0] for line in path.read_text("utf-8").split("\n"))
        for match in _SAID.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.setdefault(match.group(1), (path, line))
    return found
