"""A reading as a calendar of signs, one row a month: for a terminal and for plain text."""

import datetime as dt

from landward.model.base import Frozen
from landward.model.said import Words, joined
from landward.model.waves import State, WaveReading

SIGNS = {State.WINDOW: "○", State.USUAL: "·", State.WAVE: "▓", State.UNKNOWN: " "}
TOO_EARLY = "?"


class MonthRow(Frozen):
    """One month: its first day and one sign for each of its days, a space where nothing is."""

    month: dt.date
    signs: Words


def month_rows(reading: WaveReading, too_early: int) -> tuple[MonthRow, ...]:
    """One row for every month the reading touches. The newest days carry a question mark."""
    signs: dict[dt.date, str] = {}
    newest = len(reading.days) - too_early
    for position, day in enumerate(reading.days):
        sign = SIGNS[day.state]
        if position >= newest and day.severity is not None:
            sign = TOO_EARLY
        signs[reading.date_of(position)] = sign
    rows = []
    month = reading.date_of(0).replace(day=1)
    while month <= reading.date_of(len(reading.days) - 1):
        after = (month + dt.timedelta(days=32)).replace(day=1)
        days = [month + dt.timedelta(days=i) for i in range((after - month).days)]
        rows.append(MonthRow(month=month, signs=joined("", (signs.get(d, " ") for d in days))))
        month = after
    return tuple(rows)
