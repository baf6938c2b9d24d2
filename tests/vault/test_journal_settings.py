"""What SQLite is told before the first word is written: no crash test can see these by itself."""

import os
from pathlib import Path

import pytest

from landward.vault import Vault, files, installation
from tests.vault.conftest import NOW, make_entry, make_vault, reopen

SETTINGS = {
    "journal_mode": "delete",
    "synchronous": 3,  # EXTRA: the folder is synced too once the rollback journal is gone
    "secure_delete": 1,  # bytes of what was erased are overwritten
    "temp_store": 2,  # sorting never leaves pages in a temporary file
    "trusted_schema": 0,
}


@pytest.mark.parametrize("name", SETTINGS)
def test_every_connection_is_told_the_same(path: Path, name: str) -> None:
    for vault in (make_vault(path), reopen(path)):
        with vault:
            assert vault.connection().execute(f"PRAGMA {name}").fetchone() == (SETTINGS[name],)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to name a handle")
def test_what_is_sealed_is_synced_before_it_is_acknowledged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes before the name, then the folder that holds the name."""
    make_vault(path).lock()
    installation.secret()  # made once for this machine, and synced too
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        done.append("folder" if Path(f"/proc/self/fd/{handle}").resolve().is_dir() else "bytes")
        fsync(handle)

    def renamed(self: Path, target: Path) -> Path:
        done.append("name")
        return replace(self, target)

    monkeypatch.setattr("os.fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    Vault.seal(path, make_entry(1), now=NOW)
    assert done == ["bytes", "name", "folder"]
    done.clear()
    files.write_atomically(path / "x.json", b"{}")
    assert done == ["bytes", "name", "folder"]
