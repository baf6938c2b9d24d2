"""The symptoms that weigh most now: the last two weeks beside the four weeks before."""

from collections import Counter
from datetime import timedelta
from statistics import median

from landward.model.base import Frozen
from landward.model.bodies import Feelings
from landward.model.said import Words, joined, phrase
from landward.model.scale import SYMPTOM, Scale
from landward.report.blocks.block import Block
from landward.report.blocks.scope import Scope, about_the_same, severity_share
from landward.report.blocks.shape import Cell, Column, Row, Table
from landward.report.words import list_words, number_words, quantile

NOW_DAYS = 14
PRIOR_DAYS = 28
SHOWN = 5
NEEDS = 3
"""Fewer answers than this in the last two weeks make no line."""

HARD = 0.75
"""A hard day lies in the hardest quarter of the item's own scale: 3 or 4 of 0 to 4."""


class SymptomRow(Frozen):
    """One symptom in words: middle answer, its middle half, the change, the hard days."""

    name: Words
    scale: Words
    now: Words
    change: Words
    hard_days: Words
    origin: Words


def symptom_rows(scope: Scope) -> tuple[SymptomRow, ...]:
    """Up to five items, the hardest now first (ties: more hard days, then by name)."""
    feelings = {item for _, body in scope.diary.of(Feelings) for item in body.asked}
    rated = []
    for item in scope.diary.items:
        if item == scope.main.item or item in feelings:
            continue
        row = _row(scope, item)
        if row:
            rated.append(row)
    rated.sort(key=lambda pair: pair[0])
    return tuple(row for _, row in rated[:SHOWN])


def symptoms_written(scope: Scope) -> int:
    """How often the symptom answered most was answered in the days the block is about."""
    feelings = {item for _, body in scope.diary.of(Feelings) for item in body.asked}
    first, last = scope.last(NOW_DAYS)
    times = Counter(
        item
        for day, answers in scope.diary.days.items()
        if first <= day <= last
        for item in answers.answers.keys() - feelings - {scope.main.item}
    )
    return max(times.values(), default=0)


def _row(scope: Scope, item: str) -> tuple[tuple[float, int, str], SymptomRow] | None:
    first, last = scope.last(NOW_DAYS)
    prior_last = first - timedelta(days=1)
    prior_first = first - timedelta(days=PRIOR_DAYS)
    scales = scope.scales(item, prior_first, last)
    now = [value for _, value in scope.answers(item, first, last)]
    if len(now) < NEEDS or len(scales) != 1:
        return None
    scale = scales.pop()
    hard = sum(severity_share(value, scale) >= HARD - 1e-9 for value in now)
    middle = median(now)
    row = SymptomRow(
        name=scope.name(item),
        scale="" if scale == SYMPTOM else _scale_words(scale),
        now=phrase(
            "{middle} [{span}]",
            middle=number_words(middle),
            span=_span(quantile(now, 0.25), quantile(now, 0.75)),
        ),
        change=_change(middle, [v for _, v in scope.answers(item, prior_first, prior_last)], scale),
        hard_days=phrase("{hard} of {count}", hard=hard, count=len(now)),
        origin=scope.origins.get(item, ""),
    )
    return (-severity_share(middle, scale), -hard, row.name), row


def _span(low: float, high: float) -> str:
    """“1–2”, or “−1 to 2” where a dash would be read as a minus."""
    return phrase(
        "{low}{words}{high}",
        low=number_words(low),
        words=phrase(" to ") if low < 0 else "–",
        high=number_words(high),
    )


def _scale_words(scale: Scale) -> str:
    best, worst = (scale.low, scale.high) if scale.better == "down" else (scale.high, scale.low)
    return phrase("{best} best, {worst} worst", best=number_words(best), worst=number_words(worst))


def _change(middle: float, prior: list[float], scale: Scale) -> str:
    """“easier by 1”: the difference between the two middle answers, in words first."""
    if len(prior) < NEEDS:
        return phrase("not known")
    difference = middle - median(prior)
    if about_the_same(middle, median(prior), scale):
        return "same"
    harder = (difference > 0) == (scale.better == "down")
    return phrase(
        "{words} by {difference}",
        words=phrase("harder") if harder else phrase("easier"),
        difference=number_words(abs(difference)),
    )


HEADS = (
    Column(head=phrase("Last 14 days"), share=1, short=phrase("Symptom")),
    Column(head=phrase("middle")),
    Column(head=phrase("than before")),
    Column(head=phrase("hard days")),
)


def _shown(rows: tuple[SymptomRow, ...], most: int) -> Table:
    shown = rows[:most]
    scales = _scales(shown)
    return Table(
        columns=HEADS,
        rows=tuple(
            Row(
                cells=(
                    Cell(
                        words=one.name,
                        soft=phrase("({origin})", origin=one.origin) if one.origin else "",
                    ),
                    Cell(words=one.now),
                    Cell(words=one.change),
                    Cell(words=one.hard_days),
                )
            )
            for one in shown
        ),
        note=phrase("{scales}.", scales=scales) if scales else "",
        gap_pt=8,
    )


def _scales(shown: tuple[SymptomRow, ...]) -> str:
    """Which end of the listed symptoms' scales is the better one, where it is not 0 to 4."""
    found: dict[str, list[str]] = {}
    for one in shown:
        if one.scale:
            found.setdefault(one.scale, []).append(one.name)
    if len(found) == 1 and all(one.scale for one in shown):
        return next(iter(found))
    return joined(
        "; ",
        (
            phrase("{names}: {scale}", names=list_words(names), scale=scale)
            for scale, names in found.items()
        ),
    )


SYMPTOMS = Block[tuple[SymptomRow, ...]](
    name="symptoms",
    title=phrase("Symptoms, hardest first"),
    words=phrase("symptoms"),
    build=symptom_rows,
    show=_shown,
    nothing=(),
    empty=phrase("symptoms in the last two weeks"),
    written=symptoms_written,
    side="left",
)
