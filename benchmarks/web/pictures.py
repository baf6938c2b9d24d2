"""Pictures of every page for docs/img: phone and desktop, three themes; empty, one day, ten years.

Run by hand: `python benchmarks/web/pictures.py`. The dates in them are of the day they were taken.
"""

import io
import os
import shutil
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tests.browser.app_live import SIX_TAPS, come_in, served, start_mine

OUT = ROOT / "docs" / "img"
YESTERDAY = (date.today() - timedelta(days=1)).isoformat()
PAGES = (
    "/today", "/saved", "/journey", "/journey?zoom=all", "/journey/since", f"/day/{YESTERDAY}",
    "/journey/after", "/journey/course", "/doses", "/doses/take", "/report",
    "/feelings", "/questions", "/library", "/library/drug/clonazepam", "/serious", "/settings",
    "/help",
)  # fmt: skip
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
TALL = {"width": 390, "height": 1420}
"""A phone's width, tall enough for the whole calendar of fourteen months and its signs."""
GAP = 12


def shot(page: Page, height: int | None = None) -> Image.Image:
    """What is in the window, or the whole page cut to a height."""
    raw = page.screenshot(full_page=height is not None)
    image = Image.open(io.BytesIO(raw)).convert("RGB")
    return image.crop((0, 0, image.width, min(image.height, height))) if height else image


def sheet(images: list[Image.Image], across: int, name: str, width: int) -> None:
    """Pictures side by side, few colours, small files."""
    scaled = [i.resize((width, round(i.height * width / i.width))) for i in images]
    rows = [scaled[i : i + across] for i in range(0, len(scaled), across)]
    heights = [max(i.height for i in row) for row in rows]
    whole = Image.new(
        "RGB", (across * (width + GAP) - GAP, sum(heights) + GAP * (len(rows) - 1)), "#808080"
    )
    top = 0
    for row, height in zip(rows, heights, strict=True):
        for place, image in enumerate(row):
            whole.paste(image, (place * (width + GAP), top))
        top += height + GAP
    save(whole, name)


def save(image: Image.Image, name: str) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    image.quantize(96, method=Image.Quantize.MAXCOVERAGE).save(OUT / f"{name}.png", optimize=True)


def theme(page: Page, base: str, name: str) -> None:
    page.request.post(
        base + "/settings", form={"fields": "theme", "theme": name}, headers={"origin": base}
    )


def main() -> None:
    chrome = os.environ.get("CHROME") or shutil.which("chromium")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chrome, args=["--no-sandbox"])
        with served(Path(folder)) as live:

            def visit(context: BrowserContext, path: str) -> Page:
                page = context.pages[0]
                page.goto(live.base + path)
                return page

            context = browser.new_context(viewport=PHONE)
            page = come_in(context, live, "Look around")
            page.request.post(
                live.base + "/settings",
                form={"fields": "lag", "lag": "on"},
                headers={"origin": live.base},
            )
            for name in ("contrast", "paper", "dim"):
                theme(page, live.base, name)
                sheet([shot(visit(context, path)) for path in PAGES], 6, f"phone-{name}", 234)
                save(shot(visit(context, "/today")), f"today-{name}")
                page.set_viewport_size(TALL)
                save(shot(visit(context, "/journey?zoom=all")), f"journey-{name}")
                page.set_viewport_size(PHONE)
            page.set_viewport_size(DESKTOP)
            wide = [
                shot(visit(context, path))
                for path in ("/today", "/journey?zoom=all", "/report", "/help")
            ]
            sheet(wide, 2, "desktop-dim", 560)
            context.close()

            context = browser.new_context(viewport=PHONE)
            page = context.new_page()
            page.goto(live.address)
            first = [shot(page)]
            page.get_by_role("button", name="Start mine").click()
            first.append(shot(page))
            start_mine(page)
            first += [shot(visit(context, path)) for path in ("/today", "/journey", "/report")]
            page.goto(live.base + "/today")
            for tap in SIX_TAPS:
                page.locator(tap).click(force=True)
            first += [shot(page)]
            first += [shot(visit(context, path)) for path in ("/today", "/journey", "/doses")]
            page.goto(live.base + "/settings")
            page.get_by_role("button", name="Lock now").click()
            first += [shot(visit(context, path)) for path in ("/today", "/unlock")]
            sheet(first[:5], 5, "phone-empty", 234)
            sheet(first[5:], 6, "phone-one-day", 234)
            context.close()
        ten_years(browser, Path(folder))
        browser.close()


def ten_years(browser: object, folder: Path) -> None:
    """The same pages over ten years, on a phone and wide."""
    from landward.app.share.fictional import fictional_entries
    from landward.vault import Vault
    from landward.vault.cost import CHEAPEST
    from landward.web.http.diary_sessions import now

    own = folder / "ten"
    own.mkdir()
    words = "six grey geese over water"
    vault, _ = Vault.create(own / "mine.vault", words, now=now().at, cost=CHEAPEST)
    with vault:
        vault.append(fictional_entries(vault, now(), 3650))
    with served(own) as live:
        context = browser.new_context(viewport=PHONE)
        page = come_in(context, live, "Open mine")
        page.goto(live.base + "/unlock")
        page.locator("#p").fill(words)
        page.locator("button.main").first.click()
        views = []
        for path in ("/journey?zoom=all", "/journey?zoom=1y", "/today", "/doses"):
            page.goto(live.base + path)
            views.append(shot(page))
        sheet(views, 4, "phone-ten-years", 234)
        page.set_viewport_size(DESKTOP)
        page.goto(live.base + "/journey?zoom=all")
        page.set_viewport_size({"width": 1280, "height": 2150})
        page.goto(live.base + "/journey?zoom=all")
        save(shot(page).resize((853, 1433)), "desktop-ten-years")
        context.close()


if __name__ == "__main__":
    main()
