"""Serving on this machine only: one address, one event loop, one thread for the vaults."""

import socket
import webbrowser
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import uvicorn
from starlette.routing import BaseRoute

from landward.app.budget.worker import Worker
from landward.app.diary.warm_up import compile_readings
from landward.app.together.host import Dial
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.web.http.diary_sessions import AppState, DiarySession
from landward.web.http.forgetting import keep_freed_together
from landward.web.http.listening import listener
from landward.web.http.patience import more_files
from landward.web.http.security import local_hosts
from landward.web.http.sessions import SessionStore
from landward.web.http.settling import take_short_turns
from landward.web.http.site import create_app
from landward.web.pages.demonstrations import (
    FICTIONAL,
    FICTIONAL_STILL,
    PUBLISHED,
    fictional_room,
    published_room,
    still_room,
)
from landward.web.pages.entering import DiaryChoice

MINE = DiaryChoice(
    "mine",
    phrase("Start mine"),
    phrase("A new diary, encrypted on this machine. Under two minutes."),
)


def free_socket(port: int | None) -> socket.socket:
    """A listening socket on loopback: the port asked for, else any free one. Raises BadInput."""
    # The protocol is named because asyncio turns off Nagle's delay (40 ms a page) only then.
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(("127.0.0.1", port or 0))
    except (OSError, OverflowError) as error:
        found.close()
        raise BadInput(
            phrase(
                "port {port} cannot be used here; leave --port out to take a free one", port=port
            )
        ) from error
    found.listen(64)
    found.setblocking(False)
    return found


def serve(
    mine: Path,
    *,
    port: int | None = None,
    browser: bool = True,
    demonstrations: Path | None = None,
    examples: Path | None = None,
    say: Callable[[str], None] = print,
    more_routes: Iterable[BaseRoute] = (),
    dial: Dial | None = None,
) -> None:
    """Serve the app on this machine until it is stopped; prints its launch address.

    `mine` is where the person's own vault is or will be. With `demonstrations` (a folder for their
    vaults) there are three doors: Start mine, Look around, and, where `examples` holds one, A
    published diary. `dial` makes a line to a relay for a diary that joins one. Raises BadInput
    where the port is taken.
    """
    with closing(free_socket(port)) as listening:
        number = int(listening.getsockname()[1])
        doors = SessionStore(number)
        room = DiarySession("mine", mine, worker=Worker(compile_readings))
        app_state = AppState([room], dial=dial)
        app = create_app(
            app_state,
            doors,
            ways_in(app_state, demonstrations, examples),
            hosts=local_hosts(number),
            more_routes=more_routes,
            load_ahead=True,
        )
        address = launch_address(number, doors)
        say(phrase("Landward is open at {address}", address=address))
        say(phrase("Only this machine can reach it. Ctrl-C closes it."))
        if browser:
            webbrowser.open(address)
        run(app, listening)


def launch_address(port: int, doors: SessionStore) -> str:
    """The address that lets a browser in, for as long as this run lasts."""
    return f"http://localhost:{port}/open?token={doors.launch_token}"


def ways_in(
    app_state: AppState, demonstrations: Path | None, examples: Path | None
) -> tuple[DiaryChoice, ...]:
    """The doors of this run."""
    doors = [MINE]
    if demonstrations is not None:
        folder = demonstrations
        doors.append(
            DiaryChoice(*FICTIONAL, make=lambda: fictional_room(folder, app_state.clock()))
        )
        doors.append(
            DiaryChoice(*FICTIONAL_STILL, make=lambda: still_room(folder, app_state.clock()))
        )
        if examples is not None:
            source = examples
            doors.append(
                DiaryChoice(
                    *PUBLISHED, make=lambda: published_room(source, folder, app_state.clock())
                )
            )
    return tuple(doors)


def run(app: object, listening: socket.socket) -> None:
    """One uvicorn, one event loop."""
    more_files()
    keep_freed_together()
    take_short_turns()
    uvicorn.Server(listener(app)).run(sockets=[listening])
