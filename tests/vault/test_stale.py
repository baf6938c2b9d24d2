"""An old rollback file beside the journal takes nothing back; a real one still does its work."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from landward.vault import stale
from landward.vault.create import JOURNAL
from tests.vault.conftest import make_entry, make_vault, reopen

CUT_SHORT = """
import os, sys
from tests.vault.conftest import make_entry, reopen
from landward.vault import rows
vault = reopen(__import__("pathlib").Path(sys.argv[1]))
connection = vault.connection()
connection.execute("PRAGMA cache_size = 5")
connection.execute("BEGIN IMMEDIATE")
rows.insert(connection, [rows.row_of(make_entry(n, says={"text": "x" * 3000})) for n in range(200)])
os._exit(9)  # in the middle of a write whose first pages are on disk already
"""


def cut_short(path: Path) -> Path:
    """Leave the vault as a killed writer leaves it; returns the rollback file it left."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", CUT_SHORT, str(path)],
        cwd=root,
        env={"PYTHONPATH": f"{root / 'src'}:{root / 'tests'}:{root}", "PATH": "/usr/bin:/bin"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 9, done.stderr
    left = path / f"{JOURNAL}-journal"
    assert left.stat().st_size > 512
    return left


@pytest.fixture
def later(path: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A diary that went on, and a rollback file of an earlier day of it."""
    with make_vault(path) as vault:
        vault.append([make_entry(n) for n in range(5)])
    copy = tmp_path / "copy"
    shutil.copytree(path, copy)
    old = cut_short(copy)
    with reopen(path) as vault:
        vault.append([make_entry(n, says={"text": "y" * 2000}) for n in range(5, 60)])
    return path, old


def test_an_old_rollback_file_takes_nothing_back_and_is_said(later: tuple[Path, Path]) -> None:
    path, old = later
    shutil.copy(old, path / f"{JOURNAL}-journal")
    with reopen(path) as vault:
        assert len(vault.entries()) == 60
        assert "a rollback file lay beside a diary that is whole" in vault.notices[0]
    assert (path / stale.ASIDE).read_bytes() == old.read_bytes()
    assert not (path / f"{JOURNAL}-journal").exists()
    with reopen(path) as vault:
        assert len(vault.entries()) == 60
        assert not any(line.startswith("a rollback file") for line in vault.notices)


def test_put_back_twice_both_are_kept(later: tuple[Path, Path]) -> None:
    path, old = later
    for _ in range(2):
        shutil.copy(old, path / f"{JOURNAL}-journal")
        reopen(path).lock()
    assert (path / f"{stale.ASIDE}2").exists()


def test_a_write_cut_short_is_undone_as_ever(path: Path) -> None:
    with make_vault(path) as vault:
        vault.append([make_entry(n) for n in range(5)])
    cut_short(path)
    with reopen(path) as vault:
        assert [entry.seq for entry in sorted(vault.entries(), key=lambda e: e.seq)] == [*range(5)]
    assert not list(path.glob("*aside*")) and not list(path.glob("*look*"))


def test_an_empty_or_zeroed_rollback_file_is_no_matter(path: Path) -> None:
    with make_vault(path) as vault:
        vault.append([make_entry(1)])
    beside = path / f"{JOURNAL}-journal"
    for content in (b"", bytes(4096)):
        beside.write_bytes(content)
        with reopen(path) as vault:
            assert len(vault.entries()) == 1
