"""Bringing in a file on a narrow phone and on a desktop, in three themes, as a person would do it.

Run by hand: `python benchmarks/web/bringing_in.py [FOLDER]`. A file being chosen, one that is known
with lines that differ and are refused, a table being mapped, what it would bring, and a long file
on its way.
"""

import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from threading import Event

from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).parent))
from pictures import GAP, shot, theme
from tests.browser.app_live import Live, browser, come_in, served, start_mine

from landward.app.transfer import chosen_file

SIZES = {"phone": {"width": 320, "height": 640}, "desktop": {"width": 1100, "height": 800}}
THEMES = ("paper", "contrast", "dim")
OUT = ROOT / "docs" / "people" / "pictures"
FIRST = date.today() - timedelta(days=20)
MOODS = ("gut", "lausig", "ok")
HEAD = "full_date,date,weekday,time,mood,activities,note_title,note\n"


def daylio(moods: tuple[str, ...]) -> str:
    days = [FIRST + timedelta(days=n) for n in range(6)]
    rows = [f'{day},x,y,20:{n:02},{moods[n % 3]},"walk | tea",,"A note, quite short"\n'
            for n, day in enumerate(days)]  # fmt: skip
    return HEAD + "".join(rows) + "2099-01-01,x,y,10:00,gut,,,\n"


def table() -> str:
    days = [FIRST + timedelta(days=n) for n in range(12)]
    return "Date;Anxiety;Sleep;Dose mg;Notes\n" + "".join(
        f"{day:%d.%m.%Y};{n % 5},5;7h 30m;0,5;a walk\n" for n, day in enumerate(days)
    )


def choose(page: Page, live: Live, name: str, text: str) -> None:
    page.goto(live.base + "/import")
    page.locator("#f").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Look at it").click()


def taken(page: Page, live: Live) -> list[Image.Image]:
    """The steps, one picture each, as long as the page is."""
    page.goto(live.base + "/import")
    page.get_by_text("What can be read").click()
    seen = [shot(page, 9000)]
    choose(page, live, "daylio_export.csv", daylio(MOODS))
    page.get_by_text("Leave those lines out").click()
    page.get_by_role("button", name="Bring it in").click()
    choose(page, live, "daylio_export.csv", daylio(("gut", "super", "ok")))
    seen.append(shot(page, 9000))
    choose(page, live, "mine.csv", table())
    page.locator("#r1").select_option("symptom")
    page.locator("#s1").select_option("0-10")
    page.locator("#drug").fill("diazepam")
    seen.append(shot(page, 9000))
    page.get_by_role("button", name="Show what it would bring").click()
    seen.append(shot(page, 9000))
    seen.append(on_its_way(page, live))
    return seen


def on_its_way(page: Page, live: Live) -> Image.Image:
    """A file of which a part is read; its reader waits until the picture is taken."""
    heard, may_go, reads, large = (
        Event(),
        Event(),
        chosen_file.read_foreign,
        chosen_file.LARGE_BYTES,
    )

    def slow(*given: object) -> object:
        given[-1](37)
        heard.set()
        may_go.wait(60)
        return reads(*given)

    chosen_file.read_foreign, chosen_file.LARGE_BYTES = slow, 0
    try:
        choose(page, live, "export.csv", daylio(MOODS))
        heard.wait(60)
        page.goto(live.base + "/import/look")
        return shot(page, 9000)
    finally:
        may_go.set()
        chosen_file.read_foreign, chosen_file.LARGE_BYTES = reads, large


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    with browser() as chromium:
        for size, window in SIZES.items():
            for name in THEMES:
                with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as live:
                    context = chromium.new_context(viewport=window)
                    page = come_in(context, live, "Start mine")
                    start_mine(page)
                    theme(page, live.base, name)
                    seen = taken(page, live)
                    context.close()
                whole = Image.new(
                    "RGB",
                    (sum(i.width + GAP for i in seen) - GAP, max(i.height for i in seen)),
                    "#808080",
                )
                left = 0
                for image in seen:
                    whole.paste(image, (left, 0))
                    left += image.width + GAP
                whole.resize((whole.width * 2 // 3, whole.height * 2 // 3)).quantize(
                    96, method=Image.Quantize.MAXCOVERAGE
                ).save(out / f"bringing-in-{size}-{name}.png", optimize=True)


if __name__ == "__main__":
    main()
