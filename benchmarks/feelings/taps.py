"""Taps and seconds of saying a feeling, scripted in a browser 320 px wide, with a slow thumb.

`python benchmarks/feelings/taps.py`: the daily pair, all eight weekly statements, a glimmer.
"""

import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tests.browser.app_live import browser, come_in, served, start_mine

from landward.model.questions import WEEKLY

THUMB_S = 2.5
"""A slow thumb: the pause before each tap, as in `bench web`."""
SMALL = {"width": 320, "height": 568}


def timed(page: Page, address: str, taps: tuple[str, ...]) -> float:
    """Seconds from asking for the page until it says that it is saved."""
    began = time.perf_counter()
    page.goto(address)
    for tap in taps:
        time.sleep(THUMB_S)
        page.locator(tap).first.click(force=True)
    page.wait_for_url("**/saved**")
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    return time.perf_counter() - began


def main() -> None:
    """The lines of the table."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as live,
        browser() as opened,
    ):
        page = come_in(opened.new_context(viewport=SMALL), live, "Start mine")
        start_mine(page)
        page.goto(live.base + "/feelings")
        for item in WEEKLY:
            page.locator(f'[name=weekly][value="{item}"]').check(force=True)
        page.locator("form button.main").first.click(force=True)
        page.wait_for_url("**/feelings")
        pair = ('[name=pleasant][value="1"]', '[name=painful][value="2"]')
        saved = "form[data-draft] button[value=as_planned]"
        eight = tuple(f'[name={item}][value="2"]' for item in WEEKLY)
        runs = (
            ("daily pair: taps for both feelings", pair, "/today", saved, "≤ 2 taps"),
            ("all eight weekly statements", eight, "/feelings", "form button.main", "≤ 60 s"),
            ("a glimmer", ('button[value="warmth"]',), "/glimmer", "", "≤ 5 s"),
            ("a glimmer with its strength", ('button[value="warmth:1"]',), "/glimmer", "", "≤ 5 s"),
        )
        print(f"| at 320 px, {THUMB_S} s before each tap | taps | seconds, saving too | wanted |")
        print("| --- | --- | --- | --- |")
        for words, taps, path, save, wanted in runs:
            seconds = timed(page, live.base + path, (*taps, *((save,) if save else ())))
            print(f"| {words} | {len(taps)} | {seconds:.1f} | {wanted} |", flush=True)


if __name__ == "__main__":
    main()
