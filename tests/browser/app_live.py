"""The app served for real on loopback, and a Chromium that looks at it."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from landward.vault.cost import CHEAPEST
from landward.web.http.diary_sessions import AppState, DiarySession
from landward.web.http.security import local_hosts
from landward.web.http.server import free_socket, launch_address, ways_in
from landward.web.http.sessions import SessionStore
from landward.web.http.site import create_app

ROOT = Path(__file__).parents[2]
PASSPHRASE = "six grey geese over water"
FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--no-first-run", "--disable-sync",
    "--disable-component-update", "--disable-default-apps",
]  # fmt: skip
PATIENCE_MS = 120_000
"""On a loaded machine a page may take long; how long it takes is not what these tests are about."""
PHONE = {"width": 390, "height": 844}


@dataclass
class Live:
    """A running app."""

    port: int
    address: str
    house: AppState
    path: Path

    @property
    def base(self) -> str:
        return f"http://localhost:{self.port}"


@contextmanager
def served(folder: Path, port: int | None = None) -> Iterator[Live]:
    """The app with its three doors on a loopback port, until the block ends."""
    listening = free_socket(port)
    number = int(listening.getsockname()[1])
    doors = SessionStore(number)
    path = folder / "mine.vault"
    house = AppState([DiarySession("mine", path)])
    app = create_app(
        house, doors, ways_in(house, folder / "doors", ROOT / "examples"),
        hosts=local_hosts(number), cost=CHEAPEST,
    )  # fmt: skip
    config = uvicorn.Config(
        app, loop="asyncio", http="h11", ws="none", lifespan="on", access_log=False,
        log_level="warning", timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: server.run(sockets=[listening]), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield Live(number, launch_address(number, doors), house, path)
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


def chrome() -> str:
    """The Chromium the tests were given or found."""
    found = os.environ.get("CHROME") or shutil.which("chromium")
    assert found, "the browser tests need Chromium; `python3 run.py test` finds or installs one"
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chrome(), args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()


def come_in(context: BrowserContext, live: Live, door: str) -> Page:
    """Open the launch address and go through a door."""
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(live.address)
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name=door).click()
    return page


def start_mine(page: Page) -> None:
    """Fill Start in the way a person would."""
    page.locator("#p").fill(PASSPHRASE)
    page.locator("#p2").fill(PASSPHRASE)
    page.get_by_label("Medicine").fill("clonazepam")
    page.get_by_label("mg in a whole day").fill("1")
    page.get_by_label("First symptom").fill("Anxiety")
    page.get_by_label("Second symptom").fill("Light hurts")
    page.locator("[name=locked_page][value=named]").check(force=True)
    page.get_by_role("button", name="Start").click()
    page.get_by_role("link", name="I wrote them down").click()
    page.wait_for_url("**/today")  # whoever presses a key next presses it there


SIX_TAPS = (
    '[name=day_is][value="6"]', '[name="s:anxiety"][value="3"]',
    '[name="s:light_hurts"][value="2"]',
    '[name=pleasant][value="1"]', '[name=painful][value="2"]', "button[value=as_planned]",
)  # fmt: skip


def lock(page: Page, live: Live) -> None:
    """Lock as the person does."""
    page.goto(live.base + "/settings")
    page.get_by_role("button", name="Lock now").click()
