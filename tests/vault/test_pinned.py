"""The key that sealed lines go to is remembered: one that was exchanged is not written to."""

import json
from pathlib import Path

import pytest

from landward.model.base import BadInput
from landward.vault import Vault, inbox, keys, pinned
from landward.vault.cost import CHEAPEST
from landward.vault.datakey import DataKey
from landward.vault.header import FILE, read_header
from tests.vault.conftest import NOW, PASSPHRASE, make_entry, make_vault, reopen


def swap(path: Path) -> None:
    """What whoever may write to the folder can do while the diary is locked."""
    told = json.loads((path / FILE).read_text())
    told["inbox"]["public_key"] = inbox.make_box(DataKey.new()).public_key
    (path / FILE).write_text(json.dumps(told))


def test_nothing_is_sealed_to_a_key_that_was_exchanged(path: Path) -> None:
    make_vault(path).lock()
    kept = (path / FILE).read_bytes()
    swap(path)
    with pytest.raises(
        BadInput, match=r"keys\.json was changed since this diary was last open here"
    ):
        Vault.seal(path, make_entry(1), now=NOW)
    with pytest.raises(BadInput, match="nothing was written"):
        pinned.believed_header(path)
    assert inbox.waiting(path) == ()
    (path / FILE).write_bytes(kept)
    Vault.seal(path, make_entry(1), now=NOW)
    with reopen(path) as vault:
        assert len(vault.entries()) == 1


def test_other_keys_put_in_the_same_place_are_not_written_to(path: Path, tmp_path: Path) -> None:
    make_vault(path).lock()
    make_vault(tmp_path / "thief.vault").lock()
    (pinned._file()).write_text(  # the thief's diary was never opened here
        json.dumps({"pins": [one.model_dump() for one in pinned._all() if one.path == str(path)]})
    )
    (path / FILE).write_bytes((tmp_path / "thief.vault" / FILE).read_bytes())
    with pytest.raises(BadInput, match="nothing was written"):
        Vault.seal(path, make_entry(1), now=NOW)


def test_a_lock_changed_by_its_owner_is_written_to_at_once(path: Path) -> None:
    with make_vault(path) as vault:
        keys.add_passphrase(vault, "a guest’s passphrase", "guest", now=NOW, cost=CHEAPEST)
        guest = next(one for one in keys.who_can_open(vault) if one.named.label == "guest")
        keys.remove_key(vault, guest.id, PASSPHRASE, now=NOW, cost=CHEAPEST)
    Vault.seal(path, make_entry(1), now=NOW)
    with reopen(path) as vault:
        assert len(vault.entries()) == 1


def test_a_moved_diary_and_one_never_seen_are_believed(path: Path, tmp_path: Path) -> None:
    make_vault(path).lock()
    moved = path.rename(tmp_path / "moved.vault")
    Vault.seal(moved, make_entry(1), now=NOW)
    pinned._file().unlink()
    Vault.seal(moved, make_entry(2), now=NOW)
    assert len(inbox.waiting(moved)) == 2
    assert read_header(moved) == pinned.believed_header(moved)


def test_a_list_that_cannot_be_read_or_kept_stops_nobody(path: Path) -> None:
    make_vault(path).lock()
    pinned._file().write_text("[" * 100_000)
    Vault.seal(path, make_entry(1), now=NOW)
    pinned._file().unlink()
    pinned._file().mkdir()
    with reopen(path) as vault:
        assert len(vault.entries()) == 1
