"""What a phone's shelf asks of a relay. Whoever calls brings the line: `app` opens no socket."""

from collections.abc import Sequence
from typing import Protocol


class Frame(Protocol):
    """One blob as a relay gave it."""

    @property
    def seq(self) -> int:
        """Its number on its shelf, counted from 1."""

    @property
    def blob(self) -> str:
        """Its id, in hex."""

    @property
    def data(self) -> bytes:
        """Its sealed bytes."""


class Page(Protocol):
    """Some blobs of a shelf, in the order of their numbers."""

    @property
    def frames(self) -> Sequence[Frame]:
        """The blobs."""

    @property
    def last(self) -> int:
        """The highest number the shelf ever gave."""


class Host(Protocol):
    """One relay. Everything may be called again without harm; refusals are LandwardErrors."""

    def more(self, shelf: str, write: str, new: str, read_hash: str, write_hash: str) -> None:
        """Make a further shelf under the quota of `shelf`."""

    def put(self, shelf: str, write: str, blob: str, data: bytes) -> int:
        """Leave one blob; returns its number once it lies on the relay's disk."""

    def since(self, shelf: str, read: str, seq: int) -> Page:
        """What lies on a shelf after a number; none at the end."""

    def delete(self, shelf: str, write: str, blob: str) -> None:
        """Remove one blob for good."""

    def delete_shelf(self, shelf: str, write: str) -> None:
        """Remove a shelf and all that lies on it."""
