"""Everything the one-page report says, as one value: made by `page`, thinned by `leave_out`."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from landward.model.base import Frozen
from landward.model.said import Words, phrase
from landward.report.appendices.part import Leaf
from landward.report.blocks.all_blocks import BLOCKS, blocks_named
from landward.report.blocks.block import Block
from landward.report.blocks.completeness import Completeness
from landward.report.blocks.shape import Nothing, Shape

ALL_ROWS = 99


class Person(Frozen):
    """Who the page is about, as far as the person chose to say; empty lines are left to a pen."""

    name: Words = ""
    born: Words = ""


class ReportContext(Frozen):
    """Everything the page says. A block without content is left out."""

    title: Words
    person: Person
    reader: Words
    first_day: date
    last_day: date
    completeness: Completeness
    stops: tuple[Words, ...]
    """More than one planned day not taken, by drug: said before everything else, never left out."""
    contents: dict[str, Any]
    """The content of each block by its name; `Block.of` reads it with its type."""
    empty: Mapping[str, Words]
    """Why a block holds nothing, by its name: said in its place, in a few words."""
    medicine: bool
    """Whether a medicine is on record, whatever is shown of it."""
    appendix: tuple[Leaf, ...] = ()
    """The pages behind the first, as far as they were chosen and may be seen."""
    limits: Words = ""
    """Which days this reader may see, where that was kept for them."""
    left_out: tuple[Words, ...] = ()
    """Blocks that hold something and were left out by choice, by name; the page says which."""
    feelings_away: tuple[str, ...] = ()
    """Single feelings that were left out of those that are shown."""
    hidden: tuple[Words, ...] = ()
    """Every block that may not be shown, by name, whether or not it holds something here."""

    def shown(self, rows: int = ALL_ROWS) -> Iterator[tuple[Block[Any], Shape]]:
        """The blocks in order, each with its shape of at most so many rows.

        One that is empty says why; one left out by choice is not among them.
        """
        for block in BLOCKS.values():
            if content := block.of(self):
                yield block, block.show(content, rows)
            elif why := self.empty.get(block.name):
                yield block, Nothing(why=why)

    @property
    def left_out_words(self) -> tuple[str, ...]:
        """What was left out by choice, in words."""
        words = [block.words for block in blocks_named(self.left_out)]
        if self.feelings_away and "feelings" not in self.hidden:
            words.append(phrase("single feelings"))
        return tuple(words)


def away(names: Collection[str]) -> tuple[Block[Any], ...]:
    """The blocks of these names, with those that say the same in another way. Raises BadInput."""
    return blocks_named({*names, *(also for one in blocks_named(names) for also in one.also)})


def leave_out(context: ReportContext, names: Collection[str]) -> ReportContext:
    """The page without some of its blocks. It says which: a gap by choice is no gap in the diary.

    What says the same in another way goes with it: without the doses there is no strip of them.
    A block that was empty anyway is not named; the page says already that nothing was recorded.
    Raises BadInput for a name that is no block's, or one that is on every page.
    """
    out = away(names)
    gone = {block.name for block in out}
    kept = {name: it for name, it in context.contents.items() if name not in gone}
    empty = {name: why for name, why in context.empty.items() if name not in gone}
    named = tuple(block.name for block in out if block.of(context))
    hidden = tuple(block.name for block in out)
    return context.model_copy(
        update={"contents": kept, "empty": empty, "left_out": named, "hidden": hidden}
    )
