"""A pipe in the place of one of the vault's files is waited for by nobody: not even Help now."""

import os
import threading
from pathlib import Path

import pytest

from landward.model.base import LandwardError
from landward.vault import Vault, outside
from landward.vault.header import read_header
from tests.vault.conftest import NOW, PASSPHRASE, make_entry, make_vault
from web.app_here import AppHere

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")


def pipe_at(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def said(work, pipe: Path) -> str:  # type: ignore[no-untyped-def]
    """What `work` comes to, in a thread that is let go where it waits for the pipe."""
    found: list[str] = []

    def run() -> None:
        try:
            found.append(repr(work()))
        except LandwardError as error:
            found.append(str(error))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(30)
    if thread.is_alive():
        os.close(os.open(pipe, os.O_RDWR | os.O_NONBLOCK))
        thread.join(30)
        pytest.fail(f"it waited for {pipe.name}")
    return found[0]


@pytest.mark.parametrize("name", ["keys.json", "journal.db", "journal.db-journal"])
def test_unlocking_and_logging_wait_for_no_pipe(path: Path, name: str) -> None:
    make_vault(path).lock()
    pipe_at(path / name)
    line = said(lambda: Vault.open(path, PASSPHRASE, now=NOW), path / name)
    assert name in line and "\n" not in line
    if name == "keys.json":
        assert name in said(lambda: Vault.seal(path, make_entry(1), now=NOW), path / name)
        assert name in said(lambda: read_header(path), path / name)


def test_what_is_shown_while_locked_waits_for_no_pipe(path: Path) -> None:
    make_vault(path).lock()
    pipe_at(path / outside.FILE)
    assert said(lambda: outside.read_outside(path), path / outside.FILE) == "{}"


def test_help_now_waits_for_no_pipe(tmp_path: Path) -> None:
    with AppHere(tmp_path) as here:
        pipe_at(here.path / outside.FILE)
        page = said(lambda: here.browser.get("/help").status_code, here.path / outside.FILE)
    assert page == "200"
