"""Emotional range: each feeling this month beside the first month. Items, never a total."""

from datetime import date, timedelta
from statistics import median

from landward.model.base import Frozen
from landward.model.bodies import Feelings
from landward.model.said import Words, phrase
from landward.model.scale import Scale
from landward.report.blocks.block import Block
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Cell, Column, Row, Strip, Table
from landward.report.words import number_words

MONTH_DAYS = 28


class FeelingRow(Frozen):
    """One feeling on its scale: the middle answer now and in the first month, if known."""

    name: Words
    low: float
    high: float
    now: float | None
    first: float | None
    words: Words


def feeling_rows(scope: Scope) -> tuple[FeelingRow, ...]:
    """Every feeling asked in the last four weeks, in the order it was asked."""
    weeks = [(e.date, b) for e, b in scope.diary.of(Feelings) if e.date <= scope.last_day]
    if not weeks:
        return ()
    start = weeks[0][0]
    recent_start = scope.last_day - timedelta(days=MONTH_DAYS - 1)
    first_end = start + timedelta(days=MONTH_DAYS - 1)
    recent = [week for week in weeks if week[0] >= recent_start]
    earlier = [week for week in weeks if week[0] <= first_end and week[0] < recent_start]
    order = list(dict.fromkeys(item for _, body in recent for item in body.asked))
    rows = (_row(scope, item, recent, earlier) for item in order)
    return tuple(row for row in rows if row)


def feelings_written(scope: Scope) -> int:
    """How often feelings were looked at in the last four weeks."""
    start = scope.last_day - timedelta(days=MONTH_DAYS - 1)
    looks = scope.diary.of(Feelings)
    return sum(start <= entry.date <= scope.last_day and bool(body.asked) for entry, body in looks)


def _row(
    scope: Scope,
    item: str,
    recent: list[tuple[date, Feelings]],
    earlier: list[tuple[date, Feelings]],
) -> FeelingRow | None:
    scales = {b.scales[item] for _, b in (*recent, *earlier) if item in b.scales}
    if len(scales) > 1:
        return None
    no_occasion = sum(item in body.no_occasion for _, body in recent)
    now = [body.answers[item] for _, body in recent if item in body.answers]
    then = [body.answers[item] for _, body in earlier if item in body.answers]
    if not scales:
        if not no_occasion:
            return None
        words = phrase("no occasion")
        return FeelingRow(name=scope.name(item), low=0, high=4, now=None, first=None, words=words)
    scale = Scale.parse(scales.pop())
    return FeelingRow(
        name=scope.name(item),
        low=scale.low,
        high=scale.high,
        now=median(now) if now else None,
        first=median(then) if then else None,
        words=_words(now, then, no_occasion),
    )


def _words(now: list[float], then: list[float], no_occasion: int) -> str:
    if not now:
        return phrase("no occasion") if no_occasion else phrase("not answered")
    text = number_words(median(now))
    return (
        phrase("{median} then, {text} now", median=number_words(median(then)), text=text)
        if then
        else phrase("{text} now", text=text)
    )


HEADS = (
    Column(head=phrase("Last four weeks"), share=1, short=phrase("Feeling")),
    Column(head=phrase("0 to 4"), picture=True),
    Column(head=phrase("middle")),
)


def _shown(rows: tuple[FeelingRow, ...], _rows: int) -> Table:
    return Table(
        columns=HEADS,
        rows=tuple(
            Row(
                cells=(
                    Cell(words=one.name),
                    Cell(strip=Strip(low=one.low, high=one.high, first=one.first, now=one.now)),
                    Cell(words=one.words),
                )
            )
            for one in rows
        ),
        note=phrase("0 not at all, 4 fully. Open dot and “then”: the first month."),
    )


FEELINGS = Block[tuple[FeelingRow, ...]](
    name="feelings",
    title=phrase("Feelings that reached me"),
    words=phrase("feelings that reached me"),
    build=feeling_rows,
    show=_shown,
    nothing=(),
    empty=phrase("feelings in the last four weeks"),
    written=feelings_written,
    side="right",
)
