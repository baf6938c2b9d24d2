"""What a reading says: a sentence, then parts in shapes that terminal and page both draw."""

from landward.model.base import Frozen
from landward.model.said import Words
from landward.report.blocks.shape import Lines, Table


class Part(Frozen):
    """One part. A folded one is opened by whoever wants it; the terminal only counts it."""

    title: Words = ""
    shape: Table | Lines
    folded: bool = False

    @property
    def count(self) -> int:
        """How many things it holds."""
        return len(self.shape.rows if self.shape.kind == "table" else self.shape.said)


class Telling(Frozen):
    """A reading in words."""

    title: Words
    sentence: Words
    caution: Words = ""
    """What it does not say; beside the sentence on a page."""
    parts: tuple[Part, ...] = ()
    note: Words = ""
    """How to read the parts."""
