"""Make a letter or card: the diary's facts, the tables' guidance."""

import datetime as dt
from typing import Literal

from landward.app.share.seen_by import left_out_of, seen_by
from landward.catalog import load_catalog
from landward.model.bodies import Profile
from landward.model.diary import Diary
from landward.model.readers import Reader
from landward.model.said import ENGLISH, Catalogue
from landward.report.letter import build_letter, letter_pdf
from landward.report.letter_kinds import TAPER, letter_kind


def make_letter(
    diary: Diary,
    *,
    today: dt.date,
    prescriber: str = "",
    review_weeks: int | None = None,
    seen: Reader | None = None,
    paper: Literal["a4", "letter"] = "a4",
    kind: str = TAPER.name,
    catalogue: Catalogue = ENGLISH,
) -> bytes:
    """The letter of a kind as PDF, dated `today`. An empty diary gives one with lines to fill in.

    Where `seen` is given, the letter holds nothing that this reader may not see, and says so.
    Raises BadInput for a kind there is not.
    """
    chosen = letter_kind(kind)
    catalog = load_catalog()
    if seen is not None:
        diary = seen_by(diary, seen)
    sender = ""
    for _, body in diary.of(Profile):
        sender = body.fields.get("name", sender)
    letter = build_letter(
        diary,
        today=today,
        guidance=[catalog.rule(rule) for rule in chosen.cited],
        sources=catalog.sources,
        prescriber=prescriber,
        sender=sender,
        review_weeks=review_weeks,
        kind=chosen,
        left_out=left_out_of(seen) if seen is not None else "",
    )
    return letter_pdf(letter, today=today, paper=paper, catalogue=catalogue)
