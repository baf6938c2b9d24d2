"""Changing keys: both halves or neither, and what is said is true wherever the disk refuses."""

from pathlib import Path
from typing import NoReturn

import pytest

from landward.vault import Vault, keys, quiz, words
from landward.vault.errors import CouldNotSave, WrongKey
from landward.vault.header import FILE
from landward.vault.passphrases import normalise
from tests.vault.conftest import NOW, PASSPHRASE, make_entry, make_vault, reopen


def refuse(*_: object, **__: object) -> NoReturn:
    raise CouldNotSave("journal.db: the disk is full; nothing was changed")


def opens(path: Path, shown: tuple[str, ...]) -> bool:
    try:
        Vault.open_with(path, words.from_words(" ".join(shown)), "recovery", now=NOW).lock()
    except WrongKey:
        return False
    return True


def test_a_full_disk_leaves_the_old_passphrase_and_says_so_truly(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_vault(path) as vault:
        before = (path / FILE).read_bytes()
        monkeypatch.setattr("landward.vault.create.keep_header", refuse)
        with pytest.raises(CouldNotSave, match="nothing was changed"):
            keys.set_passphrase(vault, "another one entirely", now=NOW)
        monkeypatch.undo()
        assert (path / FILE).read_bytes() == before
        vault.append([make_entry(1)])  # the open diary goes on
    reopen(path).lock()
    with pytest.raises(WrongKey):
        reopen(path, "another one entirely")
    assert [p.name for p in path.glob(".*")] == []


def test_new_words_that_could_not_be_kept_leave_the_old_ones_and_their_questions(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, old = Vault.create(path, PASSPHRASE, now=NOW, cost=keys.CHEAPEST)
    asked = vault.fact(quiz.FACT)
    monkeypatch.setattr("landward.vault.create.keep_header", refuse)
    seen: list[tuple[str, ...]] = []
    with pytest.raises(CouldNotSave):
        keys.new_recovery_words(vault, now=NOW, show=seen.append)
    monkeypatch.undo()
    assert vault.fact(quiz.FACT) == asked
    vault.lock()
    assert opens(path, old) and not opens(path, seen[0])


def test_words_count_only_after_they_were_shown(path: Path) -> None:
    vault, old = Vault.create(path, PASSPHRASE, now=NOW, cost=keys.CHEAPEST)

    def leave(_: tuple[str, ...]) -> NoReturn:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        keys.new_recovery_words(vault, now=NOW, show=leave)
    recovery = next(info.id for info in keys.who_can_open(vault) if info.kind == "recovery")
    with pytest.raises(KeyboardInterrupt):
        keys.remove_key(vault, recovery, PASSPHRASE, now=NOW, show=leave)
    vault.lock()
    assert opens(path, old)
    with reopen(path) as vault:
        seen: list[tuple[str, ...]] = []
        shown = keys.new_recovery_words(vault, now=NOW, show=seen.append)
        assert seen == [shown]
        assert set(quiz.due(vault, NOW.date().replace(year=NOW.year + 1)) or ()) <= {*range(1, 13)}
    assert opens(path, shown) and not opens(path, old)


def test_a_removal_that_cannot_finish_says_which_words_count(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, old = Vault.create(path, PASSPHRASE, now=NOW, cost=keys.CHEAPEST)
    vault.append([make_entry(n) for n in range(3)])
    recovery = next(info.id for info in keys.who_can_open(vault) if info.kind == "recovery")
    seen: list[tuple[str, ...]] = []
    monkeypatch.setattr("landward.vault.rotation.finish", refuse)
    with pytest.raises(CouldNotSave, match="the new recovery words count") as told:
        keys.remove_key(vault, recovery, PASSPHRASE, now=NOW, show=seen.append)
    assert "nothing was changed" not in str(told.value)
    monkeypatch.undo()
    with reopen(path) as vault:
        assert len(vault.entries()) == 3
    assert opens(path, seen[0]) and not opens(path, old)


def test_a_removal_that_cannot_begin_leaves_the_old_words(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, old = Vault.create(path, PASSPHRASE, now=NOW, cost=keys.CHEAPEST)
    recovery = next(info.id for info in keys.who_can_open(vault) if info.kind == "recovery")
    monkeypatch.setattr("landward.vault.rotation.copy_journal", refuse)
    with pytest.raises(CouldNotSave, match="nothing was changed"):
        keys.remove_key(vault, recovery, PASSPHRASE, now=NOW)
    monkeypatch.undo()
    vault.lock()
    assert opens(path, old)
    assert normalise(PASSPHRASE)


def test_a_removed_key_reads_nothing_that_a_box_gets_later(path: Path) -> None:
    from nacl.public import PrivateKey

    from landward.vault import inbox
    from landward.vault.header import read_header

    with make_vault(path) as vault:
        box_id = keys.open_box(vault, "my sister", now=NOW)
        (old,) = vault.header.boxes
        private: PrivateKey = inbox.private_key(vault.key, old)
        recovery = next(info.id for info in keys.who_can_open(vault) if info.kind == "recovery")
        keys.remove_key(vault, recovery, PASSPHRASE, now=NOW)
    (new,) = read_header(path).boxes
    assert (new.id, new.public_key) != (old.id, old.public_key) and new.id == box_id
    file = inbox.leave(path, make_entry(1), now=NOW, box_id=box_id)
    assert inbox.open_sealed(read_header(path).vault, private, file.read_bytes()) is None
    with reopen(path) as vault:
        assert [entry.origin for entry in vault.entries()] == ["from my sister"]
