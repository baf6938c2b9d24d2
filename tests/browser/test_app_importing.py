"""A file is brought in in a real browser: with and without scripts, at 320 px, nothing for axe."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.app_live import PHONE, Live, browser, come_in, served, start_mine
from tests.browser.test_app_access import SIDEWAYS, SMALL_TARGETS, violations

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests" / "scenarios" / "imports.json").read_text("utf-8"))
DAYLIO = next(case["content"] for case in CASES if case["name"] == "14 German moods")
TABLE = "Date;Anxiety;Sleep;Notes\n" + "".join(
    f"{day:02}.04.2025;{day % 5},5;7h 30m;a walk\n" for day in range(1, 13)
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


def keep(page: Page, name: str) -> None:
    """A picture for whoever asked for one."""
    if folder := os.environ.get("LANDWARD_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def choose(page: Page, live: Live, name: str, text: str) -> None:
    page.goto(live.base + "/import")
    data = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("#f").set_input_files(data)
    page.get_by_role("button", name="Look at it").click()


def looked_at(page: Page, name: str) -> list[str]:
    """What is wrong with the page, on a phone of 320 px too."""
    keep(page, f"{name}-phone")
    found = violations(page)
    page.set_viewport_size({"width": 320, "height": 640})
    if page.evaluate(SIDEWAYS) > 0:
        found.append("it scrolls sideways")
    found += page.evaluate(SMALL_TARGETS)
    page.set_viewport_size({"width": 1280, "height": 900})
    keep(page, f"{name}-desktop")
    page.set_viewport_size(PHONE)
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_file_is_chosen_looked_at_and_brought_in(
    tmp_path: Path, chromium: Browser, scripts: bool
) -> None:
    with served(tmp_path) as live:
        context = chromium.new_context(viewport=PHONE, java_script_enabled=True)
        page = come_in(context, live, "Start mine")
        start_mine(page)
        if not scripts:
            cookies = context.cookies()
            context.close()
            context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
            context.add_cookies(cookies)
            page = context.new_page()
        wrong = {}
        page.goto(live.base + "/import")
        if scripts:
            wrong["choose"] = looked_at(page, "1-choose")
        choose(page, live, "daylio_export.csv", DAYLIO)
        assert page.get_by_text("3 new").is_visible()
        if scripts:
            wrong["look"] = looked_at(page, "2-look")
        page.get_by_role("button", name="Bring it in").click()
        assert page.get_by_text("Brought in 3").is_visible()
        choose(page, live, "mine.csv", TABLE)
        page.locator("#r1").select_option("symptom")
        if scripts:
            wrong["columns"] = looked_at(page, "3-columns")
            assert not page.locator("#s2").is_visible(), "a scale is for a symptom"
        page.locator("#s1").select_option("0-10")
        page.get_by_role("button", name="Show what it would bring").click()
        assert page.get_by_text("could be day first or month first").is_visible()
        if scripts:
            wrong["asked"] = looked_at(page, "4-asked")
        page.locator("#q1").select_option("day first")
        page.get_by_role("button", name="Show what it would bring").click()
        assert page.get_by_text("36 new").is_visible()
        if scripts:
            wrong["table"] = looked_at(page, "5-table")
        page.get_by_role("button", name="Bring it in").click()
        assert page.get_by_text("Brought in 36").is_visible()
        context.close()
    assert not any(wrong.values()), json.dumps(wrong, indent=1)
