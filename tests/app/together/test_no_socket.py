"""A diary that joined no relay opens no line to anywhere: asked of the system, not of the code.

Where `strace` is there, every network call of the program and all its children is recorded; else
Python's own audit events are (connect, and looking up a name). The test says which it was.
"""

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from tests.app.together.in_memory import NOW, note

from landward.vault import Vault
from landward.vault.cost import CHEAPEST

COMMANDS = """
    import json, os, sys, threading, time, urllib.request, http.cookiejar
    out = open(sys.argv[1], "w", buffering=1)
    AUDITED = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}
    if sys.argv[4] == "audit":
        sys.addaudithook(lambda event, said: event in AUDITED and out.write(f"{event} {said!r}\\n"))
    from landward.cli.main import run
    vault = sys.argv[2]
    if sys.argv[3] == "dial":  # so that the test can fail
        run(["relay", "join", "https://127.0.0.1:9", "0123", "--yes", "--vault", vault])
        sys.exit()
    run(["log", "--vault", vault, "--day", "6", "--note", "rain"])
    run(["relay", "devices", "--vault", vault])
    assert run(["relay", "sync", "--vault", vault]) == 2  # it joined none
    assert run(["relay", "leave", "--vault", vault]) == 2
    run(["vault", "check", vault])
    run(["crisis", "IE"])
"""
PAGES = """
    import re, sys
    sys.argv[4] == "audit" and sys.addaudithook(
        lambda event, said: event in {"socket.connect", "socket.getaddrinfo"}
        and open(sys.argv[1], "a").write(f"{event} {said!r}\\n"))
    from pathlib import Path
    from landward.cli.together import dial
    from landward.web.http.diary_sessions import AppState, DiarySession
    from landward.web.http.security import local_hosts
    from landward.web.http.sessions import SessionStore
    from landward.web.http.site import create_app
    from landward.web.pages.entering import DiaryChoice
    from starlette.testclient import TestClient
    doors = SessionStore(8123)
    state = AppState([DiarySession("mine", Path(sys.argv[2]))], dial=dial)
    app = create_app(state, doors, (DiaryChoice("mine", "Start", "A"),), hosts=local_hosts(8123))
    with TestClient(app, base_url="http://localhost:8123", follow_redirects=True) as browser:
        browser.get(f"/open?token={doors.launch_token}")
        assert browser.post("/unlock", data={"passphrase": "pw"}).status_code == 200
        for page in ("/today", "/together", "/settings", "/waiting"):
            assert browser.get(page).status_code == 200, page
        assert "joined no relay" in browser.post("/together/sync").text
        assert browser.post("/together/pair").status_code == 422
        browser.post("/lock")
"""


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made, _ = Vault.create(tmp_path_factory.mktemp("v") / "my.vault", "pw", now=NOW, cost=CHEAPEST)
    with made:
        made.append([note(f"line {n}", str(n)) for n in range(3)])
    return made.path


def outgoing(script: str, vault: Path, folder: Path, how: str = "") -> tuple[str, list[str]]:
    """How it was looked, and every call that leads out of this machine's files."""
    trace = folder / "calls"
    trace.write_text("")
    strace = shutil.which("strace")
    watching = ["-f", "-qq", "--seccomp-bpf", "-e", "trace=network", "-o", str(trace)]
    watched = [strace, *watching] if strace else []
    said = [str(folder / "said"), str(vault), how, "" if strace else "audit"]
    program = [sys.executable, "-c", textwrap.dedent(script), *said]
    environment = {**os.environ, "LANDWARD_PASSPHRASE": "pw", "XDG_STATE_HOME": str(folder)}
    done = subprocess.run(
        [*watched, *program], env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    if strace:
        lines = trace.read_text().splitlines()
        names = ("connect(", "sendto(", "sendmsg(")
        return "strace", [
            line
            for line in lines
            if "AF_INET" in line and ("socket(" in line or any(name in line for name in names))
        ]
    return "audit events", (folder / "said").read_text().splitlines()


def test_no_command_opens_a_line(vault: Path, tmp_path: Path) -> None:
    how, calls = outgoing(COMMANDS, vault, tmp_path)
    print(f"looked at by {how}")
    assert calls == []


def test_no_page_opens_a_line(vault: Path, tmp_path: Path) -> None:
    how, calls = outgoing(PAGES, vault, tmp_path)
    print(f"looked at by {how}")
    assert calls == []


def test_a_line_would_be_seen(vault: Path, tmp_path: Path) -> None:
    """The same, joining a relay that is not there: the look sees it."""
    _, calls = outgoing(COMMANDS, vault, tmp_path, "dial")
    assert any("AF_INET" in call or "socket.connect" in call for call in calls)
