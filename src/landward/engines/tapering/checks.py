"""The rules beside each step, read from what the step prints and not from how it was found."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from landward.model.amounts import exact_text
from landward.model.said import phrase
from landward.model.taper import Check, TimedDose
from landward.model.taper_request import Ceiling

ASKED = phrase("the pace asked for")
ARITHMETIC = "arithmetic"


@lru_cache(maxsize=512)
def check(rule: str, ok: bool, source: str) -> Check:
    """One check; a long plan repeats a handful of them thousands of times."""
    return Check(rule=rule, ok=ok, source=source)


class DoseHistory:
    """Which dose was held on which day. Before the first entry the first dose was held."""

    def __init__(self, start: date, dose: Fraction) -> None:
        self._days: list[date] = [start]
        self._doses: list[Fraction] = [dose]
        self._falls = True

    def hold(self, since: date, dose: Fraction) -> None:
        """From `since` on another dose is held. Days come in order."""
        self._falls = self._falls and dose <= self._doses[-1]
        self._days.append(since)
        self._doses.append(dose)

    def highest(self, first: date, last: date) -> Fraction:
        """The highest dose of any day from `first` to `last`, both included."""
        if self._falls:  # then the earliest day has the highest dose
            return self._doses[max(bisect_right(self._days, first) - 1, 0)]
        found = self._doses[0] if first < self._days[0] else Fraction(0)
        for since, dose in zip(reversed(self._days), reversed(self._doses), strict=True):
            if since <= last:
                found = max(found, dose)
            if since <= first:
                break
        return found

    def on(self, day: date) -> Fraction:
        """The dose held on one day."""
        return self.highest(day, day)


def no_bigger_than(words: str) -> str:
    """The name of the rule that no cut outruns the pace that was asked for."""
    return phrase("the cut is no bigger than asked ({words})", words=words)


def no_sooner_than(words: str) -> str:
    """The name of the rule of a stretched interval."""
    return phrase("held until the pace asked for had come as low ({words})", words=words)


def cut_percent(before: Fraction, after: Fraction) -> Fraction:
    """The cut as a percentage of the dose actually held; negative where the dose rises."""
    return (before - after) / before * 100 if before else Fraction(0)


def adds_up(made: Fraction, doses: Sequence[TimedDose]) -> Check:
    """Whether the pieces of every dose time add up to its dose, and those to the day's dose."""
    ok = sum((dose.made_mg for dose in doses), Fraction(0)) == made and all(
        sum((piece.mg for piece in dose.pieces), Fraction(0)) == dose.made_mg for dose in doses
    )
    return check(rule=phrase("the pieces add up to the dose"), ok=ok, source=ARITHMETIC)


def never_rises(before: Sequence[TimedDose], after: Sequence[TimedDose]) -> Check:
    """Whether no dose time is higher than in the step before."""
    held = {dose.at: dose.made_mg for dose in before}
    ok = all(dose.made_mg <= held.get(dose.at, dose.made_mg) for dose in after)
    rise = sum(dose.made_mg for dose in after) > sum(dose.made_mg for dose in before)
    return check(rule=phrase("the dose never rises"), ok=ok and not rise, source=ARITHMETIC)


def not_below_asked(made: Fraction, asked: Fraction, smallest: Fraction) -> Check:
    """Whether the dose is not below the asked one; 0 counts once under half the smallest."""
    ok = made >= asked or (made == 0 and asked * 2 < smallest)
    return check(rule=phrase("not below the dose asked for"), ok=ok, source=ASKED)


def within_pace(
    made: Fraction, before: Fraction, lowest_after: Callable[[Fraction], Fraction], words: str
) -> Check:
    """Whether the cut is no bigger than asked, measured from the dose actually held."""
    return check(
        rule=no_bigger_than(words),
        ok=made >= min(lowest_after(before), before),
        source=ASKED,
    )


def waited(made: Fraction, asked: Fraction, words: str) -> Check:
    """Whether a step that is larger than one cut came no sooner than the pace asked for."""
    return check(rule=no_sooner_than(words), ok=made >= asked, source=ASKED)


def under_ceiling(made: Fraction, day: date, history: DoseHistory, ceiling: Ceiling) -> Check:
    """Whether the dose keeps a guideline's limit against every dose of the days before."""
    window = day - timedelta(days=ceiling.days)
    kept = ceiling.kept_share * history.highest(window, day - timedelta(days=1))
    return check(rule=ceiling.words, ok=made >= kept, source=ceiling.source)


def ceiling_note(ceiling: Ceiling) -> str:
    """The limit in words, for a reason."""
    return phrase(
        "{exact_text} % in {days} days ({source})",
        exact_text=exact_text(ceiling.percent),
        days=ceiling.days,
        source=ceiling.source,
    )
