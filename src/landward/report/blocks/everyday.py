"""Everyday life: how much of a usual day went, sleep, questionnaires with their date."""

from datetime import timedelta
from statistics import median

from landward.model.bodies import CheckIn, ScaleAnswers, Sleep
from landward.model.choices import choice_counts
from landward.model.questions import BY_ID, USUAL_DAY
from landward.model.said import Words, joined, phrase
from landward.report.blocks.block import Block
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Lines
from landward.report.words import count_words, date_words, number_words

DAYS = 14
OLD_AFTER_DAYS = 90


def everyday_lines(scope: Scope) -> tuple[str, ...]:
    """One line per thing that was recorded; none for what was not."""
    return tuple(line for line in (_usual(scope), _sleep(scope), *_questionnaires(scope)) if line)


def _usual(scope: Scope) -> Words:
    """On how many of the last days all, most, some or nearly nothing of a usual day could be done;
    the fullest first. The last answer of a day counts.
    """
    first, last = scope.last(DAYS)
    found = [one for one in choice_counts(scope.diary, first, last) if one.item == USUAL_DAY]
    if not found:
        return ""
    offered = BY_ID[USUAL_DAY].answers[::-1]
    counts = found[0].counts
    said = joined(", ", (phrase("{w} {n}", w=w, n=counts[w]) for w in offered if w in counts))
    return phrase(
        "Of a usual day: {said} ({answered} of {days} answered)",
        said=said, answered=found[0].answered, days=count_words(found[0].days, "day"),
    )  # fmt: skip


def _sleep(scope: Scope) -> str:
    first, last = scope.last(DAYS)
    nights = {e.date: b.hours for e, b in scope.diary.of(Sleep) if first <= e.date <= last}
    if not nights:
        return ""
    hours = number_words(median(nights.values()))
    return phrase(
        "Sleep: {hours} h (middle of {count})", hours=hours, count=count_words(len(nights), "night")
    )


def _questionnaires(scope: Scope) -> list[str]:
    """The latest total of each questionnaire, unless it is older than a quarter of a year."""
    latest: dict[str, str] = {}
    oldest = scope.last_day - timedelta(days=OLD_AFTER_DAYS)
    for entry, body in scope.diary.of(ScaleAnswers):
        if body.total is not None and oldest <= entry.date <= scope.last_day:
            total = number_words(body.total)
            name = scope.names.get(body.instrument, body.instrument)
            latest[name] = phrase(
                "{name}: {total} on {date}", name=name, total=total, date=date_words(entry.date)
            )
    return [latest[name] for name in sorted(latest)]


def everyday_written(scope: Scope) -> int:
    """How many days, nights and questionnaires are written, were they too long ago for a line."""
    return sum(
        entry.date <= scope.last_day
        for entry, body in scope.diary.lines
        if isinstance(body, Sleep | ScaleAnswers)
        or (isinstance(body, CheckIn) and USUAL_DAY in body.choices)
    )


EVERYDAY = Block[tuple[str, ...]](
    name="everyday",
    title=phrase("Everyday life"),
    words=phrase("everyday life, sleep and questionnaires"),
    build=everyday_lines,
    show=lambda lines, most: Lines(said=lines[: most - 1]),
    nothing=(),
    empty=phrase("No sleep or questionnaire written."),
    few=phrase("Not in the last weeks."),
    written=everyday_written,
    side="right",
)
