"""How much feeling reached the person, as a sentence and lines. Nothing is added up."""

from collections.abc import Mapping

from landward.model.base import Frozen
from landward.model.readings import DiaryFeelings
from landward.model.said import Words, phrase
from landward.report.blocks.shape import Column, Table, row
from landward.report.pattern_words import feelings_sentence
from landward.report.readings.names import item_named
from landward.report.readings.telling import Part, Telling
from landward.report.words import number_words

HEADS = (
    Column(head=phrase("feeling"), share=1),
    Column(head=phrase("days"), right=True),
    Column(head=phrase("mean"), right=True),
    Column(head=phrase("scale")),
    Column(head=phrase("how far it moved")),
)


class FeelingLine(Frozen):
    """One feeling: on how many days, how strong in the middle, how far it moved."""

    name: Words
    days: int
    mean: Words
    scale: tuple[float, float]
    moved: Words


def sentence(found: DiaryFeelings, names: Mapping[str, str] | None = None) -> str:
    """What the reading comes to, in one sentence."""
    return feelings_sentence(found.reading, found.first_day, names)


def lines(found: DiaryFeelings, names: Mapping[str, str] | None = None) -> tuple[FeelingLine, ...]:
    """One line per feeling, in the order they were read."""
    spans = {one.item: one.scale for one in found.reading.items}
    return tuple(
        FeelingLine(
            name=item_named(one.item, names),
            days=one.n,
            mean="" if one.mean is None else number_words(one.mean),
            scale=spans[one.item],
            moved=phrase(
                "{relative_sd} % of what this mean allows", relative_sd=round(one.relative_sd * 100)
            )
            if one.relative_sd is not None
            else phrase("not enough days yet")
            if one.n
            else "",
        )
        for one in found.reading.range
    )


def tell(found: DiaryFeelings, names: Mapping[str, str]) -> Telling:
    """The sentence and one row a feeling."""
    rows = tuple(
        row(
            one.name,
            str(one.days),
            one.mean or "–",
            phrase("{scale} to {scale_2}", scale=f"{one.scale[0]:g}", scale_2=f"{one.scale[1]:g}"),
            one.moved or "–",
        )
        for one in lines(found, names)
    )
    return Telling(
        title=phrase("Feelings over time"),
        sentence=sentence(found, names),
        caution=phrase("Pleasant and painful feelings stand apart: nothing is added up."),
        parts=(Part(shape=Table(columns=HEADS, rows=rows)),) if rows else (),
    )
