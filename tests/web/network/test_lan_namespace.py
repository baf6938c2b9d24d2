"""From another machine's point of view: a second network namespace, joined by a virtual cable.

Needs root and `ip netns` (CI has both). Elsewhere it skips with the reason; the same walk still
runs on loopback, in test_lan.py and tests/browser/test_pocket_phone.py, with no second machine.
"""

import base64
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect, sync_playwright
from tests.browser.phone import chromium
from tests.web.home import PASSPHRASE, entries, new_vault, now

from landward.model.base import BadInput
from landward.web.network.home_network import open_home, refuse_taken_port

NET = f"10.213.{os.getpid() % 250}"
"""A network of its own for each worker that runs this file."""
HERE, THERE = f"{NET}.1", f"{NET}.2"
PYTHON = sys.executable


def sh(*command: str, fine: bool = True) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not fine or done.returncode == 0, f"{command}: {done.stderr}"
    return done.stdout + done.stderr


@dataclass
class Cable:
    """Two network namespaces joined by a virtual cable; the phone's end is in `name`."""

    name: str

    def on_phone(self, code: str) -> str:
        return sh("ip", "netns", "exec", self.name, PYTHON, "-c", code, fine=False).strip()

    def plug(self, state: str) -> None:
        sh("ip", "link", "set", f"{self.name}a", state)


@pytest.fixture(scope="module")
def cable() -> Iterator[Cable]:
    name = f"lw{os.getpid()}"
    if os.geteuid() != 0 or shutil.which("ip") is None:
        pytest.skip("a second network namespace needs root and the `ip` tool")
    if subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not allow network namespaces")
    made = Cable(name)
    try:
        sh(
            "ip",
            "link",
            "add",
            f"{name}a",
            "type",
            "veth",
            "peer",
            "name",
            f"{name}b",
            "netns",
            name,
        )
        sh("ip", "addr", "add", f"{HERE}/24", "dev", f"{name}a")
        sh("ip", "-n", name, "addr", "add", f"{THERE}/24", "dev", f"{name}b")
        sh("ip", "-n", name, "link", "set", f"{name}b", "up")
        sh("ip", "-n", name, "link", "set", "lo", "up")
        made.plug("up")
        yield made
    finally:
        sh("ip", "netns", "del", name, fine=False)
        sh("ip", "link", "del", f"{name}a", fine=False)


@dataclass
class Running:
    """`landward open --lan` as a program of its own, and what it printed."""

    process: "subprocess.Popen[str]"
    printed: str
    port: int
    local_port: int

    @property
    def code(self) -> str:
        found = re.search(r"Code: (\d{3}) (\d{3}) (\d{3})", self.printed)
        assert found
        return "".join(found.groups())


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_vault(tmp_path_factory.mktemp("vault"))


@pytest.fixture(scope="module")
def running(cable: Cable, vault: Path) -> Iterator[Running]:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [PYTHON, "-u", "-m", "landward", "open", "--vault", str(vault), "--no-browser", "--lan",
         "--lan-address", HERE, "--lan-port", str(port)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "XDG_DATA_HOME": str(vault.parent / "data")},
    )  # fmt: skip
    printed = ""
    assert process.stdout is not None
    while "Ctrl-C" not in printed.rsplit("\n", 2)[-2:][0]:
        line = process.stdout.readline()
        assert line, printed
        printed += line
    local = re.search(r"localhost:(\d+)", printed)
    assert local
    give_up = time.monotonic() + 20
    while True:
        try:
            socket.create_connection((HERE, port), timeout=1).close()
            break
        except OSError:
            assert time.monotonic() < give_up and process.poll() is None, printed
            time.sleep(0.05)
    yield Running(process, printed, port, int(local.group(1)))
    process.send_signal(signal.SIGINT)
    assert process.wait(15) == 0
    process.stdout.close()


def root_file(vault: Path) -> Path:
    (found,) = (vault.parent / "data").rglob("root.pem")
    return found


def test_the_other_machine_reaches_tls_and_only_tls(
    cable: Cable, running: Running, vault: Path
) -> None:
    trusting = (
        "import ssl, http.client as h;"
        f"c = ssl.create_default_context(cafile={str(root_file(vault))!r});"
        f"g = h.HTTPSConnection({HERE!r}, {running.port}, context=c, timeout=5);"
        "g.request('GET', '/today'); r = g.getresponse(); print(r.status, r.headers['location'])"
    )
    assert cable.on_phone(trusting) == "303 /pocket/pair"
    assert "CERTIFICATE_VERIFY_FAILED" in cable.on_phone(
        trusting.replace(f"cafile={str(root_file(vault))!r}", "")
    )
    plain = (
        f"import http.client as h; g = h.HTTPConnection({HERE!r}, {running.port}, timeout=5);"
        "g.request('GET', '/pocket/pair'); print(g.getresponse().status)"
    )
    assert re.search(r"RemoteDisconnected|ConnectionReset|BadStatusLine", cable.on_phone(plain))


def test_the_other_machine_does_not_reach_the_local_door(cable: Cable, running: Running) -> None:
    knock = (
        "import socket; "
        f"socket.create_connection(({HERE!r}, {running.local_port}), timeout=3); print('open')"
    )
    assert "ConnectionRefusedError" in cable.on_phone(knock)
    for port in (80, 8080, 8000, 443):
        answer = cable.on_phone(knock.replace(str(running.local_port), str(port)))
        assert "open" not in answer.splitlines()


def test_a_taken_port_is_told_in_one_line(running: Running, tmp_path: Path) -> None:
    home = open_home(tmp_path, now(), address=HERE, port=running.port)
    with pytest.raises(BadInput, match="--lan-port"):
        refuse_taken_port(home)


@pytest.fixture
def phone_program(cable: Cable, vault: Path, tmp_path: Path) -> Iterator[Path]:
    """Chromium on the other machine, where only our root was added to what it trusts."""
    policies = Path("/etc/netns") / cable.name / "chromium" / "policies" / "managed"
    policies.mkdir(parents=True)
    pem = root_file(vault).read_text()
    der = "".join(line for line in pem.splitlines() if "-----" not in line)
    assert base64.b64decode(der)
    (policies / "home.json").write_text(json.dumps({"CACertificates": [der]}))
    program = tmp_path / "phone"
    program.write_text(
        f'#!/bin/sh\necho $$ > {tmp_path}/pid\nexec ip netns exec {cable.name} {chromium()} "$@"\n'
    )
    program.chmod(0o755)
    yield program
    shutil.rmtree(Path("/etc/netns") / cable.name)


def test_a_phone_that_trusts_the_root_pairs_logs_offline_dies_and_sends_once(
    cable: Cable, running: Running, vault: Path, phone_program: Path, tmp_path: Path
) -> None:
    url = f"https://{HERE}:{running.port}/pocket/"
    hosts: set[str] = set()
    with sync_playwright() as playwright:

        def phone():
            context = playwright.chromium.launch_persistent_context(
                tmp_path / "profile",
                executable_path=phone_program,
                args=["--no-sandbox", "--disable-background-networking", "--no-first-run"],
                viewport={"width": 390, "height": 844},
            )
            context.on("request", lambda request: hosts.add(request.url.split("/")[2]))
            context.set_default_timeout(20_000)
            return context

        context = phone()
        page = context.pages[0]
        page.goto(f"{url}pair#{running.code}")  # no warning to click away: the root is trusted
        page.get_by_role("button", name="Pair this phone").click()
        page.wait_for_selector("html[data-ready]")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.goto(f"https://{HERE}:{running.port}/today")  # the app itself, locked
        expect(page.get_by_role("link", name="Journey")).to_be_visible()
        page.goto(f"https://{HERE}:{running.port}/journey")
        page.get_by_role("textbox", name="Passphrase", exact=True).fill(PASSPHRASE)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Journey")).to_be_visible()  # reading, from a phone
        context.close()

        context = phone()
        cable.plug("down")  # out of the house
        page = context.pages[0]
        page.goto(url)
        page.wait_for_selector("html[data-ready]")
        page.locator("label:has(input[name='day'][value='8'])").click()
        page.get_by_role("button", name="As planned").click()
        expect(page.get_by_text("Saved. You can close this.")).to_be_visible()
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)  # the battery died
        with contextlib.suppress(PlaywrightError):  # it may have noticed by now, or not yet
            context.close()
        cable.plug("up")

        context = phone()
        page = context.pages[0]
        page.goto(url)
        page.wait_for_selector("html[data-ready]")
        patience = time.monotonic() + 60
        while not entries(vault) and time.monotonic() < patience:
            time.sleep(0.2)
        expect(page.locator("#badge")).to_be_hidden()
        page.reload()
        page.wait_for_selector("html[data-ready]")
        context.close()
    assert sorted(entry.kind for entry in entries(vault)) == ["check_in", "dose_taken"]
    assert hosts == {f"{HERE}:{running.port}"}
