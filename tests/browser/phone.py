"""A phone for tests: Chromium with a profile on disk, which can be killed and opened again."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, expect
from tests.web.home import Server

expect.set_options(timeout=20_000)  # a busy machine is no failure
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = "() => axe.run(document, {resultTypes: ['violations']})"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--window-size=390,844",
    "--remote-debugging-port=0",
)


def chromium() -> str:
    """Chromium's path; run.py puts it into CHROME. Its absence is said loudly, never hidden."""
    named = os.environ.get("CHROME") or shutil.which("chromium") or shutil.which("google-chrome")
    if not named:
        pytest.fail("browser tests need Chromium: set CHROME to its path")
    return named


class Phone:
    """One browser profile. `kill` is a battery that died: nothing is written on the way out."""

    def __init__(
        self,
        playwright: Playwright,
        folder: Path,
        *,
        before: tuple[str, ...] = (),
        trusting: bool = True,
    ) -> None:
        self.playwright = playwright
        self.folder = folder
        self.before = before
        """What runs before the browser's own command line, such as `ip netns exec NAME`."""
        self.flags = ("--ignore-certificate-errors",) if trusting else ()
        self.requests: list[str] = []
        self.open()

    def open(self) -> Page:
        marks = self.folder / "DevToolsActivePort"
        marks.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [
                *self.before,
                chromium(),
                *FLAGS,
                *self.flags,
                f"--user-data-dir={self.folder}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        give_up = time.monotonic() + 30
        while not marks.is_file() or marks.read_text().count("\n") < 1:
            assert self.process.poll() is None, "Chromium ended by itself"
            assert time.monotonic() < give_up, "Chromium did not open"
            time.sleep(0.02)
        port = marks.read_text().split("\n")[0]
        self.browser: Browser = self.playwright.chromium.connect_over_cdp(
            f"http://127.0.0.1:{port}"
        )
        self.context: BrowserContext = self.browser.contexts[0]
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page = self.context.pages[0]
        self.page.set_default_timeout(20_000)
        self.page.set_viewport_size({"width": 390, "height": 844})
        return self.page

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._forget()

    def shut(self) -> None:
        """Closed by the person. Chromium puts cookies on disk only now, or after half a minute."""
        self.browser.new_browser_cdp_session().send("Browser.close")
        self.process.wait(20)
        self._forget()

    def _forget(self) -> None:
        try:
            self.browser.close()
        except Error:
            return  # the other end is gone, which was the point

    def hosts(self) -> set[str]:
        """Every host this phone asked anything of."""
        return {url.split("/")[2] for url in self.requests if url.startswith("http")}


def ready(page: Page) -> None:
    page.wait_for_selector("html[data-ready]")


def back(phone: Phone, server: Server) -> Page:
    """Open the page again, as from the home screen."""
    page = phone.open()
    page.goto(server.url)
    ready(page)
    return page


def tap(page: Page, name: str, value: str) -> None:
    page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()


def save(page: Page, button: str = "As planned") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text("Saved. You can close this.")).to_be_visible()


def waiting(page: Page) -> int:
    expect(page.locator("#badge")).to_be_visible()
    return int(page.locator("#badge").text_content() or 0)


def sent(page: Page) -> None:
    expect(page.locator("#badge")).to_be_hidden()
