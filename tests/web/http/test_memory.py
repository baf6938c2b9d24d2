"""After Lock, a running server's memory holds no word of the diary, no passphrase and no key."""

import datetime as dt
import re
import struct
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
PATIENCE_S = 120.0
"""On a machine with other work; else a second."""
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
    """How often each of the words stands in the readable memory of a process, where Python could
    write over it.
    """
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
                places = (one.start() for one in re.finditer(re.escape(word), held))
                found[name] += sum(not left_over(held, start, at) for at in places)
    return found


PAGE, HEADER = 16 * 1024, struct.Struct("<QQQQIIII")
"""How CPython 3.10 and later divide memory for small pieces: a page begins with how many are in
use, three addresses, its place, the size of its pieces (in 16 bytes, less one), where the next
unused one begins, and where the last can begin.
"""


def left_over(held: bytes, start: int, at: int) -> bool:
    """Whether a place lies behind the last piece that a page of Python's in use has room for: what
    SECURITY.md says is out of reach. `held` is memory from the address `start`.
    """
    page = at - (start + at) % PAGE
    if page < 0 or page + PAGE > len(held):
        return False
    used, *_, number, following, last = HEADER.unpack_from(held, page)
    size = (number + 1) * 16
    room = (PAGE - HEADER.size) // size
    is_page = number < 32 and last == PAGE - size and 0 < used <= room and following % 16 == 0
    return is_page and at >= page + HEADER.size + room * size


def test_what_is_left_over_is_only_what_no_piece_can_reach() -> None:
    # 31 pieces of 512 bytes in a page, 464 bytes behind them; the page begins at 0x8000.
    header = HEADER.pack(3, 0, 0, 0, 0, 31, 48 + 512, PAGE - 512)
    page = header + bytes(PAGE - len(header))
    assert left_over(bytes(64) + page, 0x8000 - 64, 64 + 48 + 31 * 512)
    assert not left_over(bytes(64) + page, 0x8000 - 64, 64 + 48 + 31 * 512 - 1)
    assert not left_over(bytes(64) + page, 0x8000 - 64, 63)
    free = HEADER.pack(0, 0, 0, 0, 0, 31, 48 + 512, PAGE - 512) + page[HEADER.size :]
    assert not left_over(free, 0x8000, PAGE - 1), "a page that nothing uses is taken and filled"
    assert not left_over(bytes(PAGE), 0x8000, PAGE - 1)


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
        until = time.monotonic() + PATIENCE_S
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


def test_freed_pieces_are_written_over_wherever_they_stood() -> None:
    """Of every size, in pages of their own and in pages that larger pieces took since."""
    words = {"it": b"gloaming" + b"marker", "turned": b"rekram" + b"gnimaolg"}
    with subprocess.Popen(
        [sys.executable, "-c", FREED_AND_TAKEN_AGAIN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        seen = in_memory(process.pid, words)
        assert min(seen.values()) > 20_000, seen
        process.stdin.write("go on\n")
        assert process.stdout.readline() == "freed\n"
        assert in_memory(process.pid, words) == dict.fromkeys(words, 0)
        process.stdin.write("end\n")


FREED_AND_TAKEN_AGAIN = """
from landward.web.http.forgetting import keep_freed_together, overwrite_freed
keep_freed_together()
word = "gloaming", "marker"
pieces = ["".join(word) + "," * (number % 900) for number in range(60_000)]
del pieces[::2]
turned = [piece[::-1] for piece in pieces]
print("held", flush=True)
input()
del pieces, turned
kept = [bytes(460) for _ in range(2_000)]
more = [bytes(460) for _ in range(40_000)]
del more
overwrite_freed()
print("freed", flush=True)
input()
"""
