"""Faults put into the calls that change files, and what is said where the disk refuses."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from landward.vault import Vault, erasure, upgrade
from landward.vault.earlier import ERASING
from landward.vault.erasure import erase_entries, erase_vault
from landward.vault.errors import CouldNotSave, NotConfirmed
from landward.vault.file_lock import LOCK_FILE
from tests.vault.conftest import make_entry, make_vault, reopen

BENCH = Path(__file__).parents[2] / "benchmarks" / "vault"


def test_a_bounded_share_of_faults_meets_no_untrue_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ENOSPC, EROFS, EIO and SIGKILL at every eightieth such call of every operation of a vault."""
    monkeypatch.syspath_prepend(str(BENCH))
    import shim

    if shim.compiler() is None:
        pytest.skip("no C compiler here: faults cannot be put between Python, SQLite and the disk")
    work, result = tmp_path / "work", tmp_path / "result.json"
    command = [sys.executable, str(BENCH / "faults.py"), str(work), str(result), "--every", "80"]
    done = subprocess.run(
        command,
        env=shim.environment(shim.build(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(result.read_text()) if result.exists() else {"untrue": [done.stderr]}
    assert told["untrue"] == []
    assert len(told["cases"]) == 21 and sum(told["cases"].values()) > 100
    assert told["ends"]["killed"] and told["ends"]["CouldNotSave"]


def test_facts_of_two_moments_are_not_taken_for_whole(path: Path) -> None:
    """What a kill in the middle of a key change left: then the rollback file is needed."""
    from landward.vault import facts

    with make_vault(path) as vault:
        assert facts.of_one_moment(vault.connection())
        vault.connection().execute("UPDATE fact SET value = 'torn' WHERE name = 'device'")
        assert not facts.of_one_moment(vault.connection())


def test_a_commit_the_disk_would_not_confirm_is_not_called_unchanged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from landward.vault import database

    with make_vault(path) as vault:
        token = 7
        vault.connection().execute(f"PRAGMA application_id = {token}")

        def refuse(_: Path) -> None:
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(database, "sync_folder", refuse)
        with pytest.raises(NotConfirmed, match="written, but the disk would not confirm"):
            database._settle(vault.connection(), vault.journal, token, OSError())
        with pytest.raises(OSError):
            database._settle(vault.connection(), vault.journal, 8, OSError())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no links to put there")
def test_erasing_through_a_link_takes_the_folder_and_the_link(path: Path, tmp_path: Path) -> None:
    make_vault(path).lock()
    link = tmp_path / "link"
    link.symlink_to(path)
    erase_vault(reopen(link))
    assert not path.exists() and not link.is_symlink()


def test_a_diary_that_cannot_be_removed_is_said_to_be_gone_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make_vault(path)

    def refuse(_: Path) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(erasure.shutil, "rmtree", refuse)
    with pytest.raises(NotConfirmed, match="believe that nothing opens it any more") as raised:
        erase_vault(vault)
    assert "nothing was changed" not in str(raised.value)


def test_erasing_that_was_cut_short_is_finished_at_the_next_unlocking(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = make_entry(1)
    kept = path / "before-upgrade-1.db"
    with make_vault(path) as vault:
        vault.append([line])
        upgrade.copy_journal(
            vault.journal, vault.key.derive("journal"), kept, vault.key.derive("journal")
        )

        class PowerOff(Exception):
            pass

        def cut(_: Vault) -> None:
            raise PowerOff

        monkeypatch.setattr(erasure, "finish_erasing", cut)
        with pytest.raises(PowerOff):
            erase_entries(vault, [line.id])
        monkeypatch.undo()
        assert kept.exists() and vault.fact(ERASING) == "yes"
    with reopen(path) as vault:
        assert not kept.exists() and vault.fact(ERASING) is None and vault.entries() == ()


def test_a_lock_that_cannot_be_opened_is_not_taken_for_no_lock(path: Path) -> None:
    with make_vault(path) as vault:
        (path / LOCK_FILE).unlink()
        (path / LOCK_FILE).mkdir()
        with pytest.raises(CouldNotSave, match="the diary's lock cannot be opened"):
            vault.append([make_entry(1)])
        assert vault.entries() == ()
