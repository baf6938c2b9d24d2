"""The lines of a week on paper, in their order: the printed sheet and the page that takes it back
are both made from them.
"""

from collections.abc import Sequence
from typing import Literal

from landward.model.base import Frozen
from landward.model.questions import BY_ID, FEELINGS, Question
from landward.model.said import Words, joined, phrase

ITEM, DOSE = "item:", "dose:"


class WeekRow(Frozen):
    """One line: its name, its words, how it is answered, and what its answers are about."""

    name: str
    label: Words
    scale: Words
    of: Literal["number", "word", "dose", "sleep", "unwell"]
    about: str = ""
    """The item of an answer, the drug of a dose."""


def week_rows(
    symptoms: Sequence[tuple[str, Words]], asked: Sequence[Question], drugs: Sequence[str]
) -> tuple[WeekRow, ...]:
    """The lines of a sheet. `symptoms` are (item, words), `asked` the questions chosen beside the
    usual ones; without a drug one line asks for the dose, whatever it is.
    """
    return (
        _number("day", phrase("How hard was the day?"), "0–10"),
        *(_number(item, words, "0–4") for item, words in symptoms),
        *(_number(item, BY_ID[item].words, "0–4") for item in FEELINGS),
        *(_asked(one) for one in asked),
        *(_dose(drug, many=len(drugs) > 1) for drug in drugs or ("",)),
        WeekRow(name="sleep", label=phrase("Sleep"), scale=phrase("hours"), of="sleep"),
        WeekRow(
            name="unwell", label=phrase("Too unwell to write"), scale=phrase("tick"), of="unwell"
        ),
    )


def _number(item: str, label: Words, scale: Words) -> WeekRow:
    return WeekRow(name=ITEM + item, label=label, scale=scale, of="number", about=item)


def _asked(one: Question) -> WeekRow:
    if one.scale is None:
        scale = joined(", ", one.answers)
        return WeekRow(name=ITEM + one.id, label=one.words, scale=scale, of="word", about=one.id)
    span = phrase("{low}–{high}", low=f"{one.scale.low:g}", high=f"{one.scale.high:g}")
    return _number(one.id, one.words, span)


def _dose(drug: str, *, many: bool) -> WeekRow:
    label = (
        phrase("{drug} as planned? If not: mg", drug=drug)
        if many
        else phrase("Dose as planned? If not: mg")
    )
    return WeekRow(name=DOSE + drug, label=label, scale="", of="dose", about=drug)
