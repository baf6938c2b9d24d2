"""Serving: one process, one loop, one writer for each file."""

import asyncio
import logging
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn

from landward.relay.answering import Relay, place_of
from landward.relay.limits import OF_ADDRESS, OF_SHELF, Limits, Rate
from landward.relay.meetings import Meetings
from landward.relay.patience import PatientProtocol
from landward.relay.site import create_app
from landward.relay.store import Store

TURN_S = 0.0005
"""How long a thread of this process may hold the others up; Python's own 5 ms made puts wait."""


class CannotListen(Exception):
    """The address or port cannot be used here."""


class NoCertificate(Exception):
    """The certificate and key cannot be read, or do not fit each other."""


@dataclass(frozen=True)
class How:
    """How a relay is served. `certificate` is (chain, key); without it there is no TLS.

    `proxy` names the address whose word about who asks is taken, "" for nobody's.
    """

    host: str = "127.0.0.1"
    port: int = 8550
    certificate: tuple[Path, Path] | None = None
    proxy: str = ""
    keep_days: int = 0
    pages: Mapping[str, bytes] = field(default_factory=dict)
    of_shelf: Rate = OF_SHELF
    of_address: Rate = OF_ADDRESS


def serve(folder: Path, how: How, begun: Callable[[int], None] = lambda port: None) -> None:
    """Serve the relay in `folder` until SIGTERM or Ctrl-C; what was begun is finished first.

    Calls `begun` with the port once it listens. Raises CannotListen, NoCertificate, NotARelay.
    """
    sys.setswitchinterval(TURN_S)
    store = Store(folder)
    try:
        with _listening(how.host, how.port) as found:
            limits = Limits(time.monotonic, secrets.token_bytes(32), how.of_shelf, how.of_address)
            relay = Relay(store, limits, Meetings(time.monotonic))
            config = _settings(create_app(relay, keep_days=how.keep_days, pages=how.pages), how)
            try:
                config.load()
            except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
                raise NoCertificate from error
            server = _Quiet(config)
            with _told_to_stop(server):
                begun(int(found.getsockname()[1]))
                server.run(sockets=[found])
    finally:
        store.close()


class _Quiet(uvicorn.Server):
    """uvicorn's, telling of a fault that nobody waited for by its place alone."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        def told(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            print(place_of(context.get("exception") or RuntimeError()), file=sys.stderr)

        asyncio.get_running_loop().set_exception_handler(told)
        await super().startup(sockets)


@contextmanager
def _told_to_stop(server: uvicorn.Server) -> Iterator[None]:
    """SIGTERM and Ctrl-C end the serving and nothing else: uvicorn would raise them once more."""

    def stop(*_: object) -> None:
        server.should_exit = True

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


class _BehindProxy(PatientProtocol):
    bounded = False


def _settings(app: object, how: How) -> uvicorn.Config:
    chain, key = how.certificate or (None, None)
    return uvicorn.Config(
        app,  # type: ignore[arg-type]  # an ASGI app
        ssl_certfile=chain,
        ssl_keyfile=key,
        ssl_ciphers="ECDHE+AESGCM:ECDHE+CHACHA20",
        http=_BehindProxy if how.proxy else PatientProtocol,
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        log_level=logging.CRITICAL,
        server_header=False,
        date_header=False,
        proxy_headers=bool(how.proxy),
        forwarded_allow_ips=how.proxy or None,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=10,
    )


def _listening(host: str, port: int) -> socket.socket:
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio turns off Nagle's delay only then.
    found = socket.socket(kind, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(1024)
    except (OSError, OverflowError) as error:
        found.close()
        raise CannotListen from error
    found.setblocking(False)
    return found
