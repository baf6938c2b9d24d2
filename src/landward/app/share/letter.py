"""Make the letter that asks a prescriber for a slow reduction."""

import datetime as dt
from typing import Literal

from landward.catalog import load_catalog
from landward.model.bodies import Profile
from landward.model.diary import Diary
from landward.report.letter import build_letter, letter_pdf

CITED = (
    "fda2020.no-abrupt-stop",
    "fda2020.patient-specific",
    "asam2025.first-step",
    "asam2025.pace",
    "asam2025.ceiling",
    "asam2025.pause-on-symptoms",
    "asam2025.goal-may-be-lower-dose",
)
"""The rules a letter stands on, in the order they are read."""


def make_letter(
    diary: Diary,
    *,
    today: dt.date,
    prescriber: str = "",
    review_weeks: int | None = None,
    paper: Literal["a4", "letter"] = "a4",
) -> bytes:
    """The letter as PDF, dated `today`. An empty diary gives a letter with lines to fill in."""
    catalog = load_catalog()
    sender = ""
    for _, body in diary.of(Profile):
        sender = body.fields.get("name", sender)
    letter = build_letter(
        diary,
        today=today,
        guidance=[catalog.rule(rule) for rule in CITED],
        sources=catalog.sources,
        prescriber=prescriber,
        sender=sender,
        review_weeks=review_weeks,
    )
    return letter_pdf(letter, today=today, paper=paper)
