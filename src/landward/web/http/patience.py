"""How long a connection may take to ask, and how many one address may hold.

uvicorn bounds what is idle between two requests (its own setting); a request that is never sent to
its end, and connections that never begin one, it waits for without end. Nobody new is ever turned
away for them: the connection that has asked for nothing the longest goes.
"""

import asyncio
import ipaddress
import ssl
import sys
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

ASK_S = 10.0
"""From connecting, or from the first byte, to the end of a request. A form is at most 256 KB."""
HANDSHAKE_S = 5.0
MOST_OF_ONE = 32
"""Connections from one other machine; browsers use six."""
MOST = 256
"""All of them, this machine's too: it shares one address with every program on it."""

if sys.platform == "win32":
    _Loop = asyncio.ProactorEventLoop
else:
    _Loop = asyncio.SelectorEventLoop


class HastyLoop(_Loop):
    """An event loop whose servers wait five seconds for a TLS handshake, not sixty."""

    async def create_server(self, *args: Any, **kwargs: Any) -> Any:
        """As asyncio's, in a hurry."""
        if isinstance(kwargs.get("ssl"), ssl.SSLContext):
            kwargs.setdefault("ssl_handshake_timeout", HANDSHAKE_S)
        return await super().create_server(*args, **kwargs)


def more_files() -> None:
    """Let this process hold as many connections as it may: a thousand bare ones are no wall."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 8192 if hard == resource.RLIM_INFINITY else min(8192, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class PatientProtocol(H11Protocol):
    """uvicorn's, with an end to its patience."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # asyncio gives this kind
        """Somebody connected. Where there are too many, whoever asked for nothing longest goes."""
        self._ask: asyncio.TimerHandle | None = None
        self._since = self.loop.time()
        super().connection_made(transport)
        self._expect()
        host = self.client[0] if self.client else ""
        if _is_elsewhere(host):
            self._make_room([one for one in self._all() if one.client and one.client[0] == host],
                            MOST_OF_ONE)  # fmt: skip
        self._make_room(self._all(), MOST)

    def data_received(self, data: bytes) -> None:
        """Part of a request. Only all of it stops the clock."""
        super().data_received(data)
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            self._stop()
        elif self._ask is None:
            self._expect()

    def on_response_complete(self) -> None:
        """Answered; perhaps the beginning of the next request lies here already."""
        super().on_response_complete()
        self._since = self.loop.time()
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0] and self._ask is None:
            self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever is gone is waited for no longer."""
        self._stop()
        super().connection_lost(exc)

    @property
    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _all(self) -> list["PatientProtocol"]:
        return [one for one in self.connections if isinstance(one, PatientProtocol)]

    def _make_room(self, them: list["PatientProtocol"], most: int) -> None:
        if len(them) <= most:
            return
        idle = [one for one in them if one is not self and not one._is_answering]
        if idle:
            min(idle, key=lambda one: one._since).end()
        else:
            self.end()

    def _expect(self) -> None:
        self._since = self.loop.time()
        self._ask = self.loop.call_later(ASK_S, self.end)

    def _stop(self) -> None:
        if self._ask is not None:
            self._ask.cancel()
            self._ask = None

    def end(self) -> None:
        """Close now, whatever the other side is doing."""
        self._stop()
        self.connections.discard(self)
        self.transport.abort()


def _is_elsewhere(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host.split("%", maxsplit=1)[0]).is_loopback
    except ValueError:
        return False
