"""Whose turn it is in the one thread that uses the vault, and how often somebody guessed wrong."""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

ResultT = TypeVar("ResultT")
FREE_TRIES = 3
URGENT_BEFORE = 50
"""How many urgent tasks may go before one that waited for its turn."""
LONGEST_WAIT_S = 60.0


class OneThread(ThreadPoolExecutor):
    """One thread. What is said to be `first` goes before everything that waits."""

    def __init__(self, name: str) -> None:
        super().__init__(max_workers=1, thread_name_prefix=name)
        self._urgent: deque[tuple[Callable[[], Any], Future[Any]]] = deque()
        self._open: set[Future[Any]] = set()

    @property
    def busy(self) -> bool:
        """Whether something runs or waits."""
        return bool(self._open)

    def submit(self, fn: Callable[..., ResultT], /, *args: Any, **kwargs: Any) -> Future[ResultT]:
        """Run it when its turn comes, after what became urgent meanwhile."""

        def in_turn() -> ResultT:
            self._do_urgent(URGENT_BEFORE)
            return fn(*args, **kwargs)

        return self._counted(super().submit(in_turn))

    def first(self, task: Callable[[], ResultT], *, of_all: bool = False) -> Future[ResultT]:
        """Run it before what only waits, a few such at a time so that none waits for ever; `of_all`
        as soon as what runs now has ended.
        """
        coming: Future[ResultT] = self._counted(Future())
        if of_all:
            self._urgent.appendleft((task, coming))
        else:
            self._urgent.append((task, coming))
        super().submit(self._do_urgent, 1)
        return coming

    def _counted(self, coming: Future[ResultT]) -> Future[ResultT]:
        self._open.add(coming)
        coming.add_done_callback(self._open.discard)
        return coming

    def _do_urgent(self, most: int) -> None:
        for _ in range(most):
            with suppress(IndexError):
                task, coming = self._urgent.popleft()
                if not coming.set_running_or_notify_cancel():
                    continue
                try:
                    coming.set_result(task())
                except BaseException as error:
                    coming.set_exception(error)
                continue
            return


class Tries:
    """Wrong passphrases of one side: this computer's browsers, or one paired phone."""

    def __init__(self) -> None:
        self.wrong = 0
        self.until_s = 0.0

    def seconds_to_wait(self) -> float:
        """How long until another may be tried."""
        return max(0.0, self.until_s - time.monotonic())

    def was_wrong(self) -> None:
        """After three wrong ones each next try has to wait, twice as long every time, up to a
        minute.
        """
        self.wrong += 1
        if self.wrong > FREE_TRIES:
            wait = min(LONGEST_WAIT_S, 2.0 ** (self.wrong - FREE_TRIES))
            self.until_s = time.monotonic() + wait
