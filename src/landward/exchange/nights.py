"""Stretches of sleep from a watch, a ring and a phone become one night each, counted once.

Stretches are joined into sleeps first and dated after, so that no sleep is cut in two by a clock.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from landward.model.bodies import Sleep
from landward.model.proposals import Proposal

Stretch = tuple[dt.datetime, dt.datetime]
"""From, until: both with their offset from UTC."""

EVENING = dt.timedelta(hours=6)
"""A sleep whose middle lies after 18:00 belongs to the night that ends next morning."""
_EARLIEST, _LATEST = dt.date(1970, 1, 2), dt.date(2199, 12, 30)
LONGEST = dt.timedelta(hours=36)
APART = dt.timedelta(hours=1)
"""Stretches no further apart than this are one sleep, with a waking in it."""
_LONGEST_SLEEP = dt.timedelta(hours=20)


class Night(NamedTuple):
    """The sleep of one night, dated by the morning it ended, naps of that day included."""

    day: dt.date
    hours: float
    started_at: dt.datetime
    ended_at: dt.datetime


def is_a_stretch(start: dt.datetime, end: dt.datetime) -> bool:
    """Whether this can be somebody sleeping: forward in time, under 36 hours, a real year."""
    return dt.timedelta(0) < end - start <= LONGEST and _EARLIEST <= end.date() <= _LATEST


def date_of(start: dt.datetime, end: dt.datetime) -> dt.date:
    """The morning a sleep belongs to, by the wall clock it began with."""
    return (start + (end - start) / 2 + EVENING).date()


def nights_of(asleep: Iterable[Stretch], sleepless: Iterable[Stretch] = ()) -> tuple[Night, ...]:
    """One night per day, by date. Time that two devices both saw is counted once; a night that was
    spent awake (`sleepless`) is a night of 0 hours where nothing else of it is known.
    """
    by_day: dict[dt.date, list[list[Stretch]]] = {}
    for sleep in _joined(asleep):
        day = date_of(sleep[0][0], max(end for _, end in sleep))
        by_day.setdefault(day, []).append(sleep)
    nights = {day: _night(day, sleeps) for day, sleeps in by_day.items()}
    for sleep in _joined(sleepless):
        first, last = sleep[0][0], max(end for _, end in sleep)
        nights.setdefault(date_of(first, last), Night(date_of(first, last), 0.0, first, last))
    return tuple(nights[day] for day in sorted(nights))


def _joined(stretches: Iterable[Stretch]) -> list[list[Stretch]]:
    sleeps: list[list[Stretch]] = []
    until = None
    for start, end in sorted(stretches):
        near = until is not None and start - until <= APART
        if near and max(end, until or end) - sleeps[-1][0][0] <= _LONGEST_SLEEP:
            sleeps[-1].append((start, end))
            until = max(end, until or end)
        else:
            sleeps.append([(start, end)])
            until = end
    return sleeps


def _night(day: dt.date, sleeps: Sequence[Sequence[Stretch]]) -> Night:
    stretches = sorted(stretch for sleep in sleeps for stretch in sleep)
    hours = min(round(time_in(stretches) / dt.timedelta(hours=1), 2), 24.0)
    return Night(day, hours, stretches[0][0], max(end for _, end in stretches))


def time_in(stretches: Iterable[Stretch]) -> dt.timedelta:
    """How long some stretches are together, what they share counted once."""
    total = dt.timedelta(0)
    seen_until: dt.datetime | None = None
    for start, end in sorted(stretches):
        if seen_until is None or end > seen_until:
            total += end - (start if seen_until is None else max(start, seen_until))
            seen_until = end
    return total


def shared(one: Stretch, others: Iterable[Stretch]) -> dt.timedelta:
    """How much of one stretch others cover."""
    cut = [(max(one[0], start), min(one[1], end)) for start, end in others]
    return time_in((start, end) for start, end in cut if start < end)


def as_proposals(nights: Iterable[Night], source: str) -> tuple[Proposal, ...]:
    """One proposed `sleep` entry per night; the night's date is its row's name."""
    return tuple(
        Proposal(
            line=place,
            row_key=f"{night.day.isoformat()}/sleep",
            date=night.day,
            kind=Sleep.kind,
            version=Sleep.version,
            body=Sleep(
                hours=night.hours,
                started_at=night.started_at,
                ended_at=night.ended_at,
                source=source,
            ).to_json(),
        )
        for place, night in enumerate(nights, start=1)
    )
