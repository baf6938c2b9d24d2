import hashlib
import json
import random
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from landward.model.base import BadInput
from landward.vault import Vault, keys, words
from landward.vault.backup import (
    MAGIC,
    backup_reminder,
    known_backups,
    make_backup,
    restore_backup,
)
from landward.vault.cost import CHEAPEST
from landward.vault.datakey import DataKey
from landward.vault.errors import Damaged, Locked, WrongKey
from landward.vault.header import Header
from landward.vault.opening import unlock
from landward.vault.slots import SlotKind
from tests.vault.conftest import NOW, PASSPHRASE, make_entry, make_vault, reopen


@pytest.fixture
def made(path: Path, tmp_path: Path) -> Path:
    with make_vault(path) as vault:
        vault.append([make_entry(n) for n in range(30)])
        return make_backup(vault, tmp_path / "b.backup", now=NOW)


def restore(made: Path, passphrase: str = PASSPHRASE) -> Vault:
    return restore_backup(made, made.parent / "again.vault", passphrase.encode())


def test_a_backup_restores_to_the_same_diary(made: Path, path: Path) -> None:
    with reopen(path) as vault, restore(made) as again:
        assert again.entries() == vault.entries()
        assert again.head() == vault.head()
        assert again.device != vault.device
        again.append([make_entry(99)])
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_a_backup_carries_its_keys(path: Path, tmp_path: Path) -> None:
    vault, shown = Vault.create(path, PASSPHRASE, now=NOW, cost=CHEAPEST)
    made = make_backup(vault, tmp_path / "b.backup", now=NOW)
    keys.set_passphrase(vault, "new one", now=NOW, cost=CHEAPEST)
    vault.lock()
    restore(made).lock()  # the passphrase of then, as the note beside a change says
    with pytest.raises(WrongKey):
        restore_backup(made, tmp_path / "x.vault", b"new one")
    secret = words.from_words(" ".join(shown))
    restore_backup(made, tmp_path / "y.vault", secret, "recovery").lock()
    assert not (tmp_path / "x.vault").exists()


def test_a_folder_gets_a_name_that_says_nothing(vault: Vault, tmp_path: Path) -> None:
    made = make_backup(vault, tmp_path, now=NOW)
    assert made.name == "landward-2026-11-21-123000.backup"


def test_nothing_is_written_over(made: Path, path: Path) -> None:
    with reopen(path) as vault, pytest.raises(BadInput, match="exists already"):
        make_backup(vault, made, now=NOW)
    with pytest.raises(BadInput, match="exists already"):
        restore_backup(made, path, PASSPHRASE.encode())


@pytest.mark.parametrize("share", [0, 0.0001, 0.01, 0.3, 0.7, 0.99, 0.99999])
def test_truncated_backups_are_refused(made: Path, share: float) -> None:
    data = made.read_bytes()
    made.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Damaged):
        restore(made)
    assert not (made.parent / "again.vault").exists()
    assert [p.name for p in made.parent.iterdir() if "part" in p.name] == []


def test_bit_flipped_backups_are_refused(made: Path) -> None:
    data = made.read_bytes()
    chance = random.Random(5)
    places = [0, len(MAGIC), len(MAGIC) + 7, len(data) - 1]
    places += [chance.randrange(len(data)) for _ in range(60)]
    for place in places:
        flipped = bytearray(data)
        flipped[place] ^= 1 << chance.randrange(8)
        made.write_bytes(flipped)
        with pytest.raises(Damaged):
            restore(made)
    assert not (made.parent / "again.vault").exists()


def forged(made: Path, keys: bytes, journal: bytes, *, length: int | None = None) -> None:
    """A backup with whatever content, whose checksum fits: anyone can compute one."""
    data = MAGIC + len(keys).to_bytes(8, "big") + keys
    data += (len(journal) if length is None else length).to_bytes(8, "big") + journal
    made.write_bytes(data + hashlib.blake2b(data, digest_size=32).digest())


def parts(made: Path) -> tuple[bytes, bytes]:
    data = made.read_bytes()[len(MAGIC) : -32]
    end = 8 + int.from_bytes(data[:8], "big")
    return data[8:end], data[end + 8 :]


def refused(made: Path) -> None:
    with pytest.raises(Damaged):
        restore(made)
    assert [p.name for p in made.parent.iterdir() if "again" in p.name] == []


def test_a_forged_but_well_formed_backup_is_refused(made: Path) -> None:
    """Someone altered any page of the journal and made the checksum fit: the cipher notices."""
    keys, journal = parts(made)
    for place in range(100, len(journal), 4096):
        altered = bytearray(journal)
        altered[place] ^= 1
        forged(made, keys, bytes(altered))
        refused(made)
    forged(made, keys, journal[:-4096])
    refused(made)
    forged(made, keys, journal)
    restore(made).lock()


def test_forged_keys_in_a_backup_are_refused(made: Path) -> None:
    """A swapped inbox key would let a stranger read what is logged while locked."""
    keys, journal = parts(made)
    told = json.loads(keys)
    told["inbox"]["public_key"] = "22" * 32
    forged(made, json.dumps(told).encode(), journal)
    refused(made)


def test_a_refused_backup_leaves_no_key_in_memory(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[DataKey] = []

    def kept(header: Header, secret: bytes, kind: SlotKind) -> tuple[DataKey, str]:
        held.append((found := unlock(header, secret, kind))[0])
        return found

    monkeypatch.setattr("landward.vault.backup.unlock", kept)
    keys, journal = parts(made)
    forged(made, keys.replace(b'"generation": 1', b'"generation": 2'), journal)
    refused(made)
    forged(made, keys, journal[:-4096])
    refused(made)
    assert len(held) == 2
    for key in held:
        with pytest.raises(Locked):
            key.reveal()


@pytest.mark.parametrize("off_by", [-4096, -1, 1, 4096, 2**40])
def test_forged_lengths_in_a_backup_are_refused(made: Path, off_by: int) -> None:
    keys, journal = parts(made)
    forged(made, keys, journal, length=len(journal) + off_by)
    refused(made)


def test_bombs_and_strangers_are_refused_at_once(tmp_path: Path) -> None:
    import io
    import zipfile

    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("journal.db", bytes(50_000_000))
    claims = MAGIC + (100).to_bytes(8, "big") + b"x" * 100 + (2**62).to_bytes(8, "big")
    for name, content in {
        "zip": bomb.getvalue(),
        "claims": claims,
        "keys": MAGIC + (2**60).to_bytes(8, "big") + b"{}",
        "text": b"hello",
        "empty": b"",
    }.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Damaged):
            restore_backup(tmp_path / name, tmp_path / "v.vault", b"x")
    with pytest.raises(BadInput, match="no such file"):
        restore_backup(tmp_path / "absent", tmp_path / "v.vault", b"x")
    with pytest.raises(BadInput):
        restore_backup(tmp_path, tmp_path / "v.vault", b"x")
    assert not (tmp_path / "v.vault").exists()


def test_the_reminder_is_quiet_until_it_is_due(vault: Vault, tmp_path: Path) -> None:
    assert backup_reminder(vault, now=NOW + timedelta(days=400)) is None  # nothing to lose yet
    vault.append([make_entry(1)])
    assert backup_reminder(vault, now=NOW + timedelta(days=3)) is None
    told = backup_reminder(vault, now=NOW + timedelta(days=15))
    assert told is not None and "no backup yet" in told
    make_backup(vault, tmp_path / "b.backup", now=NOW)
    assert backup_reminder(vault, now=NOW + timedelta(days=400)) is None  # nothing new since
    vault.append([make_entry(2)])
    assert backup_reminder(vault, now=NOW + timedelta(days=13)) is None
    told = backup_reminder(vault, now=NOW + timedelta(days=15))
    assert told is not None and "15 days old" in told


def test_known_backups_are_listed_newest_first(vault: Vault, tmp_path: Path) -> None:
    make_backup(vault, tmp_path / "one", now=NOW)
    make_backup(vault, tmp_path / "two", now=NOW + timedelta(days=1))
    assert [Path(b.path).name for b in known_backups(vault)] == ["two", "one"]


def test_a_backup_while_another_program_appends_is_one_moment(path: Path, tmp_path: Path) -> None:
    import threading

    make_vault(path).lock()
    with reopen(path) as writer, reopen(path) as keeper:
        stop = threading.Event()

        def write() -> None:
            number = 0
            while not stop.is_set():
                writer.append([make_entry(number), make_entry(number + 1)])
                number += 2
                stop.wait(0.01)  # SQLite's lock is not fair to whoever waits beside a tight loop

        thread = threading.Thread(target=write)
        thread.start()
        for number in range(3):
            made = make_backup(keeper, tmp_path / f"{number}.backup", now=NOW)
            with restore_backup(made, tmp_path / f"{number}.vault", PASSPHRASE.encode()) as again:
                assert len(again.entries()) % 2 == 0
                from landward.vault.checking import check_vault

                assert check_vault(again, now=NOW).problems == ()
        stop.set()
        thread.join()
