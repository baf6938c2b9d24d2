"""The app on this machine and, by choice, for paired phones at home: one run, one loop."""

import asyncio
import socket
import webbrowser
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import uvicorn
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from landward.app.budget.worker import Worker
from landward.app.diary.warm_up import compile_readings
from landward.app.together.host import Dial
from landward.model.said import phrase
from landward.web.http.diary_sessions import AppState, DiarySession, now
from landward.web.http.forgetting import keep_freed_together
from landward.web.http.listening import listener
from landward.web.http.patience import HastyLoop, more_files
from landward.web.http.routing import Pages
from landward.web.http.security import local_hosts
from landward.web.http.server import MINE, free_socket, launch_address
from landward.web.http.sessions import SessionStore
from landward.web.http.site import create_app
from landward.web.network.home_network import (
    PORT,
    Home,
    code_picture,
    invitation,
    open_home,
    refuse_taken_port,
    serving,
)
from landward.web.network.lan import LanApp
from landward.web.network.pairing import Pairing


def serve_at_home(
    mine: Path,
    folder: Path,
    *,
    port: int | None = None,
    browser: bool = True,
    lan_address: str | None = None,
    lan_port: int = PORT,
    forget_phones: bool = False,
    say: Callable[[str], None] = print,
    dial: Dial | None = None,
) -> None:
    """Serve the app here and, over TLS, on this computer's private address, until stopped.

    `mine` is the person's own vault; `folder` keeps the home's certificates and its paired phones.
    Raises BadInput where there is no private address or a port is taken.
    """
    home = open_home(folder, now().at, address=lan_address, port=lan_port)
    refuse_taken_port(home)
    pairing = Pairing(folder / "phones.json")
    if forget_phones:
        say(
            phrase(
                "{forget_all} phones were forgotten; each has to be paired again.",
                forget_all=pairing.forget_all(),
            )
        )
    with closing(free_socket(port)) as listening:
        number = int(listening.getsockname()[1])
        room = DiarySession(MINE.name, mine, worker=Worker(compile_readings))
        doors, app_state = SessionStore(number), AppState([room], dial=dial)
        here = create_app(
            app_state,
            doors,
            (MINE,),
            hosts=local_hosts(number),
            more_routes=[Route("/phone", phone_page(app_state, doors, home, pairing))],
            load_ahead=True,
        )
        there = lan_app(home, pairing, app_state, doors)
        address = launch_address(number, doors)
        say(phrase("Landward is open at {address}", address=address))
        say(phrase("Paired phones in this network reach it too, at {url}", url=home.url))
        say(invitation(home, pairing.new_code()))
        say(
            phrase(
                "Another phone later: http://localhost:{number}/phone. Ctrl-C closes both.",
                number=number,
            )
        )
        if browser:
            webbrowser.open(address)
        with suppress(KeyboardInterrupt):  # Ctrl-C is how this ends
            more_files()
            keep_freed_together()
            with asyncio.Runner(loop_factory=HastyLoop) as runner:
                runner.run(_both(listener(here), listening, serving(there, home, now().at)))


def lan_app(home: Home, pairing: Pairing, app_state: AppState, doors: SessionStore) -> LanApp:
    """What phones reach: the pocket, and the app itself behind pairing."""
    room = app_state.rooms[MINE.name]

    def take_up() -> None:
        if room.diary is not None and not room.diary.vault.locked:
            room.diary.vault.drain()
            room.diary.refresh()

    async def received() -> None:
        await app_state.work(take_up)

    inner = create_app(app_state, doors, (MINE,), hosts=home.origins, schemes=("https",))
    return LanApp(home, pairing, room.path, inner, doors, clock=app_state.clock, received=received)


def phone_page(app_state: AppState, doors: SessionStore, home: Home, pairing: Pairing):  # type: ignore[no-untyped-def]  # a Starlette endpoint
    """The page on this machine that shows a fresh pairing code, to a session that was let in."""
    pages = Pages(app_state, doors)

    async def endpoint(request: Request) -> Response:
        context = await pages.context(request)
        if context is None or context.session is None:
            return RedirectResponse("/", 303)
        code = pairing.new_code()
        return context.page(
            "pair_phone.html",
            picture=code_picture(home, code),
            code=" ".join(code[i : i + 3] for i in range(0, len(code), 3)),
            url=home.url,
            fingerprint=home.authority.fingerprint,
            phones=pairing.phones,
        )

    return endpoint


async def _both(here: uvicorn.Config, listening: socket.socket, there: uvicorn.Config) -> None:
    """Run both servers until either is told to stop; then both stop."""
    servers = uvicorn.Server(here), uvicorn.Server(there)

    async def run(server: uvicorn.Server, sockets: list[socket.socket] | None) -> None:
        try:
            await server.serve(sockets)
        finally:
            for each in servers:
                each.should_exit = True

    await asyncio.gather(run(servers[0], [listening]), run(servers[1], None))
