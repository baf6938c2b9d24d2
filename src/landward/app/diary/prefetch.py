"""One result made in another thread before anybody asks for it, and given up when it is not needed.

After a save the long reading begins by itself, so that Journey is ready by the time it is tapped.
It waits a moment first: the pages that follow a save at once go before it.
"""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from threading import Event
from typing import Generic, TypeVar

ResultT = TypeVar("ResultT")
PAUSE_S = 0.4


class _NotMade:
    """Stands for a result that was given up before it was begun."""


class Prefetch(Generic[ResultT]):
    """`make` in another thread, after a pause."""

    def __init__(
        self, make: Callable[[], ResultT], elsewhere: Executor, pause_s: float = PAUSE_S
    ) -> None:
        self._pause_over, self._unwanted = Event(), False
        self.coming: Future[ResultT | _NotMade] = elsewhere.submit(self._run, make, pause_s)

    def _run(self, make: Callable[[], ResultT], pause_s: float) -> ResultT | _NotMade:
        self._pause_over.wait(pause_s)
        return _NotMade() if self._unwanted else make()

    def hurry(self) -> None:
        """Somebody waits: leave the pause out."""
        self._pause_over.set()

    def give_up(self) -> None:
        """Do not begin any more. What runs already runs to its end and is forgotten."""
        self._unwanted = True
        self._pause_over.set()
        self.coming.cancel()

    def result(self, make: Callable[[], ResultT]) -> ResultT:
        """What was made; where it had not been begun, `make` makes it here and now."""
        if self.coming.cancel():
            return make()
        self.hurry()
        found = self.coming.result()
        return make() if isinstance(found, _NotMade) else found
