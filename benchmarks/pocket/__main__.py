"""`python3 run.py bench pocket`: the page on a phone, and whether anything is lost or doubled.

    --kills N     how often the phone dies at a random moment (40)
    --waiting N   how many entries are sent at once after a long time away (400)
    --seed N      of the moments at which it dies (8)

Chromium plays the phone, the LAN app of this checkout the computer; both on this machine, over TLS.
Writes RESULTS.md beside this file.
"""

import argparse
import gzip
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright
from tests.browser.phone import Phone
from tests.web.home import Server, entries, new_vault

SIX_TAPS = (("day", "6"), ("pin-1", "3"), ("pin-2", "1"), ("pleasant", "1"), ("painful", "2"))
THUMB_S = 2.5
"""A slow thumb: the pause before each tap of the scripted run."""


def ready(page: Page, url: str) -> Page:
    page.goto(url)
    page.wait_for_selector("html[data-ready]")
    return page


def tap(page: Page, name: str, value: str) -> None:
    page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()


def saved(page: Page) -> None:
    page.get_by_text("Saved. You can close this.").wait_for()


def write_more(page: Page) -> None:
    more = page.get_by_role("button", name="Write more")
    if more.is_visible():
        more.click()


def weight_kb(server: Server) -> float:
    files = server.app()._files()
    packed = (gzip.compress(data) for name, data in files.items() if not name.startswith("fonts/"))
    return sum(map(len, packed)) / 1000


def scripted_s(page: Page, url: str) -> float:
    """From opening the page with no network to “Saved”, a slow thumb before each of six taps."""
    began = time.perf_counter()
    ready(page, url)
    for name, value in SIX_TAPS:
        time.sleep(THUMB_S)
        tap(page, name, value)
    time.sleep(THUMB_S)
    page.locator("button[value='as_planned']").click()
    saved(page)
    return time.perf_counter() - began


def first_paint_ms(page: Page, url: str) -> float:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url)
    found = page.evaluate(
        """() => new Promise((done) => new PerformanceObserver((list) => {
          const [paint] = list.getEntriesByName("first-contentful-paint");
          if (paint) done(paint.startTime);
        }).observe({ type: "paint", buffered: true }))"""
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return float(found)


def middle_paint_ms(page: Page, url: str) -> float:
    return statistics.median(first_paint_ms(page, url) for _ in range(7))


def save_ms(page: Page, url: str, rounds: int = 30) -> list[float]:
    """From the last tap to “Saved”: sealed and on the phone's disk."""
    ready(page, url)
    found = []
    for _ in range(rounds):
        write_more(page)
        tap(page, "day", "4")
        began = time.perf_counter()
        page.get_by_role("button", name="Save without dose").click()
        saved(page)
        found.append(1000 * (time.perf_counter() - began))
    return found


def send_all_s(page: Page, server: Server, count: int) -> float:
    """Seal `count` entries offline, then let the computer come back and take them all."""
    server.stop()
    page.evaluate(
        """async (count) => {
          const { line, newId } = await import("./entries.js");
          const { seal } = await import("./seal.js");
          const { put } = await import("./store.js");
          const { vault, box, key } = document.body.dataset;
          const at = new Date();
          const blobs = [];
          for (let seq = 0; seq < count; seq += 1) {
            const id = newId();
            const text = line({ id, device: "pocket-bench", seq, at, date: "2026-01-01",
                                kind: "note", body: { text: `note ${seq}` } });
            blobs.push({ id, box, blob: await seal(vault, key, text), savedAt: at.toISOString() });
          }
          await put(blobs, {});
          await (await import("./leaving.js")).showWaiting();
        }""",
        count,
    )
    page.locator("#badge").wait_for(state="visible")
    server.start()
    began = time.perf_counter()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.locator("#badge").wait_for(state="hidden", timeout=120_000)
    return time.perf_counter() - began


def deaths(phone: Phone, server: Server, kills: int, moments: random.Random) -> dict[str, int]:
    """Save and die at a random moment, the computer there or away; count what became of it all."""
    promised, there = set(), True
    for turn in range(kills):
        if moments.random() < 0.5:
            there = not there
            (server.start if there else server.stop)()
        page = ready(phone.page, server.url)
        write_more(page)
        page.evaluate("document.querySelector('details').open = true")
        page.get_by_label("A few words").fill(f"turn {turn}")
        page.get_by_label("Hours of sleep").fill("5")
        page.get_by_role("button", name="Save without dose").click(no_wait_after=True)
        page.wait_for_timeout(moments.choice((0, 2, 5, 10, 20, 40, 80, 160, 320)))
        if page.get_by_text("Saved. You can close this.").is_visible():
            promised.add(f"turn {turn}")
        phone.kill()
        phone.open()
    if not there:
        server.start()
    ready(phone.page, server.url)
    phone.page.locator("#badge").wait_for(state="hidden")
    words = [json.loads(e.body)["text"] for e in entries(server.vault) if e.kind == "note"]
    mine = [text for text in words if text.startswith("turn")]
    nights = sum(entry.kind == "sleep" for entry in entries(server.vault))
    return {
        "said to be saved": len(promised),
        "of these lost": len(promised - set(mine)),
        "doubled": len(mine) - len(set(mine)),
        "half saved": abs(nights - len(mine)),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--waiting", type=int, default=400)
    parser.add_argument("--seed", type=int, default=8)
    wanted = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(new_vault(Path(folder))).start()
        phone = Phone(playwright, Path(folder) / "phone")
        page = phone.page
        page.goto(f"{server.url}pair#{server.pairing.new_code()}")
        page.get_by_role("button", name="Pair this phone").click()
        page.wait_for_selector("html[data-ready]")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        phone.shut()
        page = phone.open()
        ready(page, server.url)
        weight, paint = weight_kb(server), middle_paint_ms(page, server.url)
        server.stop()
        seconds = scripted_s(page, server.url)
        server.start()
        saves = save_ms(page, server.url)
        sent = send_all_s(page, server, wanted.waiting)
        hosts = phone.hosts()
        fate = deaths(phone, server, wanted.kills, random.Random(wanted.seed))
        phone.kill()
        server.stop()
    said = [
        "# The pocket: figures of one run",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} shared cores, load {load:.1f} at the start.",
        "",
        "| Chromium at phone size | figure | wanted |",
        "|---|---|---|",
        f"| check-in: taps | {len(SIX_TAPS) + 1} | ≤ 6 |",
        f"| check-in, no network, {THUMB_S} s before each tap: seconds | {seconds:.1f} | ≤ 20 |",
        f"| the whole page, compressed, fonts aside (kB) | {weight:.1f} | ≤ 60 |",
        f"| first paint at 4× slower processor, median of 7 (ms) | {paint:.0f} | < 1000 |",
        f"| last tap to “Saved”, sealed and on disk (ms) | {statistics.median(saves):.0f} | – |",
        f"| {wanted.waiting} waiting entries sent, on the computer's disk (s) | {sent:.1f} | – |",
        f"| requests to other hosts | {len(hosts - {server.home.origins[0]})} | 0 |",
        "",
        f"The phone died {wanted.kills} times at a random moment (seed {wanted.seed}), the "
        "computer there or away:",
        "",
        "| " + " | ".join(fate) + " |",
        "|" + "---|" * len(fate),
        "| " + " | ".join(map(str, fate.values())) + " |",
        "",
    ]
    text = "\n".join(said)
    print(text)
    (Path(__file__).parent / "RESULTS.md").write_text(text, "utf-8")
    return 0 if fate["of these lost"] == fate["doubled"] == fate["half saved"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
