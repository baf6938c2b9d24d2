"""The relay's files: one list of invitations, and shards that hold shelves by their first byte.

Everything an operator can find is in these columns: no name, no address, no time finer than a day.
"""

import sqlite3
from pathlib import Path

from landward.relay.wire import check_id

SHARDS = 4
"""Files that shelves are spread over; fixed when a relay's folder is made."""

LIST = "invitations.sqlite"

INVITATIONS = """
CREATE TABLE invitation(
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  code_hash BLOB NOT NULL UNIQUE,
  quota INTEGER NOT NULL,
  made TEXT NOT NULL,
  shelf BLOB,
  read_hash BLOB,
  write_hash BLOB,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'used', 'removed'))
) STRICT;
CREATE TABLE chosen(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""

SHELVES = """
CREATE TABLE account(
  invitation INTEGER PRIMARY KEY,
  quota INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0 CHECK (used >= 0)
) STRICT;
CREATE TABLE shelf(
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE,
  invitation INTEGER NOT NULL REFERENCES account(invitation),
  read_hash BLOB NOT NULL,
  write_hash BLOB NOT NULL,
  last INTEGER NOT NULL DEFAULT 0,
  day TEXT NOT NULL
) STRICT;
CREATE INDEX shelf_of ON shelf(invitation);
CREATE TABLE blob(place INTEGER PRIMARY KEY, id BLOB NOT NULL, data BLOB NOT NULL) STRICT;
CREATE TABLE found(
  shelf INTEGER NOT NULL, id BLOB NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (shelf, id)
) STRICT, WITHOUT ROWID;
"""
"""A blob's place is its shelf's number times 2^32 plus its own: one shelf lies together, in order.
`found` leads from an id to its number on the shelf; 0 there: deleted once, never taken again.
"""

SHELF_BITS = 32


def shard_of(shelf: str, shards: int) -> int:
    """Which file a shelf lies in, by its first byte."""
    return int(check_id(shelf)[:2], 16) % shards


def shard_name(number: int) -> str:
    """The file of one shard."""
    return f"shelves-{number:02d}.sqlite"


def opened(path: Path, schema: str = "") -> sqlite3.Connection:
    """A connection on one file; with a schema the file is made if it is not there.

    WAL with synchronous=FULL: a commit returns once it is on the disk. What is deleted is
    overwritten. May be used by another thread than the one that opened it, one at a time.
    """
    db = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA page_size = 8192")  # three evenings a page, where 4 KiB hold one
        db.execute("PRAGMA secure_delete = ON")
        db.execute("PRAGMA synchronous = FULL")
        if schema:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("BEGIN IMMEDIATE")
            if not db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
                for statement in schema.split(";"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {FORMAT}")
            db.execute("COMMIT")
    except sqlite3.Error:
        db.close()
        raise
    return db


FORMAT = 1
"""What `user_version` says in every file. A newer one is not opened."""
