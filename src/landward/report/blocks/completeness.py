"""Trust first: how many days were answered, how, and what is known of the others."""

from collections import Counter
from datetime import date

from landward.model.base import Frozen
from landward.model.bodies import Profile
from landward.model.diary import FILLED_IN_LATER
from landward.model.journal import first_origin
from landward.model.said import Words, counted, joined, phrase
from landward.model.series import Missing
from landward.report.blocks.scope import Scope, days_between

NEW_DAYS = 14
"""A diary of fewer days is new: its days are too few for a share of them to say anything."""

FEW_ANSWERS = 0.6
"""Under this share of answered days the page says so in a banner. Our own choice, no standard."""

IMPORTED = "import:"
"""How the origin of an imported entry starts; the source follows."""

_MISSING_WORDS = {
    Missing.NO_ENTRY: phrase("no entry"),
    Missing.UNWELL: phrase("too unwell to log"),
    Missing.RESTING: phrase("resting from the diary"),
    Missing.DECLINED: phrase("asked, not answered"),
    Missing.TOO_MUCH: phrase("“too much to say”"),
    Missing.NO_OCCASION: phrase("no occasion"),
    Missing.NOT_ASKED: phrase("not asked"),
}


class Completeness(Frozen):
    """Answered days of the period and of its last four weeks, and how they came about."""

    answered: int
    days: int
    recent_answered: int
    recent_days: int
    sentence: Words
    how: Words
    missing: Words
    banner: Words | None


def completeness(scope: Scope) -> Completeness:
    """Count the days of the main series. Nothing is imputed: the counts are what was typed."""
    first, last = scope.last(28)
    recent = [day for day, _ in scope.main_answers(first, last)]
    recent_days = (last - first).days + 1
    answered = len(scope.main_answers(scope.first_day, scope.last_day))
    return Completeness(
        answered=answered,
        days=scope.days,
        recent_answered=len(recent),
        recent_days=recent_days,
        sentence=_sentence(
            len(recent), recent_days, answered, scope.days, written=_is_written(scope)
        ),
        how=_how(scope, recent),
        missing=_why_not(scope) if _is_written(scope) else "",
        banner=_banner(len(recent), recent_days, answered, scope.days),
    )


def _sentence(recent: int, recent_days: int, answered: int, days: int, *, written: bool) -> Words:
    """“24 of the last 28 days answered, 70 of all 84”; a new diary is called new, not thin."""
    if days < NEW_DAYS and answered:
        all_of_them = answered == days
        if all_of_them:
            return counted(
                days,
                "A new diary: its {count} day is answered",
                "A new diary: all of its {count} days are answered",
            )
        return phrase("A new diary: {answered} of its {days} days answered", answered=answered,
                      days=days)  # fmt: skip
    if not written:
        return phrase("Nothing is written in this diary yet")
    if not answered:
        return counted(days, "No day was rated ({count} day)", "No day was rated ({count} days)")
    if recent_days == days:
        return phrase("{answered} of {days} days answered ({how})", answered=answered, days=days,
                      how=_share_words(answered, days))  # fmt: skip
    return phrase(
        "{recent} of the last {recent_days} days answered ({how}), {answered} of the {days} days "
        "shown",
        recent=recent, recent_days=recent_days, how=_share_words(recent, recent_days),
        answered=answered, days=days,
    )  # fmt: skip


def _is_written(scope: Scope) -> bool:
    """Whether anything is written beside who the diary is about."""
    return any(e.kind != Profile.kind for e, _ in scope.diary.lines)


def _share_words(part: int, whole: int) -> Words:
    share = part / whole
    if part == whole:
        return phrase("every day")
    if share >= 0.9:
        return phrase("nearly every day")
    if share >= FEW_ANSWERS:
        return phrase("most days")
    if share >= 0.4:
        return phrase("about half")
    return phrase("few days")


def _banner(recent: int, recent_days: int, answered: int, days: int) -> Words | None:
    """What a gap means for the reader; a diary of a few days has too few days, not gaps."""
    if days < NEW_DAYS or not answered:
        return None
    if recent >= FEW_ANSWERS * recent_days and answered >= FEW_ANSWERS * days:
        return None
    return phrase("Many days have no answer. They may have been easier or harder: read with care.")


def _how(scope: Scope, recent: list[date]) -> str:
    """“same day 12, filled in later 4, carried over 1” of the recent answered days."""
    imported = {e.date for e, _ in scope.diary.lines if first_origin(e).startswith(IMPORTED)}
    counts: Counter[str] = Counter()
    for day in recent:
        if scope.diary.days[day].late:
            counts[FILLED_IN_LATER] += 1
        elif scope.main_carried(day):
            counts[phrase("same as the day before")] += 1
        elif scope.diary.days[day].filled_in_later:
            counts[FILLED_IN_LATER] += 1
        else:
            counts["imported" if day in imported else phrase("same day")] += 1
    order = (phrase("same day"), FILLED_IN_LATER, phrase("same as the day before"), "imported")
    return joined(
        ", ",
        (
            phrase("{name} {counts}", name=name, counts=counts[name])
            for name in order
            if counts[name]
        ),
    )


def _why_not(scope: Scope) -> str:
    """“no entry 9, too unwell to log 2” for the days of the period without a number."""
    days = days_between(scope.first_day, scope.last_day)
    counts = Counter(scope.main_missing(day) for day in days)
    parts = [(words, counts[why]) for why, words in _MISSING_WORDS.items()]
    return joined(
        ", ",
        (
            phrase("{words} {number}", words=words, number=number)
            for words, number in parts
            if number
        ),
    )
