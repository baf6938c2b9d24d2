"""Pictures of the page that reads a story, for docs/img: phone and desktop.

Run by hand: `python benchmarks/stories/pictures.py`.
"""

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tests.browser.app_live import served, start_mine

OUT = Path(os.environ.get("OUT") or ROOT / "docs" / "img")
STORY = (
    "I was put on Ativan 1 mg for panic attacks after my son was born. For six years I was flat as "
    "a plate and forgot whole conversations.\n\nThen I tapered, from 1 mg to 0.25 in ten months. "
    "My skin was on fire, I had no sleep, and I watched the world from behind glass. No seizures, "
    "thank God. My sister, who stopped at once, had one.\n\nI took the last crumb in March. The "
    "burning is gone. The ringing in my ears is still here."
)
VIEWS = {
    "stories-phone": ({"width": 390, "height": 844}, 2600),
    "stories-desktop": ({"width": 1280, "height": 860}, 1500),
}


def main() -> None:
    chrome = os.environ.get("CHROME") or shutil.which("chromium")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chrome, args=["--no-sandbox"])
        with served(Path(folder)) as live:
            page = browser.new_context().new_page()
            page.set_default_timeout(180_000)
            page.goto(live.address)
            page.get_by_role("button", name="Start mine").click()
            start_mine(page)
            for name, (size, height) in VIEWS.items():
                page.set_viewport_size(size)
                page.goto(live.base + "/stories")
                page.fill("textarea[name=text]", STORY)
                page.click("text=Read it here")
                page.wait_for_selector("mark")
                image = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
                image = image.crop((0, 0, image.width, min(image.height, height)))
                OUT.mkdir(parents=True, exist_ok=True)
                image.quantize(64).save(OUT / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
