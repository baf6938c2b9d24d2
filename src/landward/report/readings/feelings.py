"""How much feeling reached the person, as a sentence and lines. Nothing is added up."""

from collections.abc import Mapping

from landward.model.base import Frozen
from landward.model.feelings import FeelingRange, Reactivity
from landward.model.readings import DiaryFeelings
from landward.model.said import Words, phrase
from landward.report.blocks.shape import Column, Table, row
from landward.report.pattern_words import feelings_sentence
from landward.report.readings.names import item_named
from landward.report.readings.telling import Part
from landward.report.words import number_words, points_words

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


PHASE_WORDS = {
    "before": phrase("before the first lasting cut"),
    "coming_down": phrase("while doses came down"),
    "after": phrase("after the last dose"),
}
PHASE_HEADS = (
    Column(head=phrase("when"), share=1),
    Column(head=phrase("feeling"), share=1),
    Column(head=phrase("mean"), right=True),
    Column(head=phrase("how far it moved")),
    Column(head=phrase("with a better event")),
)


def phase_parts(found: DiaryFeelings, names: Mapping[str, str]) -> tuple[Part, ...]:
    """The daily feelings before, during and after the taper, side by side."""
    rows = []
    for part in found.reading.phases:
        slopes = {one.item: one for one in part.reactivity}
        for one in part.range:
            if one.relative_sd is None and one.item not in slopes:
                continue
            rows.append(
                row(
                    PHASE_WORDS[part.stretch.name],
                    item_named(one.item, names),
                    "–" if one.mean is None else number_words(one.mean),
                    _moved(one),
                    _with_events(slopes.get(one.item), part.events),
                )
            )
    if not rows:
        return ()
    return (
        Part(
            title=phrase("Before, during and after"),
            shape=Table(columns=PHASE_HEADS, rows=tuple(rows)),
        ),
    )


def _moved(one: FeelingRange) -> Words:
    if one.relative_sd is None:
        return phrase("not enough days yet")
    share = round(one.relative_sd * 100)
    if one.interval is None:
        return phrase("{share} %", share=share)
    low, high = one.interval
    return phrase(
        "{share} % ({low} to {high})", share=share, low=round(low * 100), high=round(high * 100)
    )


def _with_events(slope: Reactivity | None, events: int) -> Words:
    if slope is None:
        return phrase("not enough days with events yet ({events})", events=events)
    low, high = slope.interval
    span = phrase("{low} to {high}, {n} days", low=number_words(low), high=number_words(high),
                  n=slope.n)  # fmt: skip
    if low <= 0 <= high:
        return phrase("no clear difference ({span})", span=span)
    if slope.slope > 0:
        return phrase("{points} higher ({span})", points=points_words(slope.slope), span=span)
    return phrase("{points} lower ({span})", points=points_words(-slope.slope), span=span)
