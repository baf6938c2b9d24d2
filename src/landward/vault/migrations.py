"""How the journal's tables came to be. Append only: a step that was released is never edited."""

from datetime import datetime
from pathlib import Path

from landward.model.said import phrase
from landward.vault.database import Connection, writing
from landward.vault.errors import NotAVault

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "the journal, its tombstones, its backups",
        (
            """CREATE TABLE migration (
                number INTEGER PRIMARY KEY, name TEXT NOT NULL, done_at TEXT NOT NULL
            ) STRICT""",
            """CREATE TABLE entry (
                id TEXT PRIMARY KEY, device TEXT NOT NULL, seq INTEGER NOT NULL,
                recorded_at TEXT NOT NULL, zone TEXT NOT NULL, date TEXT NOT NULL,
                kind TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
                replaces TEXT NOT NULL, origin TEXT NOT NULL
            ) STRICT""",
            "CREATE TABLE tombstone (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
            """CREATE TABLE backup (
                made_at TEXT NOT NULL, path TEXT NOT NULL, head TEXT NOT NULL
            ) STRICT""",
            "CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
            "INSERT INTO fact VALUES ('count', '0'), ('digest', '0')",
        ),
    ),
)
LATEST = len(STEPS)


def version_of(connection: Connection) -> int:
    """How many steps this journal has behind it."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(
    connection: Connection,
    path: Path,
    now: datetime,
    steps: tuple[tuple[str, tuple[str, ...]], ...] = STEPS,
) -> int:
    """Run the steps still missing, each recorded and in one transaction; returns how many ran.

    A step that fails leaves the journal as it was before that step. Raises NotAVault if the
    journal has steps this version does not know.
    """
    done = version_of(connection)
    if done > len(steps):
        raise NotAVault(
            phrase(
                "{parent}: written by a newer Landward (journal version {done}, this one "
                "knows {count}): update Landward and open it again",
                parent=path.parent,
                done=done,
                count=len(steps),
            )
        )
    for number, (name, statements) in enumerate(steps[done:], start=done + 1):
        with writing(connection, path):
            for statement in statements:
                connection.execute(statement)
            connection.execute(
                "INSERT INTO migration VALUES (?, ?, ?)", (number, name, now.isoformat())
            )
            connection.execute(f"PRAGMA user_version = {number}")
    return len(steps) - done
