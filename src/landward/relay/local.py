"""A relay in this process, with the methods of `RelayClient` and no line between: for tests and
simulations.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeVar

from landward.relay import shelves
from landward.relay.meetings import Meetings
from landward.relay.refused import STATUS, RelayRefused
from landward.relay.shelves import Keys
from landward.relay.store import Store
from landward.relay.wire import (
    CLASSES,
    MEETING_BYTES,
    MOST_FRAMES,
    Frame,
    Page,
    PutAnswer,
    check_id,
    parcels,
)

T = TypeVar("T")


def answers_of(
    frames: Sequence[Frame], kept: Sequence[tuple[int, str]]
) -> tuple[PutAnswer, ...]:  # fmt: skip
    """What `shelves.put_many` said, as it goes over the wire."""
    status = {"": 201, "same": 200} | STATUS
    return tuple(
        PutAnswer(frame.blob, status[code], seq)
        for frame, (seq, code) in zip(frames, kept, strict=True)
    )


class LocalHost:
    """What a device asks of a relay, answered by a store directly."""

    classes = CLASSES
    meeting_bytes = MEETING_BYTES

    def __init__(
        self,
        store: Store,
        *,
        refusal: Callable[[str, int], Exception] = RelayRefused,
        clock: Callable[[], float] = time.monotonic,
        meetings: Meetings | None = None,
    ) -> None:
        self._store, self._refusal = store, refusal
        self._meetings = meetings or Meetings(clock)

    def close(self) -> None:
        """There is no line to hang up."""

    def _done(self, ask: "Callable[[], Future[T]]") -> T:
        return self._told(lambda: ask().result())

    def _told(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except RelayRefused as refused:
            raise self._refusal(refused.code, refused.wait_s) from None

    def join(self, code: str, shelf: str, read_hash: str, write_hash: str) -> None:
        """As `RelayClient.join`."""
        self._done(lambda: self._store.join(code, Keys(check_id(shelf), read_hash, write_hash)))

    def more(self, shelf: str, write: str, new: str, read_hash: str, write_hash: str) -> None:
        """As `RelayClient.more`."""
        keys = Keys(new, read_hash, write_hash)
        self._done(lambda: self._store.more(check_id(shelf), write, keys))

    def put(self, shelf: str, write: str, blob: str, data: bytes) -> int:
        """As `RelayClient.put`."""
        return self._done(
            lambda: self._store.put(check_id(shelf), write, Frame(0, check_id(blob), data))
        )[0]

    def put_many(
        self, shelf: str, write: str, blobs: Sequence[tuple[str, bytes]]
    ) -> tuple[PutAnswer, ...]:
        """As `RelayClient.put_many`."""
        answers: list[PutAnswer] = []
        for parcel in parcels(Frame(0, blob, data) for blob, data in blobs):
            kept = self._done(self._putting(shelf, write, parcel))
            answers += answers_of(parcel, kept)
        return tuple(answers)

    def _putting(
        self, shelf: str, write: str, parcel: tuple[Frame, ...]
    ) -> "Callable[[], Future[tuple[tuple[int, str], ...]]]":
        return lambda: self._store.put_many(check_id(shelf), write, parcel)

    def since(self, shelf: str, read: str, seq: int, most: int = MOST_FRAMES) -> Page:
        """As `RelayClient.since`."""
        return self._told(lambda: self._store.since(check_id(shelf), read, seq, most))

    def delete(self, shelf: str, write: str, blob: str) -> None:
        """As `RelayClient.delete`."""
        self._done(lambda: self._store.delete(check_id(shelf), write, check_id(blob)))

    def delete_shelf(self, shelf: str, write: str) -> None:
        """As `RelayClient.delete_shelf`."""
        self._done(lambda: self._store.delete_shelf(check_id(shelf), write))

    def open_meeting(self, shelf: str, write: str, meeting: str) -> None:
        """As `RelayClient.open_meeting`."""

        def opening() -> None:
            with self._store.reading(check_id(shelf)) as db:
                shelves.for_writing(db, shelf, write)
            self._meetings.open(shelf, check_id(meeting))

        self._told(opening)

    def meet_put(self, meeting: str, side: str, data: bytes) -> None:
        """As `RelayClient.meet_put`."""
        self._told(lambda: self._meetings.put(check_id(meeting), side, data))

    def meet_get(self, meeting: str, side: str) -> bytes | None:
        """As `RelayClient.meet_get`."""
        return self._told(lambda: self._meetings.get(check_id(meeting), side))
