"""Six pages of the library on a phone, dim, and as they print; the ledger and the search.

Run by hand: `python benchmarks/web/library_pages.py FOLDER`. The paper is 794 by 1123 CSS pixels
(A4 at 96 to the inch), printed out of the dim theme, which is the hardest case.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tests.browser.app_live import PHONE, browser, come_in, served, start_mine

SIX = ("suicide", "why-slowly", "sleep", "told-apart", "alcohol", "numbness-how-long")
SHELVES = {"ledger": "/library/claims", "sure": "/library/sure", "library": "/library"}
ASKED = ("I cant go on like this", "grapefruit", "protracted", "alcohol", "half a tablet of Xanax")
PAPER = {"width": 794, "height": 1123}


def dim(page: Page, address: str) -> None:
    page.emulate_media(media="screen")
    page.set_viewport_size(PHONE)  # a plain dict of two numbers
    page.goto(address)
    page.evaluate("document.documentElement.dataset.theme = 'dim'")


def main() -> int:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    with browser() as opened, tempfile.TemporaryDirectory() as folder, served(Path(folder)) as live:
        page = come_in(opened.new_context(viewport=PHONE), live, "Start mine")
        start_mine(page)
        for key in SIX:
            dim(page, f"{live.base}/library/article/{key}")
            page.screenshot(path=out / f"{key}-dim.png", full_page=True)
            page.emulate_media(media="print")
            page.set_viewport_size(PAPER)
            page.screenshot(path=out / f"{key}-print.png", full_page=True)
        for name, path in SHELVES.items():
            dim(page, live.base + path)
            page.screenshot(path=out / f"{name}-dim.png")
        for number, words in enumerate(ASKED):
            dim(page, f"{live.base}/library")
            box = page.locator("input[name=words], input[type=search]").first
            box.fill(words)
            box.press("Enter")
            page.wait_for_load_state()
            page.evaluate("document.documentElement.dataset.theme = 'dim'")
            page.screenshot(path=out / f"search-{number}.png")
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
