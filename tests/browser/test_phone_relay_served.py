"""The phone's page from a real `landward relay serve`, which is killed halfway and comes back."""

import re
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect
from tests.app.phone.home_here import Computer
from tests.browser.phone import Phone, ready, save, tap
from tests.browser.test_phone_at_a_relay import fill_in, look

from landward.cli.main import run
from landward.model.base import BadInput
from landward.relay.client import RelayClient
from landward.relay.wire import hash_of


class Serving:
    """`landward relay serve` at one address, stopped, killed and begun again."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "landward", "relay", "serve", "--data", str(self.folder),
             "--port", str(self.port)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("A relay listens at "), line

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.communicate(timeout=30)
            self.process = None


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    made = Serving(tmp_path / "relay")
    yield made
    made.stop(signal.SIGKILL)


def client(serving: Serving) -> RelayClient:
    def no(code: str, _: int) -> Exception:
        return BadInput(f"the relay: {code}")

    return RelayClient(f"http://127.0.0.1:{serving.port}", refusal=no)


def test_one_diary_a_browser_page_and_a_relay_killed_halfway(
    playing: Playwright, tmp_path: Path, serving: Serving, capsys: pytest.CaptureFixture[str]
) -> None:
    computer = Computer(tmp_path)
    assert run(["relay", "invite", "--data", str(tmp_path / "relay")]) == 0
    found = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4})+", capsys.readouterr().out)
    assert found
    serving.start()
    phone = Phone(playing, tmp_path / "phone", trusting=False)
    try:
        with computer.vault, client(serving) as relay:
            read, write, shelf = (secrets.token_hex(n) for n in (32, 32, 16))
            relay.join(found[0], shelf, hash_of(read), hash_of(write))
            made = computer.pair(relay, (shelf, write), f"http://localhost:{serving.port}")
            page = phone.page
            page.goto(made.url)
            fill_in(page)
            save(page, "Too unwell to log")
            expect(page.locator("#badge")).to_be_hidden()
            serving.stop(signal.SIGKILL)
            page.get_by_role("button", name="Write more").click()
            tap(page, "day", "6")
            save(page, "Save")
            expect(page.locator("#badge")).to_have_text("1")
            serving.start()
            words = computer.say_yes(relay, made.shelf)
            assert (page.locator("#four-words").text_content() or "").split() == [*words]
            page.get_by_role("link", name="Phone").click()
            page.get_by_role("button", name="Visit the relay now").click()
            expect(page.locator("#badge")).to_be_hidden()
            assert computer.sync(relay) == []
            origins = [origin for _, origin, _ in computer.phone_lines()]
            assert origins == ["app", "app"], "both once, both signed by this phone"
            page.get_by_role("button", name="Visit the relay now").click()
            expect(page.locator("#at-relay")).to_be_hidden()
        serving.stop()  # no relay, no computer
        phone.kill()
        page = phone.open()
        page.goto(f"http://localhost:{serving.port}/phone/")
        ready(page)
        look(page)
        expect(page.locator("#open-part")).to_contain_text("What the plan says today")
    finally:
        phone.kill()
