"""`python3 run.py bench relay show`: a browser page, two terminals, one diary, a relay killed.

Everything is real: `landward relay serve`, `landward open` looked at by Chromium, two diaries in
terminals. What was typed and answered is written to SHOWN.md beside this file.
"""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[2] / "tests")]

from killed import Served
from playwright.sync_api import Page
from tests.app.together.in_memory import note
from tests.browser.app_live import PASSPHRASE, SIX_TAPS, browser, come_in, served, start_mine

from landward.cli.together import dial
from landward.vault import Vault

SHOWN = Path(__file__).parent / "SHOWN.md"
SECRET = re.compile(r"/tmp/[^/\s]+/")


class Transcript:
    """What was typed and answered, in order."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, who: str, text: str) -> None:
        for line in text.strip().splitlines():
            self.lines.append(f"{who:12} {SECRET.sub('', line.rstrip())}")
            print(self.lines[-1], flush=True)


class Terminal:
    """A person at a terminal with a diary."""

    def __init__(self, name: str, vault: Path, told: Transcript) -> None:
        self.name, self.vault, self.told = name, vault, told

    def begin(self, *words: str, typed: str = "") -> subprocess.Popen[str]:
        shown = " ".join(w if " " not in w else f'"{w}"' for w in words)
        self.told.say(self.name, f"$ landward {shown}")
        environment = {**os.environ, "LANDWARD_PASSPHRASE": PASSPHRASE, "PYTHONUNBUFFERED": "1"}
        program = subprocess.Popen(
            [sys.executable, "-m", "landward", *words], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if typed:
            assert program.stdin
            program.stdin.write(typed)
            program.stdin.flush()
        return program

    def run(self, *words: str, typed: str = "", code: int = 0) -> str:
        program = self.begin(*words, typed=typed)
        said = program.communicate(timeout=300)[0]
        self.told.say(self.name, said)
        assert program.returncode == code, (program.returncode, said)
        return said

    def here(self) -> tuple[str, str]:
        return "--vault", str(self.vault)


def main() -> int:
    """Show it; 0 where all three hold the same at the end."""
    told = Transcript()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        relay = Served(folder / "relay", folder / "log")
        one = Terminal("terminal 1", folder / "one.vault", told)
        two = Terminal("terminal 2", folder / "two.vault", told)
        operator = Terminal("operator", folder, told)
        try:
            with served(folder / "page") as live, browser() as chromium:
                live.house.dial = dial
                page = come_in(chromium.new_context(), live, "Start mine")
                start_mine(page)
                told.say("browser", "a new diary; six taps on Today")
                for tap in SIX_TAPS[:-1]:
                    page.locator(tap).first.check(force=True)
                page.locator(SIX_TAPS[-1]).click()
                return play(told, relay, one, two, operator, page, live.base)
        finally:
            with suppress(ProcessLookupError):
                relay.kill()
            SHOWN.write_text(
                "# Shown: a browser page, two terminals, one diary, a relay killed halfway\n\n"
                "`python3 run.py bench relay show` made this.\n\n```\n"
                + "\n".join(told.lines)
                + "\n```\n",
                "utf-8",
            )


def play(
    told: Transcript, relay: Served, one: Terminal, two: Terminal, operator: Terminal,
    page: Page, base: str,
) -> int:  # fmt: skip
    """The whole story."""
    code = operator.run("relay", "invite", "--data", str(relay.data)).split(": ")[1].split()[0]
    for terminal, words in ((one, "rain on the roof"), (two, "a walk by the river")):
        terminal.run("vault", "create", str(terminal.vault))
        terminal.run("log", *terminal.here(), "--day", "5", "--note", words)
    address = relay.address
    one.run("relay", "join", address, code, "--name", "laptop", "--yes", *one.here())

    # Terminal 2 is let in by terminal 1.
    pairing = one.begin("relay", "pair", *one.here())
    code = read_until(pairing, told, "terminal 1", re.compile(r"(?:\w{4}-){6}\w{4}"))
    joining = two.begin(
        "relay", "join", address, code, "--name", "old laptop", "--yes", *two.here()
    )
    watching = threading.Thread(target=lambda: told.say("terminal 2", joining.communicate()[0]))
    watching.start()
    read_until(pairing, told, "terminal 1", re.compile(r"^  \w+  \w+  \w+  \w+$", re.MULTILINE))
    assert pairing.stdin
    told.say("terminal 1", "Are they the same on both? [y/N] y")
    pairing.stdin.write("y\n")
    pairing.stdin.close()
    told.say("terminal 1", pairing.stdout.read() if pairing.stdout else "")
    watching.join(120)

    # The browser page is let in by terminal 1.
    pairing = one.begin("relay", "pair", *one.here())
    code = read_until(pairing, told, "terminal 1", re.compile(r"(?:\w{4}-){6}\w{4}"))
    page.goto(base + "/together")
    page.get_by_label("Address of the relay").fill(address)
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_label("What your other devices call this one").fill("browser")
    page.get_by_role("button", name="Join").click()
    mine = page.locator("main strong").first.inner_text()
    told.say("browser", f"shows: {mine}")
    words = read_until(pairing, told, "terminal 1", re.compile(r"^  \w+  \w+  \w+  \w+$", re.M))
    assert words.split() == mine.split(" · "), (words, mine)
    told.say("terminal 1", "Are they the same on both? [y/N] y")
    assert pairing.stdin
    pairing.stdin.write("y\n")
    pairing.stdin.close()
    told.say("terminal 1", pairing.stdout.read() if pairing.stdout else "")
    page.get_by_role("button", name="Look now").click()
    told.say("browser", said_on(page))

    # All three write; the relay is killed halfway through a sync.
    for number in range(3):
        one.run("log", *one.here(), "--date", f"2026-0{number + 1}-10", "--day", str(number + 3))
    two.run("log", *two.here(), "--day", "7", "--note", "written while the relay was down")
    with Vault.open(one.vault, PASSPHRASE) as vault:
        vault.append([note(f"{n} " + "page " * 300, f"old {n}") for n in range(3000)])
    told.say("terminal 1", "(3,000 pages of an old diary were brought in)")
    syncing = one.begin("relay", "sync", *one.here())
    there = blobs_in(relay.data)
    while blobs_in(relay.data) < there + 20 and syncing.poll() is None:
        time.sleep(0.01)
    relay.kill()
    arrived = blobs_in(relay.data) - there
    told.say(
        "", f"--- kill -9 of the relay, halfway: {arrived} of terminal 1's pieces had arrived ---"
    )
    told.say("terminal 1", syncing.communicate()[0])
    assert syncing.returncode == 1
    two.run("relay", "sync", *two.here(), code=1)
    page.goto(base + "/together")
    page.get_by_role("button", name="Sync now").click()
    told.say("browser", page.locator("main").inner_text())
    told.say("", "--- the relay is started again ---")
    relay.start()
    for _ in range(2):
        one.run("relay", "sync", *one.here())
        two.run("relay", "sync", *two.here())
        page.goto(base + "/together")
        page.get_by_role("button", name="Sync now").click()
        told.say("browser", said_on(page))
    first, second = (t.run("relay", "devices", *t.here()) for t in (one, two))
    page.goto(base + "/together")
    page.get_by_text("Do all my devices hold the same?").click()
    third = page.locator("details strong").first.inner_text()
    told.say("browser", f"four words for what the diary holds: {third}")
    operator.run("relay", "usage", "--data", str(relay.data))
    last = [text.strip().splitlines()[-1].split(": ")[1].split() for text in (first, second)]
    same = last[0] == last[1] == third.split(" · ")
    told.say("", f"all three hold the same: {'yes' if same else 'NO'}")
    return 0 if same else 1


def blobs_in(data: Path) -> int:
    """How many blobs lie in a relay's files."""
    count = 0
    for path in data.glob("shelves-*.sqlite"):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            count += db.execute("SELECT count(*) FROM blob").fetchone()[0]
    return count


def read_until(
    program: subprocess.Popen[str], told: Transcript, who: str, wanted: re.Pattern[str]
) -> str:
    """Read what a program says until something stands there; that."""
    assert program.stdout
    held = ""
    while not (found := wanted.search(held)):
        line = program.stdout.readline()
        assert line, held
        held += line
        told.say(who, line)
    return found[0]


def said_on(page: Page) -> str:
    """The one line a page says once."""
    found = page.locator("[role=status], .said").first
    return found.inner_text() if found.count() else page.locator("main").inner_text()


if __name__ == "__main__":
    sys.exit(main())
