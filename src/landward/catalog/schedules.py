"""Published schedules: the rows of `schedules.csv`, grouped by schedule."""

from functools import cache
from pathlib import Path

from landward.catalog.read import TABLES, read_rows
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.model.schedules import ScheduleStep


@cache
def schedules(folder: Path = TABLES) -> dict[str, tuple[ScheduleStep, ...]]:
    """Every published schedule by its name, its steps in order, step 0 first."""
    grouped: dict[str, list[ScheduleStep]] = {}
    for row in read_rows(folder, "schedules", ScheduleStep):
        if row.usable:
            grouped.setdefault(row.schedule, []).append(row)
    return {name: tuple(sorted(rows, key=lambda row: row.step)) for name, rows in grouped.items()}


def schedule(name: str, folder: Path = TABLES) -> tuple[ScheduleStep, ...]:
    """One schedule. Raises BadInput naming those there are."""
    known = schedules(folder)
    if name not in known:
        raise BadInput(
            phrase(
                "no published schedule is called “{name}”; there is {known}",
                name=name,
                known=", ".join(known),
            )
        )
    return known[name]
