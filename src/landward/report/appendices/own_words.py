"""What the person wrote freely in these days. Only where they chose it by its name."""

from collections.abc import Iterator
from datetime import date

from landward.model.bodies import CheckIn, Event, Glimmer, Note, UserLabel
from landward.model.said import Words, phrase
from landward.report.appendices.part import Leaf, Part
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Column, Table, row
from landward.report.words import date_words

WORD_LETTERS = 60
"""A longer run of letters without a blank gets one, so that a line fits its column."""


def own_words(scope: Scope) -> tuple[Leaf, ...]:
    """Notes, good moments, events, what helped: day by day, whole."""
    rows = tuple(
        row(date_words(day), _breakable(text))
        for day, text in _written(scope)
        if scope.holds(day) and text.strip()
    )
    if not rows:
        return ()
    table = Table(
        columns=(Column(head=phrase("day")), Column(head=phrase("written"), share=1)), rows=rows
    )
    return (Leaf(part=OWN_WORDS.name, title=phrase("In the patient’s own words"), shape=table),)


def _breakable(text: str) -> str:
    """The words whole: nothing is cut."""
    return " ".join(
        " ".join(word[at : at + WORD_LETTERS] for at in range(0, len(word), WORD_LETTERS))
        for word in text.split()
    )


def _written(scope: Scope) -> Iterator[tuple[date, Words]]:
    """In display order: the diary's own."""
    for entry, body in scope.diary.lines:
        if isinstance(body, Note | Glimmer):
            yield entry.date, body.text
        elif isinstance(body, CheckIn):
            yield entry.date, body.note
        elif isinstance(body, Event):
            said = phrase("{what}: {note}", what=body.what, note=body.note)
            yield entry.date, said if body.note else body.what
        elif isinstance(body, UserLabel) and body.helped:
            yield entry.date, phrase("What helped: {words}", words=body.helped)


OWN_WORDS = Part(
    "own-words", phrase("notes in my own words"), own_words, own_words=True, usual=False
)
