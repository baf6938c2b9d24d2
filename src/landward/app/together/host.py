"""What a device asks of a relay. Whoever starts the program hands one in; this room opens none."""

from collections.abc import Callable, Sequence
from typing import Protocol

from landward.app.phone.relay_host import Page
from landward.model.base import BadInput, LandwardError
from landward.model.said import counted, phrase

UNKNOWN, DIFFERS, GONE, FULL = "unknown", "differs", "gone", "full"
KEPT = frozenset({200, 201})
STATUS = {404: UNKNOWN, 409: DIFFERS, 410: GONE, 413: "size", 429: "slow-down", 507: FULL}


class HostRefused(LandwardError):
    """The relay, or the way to it, said no: a `code`, and words for the person."""

    def __init__(self, code: str, words: str, wait_s: int = 0) -> None:
        super().__init__(words)
        self.code, self.wait_s = code, wait_s


class HostRefusedInput(HostRefused, BadInput):
    """What the person gave cannot be used: a wrong code or address, a device that was removed."""


class PutAnswer(Protocol):
    """What became of one blob of several."""

    @property
    def blob(self) -> str:
        """Its id."""

    @property
    def status(self) -> int:
        """200 or 201 where it lies on the relay's disk, else why not."""


class Host(Protocol):
    """A relay, as a device sees it. Ids, tokens and hashes are hex; sending again is always safe.

    Every method raises HostRefused.
    """

    def join(self, code: str, shelf: str, read_hash: str, write_hash: str) -> None:
        """Make a shelf with an invitation."""

    def more(self, shelf: str, write: str, new: str, read_hash: str, write_hash: str) -> None:
        """Make another shelf under the same quota."""

    def put(self, shelf: str, write: str, blob: str, data: bytes) -> int:
        """Leave one blob; returns its number once it lies on the relay's disk."""

    def put_many(
        self, shelf: str, write: str, blobs: Sequence[tuple[str, bytes]]
    ) -> Sequence[PutAnswer]:
        """Leave several blobs; one answer each, in order."""

    def since(self, shelf: str, read: str, seq: int, most: int = 1024) -> Page:
        """What lies on a shelf after a number; the end is where no blob comes."""

    def delete(self, shelf: str, write: str, blob: str) -> None:
        """Remove one blob for good."""

    def delete_shelf(self, shelf: str, write: str) -> None:
        """Remove a shelf and all that lies on it."""

    def open_meeting(self, shelf: str, write: str, meeting: str) -> None:
        """Let two devices leave each other one message, for fifteen minutes."""

    def meet_put(self, meeting: str, side: str, data: bytes) -> None:
        """Leave the message of one side, "a" or "b"."""

    def meet_get(self, meeting: str, side: str) -> bytes | None:
        """The message one side left; None while there is none."""

    def close(self) -> None:
        """Hang up."""


Dial = Callable[[str], Host]
"""Makes a host of an address, without asking it anything yet."""

_INPUT = {
    UNKNOWN: phrase(
        "the relay does not know this: the code is wrong or was used, or this device was taken "
        "out; nothing was changed here"
    ),
    "not-https": phrase(
        "a relay's address begins with https:// (http:// only for this machine itself); nothing "
        "was sent"
    ),
    "untrusted": phrase(
        "the relay's certificate is not one this machine trusts; nothing was sent. Ask whoever "
        "runs it"
    ),
    "not-a-relay": phrase(
        "what answers at this address does not speak as a relay does; nothing was changed here"
    ),
    "version": phrase(
        "this relay speaks a newer or older version than this Landward: update the older of the "
        "two; nothing was changed here, and what is unsent waits"
    ),
}
_FAILED = {
    FULL: phrase(
        "the relay has no more room for this diary: ask whoever runs it; what is unsent waits "
        "here, and nothing is lost"
    ),
    "unreachable": phrase(
        "the relay did not answer, or the line broke off; what is unsent waits here, and nothing "
        "is lost. Try again later"
    ),
    "busy": phrase("the relay cannot write just now; what is unsent waits here. Try again later"),
    "slow-down": phrase("the relay asks to wait a little; what is unsent waits here"),
    DIFFERS: phrase(
        "the relay holds something else under the same number; what is unsent waits here"
    ),
    GONE: phrase("the relay took that away once and does not take it again"),
    "size": phrase("the relay does not take a piece of this size; what is unsent waits here"),
    "malformed": phrase("the relay could not read what was sent; what is unsent waits here"),
}


def refused(code: str, wait_s: int = 0) -> HostRefused:
    """A relay's refusal, in words: what a client raises in place of its bare code."""
    if code in _INPUT:
        return HostRefusedInput(code, _INPUT[code])
    words = _FAILED.get(code, _FAILED["unreachable"])
    if wait_s:
        words = counted(
            wait_s,
            "the relay asks to wait {count} second; what is unsent waits here",
            "the relay asks to wait {count} seconds; what is unsent waits here",
        )
    return HostRefused(code, words, wait_s)
