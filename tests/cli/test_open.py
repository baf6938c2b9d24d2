"""`landward open`: one address on loopback, and a clear line where the port is taken."""

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest


def start(*more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-u", "-m", "landward", "open", "--no-browser", *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_it_prints_an_address_that_only_this_machine_reaches(tmp_path: Path) -> None:
    process = start("--vault", str(tmp_path / "my.vault"))
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.fullmatch(
            r"Landward is open at (http://localhost:(\d+)/open\?token=[\w-]{20,})\n", first
        )
        assert found, first
        page = (
            urllib.request.urlopen(f"http://localhost:{found[2]}/help", timeout=20).read().decode()
        )
        assert "Help now" in page
        with pytest.raises(urllib.error.HTTPError) as closed:
            urllib.request.urlopen(f"http://localhost:{found[2]}/today", timeout=20)
        assert closed.value.code == 403
        own = socket.gethostbyname(socket.gethostname())
        if not own.startswith("127."):
            with socket.socket() as outside, pytest.raises(OSError):
                outside.settimeout(3)
                outside.connect((own, int(found[2])))
    finally:
        process.terminate()
        process.communicate(timeout=20)
    assert not (tmp_path / "my.vault").exists()  # looking makes nothing


@pytest.mark.parametrize("port", ["1", "99999", "-5"])
def test_a_port_that_cannot_be_had_is_one_clear_line(tmp_path: Path, port: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = str(taken.getsockname()[1]) if port == "1" else port
        process = start("--vault", str(tmp_path / "my.vault"), "--port", wanted)
        out, said = process.communicate(timeout=30)
    assert process.returncode == 2, out + said
    assert said.count("\n") == 1
    assert "port" in said.lower()


def test_a_passphrase_in_the_environment_goes_to_no_browser(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from landward.cli import open as command
    from landward.web.http import server

    monkeypatch.setenv("LANDWARD_PASSPHRASE", "six grey geese")
    told: list[str | None] = []
    monkeypatch.setattr(
        server, "serve", lambda *_, **__: told.append(os.environ.get("LANDWARD_PASSPHRASE"))
    )
    command.open_(vault=Path("mine.vault"))
    assert told == [None]
    assert "LANDWARD_PASSPHRASE is not used here" in capsys.readouterr().err
