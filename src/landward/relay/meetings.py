"""Meetings: two devices leave each other one message each, within fifteen minutes. In memory only:
no time finer than a day is ever written down, and a relay that restarts has forgotten them.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from landward.relay.refused import BUSY, DIFFERS, SIZE, UNKNOWN, RelayRefused
from landward.relay.wire import MEETING_BYTES, MEETING_S

MOST_MEETINGS = 4096
MOST_OF_ONE = 4
"""Meetings that one shelf may have open at a time."""


@dataclass(slots=True)
class _Meeting:
    shelf: str
    until_s: float
    left: dict[str, bytes] = field(default_factory=dict)


class Meetings:
    """The meetings open now; `clock` gives seconds that only go forward."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._open: dict[str, _Meeting] = {}
        self._lock = threading.Lock()

    def open(self, shelf: str, meeting: str) -> None:
        """Open a meeting for a shelf; again is fine and gives it no more time.

        Raises RelayRefused: BUSY where there are too many, DIFFERS where another shelf has it.
        """
        with self._lock:
            self._forget()
            held = self._open.get(meeting)
            if held is not None:
                if held.shelf != shelf:
                    raise RelayRefused(DIFFERS)
                return
            own = sum(one.shelf == shelf for one in self._open.values())
            if own >= MOST_OF_ONE or len(self._open) >= MOST_MEETINGS:
                raise RelayRefused(BUSY, 60)
            self._open[meeting] = _Meeting(shelf, self._clock() + MEETING_S)

    def put(self, meeting: str, side: str, data: bytes) -> bool:
        """Leave a side's one message; whether it is new. Raises UNKNOWN, SIZE, DIFFERS."""
        if len(data) != MEETING_BYTES:
            raise RelayRefused(SIZE)
        with self._lock:
            left = self._held(meeting, side).left
            if side in left:
                if left[side] != data:
                    raise RelayRefused(DIFFERS)
                return False
            left[side] = data
            return True

    def get(self, meeting: str, side: str) -> bytes | None:
        """What a side left, None so far. Raises RelayRefused(UNKNOWN)."""
        with self._lock:
            return self._held(meeting, side).left.get(side)

    def _held(self, meeting: str, side: str) -> _Meeting:
        self._forget()
        held = self._open.get(meeting)
        if held is None or side not in ("a", "b"):
            raise RelayRefused(UNKNOWN)
        return held

    def _forget(self) -> None:
        now = self._clock()
        for meeting in [m for m, held in self._open.items() if held.until_s <= now]:
            del self._open[meeting]
