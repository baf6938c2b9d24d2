"""A block of the page: its name, its heading, what it is built from, how it looks, what it says
where it is empty.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar

from landward.model.said import Words
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Shape

ContentT = TypeVar("ContentT")
Side = Literal["wide", "left", "right"]


def never_written(scope: Scope) -> int:
    """For a block that shows whatever was recorded: where it is empty, nothing was."""
    return 0


class Filled(Protocol):
    """A page whose blocks are built."""

    @property
    def contents(self) -> Mapping[str, Any]:
        """Each block's content by its name."""


@dataclass(frozen=True)
class Block(Generic[ContentT]):
    """One block. Its content is a typed value; an empty one (None, no rows) is not shown.

    Paper and preview are both made from `show`. A new block is a file that ends in one of these,
    and its line in `all_blocks`.
    """

    name: str
    """What it is called where it is left out: one lower-case word."""
    title: str
    """Its heading, "" for none."""
    words: str
    """What it is called inside a sentence."""
    build: Callable[[Scope], ContentT]
    show: Callable[[ContentT, int], Shape]
    """The content as a shape, with at most so many rows: a full page asks for fewer."""
    nothing: ContentT
    """Its content where it was left out."""
    short: Callable[[ContentT], Shape] | None = None
    """Its first words alone: they stand on page one where there is no room for all of it, and the
    whole then stands on page two."""
    empty: Words = ""
    """Why it is empty where nothing was recorded, in about five words; "" needs no word."""
    few: Words = ""
    """Why it is empty where something was recorded, and too seldom to sum up."""
    written: Callable[[Scope], int] = never_written
    """How many answers there are that were too few for a line: they are not “not recorded”."""
    heading: Words = ""
    """Its heading where it is empty and has no title of its own."""
    side: Side = "wide"
    """Across the page, or in the left or right of two columns."""
    also: tuple[str, ...] = ()
    """Blocks that say the same thing in another way and are left out with it, by name."""
    fixed: bool = False
    """Whether it is on every page: nobody can leave it out."""

    def of(self, page: Filled) -> ContentT:
        """Its content on a page."""
        content: ContentT = page.contents.get(self.name, self.nothing)
        return content

    def why_empty(self, scope: Scope, content: object) -> Words:
        """Why it holds nothing: never recorded, or too seldom; "" where it holds something."""
        if content or not self.empty:
            return ""
        return self.few if self.few and self.written(scope) else self.empty
