"""Hostile diaries and backups, made by seed by somebody who knows the passphrase and the tables.

A vault is sound until something is done to its journal: rows no diary writes, times and numbers out
of bounds, a sum that does not fit, facts that are missing, graves for what is not there, pages
written over. The same seed makes the same attack.
"""

import hashlib
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3.dbapi2 import IntegrityError

from landward.model.entries import Entry
from landward.vault import Vault
from landward.vault.backup import DIGEST_BYTES, MAGIC
from landward.vault.cost import CHEAPEST
from landward.vault.create import JOURNAL
from landward.vault.database import Connection
from landward.vault.header import FILE

PASSPHRASE = "six grey geese over water"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ODD: tuple[object, ...] = (
    "", "x", "9" * 300, "1e9999999", "\x00", "\x1b[2J", "\uffff", "{}", "[", "not json", None, -1,
    2**62, 0.5, b"\x80\x81", "2026-13-45", "9999-12-31", "0001-01-01T00:00:00+14:00", "²",
    '{"a":' * 900 + "1" + "}" * 900, '{"text":"' + "x" * 70_000 + '"}', '["' + "f" * 32 + '"]',
    "[" * 30_000, '{"fields":{"lock_after_min":"' + "9" * 400 + '"}}', '{"made_mg":"1e9999999"}',
)  # fmt: skip
COLUMNS = (
    "id", "device", "seq", "recorded_at", "zone", "date", "kind", "version", "body", "replaces",
    "origin",
)  # fmt: skip
KINDS = ("note", "profile", "plan_step", "plan_adopted", "prescription", "check_in", "retraction")
Attack = Callable[[random.Random, Connection], None]


def _if_it_can(connection: Connection, sql: str, values: Sequence[object]) -> None:
    with suppress(IntegrityError, ValueError):  # the tables are strict about kinds of values
        connection.execute(sql, values)


def _cells(chance: random.Random, connection: Connection) -> None:
    for _ in range(chance.choice((1, 3, 12))):
        column, value = chance.choice(COLUMNS), chance.choice(ODD)
        _if_it_can(
            connection,
            f"UPDATE OR IGNORE entry SET {column} = ? WHERE rowid = ?",
            (value, chance.randint(1, 20)),
        )


def _rows(chance: random.Random, connection: Connection) -> None:
    for number in range(chance.choice((1, 40, 2_000))):
        row = [
            f"{number:032x}", "d", number, "2026-10-01T08:00:00+00:00", "UTC", "2026-10-01",
            chance.choice(KINDS), 1, '{"text":"hi"}', "[]", "app",
        ]  # fmt: skip
        if chance.random() < 0.8:
            row[chance.randrange(len(row))] = chance.choice(ODD)
        _if_it_can(
            connection,
            f"INSERT OR IGNORE INTO entry ({', '.join(COLUMNS)}) "
            f"VALUES ({','.join('?' * len(row))})",
            row,
        )


def _facts(chance: random.Random, connection: Connection) -> None:
    name = chance.choice(("count", "digest", "header", "device", "facts", "version", "erasing"))
    if chance.random() < 0.4:
        connection.execute("DELETE FROM fact WHERE name = ?", (name,))
    else:
        connection.execute(
            "INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, str(chance.choice(ODD)))
        )


def _waiting(chance: random.Random, connection: Connection) -> None:
    for number in range(chance.choice((1, 30))):
        connection.execute(
            "INSERT OR REPLACE INTO fact VALUES (?, ?)",
            (f"asks {number:032x}", str(chance.choice(ODD))),
        )


def _graves(chance: random.Random, connection: Connection) -> None:
    for _ in range(chance.choice((1, 500))):
        grave = chance.choice((str(chance.choice(ODD)), chance.randbytes(16).hex()))
        connection.execute("INSERT OR IGNORE INTO tombstone VALUES (?)", (grave,))


def _settings(chance: random.Random, connection: Connection) -> None:
    wanted = ("user_version = 9999", "application_id = -1", "auto_vacuum = 1", "user_version = 0")
    connection.execute(f"PRAGMA {chance.choice(wanted)}")


def _tables(chance: random.Random, connection: Connection) -> None:
    connection.execute(
        chance.choice((
            "CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry; END",
            "CREATE VIEW v AS SELECT hex(zeroblob(90000000))",
            "CREATE INDEX i ON entry (hex(zeroblob(900)) || id)",
            "ALTER TABLE tombstone RENAME TO gone",
            "CREATE VIRTUAL TABLE f USING fts5(a)",
        ))
    )  # fmt: skip


ATTACKS: dict[str, Attack] = {
    "cells": _cells, "rows": _rows, "facts": _facts, "waiting": _waiting, "graves": _graves,
    "settings": _settings, "tables": _tables,
}  # fmt: skip


def note(number: int, body: str = '{"text":"hi"}') -> Entry:
    """One sound line."""
    return Entry(
        id=f"{number + 10**6:032x}", device="t", seq=number, recorded_at=NOW, zone="UTC",
        date=NOW.date(), kind="note", version=1, body=body,
    )  # fmt: skip


def make(seed: int, path: Path) -> str:
    """A hostile vault at `path`; which attack it is."""
    chance = random.Random(seed)
    names = list(ATTACKS)
    name = (*names, "pages")[seed % (len(names) + 1)]
    vault, _ = Vault.create(path, PASSPHRASE, now=NOW, cost=CHEAPEST)
    with vault:
        vault.append(note(number) for number in range(20))
        if name != "pages":
            connection = vault.connection()
            if name != "settings":
                connection.execute("BEGIN")
            ATTACKS[name](chance, connection)
            if connection.in_transaction:
                connection.execute("COMMIT")
    if name == "pages":
        data = bytearray((path / JOURNAL).read_bytes())
        for _ in range(chance.choice((1, 9))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        (path / JOURNAL).write_bytes(data)
    return name


def packed(path: Path, backup: Path) -> Path:
    """The vault at `path` as a backup, by whoever does not look at it first."""
    journal, keys = (path / JOURNAL).read_bytes(), (path / FILE).read_bytes()
    data = b"".join((
        MAGIC, len(keys).to_bytes(8, "big"), keys, len(journal).to_bytes(8, "big"), journal,
    ))  # fmt: skip
    backup.write_bytes(data + hashlib.blake2b(data, digest_size=DIGEST_BYTES).digest())
    return backup
