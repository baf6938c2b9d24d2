"""Something a page asked of a relay, in a thread of its own: no other page waits for a network.

One at a time for each diary. What a pairing needs between two pages lies here too, in memory only,
and goes when the diary is locked.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Thread

from landward.app.together.pairing import Newcomer, Offer, Request
from landward.model.base import BadInput
from landward.model.said import phrase


@dataclass(slots=True)
class Errand:
    """What one diary is about at its relay."""

    coming: Future[object] | None = None
    running: Future[object] | None = None
    offer: Offer | None = None
    newcomer: Newcomer | None = None
    request: Request | None = None

    def begin(self, do: Callable[[], object]) -> Future[object]:
        """Begin something; done when it ended, whatever came of it. Raises BadInput where another
        is still under way.
        """
        if self.running is not None and not self.running.done():
            raise BadInput(phrase("something is still under way with the relay: wait a moment"))
        future: Future[object] = Future()
        ended: Future[object] = Future()

        def run() -> None:
            try:
                future.set_result(do())
            except BaseException as error:
                future.set_exception(error)
            ended.set_result(None)

        self.running = self.coming = future
        Thread(target=run, name="relay", daemon=True).start()
        return ended

    def done(self) -> object:
        """What came of what was begun for this page; raises what it raised."""
        coming, self.coming = self.coming, None
        if coming is None:
            raise BadInput(phrase("something is still under way with the relay: wait a moment"))
        return coming.result()
