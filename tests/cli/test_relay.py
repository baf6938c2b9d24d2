"""What whoever runs a relay types: each answer, and one clear line for each mistake."""

import re
import secrets
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from landward.cli.main import run
from landward.relay.client import RelayClient
from landward.relay.refused import RelayRefused
from landward.relay.wire import hash_of

SHELF, READ, WRITE = "ab" * 16, "01" * 32, "02" * 32


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert run(["relay", *words]) == code
    found = capsys.readouterr()
    if code:
        assert found.out == ""
        assert found.err.count("\n") == 1, found.err
        return found.err.removeprefix("landward: ").strip()
    return found.out


class Serving:
    """`landward relay serve` in a process of its own."""

    def __init__(self, folder: Path, *more: str) -> None:
        command = [sys.executable, "-m", "landward", "relay", "serve", "--data", str(folder)]
        self.process = subprocess.Popen(
            [*command, "--port", "0", *more],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.match(r"A relay listens at (https?://\S+:\d+)\. ", line)
        assert found, line + self.process.communicate(timeout=20)[1]
        self.address = found[1]

    def stop(self, how: int = signal.SIGTERM) -> str:
        self.process.send_signal(how)
        return self.process.communicate(timeout=30)[1]


def test_a_relay_from_its_first_invitation_to_its_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(tmp_path / "relay"))
    first = told(capsys, "invite", *data)
    found = re.fullmatch(r"1: ([0-9A-Z]{4}(-[0-9A-Z]{4}){3})\n", first)
    assert found
    serving = Serving(tmp_path / "relay")
    try:
        with RelayClient(serving.address) as host:
            # As somebody types it: small letters, no hyphens.
            typed = found[1].lower().replace("-", " ")
            host.join(typed, SHELF, hash_of(READ), hash_of(WRITE))
            host.put(SHELF, WRITE, "0" * 32, secrets.token_bytes(1024))
            with pytest.raises(RelayRefused, match="unknown"):  # it works once
                host.join(typed, "cd" * 16, hash_of(READ), hash_of(WRITE))
            table = told(capsys, "usage", *data)
            assert re.search(r"^ +1 +\d{4}-\d\d-\d\d +in use +1 +1 +2 +64000 +\d{4}-", table, re.M)
            assert "1 invitation, 1 in use. 1 sealed blob;" in table
            assert "Sizes: 1024 B × 1" in table
            for secret in (SHELF, READ, WRITE, found[1], hash_of(READ)):
                assert secret not in table
            assert "1 sealed blob: all fits" in told(capsys, "check", *data)
            copy = tmp_path / "copy"
            assert "Copied to" in told(capsys, "backup", str(copy), *data)
            assert "1 shelf was removed" in told(capsys, "remove", "1", "--yes", *data)
            with pytest.raises(RelayRefused, match="unknown"):
                host.since(SHELF, READ, 0)
    finally:
        said = serving.stop()
    assert "The relay has stopped; all it confirmed is on the disk." in said
    assert serving.process.returncode == 0
    for secret in (SHELF, READ, WRITE, found[1], "127.0.0.1"):
        assert secret not in said
    serving = Serving(copy)  # the copy is a relay, as it was then
    try:
        with RelayClient(serving.address) as host:
            assert host.since(SHELF, READ, 0).last == 1
    finally:
        serving.stop()


def test_every_answer_before_a_kill_is_on_the_disk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """kill -9 while it takes blobs: what was confirmed is there, what was not can be sent again."""
    code = told(capsys, "invite", "--data", str(tmp_path / "relay")).split()[1]
    kept: dict[str, bytes] = {}
    for kill in range(2):
        serving = Serving(tmp_path / "relay")
        with RelayClient(serving.address, timeout_s=10) as host:
            host.join(code, SHELF, hash_of(READ), hash_of(WRITE))
            end = time.monotonic() + 0.4 + kill / 10
            killed = False
            while True:
                blob, data = secrets.token_hex(16), secrets.token_bytes(512)
                if not killed and time.monotonic() > end:
                    serving.process.kill()  # the next is sent to a relay that dies
                    killed = True
                try:
                    host.put(SHELF, WRITE, blob, data)
                except RelayRefused as refused:
                    if refused.code == "slow-down":  # a quick machine asks more than one may
                        time.sleep(0.05)
                        continue
                    assert refused.code == "unreachable"
                    break
                kept[blob] = data
        serving.process.communicate(timeout=20)
    serving = Serving(tmp_path / "relay")
    try:
        with RelayClient(serving.address) as host:
            assert host.put(SHELF, WRITE, blob, data) > 0  # the one that was on its way
            kept[blob] = data
            found, seq = {}, 0
            while (page := host.since(SHELF, READ, seq)).frames:
                found |= {frame.blob: frame.data for frame in page.frames}
                seq = page.frames[-1].seq
    finally:
        serving.stop()
    assert kept.items() <= found.items()
    assert len(found) - len(kept) <= 2  # kept, and the answer did not arrive
    assert "all fits" in told(capsys, "check", "--data", str(tmp_path / "relay"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["usage", "--data", "{nothing}"], "is no relay's folder"),
        (["check", "--data", "{nothing}"], "is no relay's folder"),
        (["backup", "{new}", "--data", "{nothing}"], "is no relay's folder"),
        (["remove", "1", "--data", "{nothing}"], "is no relay's folder"),
        (["backup", "{full}", "--data", "{relay}"], "is not an empty folder"),
        (["remove", "7", "--yes", "--data", "{relay}"], "there is no invitation 7"),
        (["remove", "x", "--data", "{relay}"], "x"),
        (["invite", "--data", "{full}"], "holds something else"),
        (["invite", "--count", "0", "--data", "{relay}"], "from 1 to 1000"),
        (["invite", "--quota", "0", "--data", "{relay}"], "from 1 to 10000"),
        (["serve", "--host", "0.0.0.0", "--data", "{relay}"], "--cert and --key"),
        (["serve", "--cert", "{full}/a", "--data", "{relay}"], "go together"),
        (
            [
                "serve",
                "--port",
                "0",
                "--cert",
                "{full}/a",
                "--key",
                "{full}/a",
                "--data",
                "{relay}",
            ],
            "do not fit each other",
        ),
        (["serve", "--port", "99999", "--data", "{relay}"], "port 99999 cannot be used"),
        (["serve", "--keep-days", "3", "--data", "{relay}"], "at least 30"),
        (["serve", "--phone", "{full}", "--data", "{relay}"], "has no index.html"),
        (["serve", "--data", "{full}"], "holds something else"),
    ],
)
def test_a_mistake_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    places = {name: tmp_path / name for name in ("nothing", "new", "full", "relay")}
    places["full"].mkdir()
    (places["full"] / "a").write_text("mine")
    told(capsys, "invite", "--data", str(places["relay"]))
    before = sorted(p.name for p in places["full"].iterdir())
    line = told(capsys, *(word.format(**places) for word in words), code=2)
    assert said in line
    assert sorted(p.name for p in places["full"].iterdir()) == before
    assert not places["nothing"].exists()


def test_a_newer_or_a_torn_folder_is_not_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "relay"
    told(capsys, "invite", "--data", str(folder))
    with sqlite3.connect(folder / "shelves-01.sqlite") as db:
        db.execute("PRAGMA user_version = 9")
    db.close()
    assert "made by a newer Landward" in told(capsys, "serve", "--data", str(folder), code=2)
    (folder / "shelves-02.sqlite").unlink()
    assert "some are missing" in told(capsys, "check", "--data", str(folder), code=2)


def test_removing_asks_for_the_number_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = ("--data", str(tmp_path / "relay"))
    told(capsys, "invite", *data)
    monkeypatch.setattr("landward.cli.relay.ask", lambda prompt: "2")
    assert "another number" in told(capsys, "remove", "1", *data, code=2)
    monkeypatch.setattr("landward.cli.relay.ask", lambda prompt: "1")
    assert "0 shelves were removed" in told(capsys, "remove", "1", *data)
    assert "there is no invitation 1" in told(capsys, "remove", "1", *data, code=2)
