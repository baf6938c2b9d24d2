"""The moment a task runs at: passed in, so that nothing inside reads a clock."""

import datetime as dt
from zoneinfo import ZoneInfo

from pydantic import Field

from landward.model.base import BadInput, Frozen
from landward.model.entries import UtcTime

DAY_STARTS_AT = dt.time(4, 0)
"""At two in the morning it is still yesterday evening, unless the person says otherwise."""


class Moment(Frozen):
    """An instant and the zone the person is in."""

    at: UtcTime
    zone: str = Field(min_length=1, max_length=64)

    @property
    def local(self) -> dt.datetime:
        """The wall clock where the person is."""
        return self.at.astimezone(ZoneInfo(self.zone))

    def today(self, day_starts_at: dt.time = DAY_STARTS_AT) -> dt.date:
        """The day an entry made now is about. The day turns at `day_starts_at`, by wall clock."""
        local = self.local
        return local.date() - dt.timedelta(days=local.time() < day_starts_at)

    def past_day(self, text: str | None) -> dt.date:
        """The day named, or today. Raises BadInput for what is no date or lies ahead."""
        if text is None:
            return self.today()
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            raise BadInput(f"“{text}” is not a date; write it like 2026-03-01") from None
        if day > self.local.date():
            raise BadInput(f"{day.isoformat()} lies ahead; a diary is about days that have been")
        return day
