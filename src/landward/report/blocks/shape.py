"""What a block of the page looks like: a few shapes that paper and preview both know how to draw.

A block says its content in one of these; it never touches type or HTML. Every shape knows about how
many lines it takes, so that two columns can be kept even.
"""

from math import ceil
from typing import Literal

from landward.model.base import Frozen
from landward.model.said import Words

COLUMN_LETTERS = 56
"""About how many letters a line of half the page holds."""


class Column(Frozen):
    """A column of a table. `share` is its part of the free width; 0 is as wide as its words."""

    head: Words
    share: float = 0
    short: Words = ""
    """Its name beside a single cell, on a narrow screen; the head unless told."""
    right: bool = False
    """Whether it holds numbers, which stand under each other by their last digit."""


class Cell(Frozen):
    """Words of a cell, some of them strong or soft."""

    words: Words = ""
    soft: Words = ""
    strong: bool = False


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

    @property
    def lines(self) -> float:
        """About how many lines it takes."""
        return 2 + len(self.rows) + sum(bool(row.below) for row in self.rows) + bool(self.note)


class Lines(Frozen):
    """One thing a line; a longer one runs on below."""

    kind: Literal["lines"] = "lines"
    said: tuple[Words, ...]

    @property
    def lines(self) -> float:
        """About how many lines it takes in one of two columns."""
        return 1 + sum(ceil(len(one) / COLUMN_LETTERS) for one in self.said)


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
    key: str
    """Which of the page's pictures."""
    title: Words = ""
    """What it shows, in a few words: it stands where a heading does."""
    sentence: Words
    note: Words = ""
    """How it is read."""

    @property
    def lines(self) -> float:
        """About how many lines it takes."""
        return 12


class DoseLine(Frozen):
    """One drug: what is taken and the last change in large letters, the rest in small ones."""

    now: Words
    said: tuple[Words, ...]
    soft: Words = ""
    change: Words = ""
    """The percent of the last change; empty where there was none."""
    change_said: tuple[Words, ...] = ()


class Takes(Frozen):
    """What is taken now, drug by drug."""

    kind: Literal["takes"] = "takes"
    rows: tuple[DoseLine, ...]
    note: Words = ""

    @property
    def lines(self) -> float:
        """About how many lines it takes."""
        return 1 + 5 * len(self.rows) + bool(self.note)


class Nothing(Frozen):
    """Why a block is empty, in a few words."""

    kind: Literal["nothing"] = "nothing"
    why: Words

    @property
    def lines(self) -> float:
        """About how many lines it takes."""
        return 2


Shape = Table | Lines | Bars | Facts | Asking | Picture | Takes | Nothing


def row(*words: str) -> Row:
    """A row of plain words."""
    return Row(cells=tuple(Cell(words=text) for text in words))
