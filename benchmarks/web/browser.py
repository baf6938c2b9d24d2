"""What a browser sees: taps, bytes, first paint on a slow processor, and every host it asks."""

import statistics
import time
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

PAINTED = (
    "/today", "/journey", "/journey?zoom=all", "/doses", "/report", "/settings", "/help",
    "/library", "/journey/course",
)  # fmt: skip
TIMES = 5
THUMB_S = 2.5
"""A slow thumb: the pause before each tap of the scripted run."""
FLAGS = ["--no-sandbox", "--disable-background-networking", "--no-first-run", "--disable-sync"]


def measure(chrome: str, address: str, passphrase: str) -> list[str]:
    """Lines for the results: each figure with what was wanted."""
    hosts: set[str] = set()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chrome, args=FLAGS)
        context = opened.new_context(viewport={"width": 390, "height": 844})
        context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        page = context.new_page()
        page.goto(address)
        base = f"http://{urlsplit(page.url).netloc}"
        seconds, taps = _check_in(page, base)
        weight, fonts = _weight(page, base)
        page.goto(base + "/unlock")
        page.locator("#p").fill(passphrase)
        page.locator("button.main").first.click()
        paints = {path: _first_paint(page, base + path) for path in PAINTED}
        for path in ("/feelings", "/serious", "/questions", "/library/drug/clonazepam", "/phone"):
            page.goto(base + path)
        opened.close()
    own = urlsplit(base).netloc
    return [
        "| in Chromium, phone size | figure | wanted |",
        "|---|---|---|",
        f"| check-in from locked: taps | {taps} | ≤ 6 |",
        f"| check-in from locked: s, {THUMB_S} s before each tap | {seconds:.1f} | ≤ 20 |",
        f"| Today, transferred, fonts aside (kB) | {weight / 1000:.1f} | ≤ 60 |",
        f"| its fonts (kB, kept by the browser for later pages) | {fonts / 1000:.1f} | – |",
        *(_painted(path, found) for path, found in paints.items()),
        f"| requests to other hosts | {len(hosts - {own})} | 0 |",
    ]


def first_start(chrome: str, address: str) -> str:
    """The line for Start, which only a run without a diary shows."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chrome, args=FLAGS)
        page = opened.new_context(viewport={"width": 390, "height": 844}).new_page()
        page.goto(address)
        base = f"http://{urlsplit(page.url).netloc}"
        found = _first_paint(page, base + "/start")
        opened.close()
    return _painted("/start", found)


def _painted(path: str, found: list[float]) -> str:
    return (
        f"| first paint at 4× slower processor, `{path}`: ms, first time; median of {TIMES} | "
        f"{found[0]:.0f}; {statistics.median(found):.0f} | < 1000 |"
    )


def _check_in(page: Page, base: str) -> tuple[float, int]:
    wanted = (
        '[name=day_is][value="6"]', '[name="s:anxiety"][value="3"]',
        '[name="s:sensitivity_to_light"][value="2"]', '[name=pleasant][value="1"]',
        '[name=painful][value="2"]', "button[value=as_planned]",
    )  # fmt: skip
    began = time.perf_counter()
    page.goto(base + "/today")
    for tap in wanted:
        time.sleep(THUMB_S)
        page.locator(tap).click(force=True)
    page.get_by_role("heading", name="Saved. You can close this.").wait_for()
    return time.perf_counter() - began, len(wanted)


def _weight(page: Page, base: str) -> tuple[int, int]:
    """Bytes on the wire for Today with an empty cache: (all but fonts, fonts)."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    session.on(
        "Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]})
    )
    page.goto(base + "/today")
    page.wait_for_load_state("networkidle")
    session.detach()
    fonts = sum(int(size) for key, size in sizes.items() if kinds.get(key) == "Font")
    return sum(map(int, sizes.values())) - fonts, fonts


def _first_paint(page: Page, url: str) -> list[float]:
    """When something was first painted (ms): this server's first showing of the page, and later."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    script = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"
    found = []
    for _ in range(TIMES):
        page.goto(url)
        page.wait_for_function(script + " > 0", timeout=10_000)
        found.append(float(page.evaluate(script)))
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    session.detach()
    return found
