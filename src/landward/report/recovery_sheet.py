"""The printed recovery words: a sheet for a drawer, or one for each of three people."""

import io
from datetime import date
from typing import Any

from landward.model.said import ENGLISH, Catalogue, joined, phrase
from landward.report.typesetting import Paper, typeset


def recovery_sheet(
    words: tuple[str, ...], *, made_on: date, paper: Paper = "a4", catalogue: Catalogue = ENGLISH
) -> bytes:
    """One page with the recovery words and a QR code of them. Returns the PDF.

    The page does not say whose diary it is, nor what the diary is about.
    """
    data = {
        "title": phrase("Recovery words"),
        "opening": (
            phrase(
                "These words open the diary if its passphrase is forgotten. Whoever has them can "
                "read everything in it, so keep this sheet where only you look."
            )
        ),
        "words": list(words),
        "columns": 3,
        "parts": [
            {
                "heading": phrase("If the passphrase is forgotten"),
                "lines": [
                    phrase("Run: landward vault recover PATH"),
                    phrase("Type the words in order. Then choose a new passphrase."),
                ],
            },
            {
                "heading": phrase("Keeping it"),
                "lines": [
                    phrase("Not on the machine the diary is on, and not as a photo."),
                    phrase(
                        "Made on {made_on}. Words made later replace these.",
                        made_on=made_on.isoformat(),
                    ),
                ],
            },
        ],
        **_qr(joined(" ", words)),
    }
    return typeset("recovery_sheet", data, date=made_on, paper=paper, catalogue=catalogue)


def part_sheet(
    part: str, number: int, *, made_on: date, paper: Paper = "a4", catalogue: Catalogue = ENGLISH
) -> bytes:
    """The page for one of three people, any two of whom together can open the diary."""
    data = {
        "title": phrase("Part {number} of three", number=number),
        "opening": (
            phrase(
                "Someone trusts you with this part. By itself it opens nothing and tells nothing. "
                "Any two of the three parts together open their diary, and can read everything in "
                "it."
            )
        ),
        "words": part.split(),
        "columns": 4,
        "parts": [
            {
                "heading": phrase("If they ask for it"),
                "lines": [
                    phrase("Run, together: landward vault recover PATH --parts"),
                    phrase("Type this part, then another one. Then they choose a new passphrase."),
                ],
            },
            {
                "heading": phrase("Keeping it"),
                "lines": [
                    phrase("Keep it for them alone. Do not put two parts in one place."),
                    phrase(
                        "Made on {made_on}. Parts made later replace it.",
                        made_on=made_on.isoformat(),
                    ),
                ],
            },
        ],
        **_qr(part),
    }
    return typeset("recovery_sheet", data, date=made_on, paper=paper, catalogue=catalogue)


def _qr(text: str) -> dict[str, Any]:
    import segno

    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawing, kind="svg", border=0, xmldecl=False, svgns=True, dark="#22303d"
    )
    return {"qr": drawing.getvalue().decode(), "qr_alt": phrase("The same words as a QR code")}
