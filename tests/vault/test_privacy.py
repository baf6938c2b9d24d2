"""Not one byte of a note, a symptom or a date of the diary can be found in the vault's files."""

import json
import os
import signal
import stat
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from landward.vault import Vault, inbox, keys, migrations, upgrade
from landward.vault.backup import make_backup, restore_backup
from landward.vault.header import read_header
from landward.vault.rows import row_of
from tests.vault.conftest import NOW, PASSPHRASE, bytes_of, make_entry, make_vault, reopen

WORDS = ("akathisia", "the blue kettle", "diazepam", "insomnia", "Étang", "my sister", "check_in")
DAYS = [date(2021, 3, 1) + timedelta(days=n) for n in range(60)]


def diary() -> list:
    return [
        make_entry(
            n,
            date=day,
            kind="check_in",
            zone="Europe/Lisbon",
            origin="import:jang2024",
            says={
                "note": " ".join(WORDS),
                "asked": ["insomnia"],
                "answers": {"insomnia": n % 5},
                "scales": {"insomnia": "0..4 better down"},
            },
        )
        for n, day in enumerate(DAYS)
    ]


def traces(files: dict[str, bytes]) -> list[tuple[str, str]]:
    wanted = [*WORDS, "Lisbon", "jang2024", "insomnia", NOW.date().isoformat(), NOW.isoformat()]
    wanted += [day.isoformat() for day in DAYS] + [day.strftime("%Y%m%d") for day in DAYS]
    needles = {
        form
        for text in wanted
        for form in (text.encode(), text.encode("utf-16-le"), json.dumps(text)[1:-1].encode())
    }
    found = []
    for name, content in files.items():
        lowered = content.lower()
        found += [(name, n.decode("latin1")) for n in needles if n.lower() in lowered]
        found += [(name, "in the name") for n in needles if n.lower() in name.lower().encode()]
        if content.startswith(b"SQLite format 3"):
            found.append((name, "a plain SQLite header"))
    return found


def test_the_search_itself_finds_what_it_should(tmp_path: Path) -> None:
    (tmp_path / "x").write_text(diary()[0].to_line())
    assert len(traces(bytes_of(tmp_path))) > 5


def test_nothing_readable_in_a_vault_in_use(path: Path, tmp_path: Path) -> None:
    vault = make_vault(path)
    vault.append(diary())
    keys.open_box(vault, "my sister", now=NOW)
    keys.add_passphrase(vault, "hers", "my sister", now=NOW)
    Vault.seal(path, diary()[5], now=NOW)
    made = make_backup(vault, tmp_path / "b.backup", now=NOW)
    assert traces(bytes_of(path)) == []
    vault.lock()
    assert traces(bytes_of(path) | {"backup": made.read_bytes()}) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_nothing_readable_in_what_a_killed_writer_leaves(path: Path) -> None:
    """The rollback journal of a transaction that never ended is on disk too."""
    with make_vault(path) as vault:
        vault.append(diary()[:30])
    child = os.fork()
    if child == 0:
        vault = reopen(path)
        connection = vault.connection()
        connection.execute("PRAGMA cache_size = 1")  # spill pages before the end
        connection.execute("BEGIN IMMEDIATE")
        for entry in diary():
            connection.execute(
                "INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                row_of(entry._replace(body=entry.body + " " * 4000)),
            )
        connection.execute("UPDATE entry SET zone = 'Europe/Lisbon '")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    files = bytes_of(path)
    assert len(files["journal.db-journal"]) > 512
    assert traces(files) == []
    with reopen(path) as vault:
        assert len(vault.entries()) == 30


def test_nothing_readable_after_a_rotation_an_erasure_and_a_change(path: Path) -> None:
    from landward.vault.erasure import erase_entries

    with make_vault(path) as vault:
        vault.append(diary())
        erase_entries(vault, [diary()[0].id, vault.entries()[3].id])
        recovery = next(s.id for s in vault.header.slots if s.kind == "recovery")
        keys.remove_key(vault, recovery, PASSPHRASE, now=NOW)
    assert traces(bytes_of(path)) == []
    assert sorted(bytes_of(path)) == ["journal.db", "keys.json", "lock", "turn"]


def test_no_temporary_files_outside_the_vault(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "tmp"
    elsewhere.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP"):
        monkeypatch.setenv(name, str(elsewhere))
    with make_vault(path) as vault:
        vault.append(diary())
        make_backup(vault, tmp_path / "b.backup", now=NOW)
        vault.connection().execute("SELECT * FROM entry ORDER BY body, zone").fetchall()
    assert list(elsewhere.iterdir()) == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.backup", "my.vault", "tmp"]


@pytest.fixture
def generous_umask() -> Iterator[None]:
    """A machine that would let everybody read what nobody gave a mode."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="modes are a POSIX matter")
@pytest.mark.usefixtures("generous_umask")
def test_what_is_made_later_is_the_owners_alone_too(path: Path, tmp_path: Path) -> None:
    """An inbox made anew, files set aside, a form before an upgrade, a new key, a restored copy."""
    make_vault(path).lock()
    for name in ("lock", "turn"):
        (path / name).unlink()
    (path / "inbox").rmdir()  # a syncing program drops empty folders
    inbox.put(path, read_header(path).inbox.id, "1" * 32, b"garbage", NOW)
    with reopen(path) as vault:
        recovery = next(s.id for s in vault.header.slots if s.kind == "recovery")
        keys.remove_key(vault, recovery, PASSPHRASE, now=NOW)
        made = make_backup(vault, tmp_path / "b.backup", now=NOW)
        later = (*migrations.STEPS, ("nothing", ()))
        upgrade.bring_up_to_date(vault.connection(), vault.journal, vault.key, NOW, later)
    again = tmp_path / "again.vault"
    restore_backup(made, again, PASSPHRASE.encode()).lock()
    found = [made, *(file for folder in (path, again) for file in (folder, *folder.rglob("*")))]
    names = {file.name for file in found}
    assert names >= {"lock", "turn", "unreadable", "journal.db", "before-upgrade-2.db"}
    for file in found:
        wanted = 0o700 if file.is_dir() else 0o600
        assert stat.S_IMODE(file.stat().st_mode) == wanted, file
