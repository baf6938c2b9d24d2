"""For the talk about feeling less: what else was there, side by side, and what may be asked."""

from landward.model.bodies import Profile
from landward.model.numbing import OTHERS, numb_before, told_stretches
from landward.model.said import begun, phrase
from landward.report.appendices.part import Leaf, Part
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Column, Table, row
from landward.report.readings.numbing import CAUTION, before_words, drug_words, stretch_words


def numbing(scope: Scope) -> tuple[Leaf, ...]:
    """Two leaves: everything written that can numb, and the questions with what they rest on."""
    fields: dict[str, str] = {}
    for entry, body in scope.diary.of(Profile):
        if entry.date <= scope.last_day:
            fields |= body.fields
    told = [row(phrase("Feeling less"), before_words(numb_before(fields)))]
    told += [
        row(begun(name), drug_words(scope.medicine(name), scope.last_day))
        for name in scope.medicines.taken_drugs
    ]
    told += [
        row(OTHERS[one.thing], stretch_words(one if scope.own_words else one.model_copy(
            update={"words": ""})))
        for one in told_stretches(fields)
    ]  # fmt: skip
    beside = Table(
        columns=(Column(head=phrase("what"), share=1), Column(head=phrase("as written"), share=2)),
        rows=tuple(told),
        note=CAUTION,
    )
    leaves = [Leaf(part=NUMBING.name, title=phrase("What can numb, side by side"), shape=beside)]
    if scope.numbness_questions:
        asked = Table(
            columns=(
                Column(head=phrase("to ask together"), share=3),
                Column(head=phrase("why"), share=3), Column(head=phrase("rests on"), share=2),
            ),
            rows=tuple(
                row(one.question, one.why, sources)
                for one, sources in scope.numbness_questions if one.usable
            ),
            note=phrase("No test was found that tells these apart in one person."),
        )  # fmt: skip
        title = phrase("Questions that help to tell them apart")
        leaves.append(Leaf(part=NUMBING.name, title=title, shape=asked))
    return tuple(leaves)


NUMBING = Part(
    "numbness",
    phrase("what can numb, and what to ask"),
    numbing,
    tells=("doses", "feelings"),
    usual=False,
)
