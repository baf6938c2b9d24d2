"""The page Together in Chromium: every state of it by axe, 320 px wide, with zoomed text."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.app.together.in_memory import NOW, MemoryBook, MemoryHost
from tests.browser.app_live import Live, browser, come_in, served, start_mine
from tests.browser.test_app_access import violations

from landward.app.together.pairing import ask_to_be_let_in

NARROW = {"width": 320, "height": 640}
ADDRESS = "https://relay.example"
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll(
    'main button, main a.button, main li a, main input:not([type=hidden]), main summary')]
  .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44 && !e.closest('label'))
  .map(e => e.outerHTML.slice(0, 120) + ' ' + e.getBoundingClientRect().height)"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    with served(tmp_path) as running:
        yield running


def test_every_state_of_the_page(live: Live, chromium: Browser, tmp_path: Path) -> None:
    relay = MemoryHost()
    relay.invite("7QKD-M2XA-0V9S-3RTB")
    live.house.dial = lambda _: relay
    page = come_in(chromium.new_context(viewport=NARROW), live, "Start mine")
    start_mine(page)
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        wrong = violations(page) + page.evaluate(SMALL)
        for size in ("100%", "200%"):
            page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            if page.evaluate(TOO_WIDE):
                wrong.append(f"wider than 320 px at {size}")
        page.screenshot(path=tmp_path / f"{state}.png", full_page=True)
        page.evaluate("document.documentElement.style.fontSize = ''")
        if wrong:
            found[state] = wrong

    page.goto(live.base + "/together")
    look("join")
    page.get_by_label("Address of the relay").fill(ADDRESS)
    page.get_by_label("Code", exact=True).fill("7QKD-M2XA-0V9S-3RTB")
    page.get_by_label("What your other devices call this one").fill("a desk by the window")
    page.get_by_role("button", name="Join").click()
    look("joined")
    page.get_by_role("button", name="Let another device in").click()
    look("code")
    code = code_on(page)
    ask_to_be_let_in(MemoryBook(), relay, ADDRESS, code, "the other old laptop", NOW)
    page.get_by_role("button", name="look now").click()
    look("words")
    page.get_by_role("button", name="They are the same").click()
    look("two devices")
    page.get_by_role("link", name="Take “the other old laptop” out").click()
    look("take out")
    page.goto(live.base + "/together?step=leave")
    look("leave")
    assert not found, json.dumps(found, indent=1)


def code_on(page: Page) -> str:
    """The code that is shown."""
    return next(t for t in page.locator("main strong").all_inner_texts() if t.count("-") == 6)
