"""Stretches of sleep from a watch, a ring and a phone become one night each, counted once."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from landward.model.bodies import Sleep
from landward.model.proposals import Proposal

Stretch = tuple[dt.datetime, dt.datetime]
"""From, until: both with their offset from UTC."""

EVENING = dt.timedelta(hours=6)
"""A stretch whose middle lies after 18:00 belongs to the night that ends next morning."""
_EARLIEST, _LATEST = dt.date(1970, 1, 2), dt.date(2199, 12, 30)
LONGEST = dt.timedelta(hours=36)


class Night(NamedTuple):
    """The sleep of one night, dated by the morning it ended, naps of that day included."""

    day: dt.date
    hours: float
    started_at: dt.datetime
    ended_at: dt.datetime


def is_a_stretch(start: dt.datetime, end: dt.datetime) -> bool:
    """Whether this can be somebody sleeping: forward in time, under 36 hours, a real year."""
    return dt.timedelta(0) < end - start <= LONGEST and _EARLIEST <= end.date() <= _LATEST


def nights_of(stretches: Iterable[Stretch]) -> tuple[Night, ...]:
    """One night per day, by date. Time that two devices both saw is counted once."""
    by_day: dict[dt.date, list[Stretch]] = {}
    for start, end in stretches:
        middle = start + (end - start) / 2
        by_day.setdefault((middle + EVENING).date(), []).append((start, end))
    return tuple(_night(day, sorted(by_day[day])) for day in sorted(by_day))


def _night(day: dt.date, stretches: list[Stretch]) -> Night:
    asleep = dt.timedelta(0)
    seen_until = stretches[0][0]
    for start, end in stretches:
        if end > seen_until:
            asleep += end - max(start, seen_until)
            seen_until = end
    hours = min(round(asleep / dt.timedelta(hours=1), 2), 24.0)
    return Night(day, hours, stretches[0][0], max(end for _, end in stretches))


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
