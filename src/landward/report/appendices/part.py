"""One appendix: its name, what it is called, what it is built from, what keeps it away.

An appendix that tells what a block of page one tells is left out with that block: what a reader may
not see on the first page does not stand on the third.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from landward.model.base import Frozen
from landward.model.said import Words
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Lines, Nothing, Table
from landward.report.figure.tide import Tide


class CalendarDay(Frozen):
    """One day's cell: the answer or the letter of its absence, and the spell it lies in."""

    text: Words
    spell: Words = ""


class CalendarWeek(Frozen):
    """Seven cells from Monday on; empty cells lie outside the period."""

    monday: Words
    days: tuple[CalendarDay, ...]


class TideLeaf(Frozen):
    """The tide calendar. The words at the easy and the hard end of its ramp are `ends`."""

    kind: Literal["tide"] = "tide"
    what: Words
    tide: Tide
    ends: tuple[Words, Words]


class WeeksLeaf(Frozen):
    """Every day of the period, one row a week."""

    kind: Literal["weeks"] = "weeks"
    what: Words
    weeks: tuple[CalendarWeek, ...]
    legend: Words


class Leaf(Frozen):
    """One heading and what stands under it. `part` is the appendix it belongs to."""

    part: str
    title: Words
    shape: TideLeaf | WeeksLeaf | Table | Lines | Nothing


@dataclass(frozen=True)
class Part:
    """One appendix. A new one is a file that ends in one of these, and its line in `all_parts`."""

    name: str
    """What it is called where it is chosen: one lower-case word, or two with a dash."""
    words: str
    """What it is called inside a sentence."""
    build: Callable[[Scope], tuple[Leaf, ...]]
    tells: tuple[str, ...] = ()
    """The blocks of page one that tell the same: without one of them it is left out."""
    reads: bool = False
    """Whether it shows windows and waves as this program reads them."""
    own_words: bool = False
    """Whether it holds what the person wrote freely: only where that is allowed."""
    usual: bool = True
    """Whether “all pages behind it” means it too; else it has to be chosen by its name."""
