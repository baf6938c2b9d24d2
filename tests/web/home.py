"""A home network for tests: a vault, its LAN app, a server that can go away and come back."""

import asyncio
import datetime as dt
import ipaddress
import socket
import threading
import time
from pathlib import Path

import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from landward.app.diary.locked_view import LockedView, save_outside
from landward.app.diary.profile import Pin, PlannedDose
from landward.model.diary import fold
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.vault import Vault
from landward.vault.cost import CHEAPEST
from landward.web.http.sessions import SessionStore
from landward.web.network.authority import make_authority
from landward.web.network.home_network import Home, serving
from landward.web.network.lan import LanApp
from landward.web.network.pairing import Pairing

PASSPHRASE = "a quiet shore"
NAMED = LockedView(
    seen={
        "country": "GB",
        "card": "Clonazepam 1.5 mg\nDr Example 020 7946 0000 <b>",
    },
    pins=(
        Pin(item="insomnia", label="Insomnia"),
        Pin(item="inner_trembling", label="Inner trembling"),
    ),
    doses=(PlannedDose(drug="clonazepam", since=dt.date(2020, 1, 1), mg_per_day="1.50"),),
)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def new_vault(folder: Path, outside: LockedView = NAMED) -> Path:
    path = folder / "my.vault"
    vault, _ = Vault.create(path, PASSPHRASE, cost=CHEAPEST)
    vault.lock()
    save_outside(path, outside)
    return path


def entries(path: Path) -> tuple[Entry, ...]:
    """What the diary holds, once unlocked; it must also fold."""
    with Vault.open(path, PASSPHRASE) as vault:
        assert vault.notices == ()
        fold(vault.entries())
        return vault.entries()


async def inside(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands for the app itself."""
    await PlainTextResponse("the app")(scope, receive, send)


def losing(app: ASGIApp) -> ASGIApp:
    """The line breaks after the work was done and before the phone heard of it."""

    async def nowhere(message: Message) -> None:
        return

    async def lossy(scope: Scope, receive: Receive, send: Send) -> None:
        lost = scope["path"].endswith("/submit")
        await app(scope, receive, nowhere if lost else send)

    return lossy


class Server:
    """The LAN app at an address. `start` and `stop` as often as wanted; pairing survives."""

    def __init__(self, vault: Path, address: str = "127.0.0.1") -> None:
        with socket.socket() as probe:
            probe.bind((address, 0))
            port = probe.getsockname()[1]
        folder = vault.parent / "home"
        folder.mkdir(exist_ok=True)
        # Made by hand, so that tests may also stand on loopback, which no phone could reach.
        self.home = Home(
            ipaddress.ip_address(address), port, ("shore.local",), folder, make_authority(now())
        )
        self.vault = vault
        self.pairing = Pairing(folder / "phones.json")
        self.received = 0
        self.loses_answers = False
        self.doors = SessionStore(port)
        self._server: uvicorn.Server | None = None

    async def _count(self) -> None:
        self.received += 1

    @property
    def url(self) -> str:
        return self.home.url

    def app(self) -> LanApp:
        return LanApp(
            self.home,
            self.pairing,
            self.vault,
            inside,
            self.doors,
            clock=lambda: Moment(at=now(), zone="Europe/London"),
            received=self._count,
        )

    def start(self) -> "Server":
        app = losing(self.app()) if self.loses_answers else self.app()
        self._server = uvicorn.Server(serving(app, self.home, now()))
        self._thread = threading.Thread(target=self._run, args=(self._server,), daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.01)
        return self

    def _run(self, server: uvicorn.Server) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            await server.serve()

        asyncio.run(serve())

    def stop(self) -> None:
        """Gone from one moment to the next, as a computer whose lid was closed."""
        if self._server is None:
            return
        server, self._server = self._server, None

        def drop() -> None:
            server.should_exit = True
            for connection in tuple(server.server_state.connections):
                connection.transport.abort()  # http connections have one

        self._loop.call_soon_threadsafe(drop)
        self._thread.join(10)
        assert not self._thread.is_alive()
