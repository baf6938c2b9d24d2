"""What a block of the page looks like: a few shapes that paper and preview both know how to draw.

A block says its content in one of these; it never touches type or HTML. Every shape knows about how
many lines it takes, so that two columns can be kept even.
"""

from typing import Literal

from landward.model.base import Frozen
from landward.model.said import Words


class Column(Frozen):
    """A column of a table. `share` is its part of the free width; 0 is as wide as its words."""

    head: Words
    share: float = 0
    short: Words = ""
    """Its name beside a single cell, on a narrow screen; the head unless told."""
    right: bool = False
    """Whether it holds numbers, which stand under each other by their last digit."""
    picture: bool = False
    """Only a picture of what the next column says: left out where it cannot be drawn."""


class Strip(Frozen):
    """A value on its scale as a dot, and an earlier one as an open dot."""

    low: float
    high: float
    first: float | None
    now: float | None


class Cell(Frozen):
    """Words of a cell, some of them strong or soft."""

    words: Words = ""
    soft: Words = ""
    strong: bool = False
    strip: Strip | None = None


class Row(Frozen):
    """The cells of a row, and a soft line below all of them."""

    cells: tuple[Cell, ...]
    below: Words = ""


class Table(Frozen):
    """Rows under heads, with a note below."""

    kind: Literal["table"] = "table"
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Words = ""
    gap_pt: float = 10
    roomy: bool = False

    @property
    def lines(self) -> float:
        """About how many lines it takes."""
        return 2 + len(self.rows) + sum(bool(row.below) for row in self.rows) + bool(self.note)


class Lines(Frozen):
    """One thing a line."""

    kind: Literal["lines"] = "lines"
    said: tuple[Words, ...]

    @property
    def lines(self) -> float:
        """About how many lines it takes."""
        return 1 + len(self.said)


class BarPart(Frozen):
    """A share of the days. `shade` runs from 0 (easiest) to 1 (hardest); None is "no entry"."""

    words: Words
    days: int
    shade: float | None


class DaysBar(Frozen):
    """One bar: the days of one span, easiest part first, days without an entry last."""

    label: Words
    when: Words
    days: int
    parts: tuple[BarPart, ...]
    sentence: Words


class Bars(Frozen):
    """Shares of days as bars, each with its sentence."""

    kind: Literal["bars"] = "bars"
    bars: tuple[DaysBar, ...]

    @property
    def lines(self) -> float:
        """About how many lines it takes."""
        return 2 + 1.5 * len(self.bars)


class Facts(Frozen):
    """A paragraph of parts: what weighs most is strong, what is not known is soft."""

    kind: Literal["facts"] = "facts"
    strong: tuple[Words, ...] = ()
    plain: tuple[Words, ...] = ()
    soft: tuple[Words, ...] = ()

    @property
    def lines(self) -> float:
        """About how many lines it takes."""
        return 2


class Asking(Frozen):
    """The person's words, and boxes for whoever answers them."""

    kind: Literal["asking"] = "asking"
    words: Words = ""
    answers: tuple[Words, ...] = ()
    """What the reader may tick; none where there is nothing to decide."""

    @property
    def lines(self) -> float:
        """About how many lines it takes."""
        return 3


class Picture(Frozen):
    """A sentence and the picture it describes; whoever prints puts the picture in."""

    kind: Literal["picture"] = "picture"
    sentence: Words

    @property
    def lines(self) -> float:
        """About how many lines it takes."""
        return 12


Shape = Table | Lines | Bars | Facts | Asking | Picture


def row(*words: str) -> Row:
    """A row of plain words."""
    return Row(cells=tuple(Cell(words=text) for text in words))
