"""The same with real vaults: durable, erased for good, kept through new keys and backups."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.app.together.in_memory import NOW, MemoryHost, note
from tests.app.together.sets import ADDRESS, pair

from landward.app.together.book import VaultBook
from landward.app.together.host import refused
from landward.app.together.joining import join_with_invitation
from landward.app.together.sync import sync
from landward.vault import Vault
from landward.vault.backup import make_backup, restore_backup
from landward.vault.carrying import OUT, change
from landward.vault.checking import check_vault
from landward.vault.cost import CHEAPEST
from landward.vault.erasure import erase_entries
from landward.vault.keys import add_passphrase, remove_key, who_can_open


@pytest.fixture
def host() -> MemoryHost:
    return MemoryHost()


@pytest.fixture
def two(tmp_path: Path, host: MemoryHost) -> Iterator[tuple[Vault, Vault]]:
    """Two vaults of one person, paired."""
    one, _ = Vault.create(tmp_path / "one", "pw", now=NOW, cost=CHEAPEST)
    other, _ = Vault.create(tmp_path / "other", "other pw", now=NOW, cost=CHEAPEST)
    with one, other:
        code = host.invite("CODE")
        join_with_invitation(VaultBook(one), lambda _: host, ADDRESS, code, "one", NOW)
        pair(VaultBook(one), VaultBook(other), host, "other", NOW)  # type: ignore[arg-type]
        yield one, other


def settle(host: MemoryHost, *vaults: Vault) -> None:
    for _ in range(3):
        for vault in vaults:
            sync(VaultBook(vault), host, NOW)


def test_two_vaults_end_with_equal_heads(two: tuple[Vault, Vault], host: MemoryHost) -> None:
    one, other = two
    one.append([note(f"one {n}", f"one-{n}") for n in range(30)])
    other.append([note(f"other {n}", f"other-{n}") for n in range(30)])
    settle(host, one, other)
    assert one.head() == other.head() and len(one.entries()) == 60
    for vault in two:
        assert check_vault(vault, now=NOW).entries == 60


def test_what_was_erased_goes_everywhere_and_its_sealed_piece_too(
    two: tuple[Vault, Vault], host: MemoryHost
) -> None:
    one, other = two
    one.append([note("stays", "stays"), note("goes", "goes")])
    settle(host, one, other)
    erase_entries(other, [note("goes", "goes").id])
    settle(host, one, other)
    assert one.head() == other.head()
    assert [entry.id for entry in one.entries()] == [note("stays", "stays").id]


def test_a_sealed_piece_that_waits_is_erased_with_what_it_carries(
    two: tuple[Vault, Vault], host: MemoryHost
) -> None:
    one, other = two
    one.append([note("stays", "stays"), note("goes", "goes")])
    honest = host.put_many

    def silent(*_: object) -> None:
        raise refused("unreachable")

    host.put_many = silent  # type: ignore[method-assign, assignment]
    with pytest.raises(Exception, match="did not answer"):
        sync(VaultBook(one), host, NOW)
    assert one.facts(OUT)
    erase_entries(one, [note("goes", "goes").id])
    assert not one.facts(OUT)
    host.put_many = honest  # type: ignore[method-assign]
    settle(host, one, other)
    assert one.head() == other.head() and len(other.entries()) == 1


def test_it_lives_through_new_keys_and_a_backup(
    two: tuple[Vault, Vault], host: MemoryHost, tmp_path: Path
) -> None:
    one, other = two
    one.append([note("first", "first")])
    settle(host, one, other)
    add_passphrase(one, "hers, for a while", label="hers", now=NOW, cost=CHEAPEST)
    hers = next(k.id for k in who_can_open(one) if k.named.label == "hers")
    remove_key(one, hers, "pw", now=NOW, cost=CHEAPEST)  # the whole vault gets a new data key
    backup = make_backup(one, tmp_path / "backup", now=NOW)
    one.append([note("after the backup", "after")])
    settle(host, one, other)
    one.lock()
    with restore_backup(backup, tmp_path / "again", b"pw") as again:
        again.append([note("written on the restored one", "restored")])
        done = sync(VaultBook(again), host, NOW)
        assert done.received == 1  # what it had sent after the backup came back
        settle(host, again, other)
        assert again.head() == other.head() and len(other.entries()) == 3


def test_what_is_refused_changes_nothing(two: tuple[Vault, Vault], host: MemoryHost) -> None:
    one, other = two
    one.append([note("mine", "mine")])
    other.append([note("theirs", "theirs")])
    sync(VaultBook(other), host, NOW)
    before = one.head(), one.facts("")

    def broken(*_: object) -> None:
        raise refused("busy")

    host.since = broken  # type: ignore[method-assign, assignment]
    with pytest.raises(Exception, match="cannot write just now"):
        sync(VaultBook(one), host, NOW)
    assert (one.head(), one.facts("")) == before


def test_a_line_no_diary_can_hold_stays_out(two: tuple[Vault, Vault], host: MemoryHost) -> None:
    """A device of the set with a broken Landward: bounded numbers, depth, days."""
    one, other = two
    bad = note("x", "bad")._replace(body='{"text":' + "[" * 40 + "]" * 40 + "}")
    worse = note("x", "worse")._replace(body='{"text":"a","n":1e99999}')
    with one.changing():
        pass
    book = VaultBook(one)
    entries = (*one.entries(), bad, worse, note("good", "good"))
    book.entries = lambda: entries  # type: ignore[method-assign]
    book.digests = lambda: {e.id: e.id[:16] for e in entries}  # type: ignore[method-assign]
    sync(book, host, NOW)
    done = sync(VaultBook(other), host, NOW)
    assert done.received == 1 and [e.id for e in other.entries()] == [note("good", "good").id]
    assert "2 lines that came could not be part of a diary" in done.said[0]


def test_a_change_is_whole_or_not_there(two: tuple[Vault, Vault]) -> None:
    one, _ = two
    before = one.head(), one.facts("")
    with pytest.raises(Exception, match="object"):
        change(one, {"x": "y"}, [note("a", "a"), object()])  # type: ignore[list-item]
    assert (one.head(), one.facts("")) == before
