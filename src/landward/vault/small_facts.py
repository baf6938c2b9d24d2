"""Small texts a vault keeps about itself inside its journal, by name."""

from typing import Protocol


class SmallFacts(Protocol):
    """Whatever keeps them: an unlocked vault."""

    def fact(self, name: str) -> str | None:
        """The text kept under this name, or None."""

    def remember(self, name: str, value: str | None) -> None:
        """Keep a text, durably, or (None) drop it."""
