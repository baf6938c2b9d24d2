"""What a person does, in a real browser: six taps while locked, drafts, hiding, nothing leaves."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Request
from tests.browser.app_live import (
    PASSPHRASE,
    PHONE,
    SIX_TAPS,
    browser,
    come_in,
    lock,
    served,
    start_mine,
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


def test_six_taps_from_locked_then_kill_then_unlock_finds_them_once(
    tmp_path: Path, chromium: Browser
) -> None:
    with served(tmp_path) as live:
        context = chromium.new_context(viewport=PHONE)
        page = come_in(context, live, "Start mine")
        start_mine(page)
        lock(page, live)
        page.goto(live.base + "/today")
        for tap in SIX_TAPS:  # six, the last of which saves
            page.locator(tap).click(force=True)
        page.get_by_role("heading", name="Saved. You can close this.").wait_for()
        assert len(list((live.path / "inbox").glob("*.sealed"))) == 2
        context.close()
    with served(tmp_path) as again:  # the program ended; another run, another session
        context = chromium.new_context(viewport=PHONE)
        page = context.new_page()
        page.goto(again.address)
        page.get_by_role("button", name="Open mine").click()
        for _ in range(2):
            page.goto(again.base + "/unlock?then=/today")
            if page.locator("#p").count():
                page.locator("#p").fill(PASSPHRASE)
                page.get_by_role("button", name="Unlock").click()
            assert page.get_by_text("6 of 10").count() == 1
        assert not list((again.path / "inbox").glob("*.sealed"))
        context.close()


def test_no_request_leaves_this_machine(tmp_path: Path, chromium: Browser) -> None:
    asked: list[str] = []
    complaints: list[str] = []

    def note(request: Request) -> None:
        asked.append(urlsplit(request.url).netloc or request.url[:40])

    with served(tmp_path) as live:
        context = chromium.new_context(viewport=PHONE)
        context.on("request", note)
        context.on("console", lambda line: line.type == "error" and complaints.append(line.text))
        page = come_in(context, live, "Look around")
        for path in ("/today", "/journey", "/journey?zoom=all", "/doses", "/report", "/settings",
                     "/help", "/serious", "/feelings", "/questions"):  # fmt: skip
            page.goto(live.base + path)
        context.close()
        assert set(asked) == {f"localhost:{live.port}"}
    assert not complaints  # neither the policy nor anything else complained


def test_a_half_finished_page_survives_a_closed_browser(tmp_path: Path, chromium: Browser) -> None:
    with served(tmp_path) as live:
        context = chromium.new_context(viewport=PHONE)
        page = come_in(context, live, "Start mine")
        start_mine(page)
        page.locator(SIX_TAPS[0]).click(force=True)
        page.get_by_text("More, if you want").click()
        with page.expect_request("**/draft"):
            page.get_by_label("A few words").fill("half a thought")
        kept = context.storage_state()
        stored = page.evaluate("() => localStorage.length + sessionStorage.length")
        assert stored == 0  # nothing readable is left in the browser's own storage
        context.close()

        again = chromium.new_context(viewport=PHONE, storage_state=kept)
        page = again.new_page()
        page.goto(live.base + "/today")
        assert page.locator(SIX_TAPS[0]).is_checked()
        assert page.get_by_label("A few words").input_value() == "half a thought"
        again.close()


def test_enter_in_a_text_field_never_records_a_dose(tmp_path: Path, chromium: Browser) -> None:
    with served(tmp_path) as live:
        context = chromium.new_context(viewport=PHONE)
        page = come_in(context, live, "Start mine")
        start_mine(page)
        page.locator(SIX_TAPS[0]).click(force=True)
        page.get_by_text("More, if you want").click()
        page.get_by_label("Tags").fill("walk")
        page.get_by_label("Tags").press("Enter")
        page.get_by_role("heading", name="Saved. You can close this.").wait_for()
        page.goto(live.base + "/today")
        assert page.get_by_text("Doses written").count() == 0
        assert page.locator("button[value=as_planned]").count() == 1  # still to be answered
        context.close()


def test_escape_twice_shows_an_empty_page(tmp_path: Path, chromium: Browser) -> None:
    with served(tmp_path) as live:
        context = chromium.new_context(viewport=PHONE)
        page = come_in(context, live, "Look around")
        page.keyboard.press("Escape")
        assert not page.url.endswith("/away")  # once is how a fold or a list is closed
        for _ in range(4):  # a busy machine may take longer than a second between two presses
            if page.url.endswith("/away"):
                break
            page.keyboard.press("Escape")
            page.wait_for_timeout(200)
        page.wait_for_url("**/away")
        assert page.title() == "Notes"
        assert "clonazepam" not in page.content()
        context.close()


def test_journey_zooms_in_place_and_opens_a_day(tmp_path: Path, chromium: Browser) -> None:
    with served(tmp_path) as live:
        context = chromium.new_context(viewport=PHONE)
        page = come_in(context, live, "Look around")
        page.get_by_role("link", name="A year", exact=True).click()
        page.wait_for_url("**zoom=1y")
        lanes = page.locator(".lane-row svg.fig")
        first, *others = [box["height"] for lane in lanes.all() if (box := lane.bounding_box())]
        assert others[0] == first > others[-1] > 40  # symptoms are lower than how hard and the dose
        month = page.locator(".tide a").last
        box = month.bounding_box()
        assert box is not None and min(box["height"], box["width"]) >= 44
        month.click()
        page.wait_for_url("**zoom=closer**")  # the month, its days large enough for a finger
        newest = page.locator(".tide a").last
        box = newest.bounding_box()
        assert box is not None and min(box["height"], box["width"]) >= 48
        day = dt.date.fromisoformat((newest.get_attribute("href") or "").rpartition("/")[2])
        assert (dt.date.today() - day).days <= 2  # before four in the morning it is still yesterday
        newest.click()
        assert page.get_by_role("heading", name=f"{day:%A}").is_visible()
        context.close()
