"""Correcting a dose of yesterday on a narrow phone, in three themes, as a person would do it.

Run by hand: `python benchmarks/web/putting_right.py [FILE.png]`. A fresh diary a theme: ten
milligrams written where one was meant, changed on the day's own page, and what the day says after.
"""

import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).parent))
from pictures import GAP, shot, theme
from tests.browser.app_live import browser, come_in, served, start_mine

NARROW = {"width": 320, "height": 640}
THEMES = ("dim", "paper", "contrast")
OUT = ROOT / "docs" / "people" / "pictures" / "putting-right.png"


def main() -> None:
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    rows = []
    with browser() as chromium:
        for name in THEMES:
            with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as live:
                context = chromium.new_context(viewport=NARROW)
                page = come_in(context, live, "Start mine")
                start_mine(page)
                theme(page, live.base, name)
                page.goto(f"{live.base}/day/{yesterday}")
                page.get_by_role("link", name="Write a dose for this day").click()
                write(page, "10")
                page.goto(f"{live.base}/day/{yesterday}")
                seen = [shot(page)]
                page.locator(".dose-line a").first.click()
                page.get_by_label("mg", exact=True).fill("1")
                seen.append(shot(page))
                page.get_by_role("button", name="Save the change").click()
                page.goto(f"{live.base}/day/{yesterday}")
                seen.append(shot(page))
                page.get_by_text("What this day said before").click()
                page.get_by_text("Nothing is lost").scroll_into_view_if_needed()
                seen.append(shot(page))
                rows.append(seen)
                context.close()
    width, height = rows[0][0].size
    across, down = len(rows[0]), len(rows)
    whole = Image.new("RGB", (across * (width + GAP) - GAP, down * (height + GAP) - GAP), "#808080")
    for y, row in enumerate(rows):
        for x, image in enumerate(row):
            whole.paste(image, (x * (width + GAP), y * (height + GAP)))
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    whole = whole.resize((whole.width * 2 // 3, whole.height * 2 // 3))
    whole.quantize(96, method=Image.Quantize.MAXCOVERAGE).save(out, optimize=True)
    print(out)


def write(page: object, mg: str) -> None:
    """Fill the day's form for one dose at nine in the evening."""
    page.get_by_label("mg", exact=True).fill(mg)
    page.get_by_label("Time").fill("21:00")
    page.locator("main button.main").first.click()
    page.wait_for_url("**/saved**")


if __name__ == "__main__":
    main()
