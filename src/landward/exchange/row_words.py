"""What is said about a cell of a CSV that could not be read, and the days a diary can be about."""

import datetime as dt

from landward.exchange.stamps import EARLIEST, LATEST
from landward.exchange.text_table import Row
from landward.model.said import phrase


def possible_day(day: dt.date, column: str) -> dt.date:
    """A day, where a diary can be about it. Raises ValueError for another."""
    if not EARLIEST <= day < LATEST:
        raise ValueError(
            phrase(
                "{column}: {day} is not a day this diary can be about",
                column=column,
                day=day.isoformat(),
            )
        )
    return day


def hint_of(text: str) -> str:
    """What may have happened to a cell that should hold a date, or nothing."""
    if len(text) == 5 and text.isdecimal() and 20_000 < int(text) < 80_000:
        return phrase(
            "; it looks like a spreadsheet's day number: show the column as a date and save again"
        )
    return "" if text else " " + phrase("(the cell is empty)")


def listed_names(names: Row, most: int = 12) -> str:
    """The first columns of a file, as they are called there."""
    shown = ", ".join(" ".join(name.split())[:40] for name in names[:most])
    return shown + (", …" if len(names) > most else "")
