"""Entries as rows of journal.db, and one short digest that says which set of entries is in it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from landward.model.collector import collector_resting
from landward.model.entries import ORDER, Entry, canonical_json
from landward.model.said import phrase
from landward.vault.database import Connection
from landward.vault.errors import Damaged

COLUMNS = "id, device, seq, recorded_at, zone, date, kind, version, body, replaces, origin"
INSERT = (
    f"INSERT INTO entry ({COLUMNS}) SELECT ?,?,?,?,?,?,?,?,?,?,? "  # noqa: S608 - a constant
    "WHERE NOT EXISTS (SELECT 1 FROM tombstone WHERE id = ?1) ON CONFLICT (id) DO NOTHING"
)
SELECT = f"SELECT {COLUMNS} FROM entry ORDER BY date, recorded_at, device, seq, id"  # noqa: S608 - a constant
SELECT_ANY = f"SELECT {COLUMNS} FROM entry"  # noqa: S608 - a constant
SELECT_ONE = f"SELECT {COLUMNS} FROM entry WHERE id = ?"  # noqa: S608 - a constant
SELECT_BRIEF = (
    "SELECT id, seq, recorded_at, date, body, replaces, "
    "json_array(device, zone, kind, version, origin) FROM entry"
)
"""Every entry, unsorted. What thousands of entries have in common comes as one text, read once."""
Row = tuple[str, str, int, str, str, str, str, int, str, str, str]
GivesWay = Callable[[Row, Row], bool]
BriefRow = tuple[str, int, str, str, str, str, str]
_MODULUS = 1 << 128


def row_of(entry: Entry) -> Row:
    """The columns of one entry."""
    return (
        entry.id, entry.device, entry.seq, entry.recorded_at.isoformat(), entry.zone,
        entry.date.isoformat(), entry.kind, entry.version, entry.body,
        canonical_json(list(entry.replaces)) if entry.replaces else "[]", entry.origin,
    )  # fmt: skip


def entry_of(row: Row) -> Entry:
    """One row as an entry, every column checked. Raises ValueError."""
    return Entry.checked(
        {**dict(zip(Entry._fields, row, strict=True)), "replaces": json.loads(row[9])}
    )


def entries_of(rows: Iterable[BriefRow]) -> Iterator[Entry]:
    """The entries of rows of `SELECT_BRIEF`, without checking their envelopes a second time.

    They were checked when they were written, and SQLCipher has just authenticated every byte of
    them. Unlocking a ten-year diary is mostly this loop; `Vault.check` does validate every row.
    """
    make, instant = tuple.__new__, datetime.fromisoformat
    days: dict[str, date] = {}
    known: dict[str, tuple[str, str, str, int, str]] = {}
    for id_, seq, at, day, body, replaces, shared in rows:
        about = days.get(day) or days.setdefault(day, date.fromisoformat(day))
        named = () if replaces == "[]" else tuple(json.loads(replaces))
        if shared not in known:
            known[shared] = json.loads(shared)
        device, zone, kind, version, origin = known[shared]
        columns = (
            id_, device, seq, instant(at), zone, about, kind, version, body, named, origin
        )  # fmt: skip
        yield make(Entry, columns)


def read_entries(connection: Connection) -> tuple[Entry, ...]:
    """Every entry in order. Raises Damaged if there are not as many as there should be."""
    own = not connection.in_transaction
    try:
        if own:
            connection.execute("BEGIN")  # rows and their count are of one moment
        with collector_resting():
            rows = connection.execute(SELECT_BRIEF)
            found = tuple(sorted(entries_of(rows), key=ORDER))
        count = stored_digest(connection)[0]
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        # Whole and authentic, so somebody who has the key wrote it: another diary, brought back.
        raise Damaged(
            phrase(
                "the journal holds a line whose day, time or number is none, so nothing from it "
                "is shown; restore a backup (`landward vault restore FILE`)"
            )
        ) from error
    finally:
        if own and connection.in_transaction:
            connection.execute("COMMIT")
    if len(found) != count:
        raise Damaged(
            phrase(
                "the journal's pages are of two different times, so nothing from it is "
                "shown; restore a backup (`landward vault restore FILE`)"
            )
        )
    return found


def digest_of_row(row: Row) -> int:
    """A number for one entry; the journal's digest is the sum, so order does not matter."""
    text = "\x00".join(map(str, row))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest(), "big")


def digest_of_tombstone(entry_id: str) -> int:
    """A number for one erased id."""
    return int.from_bytes(
        hashlib.blake2b(entry_id.encode(), digest_size=16, person=b"tombstone").digest(), "big"
    )


def stored_digest(connection: Connection) -> tuple[int, int]:
    """(how many entries there should be, the sum of their digests)."""
    facts = dict(
        connection.execute("SELECT name, value FROM fact WHERE name IN ('count', 'digest')")
    )
    try:
        return int(facts["count"]), int(facts["digest"], 16)
    except (KeyError, ValueError, TypeError):
        raise Damaged(
            phrase(
                "the journal does not say how much it holds: it was changed; restore a backup "
                "(`landward vault restore FILE`)"
            )
        ) from None


def store_digest(connection: Connection, count: int, digest: int) -> None:
    """Record what the journal now holds, in the transaction that changed it."""
    connection.execute("UPDATE fact SET value = ? WHERE name = 'count'", (str(count),))
    connection.execute(
        "UPDATE fact SET value = ? WHERE name = 'digest'", (f"{digest % _MODULUS:032x}",)
    )


def insert(
    connection: Connection, rows: Iterable[Row], gives_way: GivesWay | None = None
) -> tuple[int, tuple[Row, ...]]:
    """Add rows whose id is neither present nor erased. In a transaction.

    A row that is there makes room for the one that comes where `gives_way` says so. Returns how
    many were added, and the rows that made room.
    """
    count, digest = stored_digest(connection)
    added, out = 0, []
    for row in rows:
        taken = connection.execute(INSERT, row).rowcount != 1
        if taken and gives_way is not None:
            for old in connection.execute(SELECT_ONE, (row[0],)).fetchall():
                if gives_way(old, row):
                    connection.execute("DELETE FROM entry WHERE id = ?", (row[0],))
                    count, digest = count - 1, digest - digest_of_row(old)
                    taken = connection.execute(INSERT, row).rowcount != 1
                    out.append(old)
        if not taken:
            added, count = added + 1, count + 1
            digest += digest_of_row(row)
    store_digest(connection, count, digest)
    return added, tuple(out)


def replace(connection: Connection, rows: Iterable[Row]) -> None:
    """Put these rows in place of those with the same id, or add them. In a transaction."""
    count, digest = stored_digest(connection)
    for row in rows:
        for old in connection.execute(SELECT_ONE, (row[0],)).fetchall():
            connection.execute("DELETE FROM entry WHERE id = ?", (row[0],))
            count, digest = count - 1, digest - digest_of_row(old)
        if connection.execute(INSERT, row).rowcount == 1:
            count, digest = count + 1, digest + digest_of_row(row)
    store_digest(connection, count, digest)


def bury(connection: Connection, ids: Iterable[str]) -> None:
    """Remove these ids for good and leave a tombstone for each. In a transaction."""
    count, digest = stored_digest(connection)
    for entry_id in ids:
        for old in connection.execute(SELECT_ONE, (entry_id,)).fetchall():
            connection.execute("DELETE FROM entry WHERE id = ?", (entry_id,))
            count, digest = count - 1, digest - digest_of_row(old)
        added = connection.execute("INSERT OR IGNORE INTO tombstone VALUES (?)", (entry_id,))
        if added.rowcount == 1:
            digest += digest_of_tombstone(entry_id)
    store_digest(connection, count, digest)
