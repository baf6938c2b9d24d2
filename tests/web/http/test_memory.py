"""After Lock, a running server's memory holds no word of the diary, no passphrase and no key."""

import datetime as dt
import re
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from landward.app.share.fictional import fictional_entries
from landward.app.write.entry import new_entry
from landward.model.bodies import Note
from landward.model.moment import Moment
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="looks into /proc/PID/mem, which only Linux has"
)
PASSPHRASE = "zebrafinch harbour mulberry"
NOTES, SAVED = "gloamingmarker", "lanternmarker"


class Browser:
    """One connection and one cookie."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host, self.cookie = parts.netloc, ""
        self.connection = HTTPConnection(self.host)
        self.get(f"{parts.path}?{parts.query}")

    def get(self, path: str, **fields: str) -> int:
        headers = {"Cookie": self.cookie, "Origin": f"http://{self.host}"}
        headers["Sec-Fetch-Site"] = "same-origin"
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("POST" if fields else "GET", path, urlencode(fields), headers)
        answer = self.connection.getresponse()
        answer.read()
        if cookie := answer.headers.get("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        return answer.status


def in_memory(pid: int, words: dict[str, bytes]) -> dict[str, int]:
    """How often each of the words stands in the readable memory of a process."""
    found = dict.fromkeys(words, 0)
    with (
        Path(f"/proc/{pid}/maps").open(encoding="utf-8") as maps,
        Path(f"/proc/{pid}/mem").open("rb", 0) as memory,
    ):
        for line in maps:
            place = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
            if place is None or "[v" in line:
                continue
            start, end = (int(one, 16) for one in place.groups())
            try:
                memory.seek(start)
                held = memory.read(end - start)
            except (OSError, OverflowError):
                continue
            for name, word in words.items():
                found[name] += held.count(word)
    return found


def children(pid: int) -> list[int]:
    return [
        int(one)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for one in (task / "children").read_text().split()
    ]


def test_after_lock_nothing_of_the_diary_is_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "mine.vault"
    moment = Moment(at=dt.datetime.now(dt.UTC), zone="UTC")
    vault, _ = Vault.create(path, PASSPHRASE, now=moment.at, cost=CHEAPEST)
    with vault:
        key = vault.key.reveal()
        day = moment.today() - dt.timedelta(days=3)
        notes = [
            new_entry(vault, Note(text=f"{NOTES} {number}, by the sea"), day, moment)
            for number in range(40)
        ]
        vault.append([*fictional_entries(vault, moment, 60), *notes])
    words = {
        "note": NOTES.encode(), "saved": SAVED.encode(), "passphrase": b"zebrafinch", "key": key,
        "key in hex": key.hex().encode(),
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "landward", "open", "--vault", str(path), "--no-browser"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        browser = Browser(process.stdout.readline().split()[-1])
        assert browser.get("/unlock", passphrase=PASSPHRASE) == 303
        said = {"once": "one-page-of-memory", "day": day.isoformat(), "asked": "day", "day_is": "6"}
        assert browser.get("/today", **said, note=f"{SAVED}, written just now") == 303
        for page in ("/today", f"/day/{day}", "/journey?zoom=all", "/report"):
            assert browser.get(page) == 200
        seen = in_memory(process.pid, words)
        assert seen["note"] and seen["saved"] and seen["key"], "the search finds what is there"
        assert children(process.pid), "the process that computes"
        assert browser.get("/lock", lock="now") == 303
        until = time.monotonic() + 20
        while any(in_memory(process.pid, words).values()) and time.monotonic() < until:
            time.sleep(0.2)
        assert in_memory(process.pid, words) == dict.fromkeys(words, 0)
        assert not children(process.pid)
        browser.connection.close()
    finally:
        process.terminate()
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()
