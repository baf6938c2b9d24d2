"""The pocket's phone: one browser for a module, a new home for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright
from tests.browser.phone import Phone, ready
from tests.web.home import Server, new_vault


@pytest.fixture(scope="module")
def playing() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(new_vault(tmp_path)).start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def handset(playing: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    made = Phone(playing, tmp_path_factory.mktemp("phone"))
    yield made
    made.kill()


@pytest.fixture
def phone(handset: Phone, server: Server) -> Phone:
    """A paired phone, standing on Today. Each server is another origin: nothing is left over."""
    handset.requests.clear()
    handset.page.goto(f"{server.url}pair#{server.pairing.new_code()}")
    handset.page.get_by_role("button", name="Pair this phone").click()
    ready(handset.page)
    handset.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return handset
