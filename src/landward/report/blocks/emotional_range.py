"""Emotional range: a sentence, each feeling this month beside the first month, one question.

The daily pair (pleasant and painful feelings) comes first, then the weekly statements. Items, never
a total. Where a full page has no room for all of it, the sentence and the question stay.
"""

from datetime import date, timedelta
from statistics import median

from landward.model.base import Frozen
from landward.model.bodies import Answers, CheckIn, Feelings
from landward.model.diary import Diary
from landward.model.questions import FEELINGS as DAILY
from landward.model.questions import WORDING_AT_FIRST
from landward.model.said import Words, joined, phrase
from landward.model.scale import Scale
from landward.report.blocks.block import Block
from landward.report.blocks.scope import Scope, about_the_same
from landward.report.blocks.shape import Lines
from landward.report.words import list_words, number_words

MONTH_DAYS = 28


class FeelingRow(Frozen):
    """One feeling on its scale: the middle answer now and in the first month, if known."""

    name: str
    low: float
    high: float
    now: float | None
    first: float | None
    words: Words


def feeling_rows(scope: Scope) -> tuple[FeelingRow, ...]:
    """Every feeling asked in the last four weeks that may be on the page: the daily pair, then in
    the order asked.
    """
    looks: list[tuple[date, Answers]] = [
        (e.date, b)
        for e, b in scope.diary.lines
        if isinstance(b, Feelings | CheckIn) and e.date <= scope.last_day
    ]
    weekly = dict.fromkeys(i for _, b in looks if isinstance(b, Feelings) for i in b.asked)
    shown = (item for item in (*DAILY, *weekly) if item not in scope.feelings_away)
    found = (_item(scope, item, looks) for item in shown)
    return tuple(row for row in found if row)


def feelings_asked(diary: Diary) -> tuple[str, ...]:
    """Every feeling that was ever asked: the daily pair, then in the order asked."""
    pair = {item for day in diary.days.values() for item in DAILY if item in day.asked}
    weekly = dict.fromkeys(item for _, body in diary.of(Feelings) for item in body.asked)
    return (*(item for item in DAILY if item in pair), *weekly)


def _item(scope: Scope, item: str, looks: list[tuple[date, Answers]]) -> FeelingRow | None:
    asked = [look for look in looks if item in look[1].asked]
    if not asked:
        return None
    recent_start = scope.last_day - timedelta(days=MONTH_DAYS - 1)
    first_end = asked[0][0] + timedelta(days=MONTH_DAYS - 1)
    recent = [look for look in asked if look[0] >= recent_start]
    earlier = [look for look in asked if look[0] <= first_end and look[0] < recent_start]
    if not recent:
        return None
    # Answers to other words are answers to another question: only the newest words are summed up.
    newest = _wording(recent[-1][1], item)
    alike = [look for look in earlier if _wording(look[1], item) == newest]
    recent = [look for look in recent if _wording(look[1], item) == newest]
    return _row(scope, item, recent, alike, reworded=len(alike) < len(earlier))


def _wording(body: Answers, item: str) -> str:
    kept = body.wordings if isinstance(body, Feelings | CheckIn) else {}
    return kept.get(item, WORDING_AT_FIRST)


def feelings_written(scope: Scope) -> int:
    """How often feelings were looked at, all of them before the last four weeks."""
    start = scope.last_day - timedelta(days=MONTH_DAYS - 1)
    return sum(
        entry.date < start
        for entry, body in scope.diary.lines
        if isinstance(body, Feelings)
        or (isinstance(body, CheckIn) and not set(DAILY).isdisjoint(body.asked))
    )


def _row(
    scope: Scope,
    item: str,
    recent: list[tuple[date, Answers]],
    earlier: list[tuple[date, Answers]],
    *,
    reworded: bool,
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
        words = "no occasion"
        return FeelingRow(name=scope.name(item), low=0, high=4, now=None, first=None, words=words)
    scale = Scale.parse(scales.pop())
    return FeelingRow(
        name=scope.name(item),
        low=scale.low,
        high=scale.high,
        now=median(now) if now else None,
        first=median(then) if then else None,
        words=_words(now, then, no_occasion, reworded=reworded and not then),
    )


def _words(now: list[float], then: list[float], no_occasion: int, *, reworded: bool) -> Words:
    if not now:
        return phrase("no occasion") if no_occasion else phrase("not answered")
    if reworded:
        return phrase("{now} (other words then)", now=number_words(median(now)))
    if not then:
        return number_words(median(now))
    return phrase("{now} ({then})", now=number_words(median(now)),
                  then=number_words(median(then)))  # fmt: skip


def _shown(rows: tuple[FeelingRow, ...], _rows: int) -> Lines:
    said = joined("; ", (phrase("{name} {words}", name=r.name, words=r.words) for r in rows))
    scale = phrase("Middle of the last four weeks, 0 not at all to 4 fully")
    if any(row.first is not None and row.now is not None for row in rows):
        scale = phrase("Middle of the last four weeks (of the first four), 0 not at all to 4 fully")
    each = phrase("{scale}: {said}.", scale=scale, said=said)
    return Lines(said=(moved_sentence(rows), each, question(rows)))


def _short(rows: tuple[FeelingRow, ...]) -> Lines:
    return Lines(said=(moved_sentence(rows), question(rows)))


def moved_sentence(rows: tuple[FeelingRow, ...]) -> Words:
    """Which feelings reach more and which less than in the first month; else why that is unsaid."""
    more: list[str] = []
    less: list[str] = []
    both = [row for row in rows if row.now is not None and row.first is not None]
    for row in both:
        if (way := _way(row)) != 0:
            (more if way > 0 else less).append(row.name)
    if not both:
        return phrase("No earlier numbers to compare with.")
    if not more and not less:
        return phrase("About the same as in the first four weeks.")
    told = list_words(more), list_words(less)
    if len(both) > 2 and len(both) in (len(more), len(less)):
        every = phrase("each one answered")
        told = every if more else "", every if less else ""
    if not less:
        return phrase("More than in the first four weeks: {names}.", names=told[0])
    if not more:
        return phrase("Less than in the first four weeks: {names}.", names=told[1])
    return phrase("More than in the first four weeks: {more}. Less: {less}.",
                  more=told[0], less=told[1])  # fmt: skip


def _way(row: FeelingRow) -> int:
    """1 where more reaches than in the first month, −1 where less, 0 where about the same."""
    scale = Scale(low=row.low, high=row.high, better="up")
    if row.now is None or row.first is None or about_the_same(row.now, row.first, scale):
        return 0
    return 1 if row.now > row.first else -1


def question(rows: tuple[FeelingRow, ...]) -> Words:
    """The one question to answer together: no page can answer it.

    Whether it was so before is asked where anything reaches less than mostly, or less than it did.
    """
    mostly = 0.75
    for row in rows:
        low = row.now is not None and row.now < row.low + mostly * (row.high - row.low)
        if low or _way(row) < 0:
            return phrase("To answer together: how was it before the medicine?")
    return phrase("To answer together: is anything that matters missing?")


FEELINGS = Block[tuple[FeelingRow, ...]](
    name="feelings",
    title=phrase("Feelings that reached me"),
    words=phrase("feelings that reached me"),
    build=feeling_rows,
    show=_shown,
    short=_short,
    nothing=(),
    empty=phrase("Not looked at yet."),
    few=phrase("Not in the last weeks."),
    written=feelings_written,
    side="right",
)
