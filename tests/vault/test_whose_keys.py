"""Whose key is replaced: after recovery, and when two programs change the keys of one vault."""

from pathlib import Path
from typing import Any

import pytest

from landward.model.base import BadInput
from landward.vault import Vault, keys, words
from landward.vault.cost import CHEAPEST, Cost
from landward.vault.erasure import erase_vault
from landward.vault.errors import Locked, NotAVault, WrongKey
from landward.vault.opening import Opened, open_files
from tests.vault.conftest import NOW, PASSPHRASE, make_vault, reopen


def opens(path: Path, passphrase: str) -> bool:
    try:
        reopen(path, passphrase).lock()
    except WrongKey:
        return False
    return True


@pytest.mark.parametrize("changed_before", [False, True])
def test_recovery_replaces_the_persons_own_passphrase_never_a_guests(
    path: Path, changed_before: bool
) -> None:
    vault, shown = Vault.create(path, PASSPHRASE, now=NOW, cost=CHEAPEST)
    with vault:
        keys.add_passphrase(vault, "hers", "my sister", now=NOW, cost=CHEAPEST)
        if changed_before:
            keys.set_passphrase(vault, "forgotten", now=NOW, cost=CHEAPEST)
    with Vault.open_with(path, words.from_words(" ".join(shown)), "recovery", now=NOW) as vault:
        keys.set_passphrase(vault, "newest", now=NOW, cost=CHEAPEST)
        labels = sorted(info.named.label for info in keys.who_can_open(vault))
    assert labels == ["my sister", "recovery words", "your passphrase"]
    assert opens(path, "newest") and opens(path, "hers")
    assert not opens(path, "forgotten") and not opens(path, PASSPHRASE)


def test_a_passphrase_changed_twice_at_once_leaves_one_of_them(path: Path) -> None:
    make_vault(path).lock()
    mine, app = reopen(path), reopen(path)
    keys.set_passphrase(app, "from the app", now=NOW, cost=CHEAPEST)
    with pytest.raises(Locked, match="meanwhile"):
        keys.set_passphrase(mine, "from the terminal", now=NOW, cost=CHEAPEST)
    mine.lock()
    app.lock()
    assert opens(path, "from the app")
    assert not opens(path, "from the terminal") and not opens(path, PASSPHRASE)


def test_removing_a_key_knows_of_boxes_opened_elsewhere(path: Path) -> None:
    make_vault(path).lock()
    mine, app = reopen(path), reopen(path)
    box = keys.open_box(app, "my sister", now=NOW)
    gone = next(info.id for info in keys.who_can_open(mine) if info.kind == "recovery")
    keys.remove_key(mine, gone, PASSPHRASE, now=NOW)
    assert [found.id for found in mine.header.boxes] == [box]
    mine.lock()


def test_a_change_of_keys_while_a_key_is_removed_is_not_lost(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vault(path).lock()
    mine, app = reopen(path), reopen(path)
    before, gone = keys.make_slot, mine.header.slots[1].id

    def slowly(*given: object, cost: Cost) -> object:
        monkeypatch.setattr(keys, "make_slot", before)
        keys.open_box(app, "my sister", now=NOW)  # while argon2 runs
        return before(*given, cost=cost)  # passed on as they came

    monkeypatch.setattr(keys, "make_slot", slowly)
    with pytest.raises(BadInput, match="try again"):
        keys.remove_key(mine, gone, PASSPHRASE, now=NOW)
    keys.remove_key(mine, gone, PASSPHRASE, now=NOW)
    assert len(mine.header.boxes) == 1
    mine.lock()
    app.lock()


def test_a_removed_key_opens_no_earlier_form_either(path: Path) -> None:
    with make_vault(path) as vault:
        (path / "before-upgrade-1.db").write_bytes((path / "journal.db").read_bytes())
        gone = next(info.id for info in keys.who_can_open(vault) if info.kind == "recovery")
        keys.remove_key(vault, gone, PASSPHRASE, now=NOW)
    assert [*path.glob("before-upgrade-*")] == []


def test_a_removal_cut_short_leaves_no_earlier_form_once_reopened(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_vault(path) as vault:
        (path / "before-upgrade-1.db").write_bytes((path / "journal.db").read_bytes())
        gone = next(info.id for info in keys.who_can_open(vault) if info.kind == "recovery")

        def cut(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("landward.vault.rotation.finish", cut)
        with pytest.raises(KeyboardInterrupt):
            keys.remove_key(vault, gone, PASSPHRASE, now=NOW)
        monkeypatch.undo()
    reopen(path).lock()
    assert [*path.glob("before-upgrade-*")] == []


def test_the_key_before_a_removal_is_overwritten(path: Path) -> None:
    with make_vault(path) as vault:
        gone = next(info.id for info in keys.who_can_open(vault) if info.kind == "recovery")
        before = vault.key
        keys.remove_key(vault, gone, PASSPHRASE, now=NOW)
        with pytest.raises(Locked):
            before.reveal()


def test_an_opening_that_fails_forgets_the_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here the passphrase is right and the journal is from a newer Landward."""
    with make_vault(path) as vault:
        vault.connection().execute("PRAGMA user_version = 99")
    held: list[Opened] = []

    def kept(*given: Any) -> Opened:
        held.append(open_files(*given))
        return held[0]

    monkeypatch.setattr("landward.vault.vault.open_files", kept)
    with pytest.raises(NotAVault, match="newer Landward"):
        reopen(path)
    with pytest.raises(Locked):
        held[0].key.reveal()


def test_erasing_the_whole_overwrites_the_keys_before_it_removes_them(path: Path) -> None:
    """A second name for the same bytes sees what became of them."""
    with make_vault(path) as vault:
        seen = path.parent / "the same bytes"
        seen.hardlink_to(path / "keys.json")
        before = seen.read_bytes()
        erase_vault(vault)
    after = seen.read_bytes()
    assert not path.exists() and len(after) == len(before)
    assert not any(slot.box.encode() in after for slot in vault.header.slots)


def test_erasing_the_whole_begins_with_the_keys(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut short right after: what is left of the rest opens with nothing."""

    def cut(folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("landward.vault.erasure.shutil.rmtree", cut)
    with make_vault(path) as vault, pytest.raises(KeyboardInterrupt):
        erase_vault(vault)
    assert (path / "journal.db").exists() and not (path / "keys.json").exists()
