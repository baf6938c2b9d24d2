"""Recovery words on the screen, and on a page to print."""

import datetime as dt
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.cli.terminal import catalogue, tell
from landward.model.base import BadInput, LandwardError
from landward.model.said import phrase

Where = Annotated[Path, Parameter(name="--vault", help="The folder of the diary.")]
Sheet = Annotated[Path | None, Parameter(help="Also write a page to print, as a PDF.")]


def show_words(words: tuple[str, ...], sheet: Path | None, today: dt.date) -> None:
    """Recovery words on the screen, once, and on a page if asked for."""
    tell(
        phrase(
            "Twelve recovery words, shown this once. Copy them by hand and keep them apart\n"
            "from this machine. Whoever has them can read the diary."
        )
        + "\n"
    )
    for row in range(0, 12, 3):
        cells = [f"{n + 1:>4}  {words[n]:<12}" for n in range(row, row + 3)]
        tell("".join(cells).rstrip())
    tell("\n" + phrase("On the first and the seventh day, two of them are asked for again."))
    if sheet is not None:
        from landward.report.recovery_sheet import recovery_sheet

        write_page(sheet, recovery_sheet(words, made_on=today, catalogue=catalogue()))
        tell(phrase("A page to print: {sheet}. Delete the file once it is printed.", sheet=sheet))


def refuse_taken_page(page: Path | None) -> None:
    """Raises BadInput if a page cannot be made there. Ask before any key is changed."""
    if page is None:
        return
    if page.exists() or page.is_symlink():
        raise BadInput(phrase("{page} exists already: choose another name for the page", page=page))
    if not page.parent.is_dir():
        raise BadInput(phrase("{parent} is not a folder: make it first", parent=page.parent))


def write_page(page: Path, content: bytes) -> None:
    """A page with what was just shown. Where the disk refuses, the words shown still count."""
    from landward.app.keep.tasks import write_private

    try:
        write_private(page, content)
    except LandwardError as error:
        raise LandwardError(
            phrase(
                "{page} could not be written. The words above count all the same: copy them by "
                "hand",
                page=page,
            )
        ) from error
