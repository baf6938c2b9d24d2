"""Trust first: how many days were answered, how, and what is known of the others."""

from collections import Counter
from datetime import date

from landward.model.base import Frozen
from landward.model.diary import FILLED_IN_LATER
from landward.model.journal import first_origin
from landward.model.series import Missing
from landward.report.blocks.scope import Scope, days_between
from landward.report.words import count_words

FEW_ANSWERS = 0.6
"""Under this share of answered days the page says so in a banner. Our own choice, no standard."""

IMPORTED = "import:"
"""How the origin of an imported entry starts; the source follows."""

_MISSING_WORDS = {
    Missing.NO_ENTRY: "no entry",
    Missing.UNWELL: "too unwell to log",
    Missing.RESTING: "resting from the diary",
    Missing.DECLINED: "asked, not answered",
    Missing.TOO_MUCH: "“too much to say”",
    Missing.NO_OCCASION: "no occasion",
    Missing.NOT_ASKED: "not asked",
}


class Completeness(Frozen):
    """Answered days of the period and of its last four weeks, and how they came about."""

    answered: int
    days: int
    recent_answered: int
    recent_days: int
    sentence: str
    how: str
    missing: str
    banner: str | None


def completeness(scope: Scope) -> Completeness:
    """Count the days of the main series. Nothing is imputed: the counts are what was typed."""
    first, last = scope.last(28)
    recent = [day for day, _ in scope.main_answers(first, last)]
    recent_days = (last - first).days + 1
    answered = len(scope.main_answers(scope.first_day, scope.last_day))
    if recent_days == scope.days:
        sentence = f"Answered {answered} of {count_words(scope.days, 'day')}."
    else:
        recently = f"{len(recent)} of the last {recent_days} days"
        sentence = f"Answered {recently}, {answered} of all {scope.days}."
    few = answered < FEW_ANSWERS * scope.days
    return Completeness(
        answered=answered,
        days=scope.days,
        recent_answered=len(recent),
        recent_days=recent_days,
        sentence=sentence,
        how=_how(scope, recent),
        missing=_why_not(scope),
        banner="Fewer than 60 % of the days are answered. Read what follows with care."
        if few
        else None,
    )


def _how(scope: Scope, recent: list[date]) -> str:
    """“same day 12, filled in later 4, carried over 1” of the recent answered days."""
    imported = {e.date for e, _ in scope.diary.lines if first_origin(e).startswith(IMPORTED)}
    counts: Counter[str] = Counter()
    for day in recent:
        if scope.diary.days[day].late:
            counts[FILLED_IN_LATER] += 1
        elif scope.main_carried(day):
            counts["same as the day before"] += 1
        elif scope.diary.days[day].filled_in_later:
            counts[FILLED_IN_LATER] += 1
        else:
            counts["imported" if day in imported else "same day"] += 1
    order = ("same day", FILLED_IN_LATER, "same as the day before", "imported")
    return ", ".join(f"{name} {counts[name]}" for name in order if counts[name])


def _why_not(scope: Scope) -> str:
    """“no entry 9, too unwell to log 2” for the days of the period without a number."""
    days = days_between(scope.first_day, scope.last_day)
    counts = Counter(scope.main_missing(day) for day in days)
    parts = [(words, counts[why]) for why, words in _MISSING_WORDS.items()]
    return ", ".join(f"{words} {number}" for words, number in parts if number)
