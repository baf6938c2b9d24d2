"""The readings of a diary, one line each: its name is its command, its page and its JSON.

Only words stand here, so that `landward --help` loads no reading. A reading itself is declared in
its own file of this room, as a `Reading`, and named here: command, `--json` and the page behind
Journey are made from it. Those with a command of their own, for options no other has, name that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from landward.model.registry import by_name
from landward.model.said import phrase

if TYPE_CHECKING:
    from landward.app.read.reading import Reading


@dataclass(frozen=True, slots=True)
class Card:
    """One reading in words."""

    name: str
    """The command, and the end of its page's address."""
    line: str
    """Its line of help."""
    link: str = ""
    """What Journey calls its page."""
    declared: str = ""
    """FILE:NAME of the `Reading` in this room; "" for one with a command and page of its own."""
    own_page: bool = False
    """Whether its page, under the same address, shows more than the reading in words."""


CARDS: Mapping[str, Card] = by_name(
    "readings",
    (
        Card("waves", phrase("Windows, waves and lasting changes, with gaps shown.")),
        Card("lag", phrase("What the diary says about symptoms after dose changes.")),
        Card(
            "feelings",
            phrase("How much feeling reached you, over time."),
            link=phrase("Feelings: what reached me, over time"),
            own_page=True,
            declared="feelings:OVER_TIME",
        ),
        Card(
            "course",
            phrase("When each symptom came, was hardest and eased."),
            link=phrase("How each symptom went"),
            declared="course:COURSE",
        ),
        Card(
            "helped",
            phrase("The day after a tag, next to days like it without."),
            link=phrase("The day after a tag or event"),
            declared="helped:HELPED",
        ),
    ),
    lambda card: card.name,
)
"""Every reading by its name."""

DECLARED = tuple(card for card in CARDS.values() if card.declared)
"""Those whose command and page are made from their declaration."""


def reading_of(card: Card) -> "Reading[Any]":
    """The reading itself, loaded now."""
    file, _, name = card.declared.partition(":")
    found: Reading[Any] = getattr(import_module(f"landward.app.read.{file}"), name)
    return found
