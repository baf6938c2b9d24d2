"""Where each day of the tide calendar lies: its row and column, and what stands beside the rows."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from landward.report.figure.tide import Tide, TideDay
from landward.report.words import MONTHS

WIDTH = 354.0
"""A phone of 390 px less its margins."""
LEFT, GAP, DOSE = 34.0, 8.0, 46.0
SLIM_GAP, SLIM_DOSE = 2.0, 10.0
"""Beside days large enough for a finger, the dose is a slim strip and months stand in the cells."""
HEAD, FOOT = 20.0, 20.0
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


@dataclass(frozen=True, slots=True)
class Beside:
    """A word at the left of a row; the year below it is smaller."""

    row: int
    words: str
    small: bool = False
    """A year, a line below the month of its row."""


@dataclass(frozen=True, slots=True)
class Tap:
    """Rows that open something together: long enough for a thumb."""

    first_row: int
    rows: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid of one calendar, in the units of its figure."""

    columns: int
    rows: int
    pitch: float
    """From one row to the next."""
    left: float
    column: float
    """From one column to the next."""
    first: dt.date
    by_month: bool

    def place(self, day: dt.date) -> tuple[int, int]:
        """(row, column) of a day."""
        if self.by_month:
            months = (day.year - self.first.year) * 12 + day.month - self.first.month
            return months, day.day - 1
        monday = self.first - dt.timedelta(days=self.first.weekday())
        return divmod((day - monday).days, 7)

    def places(self, days: Sequence[TideDay]) -> Iterator[tuple[int, int]]:
        """(row, column) of days that follow each other without a gap."""
        if not days:
            return
        if not self.by_month:
            row, column = self.place(days[0].day)
            yield from (
                divmod(place, 7) for place in range(row * 7 + column, row * 7 + column + len(days))
            )
            return
        row, column = self.place(days[0].day)
        for one in days:
            if one.day.day == 1 and one is not days[0]:
                row, column = row + 1, 0
            yield row, column
            column += 1

    def x(self, column: float) -> float:
        """The left edge of a column."""
        return self.left + column * self.column

    def y(self, row: float) -> float:
        """The top of a row."""
        return HEAD + row * self.pitch

    def time_y(self, day: dt.date) -> float:
        """How far down a day begins, where time runs down within a row too: for the dose."""
        row, column = self.place(day)
        length = monthrange(day.year, day.month)[1] if self.by_month else 7
        return self.y(row + column / length)

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.y(self.rows)

    @property
    def right(self) -> float:
        """Where the last column ends."""
        return self.x(self.columns)


def grid_of(tide: Tide, tallest: float | None = None) -> Grid:
    """The grid a calendar is laid out on; its rows are lower where it may be `tallest` at most."""
    by_month = tide.layout == "months"
    columns = 31 if by_month else 7
    left = {"days": 0.0, "weeks": LEFT, "months": LEFT + 8}[tide.layout]
    room = WIDTH - left - (sum(dose_room(tide)) if tide.drawn_doses else 0)
    pitch = {"days": 51.0, "weeks": 12.0, "months": 12.0}[tide.layout]
    grid = Grid(columns, 0, pitch, left, room / columns, tide.first, by_month)
    rows = grid.place(tide.last)[0] + 1
    if tallest is not None:
        pitch = min(pitch, (tallest - HEAD - FOOT) / rows)
    return Grid(columns, rows, pitch, left, room / columns, tide.first, by_month)


def dose_room(tide: Tide) -> tuple[float, float]:
    """The gap before the doses, and how wide they are together."""
    return (SLIM_GAP, SLIM_DOSE) if tide.layout == "days" else (GAP, DOSE)


def beside(tide: Tide, grid: Grid) -> tuple[Beside, ...]:
    """Months at the left of the weeks, the year below each January; years where a row is a month.

    Two words never share a row: a word that would is left out, the first month's before others.
    """
    found: list[Beside] = []
    if tide.layout == "days":
        return ()
    if grid.by_month:
        januaries = range((13 - tide.first.month) % 12, grid.rows, 12)
        rows = [*([0] if not januaries or januaries[0] >= 2 else []), *januaries]
        return tuple(Beside(row, str((tide.first.year * 12 + tide.first.month - 1 + row) // 12))
                     for row in rows)  # fmt: skip
    # A month needs two rows, and a third for its year.
    months = [day.day for day in tide.days if day.day.day == 1]
    if tide.first.day != 1 and (not months or grid.place(months[0])[0] >= 2):
        months.insert(0, tide.first)
    for number, day in enumerate(months):
        row = grid.place(day)[0]
        found.append(Beside(row, MONTHS[day.month - 1]))
        after = grid.place(months[number + 1])[0] if number + 1 < len(months) else grid.rows
        if after - row >= 3 and (day.month == 1 or (number == 0 and len(months) > 6)):
            found.append(Beside(row, str(day.year), True))
    return tuple(found)


LEAST_ROWS = 4
"""Four rows of 12 px are what a thumb hits."""


def taps(tide: Tide, grid: Grid) -> tuple[Tap, ...]:
    """Months of the weeks, years of the months; a short first or last one joins its neighbour."""
    groups: list[list[dt.date]] = []
    rows: dict[int, dt.date] = {}
    for one, (row, _) in zip(tide.days, grid.places(tide.days), strict=True):
        rows.setdefault(row, one.day)
    marks: list[tuple[int, int]] = []
    for _, day in sorted(rows.items()):
        mark = (day.year, 0) if grid.by_month else (day.year, day.month)
        if marks and marks[-1] == mark:
            groups[-1].append(day)
        else:
            marks.append(mark)
            groups.append([day])
    while len(groups) > 1 and len(groups[0]) < LEAST_ROWS:
        groups[0:2] = [groups[0] + groups[1]]
    while len(groups) > 1 and len(groups[-1]) < LEAST_ROWS:
        groups[-2:] = [groups[-2] + groups[-1]]
    found, row = [], 0
    for number, group in enumerate(groups):
        after = groups[number + 1][0] if number + 1 < len(groups) else None
        last = after - dt.timedelta(days=1) if after else tide.last
        found.append(Tap(row, len(group), group[0], last))
        row += len(group)
    return tuple(found)
