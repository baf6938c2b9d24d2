"""Rhythms a prescriber writes down, laid out day by day. None of them is ever proposed.

Cuts with a pause after every few; days by turns or by weekday; a pouch for each day.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from landward.model.base import BadInput, Frozen
from landward.model.said import phrase
from landward.model.taper_given import GivenDose, GivenStep, doses_sum

MOST_STEPS = 1_500
WEEK = 7
Doses = tuple[GivenDose, ...]


class Rhythm(Frozen):
    """“1 mg less every 7 days, four times, then 21 days' hold, and again, down to 5 mg”."""

    cut_mg: Fraction
    every_days: int
    cuts: int
    pause_days: int
    to_mg: Fraction = Fraction(0)


class Phase(Frozen):
    """The same turns for so many days: two doses by turns, or the seven of a week from Monday."""

    turns: tuple[Doses, ...]
    days: int


def with_pauses(start: date, held: Doses, rhythm: Rhythm) -> tuple[GivenStep, ...]:
    """The lines of a rhythm of cuts. The cut comes off the last dose time that still has any.

    After the last cut of each run its dose is held for the pause as well. Raises BadInput for a
    rhythm that never gets anywhere, or gets there after more lines than paper holds.
    """
    if rhythm.cut_mg <= 0 or min(rhythm.every_days, rhythm.cuts) < 1 or rhythm.pause_days < 0:
        raise BadInput(phrase("a rhythm needs a cut, its days and how many cuts there are, above "
                              "0"))  # fmt: skip
    if doses_sum(held) <= rhythm.to_mg:
        raise BadInput(phrase("what is taken now is not above the dose to stop at"))
    steps: list[GivenStep] = []
    day, doses, made = start, held, 0
    while (total := doses_sum(doses)) > rhythm.to_mg:
        _not_endless(len(steps))
        doses = _less(doses, min(rhythm.cut_mg, total - rhythm.to_mg))
        made += 1
        days = rhythm.every_days + (rhythm.pause_days if made % rhythm.cuts == 0 else 0)
        steps.append(GivenStep(start=day, days=days, doses=doses, total_mg=doses_sum(doses)))
        day += timedelta(days=days)
    return tuple(steps)


def _less(doses: Doses, cut: Fraction) -> Doses:
    left: list[GivenDose] = []
    for dose in reversed(doses):
        off = min(cut, dose.mg)
        cut -= off
        if dose.mg > off:
            left.append(dose.model_copy(update={"mg": dose.mg - off}))
    return tuple(reversed(left))


def by_turns(start: date, phases: Sequence[Phase], *, weekly: bool) -> tuple[GivenStep, ...]:
    """One line a day, phase after phase. Raises BadInput for phases that cannot be laid out.

    A week begins on Monday, whatever day the plan begins on. A phase lasts whole weeks, so that its
    lines are said yes to week by week.
    """
    if not phases:
        raise BadInput(phrase("give at least one stretch of days"))
    length = len(phases[0].turns)
    steps: list[GivenStep] = []
    day = start
    for phase in phases:
        if phase.days < WEEK or phase.days % WEEK or len(phase.turns) != length or length < 2:
            raise BadInput(phrase("each stretch lasts whole weeks and has the same turns"))
        for number in range(phase.days):
            _not_endless(len(steps))
            doses = phase.turns[day.weekday() if weekly else number % length]
            steps.append(GivenStep(start=day, days=1, doses=doses, total_mg=doses_sum(doses)))
            day += timedelta(days=1)
    return tuple(steps)


def pouches(start: date, doses_mg: Sequence[Fraction], strip: int) -> tuple[GivenStep, ...]:
    """One pouch a day as the pharmacy packed them, `strip` of them on each strip."""
    if not doses_mg:
        raise BadInput(phrase("type in what each pouch holds, in mg"))
    if not 1 <= strip <= MOST_STEPS:
        raise BadInput(phrase("say how many pouches are on one strip"))
    return tuple(_pouches(start, doses_mg, strip))


def _pouches(start: date, doses_mg: Sequence[Fraction], strip: int) -> Iterator[GivenStep]:
    for number, mg in enumerate(doses_mg):
        _not_endless(number)
        taken = (GivenDose(at="daily", mg=mg),) if mg else ()
        words = phrase("strip {strip}, pouch {pouch} of {count}", strip=number // strip + 1,
                       pouch=number % strip + 1, count=min(strip, len(doses_mg)))  # fmt: skip
        day = start + timedelta(days=number)
        yield GivenStep(start=day, days=1, doses=taken, total_mg=mg, words=words)


def _not_endless(count: int) -> None:
    if count >= MOST_STEPS:
        raise BadInput(phrase("that is more than {most} lines; type in a shorter stretch",
                              most=MOST_STEPS))  # fmt: skip
