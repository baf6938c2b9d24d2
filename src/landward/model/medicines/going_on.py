"""Which lines of an adopted plan the person said yes to, and from which day each one is taken.

A line is taken only from the day that was said for it. Nobody has to say anything: a line without a
word never begins, and the one before it goes on. Saying so later never makes up for time: the line
then begins later, and every line after it too.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from landward.model.bodies import PlanStep
from landward.model.entries import Entry

TOGETHER_DAYS = 7
"""Lines shorter than this are asked about together, so that nobody is asked more than weekly."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was said about lines `step` to `through` (from 1): from which day, or to stay."""

    said_on: dt.date
    step: int
    through: int
    start: dt.date | None


Span = tuple[dt.date, int]
"""A step as the plan has it: its first day, how many days."""


def choices_in(lines: Iterable[tuple[Entry, PlanStep]]) -> tuple[Choice, ...]:
    """What was said of one plan, in the order it was said."""
    found = sorted(lines, key=lambda line: (line[0].recorded_at, line[0].device, line[0].seq,
                                            line[0].id))  # fmt: skip
    return tuple(Choice(entry.date, said.step, said.through, said.start) for entry, said in found)


def begun_on(
    steps: Sequence[Span], confirmed: int | None, choices: Iterable[Choice]
) -> list[dt.date]:
    """The first day of every step that was said yes to, in order; the others have none.

    `confirmed` is how many were when the plan was adopted; None where all stand as they are dated.
    A yes to a step that is not the next one says nothing, nor one for a day before it may begin. To
    stay takes back what has not begun yet; what has begun is not undone by it.
    """
    if confirmed is None:
        return [start for start, _ in steps]
    begun = [start for start, _ in steps[:confirmed]]
    for choice in choices:
        if choice.start is None:
            while len(begun) >= choice.step and begun[-1] > choice.said_on:
                begun.pop()
        elif choice.step == len(begun) + 1 and choice.step <= choice.through <= len(steps):
            day = max(choice.start, earliest(steps, begun))
            for _, days in steps[choice.step - 1 : choice.through]:
                begun.append(day)
                day += dt.timedelta(days=days)
    return begun


def earliest(steps: Sequence[Span], begun: Sequence[dt.date]) -> dt.date:
    """The first day the next step may begin: the one before has had all its days."""
    if not begun:
        return steps[0][0]
    return begun[-1] + dt.timedelta(days=steps[len(begun) - 1][1])


def turn_of(day: dt.date, end: dt.date, cycle_days: int) -> dt.date:
    """The day whose turn comes round again on a later one: of the last cycle before `end`.

    Where nobody says anything the turns of now go on, never the amount of one day alone: after a
    night without a dose no further one goes without.
    """
    if not cycle_days or day < end:
        return day
    return end - dt.timedelta(days=cycle_days - (day - end).days % cycle_days)


def asked_together(steps: Sequence[Span], begun: int) -> int:
    """The last step (from 1) that is asked about with the next one: a week of short ones."""
    days, through = 0, begun
    while through < len(steps) and days < TOGETHER_DAYS:
        days += steps[through][1]
        through += 1
    return through


def moved(steps: Sequence[Span], begun: Sequence[dt.date], today: dt.date) -> list[dt.date]:
    """The first day of every step: said ones as said, the others as they would follow.

    Where the next one could have begun by now, it can begin tomorrow: today's doses may be taken.
    """
    days = list(begun)
    for number in range(len(begun), len(steps)):
        day = earliest(steps, days)
        if number == len(begun) and day <= today:
            day = today + dt.timedelta(days=1)
        days.append(day)
    return days
