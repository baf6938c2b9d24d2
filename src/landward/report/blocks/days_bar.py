"""How the days divide: easier, middle and harder thirds, and the days without an entry.

For the daily 0 to 10 the cuts are 0–3, 4–6 and 7–10. A scale of few steps shows every step.
"""

from collections import Counter
from datetime import date, timedelta

from landward.model.said import joined, phrase
from landward.model.scale import Scale
from landward.report.blocks.block import Block
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import BarPart, Bars, DaysBar
from landward.report.words import count_words, date_words, number_words

BAR_DAYS = 14
FEW_STEPS = 5


def days_bars(scope: Scope) -> tuple[DaysBar, ...]:
    """The diary's first two weeks, the two weeks before last, and the last two weeks."""
    scale = scope.main.scale
    if scope.main.answered == 0:
        return ()
    start = min(scope.main.first_day, scope.last_day)
    last = scope.last_day
    if (last - start).days < BAR_DAYS - 1:
        many = (last - start).days + 1
        label = (
            phrase("the one day")
            if many == 1
            else phrase("all {days}", days=count_words(many, "day"))
        )
        return (_bar(scope, scale, label, start, last),)
    spans = [(phrase("last 14 days"), last - timedelta(days=BAR_DAYS - 1), last)]
    before = last - timedelta(days=BAR_DAYS)
    spans.append((phrase("14 days before"), before - timedelta(days=BAR_DAYS - 1), before))
    if start + timedelta(days=BAR_DAYS) <= spans[1][1]:
        words = phrase("first 14, from {day}", day=date_words(start, year=start.year != last.year))
        spans.append((words, start, start + timedelta(days=BAR_DAYS - 1)))
    spans = [span for span in spans if span[1] >= start]
    return tuple(_bar(scope, scale, *span) for span in reversed(spans))


def _bar(scope: Scope, scale: Scale, label: str, first: date, last: date) -> DaysBar:
    values = [value for _, value in scope.main_answers(first, last)]
    total = (last - first).days + 1
    counts = Counter(_part(value, scale, values) for value in values)
    parts = [
        BarPart(words=words, days=counts[words], shade=shade)
        for words, shade in _parts(scale, values)
    ]
    parts.append(BarPart(words=phrase("no entry"), days=total - len(values), shade=None))
    said = joined(
        ", ",
        (
            phrase("{words}: {days}", words=part.words, days=count_words(part.days, "day"))
            for part in parts
            if part.days
        ),
    )
    when = phrase(
        "{first} to {last}", first=date_words(first, year=False), last=date_words(last, year=False)
    )
    return DaysBar(label=label, when=when, days=total, parts=tuple(parts), sentence=said)


def steps_of(scale: Scale) -> list[float] | None:
    """Every step of a scale of few whole steps, the better end first; None for a finer scale."""
    if scale.width >= FEW_STEPS or scale.width % 1 or scale.low % 1:
        return None
    steps = [scale.low + number for number in range(int(scale.width) + 1)]
    return steps if scale.better == "down" else steps[::-1]


def _whole(scale: Scale, values: list[float]) -> list[float] | None:
    steps = steps_of(scale)
    return steps if steps and all(value in steps for value in values) else None


def _parts(scale: Scale, values: list[float]) -> list[tuple[str, float]]:
    steps = _whole(scale, values)
    if steps:
        return [(number_words(s), i / (len(steps) - 1)) for i, s in enumerate(steps)]
    return [(words, shade) for words, shade, _ in _thirds(scale)]


def _thirds(scale: Scale) -> list[tuple[str, float, float]]:
    """Words, shade and upper cut (distance from the better end, in points) of the three parts."""
    if (scale.low, scale.high, scale.better) == (0, 10, "down"):
        return [("0–3", 0.0, 3.5), ("4–6", 0.5, 6.5), ("7–10", 1.0, 10.5)]
    third = scale.width / 3
    return [
        (phrase("easier third"), 0.0, third),
        (phrase("middle"), 0.5, 2 * third),
        (phrase("harder third"), 1.0, 1e9),
    ]


def _part(value: float, scale: Scale, values: list[float]) -> str:
    if _whole(scale, values):
        return number_words(value)
    distance = value - scale.low if scale.better == "down" else scale.high - value
    return next(words for words, _, cut in _thirds(scale) if distance <= cut)


DAYS = Block[tuple[DaysBar, ...]](
    name="days",
    title=phrase("Days by how hard they were"),
    words=phrase("days by how hard they were"),
    build=days_bars,
    show=lambda bars, _rows: Bars(bars=bars),
    nothing=(),
    side="left",
)
