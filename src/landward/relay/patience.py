"""How long a connection may take, and how many there may be. Nobody new is turned away for one
that asks for nothing: the connection that has been quiet the longest goes.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

QUIET_S = 20.0
"""From connecting to the first byte."""
ASK_S = 120.0
"""From the first byte of a request to the end of its answer: 4 MiB over a slow phone's line."""
MOST = 1000
MOST_OF_ONE = 64
"""Connections from one address that is neither this machine nor a proxy."""


class PatientProtocol(H11Protocol):
    """uvicorn's, with an end to its patience."""

    bounded = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody connected."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._clock: asyncio.TimerHandle | None = self.loop.call_later(QUIET_S, self.end)
        self._asking = False
        mine = self.client[0] if self.client else ""
        if self.bounded and not mine.startswith(("127.", "::1")):
            self._make_room([o for o in self._all() if o.client and o.client[0] == mine],
                            MOST_OF_ONE)  # fmt: skip
        self._make_room(self._all(), MOST)

    def data_received(self, data: bytes) -> None:
        """Part of a request; with its first byte the clock starts."""
        if not self._asking:
            self._asking = True
            self._wait(ASK_S)
        super().data_received(data)

    def on_response_complete(self) -> None:
        """Answered; uvicorn's own clock bounds what is quiet between two requests."""
        self._asking = False
        self._since = self.loop.time()
        self._stop()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever is gone is waited for no longer."""
        self._stop()
        super().connection_lost(exc)

    def end(self) -> None:
        """Close now, whatever the other side is doing."""
        self._stop()
        self.connections.discard(self)
        self.transport.abort()

    def _all(self) -> "list[PatientProtocol]":
        return [one for one in self.connections if isinstance(one, PatientProtocol)]

    def _make_room(self, them: "list[PatientProtocol]", most: int) -> None:
        if len(them) > most:
            idle = [one for one in them if one is not self and one._is_idle]
            min(idle, key=lambda one: one._since, default=self).end()

    @property
    def _is_idle(self) -> bool:
        cycle: Any = self.cycle
        return cycle is None or cycle.response_complete

    def _wait(self, seconds: float) -> None:
        self._stop()
        self._clock = self.loop.call_later(seconds, self.end)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None
