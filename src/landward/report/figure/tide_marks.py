"""The tide calendar as a picture: shades, lit edges, hatching, signs, and the dose as a step."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

from landward.report.figure.marks import Anchor, Box, Dot, Figure, Hatched, Link, Mark, Path, Words
from landward.report.figure.tide import Tide, TideDay, TideDose
from landward.report.figure.tide_grid import (
    FOOT,
    HEAD,
    WEEKDAYS,
    WIDTH,
    Grid,
    beside,
    dose_room,
    grid_of,
    taps,
)
from landward.report.words import date_words

Address = Callable[[dt.date, dt.date], str]
"""The address that enlarges the days from one to another, or opens one day."""


YEAR_DOWN = 21.0


def tide_figure(
    tide: Tide,
    *,
    enlarge: Address | None = None,
    label: Callable[[dt.date, dt.date], str] | None = None,
    tallest: float | None = None,
) -> Figure:
    """The calendar, from the oldest week at the top to the newest at the bottom.

    `enlarge` gives the address behind some days and `label` what a screen reader says of them;
    without them nothing can be tapped, as on paper, whose height `tallest` keeps to.
    """
    grid = grid_of(tide, tallest)
    marks = [*_head(tide, grid), *_beside(tide, grid)]
    for number, dose in enumerate(tide.drawn_doses):
        marks += _dose(tide, grid, dose, number)
    if tide.layout == "days":
        marks += _large(tide, grid, enlarge, label)
    else:
        marks += _cells(tide, grid)
        marks += _hatching(tide, grid)
        marks += _signs(tide, grid)
        marks += _edges(tide, grid, 0.0)
        marks += _own(tide, grid)
        if enlarge and label:
            marks += _taps(tide, grid, enlarge, label)
    height = grid.bottom + (FOOT if tide.drawn_doses else 2)
    if tide.right_to_left:
        marks = [_mirrored(mark) for mark in marks]
    return Figure(
        WIDTH, height, tuple(marks), tide.description, key="tide", hatch_gap=5.0,
        linked=enlarge is not None,
    )  # fmt: skip


def _head(tide: Tide, grid: Grid) -> Iterator[Mark]:
    if grid.by_month:
        # the words of a dose begin where 31 would end
        for day in (1, 10, 20) if tide.drawn_doses else (1, 10, 20, 31):
            yield Words("soft", grid.x(day - 0.5), HEAD - 7, str(day), "middle")
    else:
        for column, name in enumerate(WEEKDAYS):
            yield Words("soft", grid.x(column + 0.5), HEAD - 7, name, "middle")
    for number, dose in enumerate(tide.drawn_doses if tide.layout != "days" else ()):
        left, width = _dose_place(tide, grid, number)
        if len(tide.drawn_doses) == 1:
            yield Words("soft", left + width, HEAD - 7, dose.most_words, "end")
        else:
            yield Words("soft", left, HEAD - 7, dose.most_words)


def _beside(tide: Tide, grid: Grid) -> Iterator[Mark]:
    for word in beside(tide, grid):
        y = grid.y(word.row) + (YEAR_DOWN if word.small else 10)
        yield Words("soft small" if word.small else "soft", 0, y, word.words)


def _size(grid: Grid) -> tuple[float, float]:
    """The width and the height of a cell: a hair is left between neighbours."""
    gap = 1.2 if grid.columns == 7 else 0.8
    return grid.column - gap, grid.pitch - 1.2


def _cells(tide: Tide, grid: Grid) -> Iterator[Mark]:
    """All cells of one shade as one path: ten years are thousands of cells."""
    width, height = _size(grid)
    across = [f"M{grid.x(column):.1f} " for column in range(grid.columns)]
    down = [f"{grid.y(row):.1f}" for row in range(grid.rows)]
    by_shade: dict[int, list[str]] = {}
    for one, (row, column) in zip(tide.days, grid.places(tide.days), strict=True):
        if one.shade is not None:
            by_shade.setdefault(one.shade, []).append(across[column] + down[row])
    box = f"h{width:.1f}v{height:.1f}h-{width:.1f}z"
    for shade in sorted(by_shade):
        yield Path(f"cell shade{shade}", box.join((*by_shade[shade], "")))


def _hatching(tide: Tide, grid: Grid) -> Iterator[Mark]:
    """Lines over each run of one ground: dark on light, light on dark."""
    _, height = _size(grid)
    for row, run in _runs(tide, grid, "wave"):
        for shade, days in groupby(run, key=lambda one: one.shade):
            columns = [grid.place(one.day)[1] for one in days]
            role = "hatch" if shade is None else f"hatch{shade}"
            x = grid.x(columns[0])
            yield Hatched(role, x, grid.y(row), grid.x(columns[-1] + 1) - x - 1.2, height)


def _signs(tide: Tide, grid: Grid) -> Iterator[Mark]:
    """A dot for a day without an answer, a dash for one too unwell to log: never a shade."""
    width, height = _size(grid)
    dots, dashes = [], []
    for one in tide.days:
        if one.kind == "answered":
            continue
        row, column = grid.place(one.day)
        x, y = grid.x(column) + width / 2, grid.y(row) + height / 2
        if one.kind == "none":
            dots.append(f"M{x:.1f} {y:.1f}h.01")
        elif one.kind == "unwell":
            half = min(4.5, width / 3)
            dashes.append(f"M{x - half:.1f} {y:.1f}h{2 * half:.1f}")
    if dots:
        yield Path("sign-dots", "".join(dots))
    if dashes:
        yield Path("dash", "".join(dashes))


def _edges(tide: Tide, grid: Grid, radius: float) -> Iterator[Mark]:
    """One fine lit edge around the days of a window in one row."""
    width, height = _size(grid)
    for row, run in _runs(tide, grid, "window"):
        columns = [grid.place(one.day)[1] for one in run]
        left = grid.x(columns[0])
        wide = (len(columns) - 1) * grid.column + width
        yield from _lit(left, grid.y(row), wide, height, radius or 1.5)


def _lit(x: float, y: float, width: float, height: float, radius: float) -> tuple[Box, Box]:
    """A lit edge with the ground around it: without colour the edge alone is as grey as a day."""
    return (
        Box("around-lit", x, y, width, height, radius),
        Box("lit", x, y, width, height, radius),
    )


def _own(tide: Tide, grid: Grid) -> Iterator[Mark]:
    """A bookmark on the first day of each of the person's own labels in a row."""
    _, height = _size(grid)
    for state in ("window", "wave"):
        for row, run in _runs(tide, grid, state):
            for own, days in groupby(run, key=lambda one: one.own):
                if own:
                    column = grid.place(next(iter(days)).day)[1]
                    yield Box("own", grid.x(column) - 1, grid.y(row) - 1, 4, height + 2)


def _runs(tide: Tide, grid: Grid, state: str) -> Iterator[tuple[int, list[TideDay]]]:
    """Days of one state side by side in one row."""
    run: list[TideDay] = []
    before = (-1, -1)
    for one, (row, column) in zip(tide.days, grid.places(tide.days), strict=True):
        if one.state != state:
            continue
        if run and before != (row, column - 1):
            yield before[0], run
            run = []
        run.append(one)
        before = row, column
    if run:
        yield before[0], run


def _taps(
    tide: Tide, grid: Grid, enlarge: Address, label: Callable[[dt.date, dt.date], str]
) -> Iterator[Mark]:
    for tap in taps(tide, grid):
        room = Box("tap", 0, grid.y(tap.first_row), grid.right, tap.rows * grid.pitch)
        yield Link(enlarge(tap.first, tap.last), label(tap.first, tap.last), (room,))


def _large(
    tide: Tide,
    grid: Grid,
    enlarge: Address | None,
    label: Callable[[dt.date, dt.date], str] | None,
) -> Iterator[Mark]:
    """Days a finger can hit: the date small, the answer large, in ink that its ground carries."""
    width, height = grid.column - 2, grid.pitch - 2
    for one in tide.days:
        row, column = grid.place(one.day)
        x, y, middle = grid.x(column), grid.y(row), grid.x(column) + width / 2
        ink = "soft" if one.shade is None else f"ink{one.shade}"
        ground = "blank" if one.shade is None else f"cell shade{one.shade}"
        marks: list[Mark] = [Box("tap", x, y, grid.column, grid.pitch)]
        marks.append(Box(ground, x, y, width, height, 4))
        if one.state == "wave":
            role = "hatch" if one.shade is None else f"hatch{one.shade}"
            marks.append(Hatched(role, x, y + 1, width, 9))
            marks.append(Hatched(role, x, y + height - 10, width, 9))
        marks.append(Words(f"{ink} small", middle, y + 21, _date(one, tide), "middle"))
        if one.kind == "none":
            marks.append(Dot("sign", middle, y + 34, 1.6))
        elif one.kind == "unwell":
            marks.append(Box("sign", middle - 6, y + 33, 12, 2))
        else:
            marks.append(Words(f"{ink} figure", middle, y + 40, one.words, "middle"))
        if one.own:
            marks.append(Box("own", x - 1, y - 1, 5, height + 2))
        if enlarge and label:
            yield Link(enlarge(one.day, one.day), label(one.day, one.day), tuple(marks))
        else:
            yield from marks
    for row, run in _runs(tide, grid, "window"):
        columns = [grid.place(one.day)[1] for one in run]
        left = grid.x(columns[0])
        wide = (len(columns) - 1) * grid.column + width
        yield from _lit(left, grid.y(row), wide, height, 4)


def _date(one: TideDay, tide: Tide) -> str:
    """The day of the month; with the month on its first day and on the first one shown."""
    named = one.day.day == 1 or one.day == tide.first
    return date_words(one.day, year=False) if named else str(one.day.day)


def _dose_place(tide: Tide, grid: Grid, number: int) -> tuple[float, float]:
    """The left edge and the width of a drug's column."""
    gap, room = dose_room(tide)
    share = room / len(tide.drawn_doses)
    return grid.right + gap + number * share, share - (
        share / 6 if len(tide.drawn_doses) > 1 else 0
    )


def _dose(tide: Tide, grid: Grid, dose: TideDose, number: int) -> Iterator[Mark]:
    """A quiet filled step that runs down with the weeks. A gap in the record stays a gap."""
    left, width = _dose_place(tide, grid, number)
    most = max((mg for mg in dose.mg if mg is not None), default=0) or 1.0
    fills, edges = "", ""
    for first, last in _known(dose.mg):
        y = grid.time_y(tide.days[first].day)
        fills += f"M{left:.1f} {y:.1f}"
        edge = ""
        for place in range(first, last + 1):
            if place == first or dose.mg[place] != dose.mg[place - 1]:
                x = left + (dose.mg[place] or 0.0) / most * width
                edge += f"{'H' if edge else f'M{x:.1f} {y:.1f}'}{f'{x:.1f}' if edge else ''}"
                fills += f"H{x:.1f}"
            if place == last or dose.mg[place + 1] != dose.mg[place]:
                end = _end_y(tide, grid, place)
                edge += f"V{end:.1f}"
                fills += f"V{end:.1f}"
        fills += f"H{left:.1f}z"
        edges += edge
    if fills:
        yield Path("dose", fills)
        yield Path("dose-edge", edges)
    if dose.now_words and (number == 0 or len(tide.drawn_doses) == 1):
        yield Words("words", WIDTH, grid.bottom + 14, dose.now_words, "end")


def _end_y(tide: Tide, grid: Grid, place: int) -> float:
    """Where a day ends, which is where the next one begins."""
    if place + 1 < len(tide.days):
        return grid.time_y(tide.days[place + 1].day)
    return min(grid.bottom, grid.time_y(tide.days[place].day) + grid.pitch / 7)


def _mirrored(mark: Mark) -> Mark:
    """The same mark where one reads from right to left: sides change, time still runs down."""
    match mark:
        case Link():
            return replace(mark, marks=tuple(_mirrored(inner) for inner in mark.marks))
        case Box() | Hatched():
            return replace(mark, x=WIDTH - mark.x - mark.width)
        case Dot():
            return replace(mark, x=WIDTH - mark.x)
        case Words():
            return replace(mark, x=WIDTH - mark.x, anchor=_TURNED[mark.anchor], dx=-mark.dx)
        case Path():
            return replace(mark, d=_ACROSS.sub(_turned, mark.d))


_TURNED: dict[Anchor, Anchor] = {"start": "end", "end": "start", "middle": "middle"}
_ACROSS = re.compile(r"([MHh])(-?[\d.]+)")


def _turned(found: re.Match[str]) -> str:
    letter, x = found[1], float(found[2])
    return f"{letter}{-x if letter == 'h' else WIDTH - x:.2f}"


def _known(values: tuple[float | None, ...]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for place, value in enumerate(values):
        if value is None:
            continue
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
