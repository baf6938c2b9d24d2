"""What must stay in sight, and what must not come back into it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.app_live import PHONE, browser, come_in, lock, served, start_mine

SIZES = [((wide, 568), text) for wide in (320, 360) for text in ("100", "125", "150", "200")]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


def test_help_now_stays_in_sight_on_the_smallest_screen(tmp_path: Path, chromium: Browser) -> None:
    with served(tmp_path) as live:
        for size, text in SIZES:
            context = chromium.new_context(viewport={"width": size[0], "height": size[1]})
            page = come_in(context, live, "Look around")
            for path in ("/today", "/doses", "/settings", "/help", "closed"):
                if path == "closed":
                    context.clear_cookies()
                page.goto(live.base + path.replace("closed", "/today"))
                page.evaluate("text => document.documentElement.dataset.text = text", text)
                help_now = page.get_by_role("link", name="Help now").bounding_box()
                assert help_now is not None
                assert help_now["y"] >= 0, (path, size, text)
                assert help_now["y"] + help_now["height"] <= size[1] + 4, (path, size, text)
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= size[0], (path, size, text)
            context.close()


def test_the_supply_is_readable_on_the_smallest_screen(tmp_path: Path, chromium: Browser) -> None:
    with served(tmp_path) as live:
        context = chromium.new_context(viewport={"width": 320, "height": 568})
        page = come_in(context, live, "Look around")
        page.goto(live.base + "/doses")
        table = page.get_by_role("region", name="Taken, planned and prescribed")
        assert table.evaluate("box => box.scrollWidth <= box.clientWidth")
        context.close()


def test_a_page_the_browser_kept_is_asked_for_again(tmp_path: Path, chromium: Browser) -> None:
    with served(tmp_path) as live:
        context = chromium.new_context(viewport=PHONE)
        page = come_in(context, live, "Start mine")
        start_mine(page)
        page.goto(live.base + "/doses")
        assert "clonazepam" in page.locator("main").inner_text()
        lock(context.new_page(), live)
        # Chromium under test keeps no page whole; the event is what it would send on coming back.
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
        page.wait_for_url("**/unlock**")
        assert "clonazepam" not in page.content()
        context.close()
