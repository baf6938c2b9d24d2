"""The moment a task runs at: passed in, so that nothing inside reads a clock."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from pydantic import Field

from landward.model.base import BadInput, Frozen
from landward.model.entries import UtcTime
from landward.model.said import phrase

DAY_STARTS_AT = dt.time(4, 0)
"""At two in the morning it is still yesterday evening, unless the person says otherwise."""

_DAYS_BACK = {"today": 0, "yesterday": 1}


_OFFSET = re.compile(r"UTC([+-])(\d{2}):(\d{2})", re.ASCII)


def zone_of(name: str) -> dt.tzinfo:
    """The zone of a name: one of the IANA's, or an offset like “UTC+05:30” where a machine knows no
    more. Raises ValueError, OSError or LookupError for any other.
    """
    found = _OFFSET.fullmatch(name)
    if found is None:
        return ZoneInfo(name)
    ahead = dt.timedelta(hours=int(found[2]), minutes=int(found[3]))
    return dt.timezone(-ahead if found[1] == "-" else ahead)


class Moment(Frozen):
    """An instant, the zone the person is in, and when their day turns."""

    at: UtcTime
    zone: str = Field(min_length=1, max_length=64)
    day_starts_at: dt.time = DAY_STARTS_AT

    def of_person(self, zone: str, day_starts_at: dt.time) -> "Moment":
        """The same instant for somebody in another zone ("" leaves it where it is), whose day turns
        at another time.
        """
        said = {"zone": zone or self.zone, "day_starts_at": day_starts_at}
        return self.model_copy(update=said)

    @property
    def local(self) -> dt.datetime:
        """The wall clock where the person is."""
        return self.at.astimezone(zone_of(self.zone))

    def today(self, day_starts_at: dt.time | None = None) -> dt.date:
        """The day an entry made now is about. The day turns at `day_starts_at`, by wall clock;
        when the person's own does unless told.
        """
        local = self.local
        turns_at = self.day_starts_at if day_starts_at is None else day_starts_at
        return local.date() - dt.timedelta(days=local.time() < turns_at)

    def past_day(self, text: str | None) -> dt.date:
        """The day named (a date, “today”, “yesterday”), or today. Raises BadInput for what is no
        date or lies ahead.
        """
        word = "today" if text is None else text.strip().lower()
        if word in _DAYS_BACK:
            return self.today() - dt.timedelta(days=_DAYS_BACK[word])
        assert text is not None
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            raise BadInput(
                phrase("“{text}” is not a date; write it like 2026-03-01, or yesterday", text=text)
            ) from None
        if day > self.local.date():
            raise BadInput(
                phrase(
                    "{day} lies ahead; a diary is about days that have been", day=day.isoformat()
                )
            )
        return day


_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)
MOST_CLOCKS = 8


def read_clocks(text: str) -> tuple[str, ...]:
    """Times of day from “8:00, 22.00” as HH:MM, in order, each once; () for nothing.

    Raises BadInput for words, since a reminder needs a clock, and for more than eight.
    """
    found = set()
    for part in re.split(r",|;|\band\b", text):
        if not part.strip():
            continue
        clock = _CLOCK.fullmatch(part.strip())
        if clock is None:
            shown = part.strip()[:40]
            raise BadInput(
                phrase("“{shown}” is not a time of day; write times like 08:00, 22:00", shown=shown)
            )
        found.add(f"{int(clock[1]):02}:{clock[2]}")
    if len(found) > MOST_CLOCKS:
        raise BadInput(
            phrase(
                "at most {most_clocks} times a day can be kept; this has {count}",
                most_clocks=MOST_CLOCKS,
                count=len(found),
            )
        )
    return tuple(sorted(found))
