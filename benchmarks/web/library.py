"""The library on a phone and on a desktop: pages, a search, the ledger, a medicine.

Run by hand: `python benchmarks/web/library.py [FOLDER]`. One picture: six pages and three
searches on a phone of 320 in the dim theme; another: front, page, ledger and medicine on
a desktop; and a page as it prints.
"""

import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).parent))
from pictures import GAP, shot, theme
from tests.browser.app_live import browser, come_in, served, start_mine

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1200, "height": 800}
PAGES = ("numbness-how-long", "why-slowly", "suicide", "alcohol", "sleep", "for-family")
ASKED = ("ran out of pills what now", "cant sleep at all anymore", "zzzz qqqq")
OUT = ROOT / "docs" / "people" / "pictures"


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    with (
        browser() as chromium,
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as live,
    ):
        context = chromium.new_context(viewport=PHONE)
        page = come_in(context, live, "Start mine")
        start_mine(page)
        theme(page, live.base, "dim")
        seen = []
        for key in PAGES:
            page.goto(f"{live.base}/library/article/{key}")
            seen.append(shot(page))
        for words in ASKED:
            page.goto(f"{live.base}/library")
            page.get_by_label("Ask in your own words").fill(words)
            page.get_by_role("button", name="Search").click()
            seen.append(shot(page))
        together(seen, 3, out / "library-phone.png")
        page.set_viewport_size(DESKTOP)
        theme(page, live.base, "paper")
        seen = []
        for path in ("library", "library/article/gut", "library/claims", "library/drug/diazepam"):
            page.goto(f"{live.base}/{path}")
            seen.append(shot(page))
        together(seen, 2, out / "library-desktop.png")
        page.goto(f"{live.base}/library/article/why-slowly")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 794, "height": 1123})
        together([shot(page)], 1, out / "library-printed.png")
        context.close()


def together(seen: list[Image.Image], across: int, path: Path) -> None:
    """Pictures side by side, row by row, at two thirds."""
    width, height = seen[0].size
    down = -(-len(seen) // across)
    whole = Image.new("RGB", (across * (width + GAP) - GAP, down * (height + GAP) - GAP), "#808080")
    for place, image in enumerate(seen):
        whole.paste(image, (place % across * (width + GAP), place // across * (height + GAP)))
    whole = whole.resize((whole.width * 2 // 3, whole.height * 2 // 3))
    whole.quantize(96, method=Image.Quantize.MAXCOVERAGE).save(path, optimize=True)
    print(path)


if __name__ == "__main__":
    main()
