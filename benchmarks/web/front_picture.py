"""The first picture of the README: the page for a doctor, and the app on a phone, of one taper.

Run by hand: `python benchmarks/web/front_picture.py`. The person is the fictional one.
"""

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tests.browser.app_live import come_in, served

from landward.app.diary.clock import now
from landward.app.diary.whole import whole_diary
from landward.app.keep.vault import CHEAPEST, Vault
from landward.app.share.fictional import fictional_entries
from landward.app.share.report import make_report, report_context

OUT = ROOT / "docs" / "img" / "front.png"
PHONE = {"width": 390, "height": 844}
HEIGHT, GAP, EDGE, GROUND = 900, 28, 28, "#8d8a83"


def paper() -> Image.Image:
    """The first page of the fictional person's report."""
    with tempfile.TemporaryDirectory() as folder:
        vault, _ = Vault.create(Path(folder) / "v.vault", "x" * 12, now=now().at, cost=CHEAPEST)
        with vault:
            vault.append(fictional_entries(vault, now()))
            diary = whole_diary(vault.entries())
    pdf = make_report(report_context(diary), today=now().today())
    return pypdfium2.PdfDocument(pdf)[0].render(scale=2.2).to_pil().convert("RGB")


def phone() -> list[Image.Image]:
    """Today and Journey, in the dim theme."""
    chrome = os.environ.get("CHROME") or shutil.which("chromium")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chrome, args=["--no-sandbox"])
        with served(Path(folder)) as live:
            context = browser.new_context(viewport=PHONE, device_scale_factor=2)
            page = come_in(context, live, "Look around")
            found = []
            for path in ("/today", "/journey"):
                page.goto(live.base + path)
                page.wait_for_load_state("networkidle")
                found.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
        browser.close()
    return found


def as_high(image: Image.Image) -> Image.Image:
    size = (round(image.width * HEIGHT / image.height), HEIGHT)
    return image.resize(size, Image.Resampling.LANCZOS)


def main() -> None:
    parts = [as_high(image) for image in (paper(), *phone())]
    width = sum(part.width for part in parts) + GAP * (len(parts) - 1) + 2 * EDGE
    whole = Image.new("RGB", (width, HEIGHT + 2 * EDGE), GROUND)
    left = EDGE
    for part in parts:
        whole.paste(part, (left, EDGE))
        left += part.width + GAP
    whole.quantize(160, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        OUT, optimize=True
    )
    print(
        f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size // 1024} kB, {whole.width} × {whole.height}"
    )


if __name__ == "__main__":
    main()
