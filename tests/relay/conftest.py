"""A relay served on this machine, in a thread; what its client and a bare line see."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from landward.relay.answering import Relay
from landward.relay.client import RelayClient
from landward.relay.limits import Limits, Rate
from landward.relay.meetings import Meetings
from landward.relay.serve import How, _listening, _settings
from landward.relay.site import create_app
from landward.relay.store import Store
from relay.making import new_store


@dataclass
class Served:
    port: int
    relay: Relay
    seconds: list[float]

    @property
    def store(self) -> Store:
        return self.relay.store

    def client(self) -> RelayClient:
        return RelayClient(f"http://127.0.0.1:{self.port}")


@contextmanager
def serving(folder: Path, how: How | None = None, of_address: int = 500) -> Iterator[Served]:
    seconds = [0.0]
    limits = Limits(lambda: seconds[0], b"salt", Rate(1, 200), Rate(1, of_address))
    relay = Relay(new_store(folder), limits, Meetings(lambda: seconds[0]))
    pages = {"index.html": b"<!doctype html>", "app.js": b"1", "icons/a.png": b"png"}
    listening = _listening("127.0.0.1", 0)
    server = uvicorn.Server(_settings(create_app(relay, pages=pages), how or How()))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.005)
    try:
        yield Served(listening.getsockname()[1], relay, seconds)
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "relay") as found:
        yield found
