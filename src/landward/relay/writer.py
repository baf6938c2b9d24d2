"""One thread that writes one file, and answers only what is on the disk.

Work that waits together is committed together: one write to the disk for many puts. Each piece of
work either changes all it says or raises before it changes anything (`shelves`), so the others of
its group do not suffer; where the disk itself refuses, all of the group are told so.
"""

import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from landward.relay.refused import BUSY, RelayRefused
from landward.relay.tables import opened

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
_Waiting = tuple[Callable[[sqlite3.Connection], object], "Future[object]"]

MOST_TOGETHER = 256
MOST_WAITING = 4096
"""Pieces of work that may wait for one file; more are told to come back."""


class Writer:
    """The one writer of a file within this process."""

    def __init__(self, path: Path) -> None:
        self._db = opened(path)
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._work, name=path.stem, daemon=True)
        self._thread.start()

    def submit(self, work: "Work[T]") -> "Future[T]":
        """Have `work` done with the connection, inside a transaction; the answer comes later.

        Its result, once it is there, lies on the disk.
        """
        future: Future[T] = Future()
        if self._closed.is_set() or self._waiting.qsize() >= MOST_WAITING:
            future.set_exception(RelayRefused(BUSY, 1))
        else:
            self._waiting.put((work, future))  # type: ignore[arg-type]  # the same T in both
        return future

    def close(self) -> None:
        """Do what waits, then stop."""
        if not self._closed.is_set():
            self._closed.set()
            self._waiting.put(None)
            self._thread.join()
            self._db.close()

    def _work(self) -> None:
        while (first := self._waiting.get()) is not None:
            group = [first]
            while len(group) < MOST_TOGETHER and not self._waiting.empty():
                following = self._waiting.get()
                if following is None:
                    self._waiting.put(None)
                    break
                group.append(following)
            self._together(group)

    def _together(self, group: list[_Waiting]) -> None:
        answers: list[tuple[Future[object], object]] = []
        try:
            self._db.execute("BEGIN IMMEDIATE")
            for work, future in group:
                try:
                    answers.append((future, work(self._db)))
                except RelayRefused as refused:
                    answers.append((future, refused))
            self._db.execute("COMMIT")
        except Exception as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            told = RelayRefused(BUSY, 5) if isinstance(error, sqlite3.Error) else error
            answers = [(future, told) for _, future in group]
        for future, answer in answers:
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)
