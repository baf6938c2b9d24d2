"""Questionnaires with their totals and dates; answers to single questions stay in the diary."""

from landward.model.bodies import ScaleAnswers
from landward.model.said import phrase
from landward.report.appendices.part import Leaf, Part
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Lines
from landward.report.words import date_words, number_words


def questionnaires(scope: Scope) -> tuple[Leaf, ...]:
    """Every total up to the end of the period, by day."""
    lines = tuple(
        phrase(
            "{get}: {total} on {date}",
            get=scope.names.get(body.instrument, body.instrument),
            total=number_words(body.total),
            date=date_words(entry.date),
        )
        for entry, body in scope.diary.of(ScaleAnswers)
        if body.total is not None and entry.date <= scope.last_day
    )
    title = phrase("Questionnaires")
    shape = Lines(said=lines)
    return (Leaf(part=QUESTIONNAIRES.name, title=title, shape=shape),) if lines else ()


QUESTIONNAIRES = Part(
    "questionnaires", phrase("questionnaires"), questionnaires, tells=("everyday",)
)
