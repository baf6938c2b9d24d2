"""A relay's folder: its invitations, its shards, and what can be asked of them.

Whatever writes answers with a `Future` that is done once the bytes are on the disk; `LocalHost`
waits for it. Several processes may have one folder open: all that stands is in the files.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from landward.relay import invitations, shelves
from landward.relay.refused import MALFORMED, RelayRefused
from landward.relay.shelves import Keys
from landward.relay.tables import (
    FORMAT,
    INVITATIONS,
    LIST,
    SHARDS,
    SHELVES,
    opened,
    shard_name,
    shard_of,
)
from landward.relay.wire import Frame, Page
from landward.relay.writer import Work, Writer

T = TypeVar("T")
QUOTA = 64 << 20
"""Bytes an invitation may use if its operator said nothing else."""


class NotARelay(Exception):
    """The folder holds no relay that can be opened; `reason` is one of none, newer, broken."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def utc_day() -> date:
    """Today, everywhere the same."""
    return datetime.now(UTC).date()


def create(folder: Path, shards: int = SHARDS) -> None:
    """Make a relay's files in `folder` where there are none yet; nobody else may read them."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = os.umask(0o077)
    try:
        if not (folder / LIST).exists():
            for number in range(shards):
                opened(folder / shard_name(number), SHELVES).close()
            opened(folder / LIST, INVITATIONS).close()  # the last: with it the folder is a relay
    finally:
        os.umask(before)


def files_of(folder: Path) -> tuple[Path, ...]:
    """The shards of a relay's folder, in order. Raises NotARelay."""
    if not (folder / LIST).is_file():
        raise NotARelay("none")
    found = sorted(folder.glob("shelves-*.sqlite"))
    if not found or [p.name for p in found] != [shard_name(n) for n in range(len(found))]:
        raise NotARelay("broken")
    for path in (folder / LIST, *found):
        try:
            db = opened(path)
            version = db.execute("PRAGMA user_version").fetchone()[0]
            db.close()
        except sqlite3.Error:
            raise NotARelay("broken") from None
        if version != FORMAT:
            raise NotARelay("newer" if version > FORMAT else "broken")
    return tuple(found)


class _OfThread(threading.local):
    """The connections one thread reads with, by shard."""

    def __init__(self) -> None:
        self.files: dict[int, sqlite3.Connection] = {}


class Store:
    """One relay's folder, open. `today` gives the day that is noted of a put."""

    def __init__(self, folder: Path, today: Callable[[], date] = utc_day) -> None:
        self.folder, self._today = folder, today
        self.paths = files_of(folder)
        self._list = Writer(folder / LIST)
        self._shards = tuple(Writer(path) for path in self.paths)
        self._readers = _OfThread()
        self._opened: list[sqlite3.Connection] = []

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what waits, then close every file. Nobody may be reading."""
        for writer in (self._list, *self._shards):
            writer.close()
        for db in self._opened:
            db.close()
        self._opened.clear()

    def day(self) -> date:
        """Today."""
        return self._today()

    def today(self) -> str:
        """The day as it is noted."""
        return self._today().isoformat()

    def on_list(self, work: "Work[T]") -> "Future[T]":
        """Have something done with the list of invitations."""
        return self._list.submit(work)

    def on_shelf(self, shelf: str, work: "Work[T]") -> "Future[T]":
        """Have something done with the file that a shelf lies in."""
        return self._shards[shard_of(shelf, len(self._shards))].submit(work)

    def on_every(self, work: "Work[T]") -> "tuple[Future[T], ...]":
        """Have the same done with every shard."""
        return tuple(writer.submit(work) for writer in self._shards)

    @contextmanager
    def reading(self, shelf: str) -> Iterator[sqlite3.Connection]:
        """A connection of this thread to a shelf's file, which sees one state of it."""
        number = shard_of(shelf, len(self.paths))
        mine = self._readers.files
        if number not in mine:
            mine[number] = opened(self.paths[number])
            mine[number].execute("PRAGMA query_only = ON")
            self._opened.append(mine[number])
        mine[number].execute("BEGIN")
        try:
            yield mine[number]
        finally:
            mine[number].execute("ROLLBACK")

    def join(self, code: str, keys: Keys) -> "Future[None]":
        """Use an invitation: noted on the list first, then the shelf is made. Blocks for the first.

        A kill between the two is repaired by the same call again.
        """
        admitted = self.on_list(lambda db: invitations.use(db, code, keys)).result()
        today = self.today()
        return self.on_shelf(
            keys.shelf,
            lambda db: shelves.make(db, keys, admitted.number, admitted.quota, today),
        )

    def more(self, shelf: str, write: str, keys: Keys) -> "Future[None]":
        """Make a further shelf; its id begins as the first one's does (`wire.beside`)."""
        if keys.shelf[:2] != shelf[:2]:
            raise RelayRefused(MALFORMED)
        today = self.today()
        return self.on_shelf(shelf, lambda db: shelves.more(db, shelf, write, keys, today))

    def put(self, shelf: str, write: str, frame: Frame) -> "Future[tuple[int, bool]]":
        """Keep one blob: its number, and whether it is new."""
        today = self.today()
        return self.on_shelf(shelf, lambda db: shelves.put(db, shelf, write, frame, today))

    def put_many(
        self, shelf: str, write: str, frames: tuple[Frame, ...]
    ) -> "Future[tuple[tuple[int, str], ...]]":
        """Keep several blobs, one answer each."""
        today = self.today()
        return self.on_shelf(
            shelf, lambda db: shelves.put_many(db, shelf, write, frames, today)
        )  # fmt: skip

    def since(self, shelf: str, read: str, seq: int, most: int) -> Page:
        """What lies on a shelf after a number."""
        with self.reading(shelf) as db:
            return shelves.since(db, shelf, read, seq, most)

    def delete(self, shelf: str, write: str, blob: str) -> "Future[None]":
        """Remove one blob for good."""
        return self.on_shelf(shelf, lambda db: shelves.delete(db, shelf, write, blob))

    def delete_shelf(self, shelf: str, write: str) -> "Future[None]":
        """Remove a shelf and all on it."""
        return self.on_shelf(shelf, lambda db: shelves.delete_shelf(db, shelf, write))

    def invite(self, code: str, quota: int = QUOTA) -> int:
        """Keep a new invitation; its number."""
        today = self.today()
        return self.on_list(lambda db: invitations.invite(db, code, quota, today)).result()

    def remove(self, number: int) -> int | None:
        """Close an invitation and remove its shelves; how many, or None where there is no such."""
        known = self.on_list(lambda db: invitations.remove(db, number)).result()
        waiting = self.on_every(lambda db: shelves.remove_invitation(db, number))
        removed = sum(future.result() for future in waiting)
        return removed if known or removed else None
