"""One result, made once by whoever needs it first: another thread, or this one."""

from collections.abc import Callable
from concurrent.futures import Executor
from threading import Lock
from typing import Generic, TypeVar

ResultT = TypeVar("ResultT")


class Once(Generic[ResultT]):
    """The result of `make`, which the thread of `elsewhere` begins as soon as it is free."""

    def __init__(self, make: Callable[[], ResultT], elsewhere: Executor) -> None:
        self._make: Callable[[], ResultT] | None = make
        self._found: tuple[ResultT, ...] = ()
        self._guard = Lock()
        elsewhere.submit(self._begin)

    def result(self) -> ResultT:
        """What was made; waited for, or made here and now where nobody has begun."""
        with self._guard:
            if self._make is not None:
                self._found = (self._make(),)
                self._make = None
            return self._found[0]

    def _begin(self) -> None:
        if self._make is not None:
            self.result()
