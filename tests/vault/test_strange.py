"""A stranger's diary or backup: its tables and sizes are looked at before anything is taken in."""

import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from landward.model.base import LandwardError
from landward.vault import Vault, strange
from landward.vault.backup import make_backup, restore_backup
from landward.vault.create import JOURNAL
from landward.vault.database import Connection, connect
from landward.vault.merging import merge_conflict_copy, merge_vaults
from tests.vault.conftest import NOW, PASSPHRASE, bytes_of, make_entry, make_vault, reopen

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"


def _sql(*statements: str) -> Callable[[Connection], None]:
    def do(connection: Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return do


ENTRY = "id, device, seq, recorded_at, zone, date, kind, version, body, replaces, origin"
OTHER_ENTRY = (
    "CREATE TABLE entry (id TEXT, device TEXT, seq INTEGER, recorded_at TEXT, zone TEXT, "
    "date TEXT, kind TEXT, version INTEGER, replaces TEXT, origin TEXT, "
    "body TEXT AS (replace(hex(zeroblob(40000000)), '0', 'x')))"
)
PROGRAMS = {
    "a trigger": _sql("CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry; END"),
    "a view that never ends": _sql(
        "ALTER TABLE tombstone RENAME TO gone", f"CREATE VIEW tombstone(id) AS {ENDLESS}"
    ),
    "a column that is computed": _sql(
        "DROP TABLE entry", OTHER_ENTRY,
        "INSERT INTO entry (id, seq) VALUES ('a', 1)",
    ),
    "an index over an expression": _sql("CREATE INDEX i ON entry (hex(zeroblob(900000)) || id)"),
    "one more table": _sql("CREATE TABLE more (a TEXT) STRICT"),
    "a virtual table": _sql("CREATE VIRTUAL TABLE f USING fts5(a)"),
    "a table that is missing": _sql("DROP TABLE backup"),
}  # fmt: skip
ROW = (
    f"INSERT INTO entry ({ENTRY}) SELECT printf('%032x', x), 'd', x, '2026-01-01T00:00:00+00:00', "
    "'UTC', '2026-01-01', 'note', 1, {body}, '[]', 'app' FROM ("
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT {count}) SELECT x FROM n)"
)
TOO_MUCH = {
    "a cell of ten megabytes": _sql(
        ROW.format(count=1, body="replace(hex(zeroblob(5000000)), '00', 'xx')")
    ),
    "facts of ten megabytes": _sql(
        "INSERT INTO fact VALUES ('x', replace(hex(zeroblob(5000000)), '00', 'xx'))"
    ),
    "a tombstone of a megabyte": _sql(
        "INSERT INTO tombstone VALUES (hex(zeroblob(1000000)))"
    ),
}  # fmt: skip


@pytest.fixture(params=[*PROGRAMS, *TOO_MUCH])
def hostile(request: pytest.FixtureRequest, path: Path) -> Path:
    """A diary with a passphrase that is known, and something in it that Landward never writes."""
    with make_vault(path) as vault:
        vault.append([make_entry(1)])
        ({**PROGRAMS, **TOO_MUCH}[request.param])(vault.connection())
    return path


def test_it_is_refused_in_one_line_and_nothing_is_changed(hostile: Path, tmp_path: Path) -> None:
    with make_vault(tmp_path / "mine.vault") as mine:
        mine.append([make_entry(2)])
        head, before = mine.head(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.process_time()
        with (
            pytest.raises(LandwardError, match=r"never writes|more than any diary") as told,
            reopen(hostile) as other,
        ):
            merge_vaults(mine, other)
        assert "\n" not in str(told.value) and mine.head() == head
        copy = tmp_path / "mine.vault" / "journal (copy).db"
        copy.write_bytes((hostile / JOURNAL).read_bytes())
        with pytest.raises(LandwardError):  # another vault's key
            merge_conflict_copy(mine, copy)
        assert time.process_time() - began < 10
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024


def test_a_backup_of_it_is_refused_and_leaves_nothing(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from landward.vault import opening

    with monkeypatch.context() as blind:  # the stranger's own program does not look
        blind.setattr(opening, "refuse_strange_tables", lambda *_: None)
        with Vault.open(hostile, PASSPHRASE, now=NOW) as vault:
            made = make_backup(vault, tmp_path / "b.backup", now=NOW)
    before = bytes_of(tmp_path)
    with pytest.raises(LandwardError, match=r"never writes|more than any diary"):
        restore_backup(made, tmp_path / "back", PASSPHRASE.encode())
    assert bytes_of(tmp_path) == before


def test_looking_is_stopped_when_it_runs_long(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strange, "MOST_S", -1.0)
    with make_vault(path) as vault:
        vault.append([make_entry(n) for n in range(3000)])
        with pytest.raises(LandwardError, match="takes too long to look through"):
            strange.refuse_too_much(vault.connection(), path)
        assert len(vault.entries()) == 3000  # the same connection goes on


def test_a_conflict_copy_of_ones_own_is_looked_at_too(path: Path) -> None:
    with make_vault(path) as vault:
        vault.append([make_entry(1)])
        copy = path / "journal (conflict).db"
        copy.write_bytes((path / JOURNAL).read_bytes())
        other = connect(copy, vault.key.derive("journal"))
        other.execute("CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry; END")
        other.close()
        with pytest.raises(LandwardError, match="never writes"):
            merge_conflict_copy(vault, copy)


def test_more_rows_than_any_diary_has_are_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strange, "MOST_ROWS", 2)
    with make_vault(path) as vault:
        vault.append([make_entry(n) for n in range(3)])
        with pytest.raises(LandwardError, match="more than any diary"):
            strange.refuse_too_much(vault.connection(), path)
