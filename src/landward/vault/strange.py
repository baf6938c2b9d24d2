"""A journal that somebody else made: its tables must be ours, and what is in them of a size.

SQLite's own language can hide work in a file: views, triggers, columns that are computed as they
are read. So nothing but the very tables that Landward makes is let in. Before all of a stranger's
journal is read into memory its rows are counted and measured, by a query that is itself stopped
when it runs long.
"""

import re
import time
from pathlib import Path

from landward.model.entries import MAX_BODY_BYTES
from landward.model.said import phrase
from landward.vault import migrations
from landward.vault.database import Connection, OperationalError, plainly
from landward.vault.errors import Damaged

MOST_ROWS = 2_000_000
MOST_BYTES = 256 * 1024**2
"""Thirty times a ten-year diary with a line an hour."""
MOST_CELL = MAX_BODY_BYTES
MOST_S = 20.0
_STEPS_A_LOOK = 20_000
_COLUMNS = ("id", "device", "recorded_at", "zone", "date", "kind", "body", "replaces", "origin")
_MADE = re.compile(r"^\s*CREATE TABLE (\w+)")


def refuse_strange_tables(connection: Connection, path: Path) -> None:
    """Raises Damaged where anything but the tables of this version, as it writes them, is there.

    A journal of a newer version is left to whoever says so.
    """
    done = migrations.version_of(connection)
    if done > migrations.LATEST:
        return
    wanted = {
        made[1]: _plain(statement)
        for _, statements in migrations.STEPS[:done]
        for statement in statements
        if (made := _MADE.match(statement))
    }
    with plainly(path):
        rows = connection.execute(
            "SELECT type, name, substr(sql, 1, 4000) FROM sqlite_master "
            "WHERE NOT (type = 'index' AND sql IS NULL) LIMIT 100"
        ).fetchall()
    found = {name: _plain(sql or "") for kind, name, sql in rows if kind == "table"}
    if found != wanted or len(rows) != len(found):
        raise Damaged(
            phrase(
                "{path}: holds a database program or tables that Landward never writes; use "
                "another backup",
                path=path,
            )
        )


def _plain(sql: str) -> str:
    return " ".join(sql.split())


def refuse_too_much(connection: Connection, path: Path) -> None:
    """Raises Damaged where a journal holds more than a life of diaries, or rows no diary has."""
    cells = ", ".join(f"length(CAST({name} AS BLOB))" for name in _COLUMNS)
    end = time.monotonic() + MOST_S
    connection.set_progress_handler(lambda: int(time.monotonic() > end), _STEPS_A_LOOK)
    try:
        for table, largest, total in (
            ("entry", f"max({cells})", f"sum(max({cells}))"),
            ("tombstone", "length(CAST(id AS BLOB))", "count(*)"),
            ("fact", "length(CAST(name AS BLOB)) + length(CAST(value AS BLOB))",
             "sum(length(CAST(value AS BLOB)))"),
            ("backup", "length(CAST(path AS BLOB))", "sum(length(CAST(path AS BLOB)))"),
        ):  # fmt: skip
            count, most, size = connection.execute(
                f"SELECT count(*), max({largest}), {total} FROM {table}"  # noqa: S608 - constants
            ).fetchone()
            if count > MOST_ROWS or (size or 0) > MOST_BYTES or (most or 0) > 4 * MOST_CELL:
                raise Damaged(
                    phrase(
                        "{path}: holds more than any diary ({count} rows of {table}); nothing of "
                        "it was taken in",
                        path=path,
                        count=count,
                        table=table,
                    )
                )
    except OperationalError as error:
        if "interrupted" not in str(error):
            raise
        raise Damaged(
            phrase("{path}: takes too long to look through; nothing of it was taken in", path=path)
        ) from error
    finally:
        connection.set_progress_handler(None, 0)
