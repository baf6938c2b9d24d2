"""The blocks of the one-page report, in the order of the page. A new one is one more line here.

Preview and PDF, `--without` and the boxes that leave a block out, what was not recorded: all of it
is made from this list.
"""

from collections.abc import Collection, Mapping
from typing import Any

from landward.model.base import BadInput
from landward.model.registry import by_name
from landward.model.said import joined, phrase
from landward.report.blocks.asking import REQUEST
from landward.report.blocks.before_after import CHANGES
from landward.report.blocks.block import Block
from landward.report.blocks.days_bar import DAYS
from landward.report.blocks.emotional_range import FEELINGS
from landward.report.blocks.everyday import EVERYDAY
from landward.report.blocks.overview import CHART
from landward.report.blocks.safety_strip import SAFETY
from landward.report.blocks.symptoms import SYMPTOMS
from landward.report.blocks.takes import DOSES
from landward.report.blocks.whole_taper import TAPER

BLOCKS: Mapping[str, Block[Any]] = by_name(
    "report blocks",
    (REQUEST, SAFETY, DOSES, TAPER, CHART, CHANGES, SYMPTOMS, DAYS, FEELINGS, EVERYDAY),
    lambda block: block.name,
)
"""Every block by its name, in the order of the page."""

CHOSEN = tuple(block for block in BLOCKS.values() if not block.fixed)
"""Those that may be left out."""


FEELING = "feelings:"
"""Before the name of a single feeling that is left out: feelings:love."""


def parted(names: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Names of blocks, and single feelings, among the names of what is left out."""
    single = frozenset(n.removeprefix(FEELING) for n in names if n.startswith(FEELING))
    return frozenset(name for name in names if not name.startswith(FEELING)), single


def blocks_named(names: Collection[str]) -> tuple[Block[Any], ...]:
    """The blocks of these names, in the order of the page. Raises BadInput for another name."""
    for name in names:
        if name not in {block.name for block in CHOSEN}:
            raise BadInput(
                phrase(
                    "no part of the page is called “{name}”; these may be left out: ",
                    name=name[:40],
                )
                + joined(", ", (block.name for block in CHOSEN))
            )
    return tuple(block for block in CHOSEN if block.name in names)
