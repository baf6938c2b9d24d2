"""The symptoms that weigh most now: the last two weeks beside the four weeks before."""

from collections import Counter
from datetime import timedelta
from statistics import median

from landward.model.base import Frozen
from landward.model.bodies import Feelings
from landward.model.questions import BY_ID
from landward.model.said import Words, counted, phrase
from landward.model.scale import SYMPTOM, Scale
from landward.report.blocks.block import Block
from landward.report.blocks.scope import Scope, about_the_same, severity_share
from landward.report.blocks.shape import Cell, Column, Row, Table
from landward.report.words import list_words, number_words, quantile

NOW_DAYS = 14
PRIOR_DAYS = 28
SHOWN, WATCHED = 5, 6
NEEDS = 3
"""Fewer answers than this in the last two weeks make no line; of a watched one they say so."""

HARD = 0.75
"""A hard day lies in the hardest quarter of the item's own scale: 3 or 4 of 0 to 4."""


class SymptomRow(Frozen):
    """One symptom in words: middle answer, its middle half, the change, the hard days."""

    name: str
    watched: bool
    scale: str
    now: Words
    change: Words
    hard_days: str
    origin: str


def symptom_rows(scope: Scope) -> tuple[SymptomRow, ...]:
    """The watched symptoms in the person's order, then the five hardest of the others.

    Ties: more hard days, then by name. What the diary asks of feelings, and answers where more is
    better, are no symptoms unless they are watched.
    """
    items = _items(scope)
    watched = [item for item in scope.watched if item in items][:WATCHED]
    rated = [_row(scope, item) for item in items if item not in scope.watched]
    found = sorted((pair for pair in rated if pair), key=lambda pair: pair[0])
    first = (_watched(scope, item) for item in watched)
    return (*first, *(row for _, row in found[:SHOWN]))


def _items(scope: Scope) -> list[str]:
    feelings = {item for _, body in scope.diary.of(Feelings) for item in body.asked}
    not_symptoms = feelings | {scope.main.item} | set(BY_ID)
    return [item for item in scope.diary.items if item not in not_symptoms]


def _watched(scope: Scope, item: str) -> SymptomRow:
    row = _row(scope, item)
    if row is not None:
        return row[1].model_copy(update={"watched": True})
    first, last = scope.last(NOW_DAYS)
    answers = len(scope.answers(item, first, last))
    return SymptomRow(
        name=scope.name(item),
        watched=True,
        scale="",
        now=counted(answers, "{count} answer: too few", "{count} answers: too few")
        if answers
        else phrase("not answered"),
        change="",
        hard_days="",
        origin=scope.origins.get(item, ""),
    )


def symptoms_written(scope: Scope) -> int:
    """How often the symptom answered most was answered in the days the block is about."""
    items = set(_items(scope))
    first, last = scope.last(NOW_DAYS)
    times = Counter(
        item
        for day, answers in scope.diary.days.items()
        if first <= day <= last
        for item in answers.answers.keys() & items
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
    if scale.better == "up" and item not in scope.watched:
        return None
    hard = sum(severity_share(value, scale) >= HARD - 1e-9 for value in now)
    middle = median(now)
    row = SymptomRow(
        name=scope.name(item),
        watched=False,
        scale="" if scale == SYMPTOM else _scale_words(scale),
        now=f"{number_words(middle)} [{_span(quantile(now, 0.25), quantile(now, 0.75))}]",
        change=_change(middle, [v for _, v in scope.answers(item, prior_first, prior_last)], scale),
        hard_days=f"{hard} of {len(now)}",
        origin=scope.origins.get(item, ""),
    )
    return (-severity_share(middle, scale), -hard, row.name), row


def _span(low: float, high: float) -> str:
    """“1–2”, or “−1 to 2” where a dash would be read as a minus."""
    return f"{number_words(low)}{' to ' if low < 0 else '–'}{number_words(high)}"


def _scale_words(scale: Scale) -> str:
    best, worst = (scale.low, scale.high) if scale.better == "down" else (scale.high, scale.low)
    return f"{number_words(best)} best, {number_words(worst)} worst"


def _change(middle: float, prior: list[float], scale: Scale) -> Words:
    """“easier by 1”: the difference between the two middle answers, in words first."""
    if len(prior) < NEEDS:
        return phrase("not known")
    difference = middle - median(prior)
    if about_the_same(middle, median(prior), scale):
        return phrase("same")
    by = number_words(abs(difference))
    if (difference > 0) == (scale.better == "down"):
        return phrase("harder by {by}", by=by)
    return phrase("easier by {by}", by=by)


HEADS = (
    Column(head=phrase("Last 14 days"), share=1.3, short=phrase("Symptom")),
    Column(head=phrase("middle [middle half]")),
    Column(head=phrase("than in the 28 days before")),
    Column(head=phrase("hard days (3 or 4)")),
    Column(head=phrase("beside the time before the medicine"), share=1),
)


def _shown(rows: tuple[SymptomRow, ...], most: int) -> Table:
    shown = rows[:most]
    scales = _scales(shown)
    origins = any(one.origin for one in shown)
    return Table(
        columns=HEADS if origins else HEADS[:-1],
        rows=tuple(
            Row(
                cells=(
                    Cell(words=one.name, soft=phrase("(watched)") if one.watched else ""),
                    Cell(words=one.now),
                    Cell(words=one.change),
                    Cell(words=one.hard_days),
                    *((Cell(words=one.origin),) if origins else ()),
                )
            )
            for one in shown
        ),
        note=f"{scales}." if scales else "",
        gap_pt=10,
    )


def _scales(shown: tuple[SymptomRow, ...]) -> str:
    """Which end of the listed symptoms' scales is the better one, where it is not 0 to 4."""
    found: dict[str, list[str]] = {}
    for one in shown:
        if one.scale:
            found.setdefault(one.scale, []).append(one.name)
    if len(found) == 1 and all(one.scale for one in shown):
        return next(iter(found))
    return "; ".join(f"{list_words(names)}: {scale}" for scale, names in found.items())


SYMPTOMS = Block[tuple[SymptomRow, ...]](
    name="symptoms",
    title=phrase("Symptoms: watched ones, then the hardest (0 none, 4 extreme)"),
    words=phrase("symptoms"),
    build=symptom_rows,
    show=_shown,
    nothing=(),
    empty=phrase("Not answered in two weeks."),
    few=phrase("Fewer than three answers yet."),
    written=symptoms_written,
)
