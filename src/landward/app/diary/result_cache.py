"""What was computed from a diary, kept while it stays true; asked for by any thread, made once."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar

from landward.model.errors import Locked
from landward.model.said import phrase

ResultT = TypeVar("ResultT")
Stamp = Hashable
"""What must be unchanged for a result to stand."""
KEPT_STAMPS = 2
"""A page that is being made may still want what a newer one has replaced."""


class ResultCache:
    """Results by name, each with the stamp it was made at."""

    def __init__(self) -> None:
        self._made: dict[Hashable, dict[Stamp, Future[Any]]] = {}
        self._guard = Lock()
        self._closed = False

    def keep(self, name: Hashable, stamp: Stamp, make: Callable[[], ResultT]) -> ResultT:
        """The result of `make`, made once per stamp; whoever else asks meanwhile waits for it.

        A refusal is not kept. Raises Locked once the diary was closed.
        """
        with self._guard:
            if self._closed:
                raise Locked(phrase("the diary is locked"))
            kept = self._made.setdefault(name, {})
            found: Future[ResultT] | None = kept.get(stamp)
            if found is None:
                mine: Future[ResultT] = Future()
                kept[stamp] = mine
                for old in list(kept)[:-KEPT_STAMPS]:
                    del kept[old]
        if found is not None:
            return found.result()
        try:
            mine.set_result(make())
        except BaseException as error:
            with self._guard:
                kept.pop(stamp, None)
            mine.set_exception(error)
        return mine.result()

    def forget(self, stamp: Stamp) -> None:
        """Drop what was made at a stamp."""
        with self._guard:
            for name in [name for name, kept in self._made.items() if stamp in kept]:
                del self._made[name][stamp]
                if not self._made[name]:
                    del self._made[name]

    def clear(self) -> None:
        """Drop everything."""
        with self._guard:
            self._made.clear()

    def close(self) -> None:
        """Drop everything for good: the diary is locked."""
        self._closed = True
        self.clear()
