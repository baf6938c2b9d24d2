"""The one place that opens journal.db, so that nobody can forget the key.

A SQLite connection that is never given `PRAGMA key` writes plaintext without a word. Every
connection is made here: keyed first, then asked whether the cipher is really on.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlcipher3 import dbapi2 as sqlcipher

from landward.model.said import phrase
from landward.vault.errors import Busy, CouldNotSave, Damaged
from landward.vault.files import PRIVATE, confirming, open_now, saving, sync_folder, unconfirmed

if TYPE_CHECKING:  # sqlcipher3 speaks the standard library's interface but ships no types
    from sqlite3 import Connection, OperationalError
else:
    Connection, OperationalError = sqlcipher.Connection, sqlcipher.OperationalError

__all__ = ["Connection", "OperationalError", "connect", "plainly", "unreadable", "writing"]

PLAINTEXT_HEADER = b"SQLite format 3\x00"
PATIENCE_S = 5.0


def connect(path: Path, key: bytes, *, create: bool = False) -> Connection:
    """A keyed connection to the journal at `path`; `key` is 32 bytes.

    Raises Damaged if the file is missing, is not encrypted, or does not open with this key.
    """
    if create:
        with saving(path):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    else:
        _refuse_plaintext(path)
    connection: Connection = sqlcipher.connect(
        f"file:{quote(str(path))}?mode=rw",
        uri=True,
        isolation_level=None,
        timeout=PATIENCE_S,
        check_same_thread=False,
        cached_statements=64,
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise Damaged(
                phrase("this Python's database library cannot encrypt: reinstall sqlcipher3")
            )
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if connection.execute("PRAGMA cipher_status").fetchone() != ("1",):
            raise Damaged(
                phrase("{path}: the journal is not encrypted; it was left alone", path=path)
            )
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        connection.execute("PRAGMA synchronous = EXTRA")
    except sqlcipher.OperationalError as error:
        connection.close()
        raise _as_words(error, path) from error
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise unreadable(path) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_plaintext(path: Path) -> None:
    try:
        with open_now(path) as file:
            start = file.read(len(PLAINTEXT_HEADER)) or b""
    except FileNotFoundError as error:
        raise Damaged(
            phrase("{path} is missing: restore a backup (`landward vault restore FILE`)", path=path)
        ) from error
    except OSError as error:
        raise Damaged(
            phrase(
                "{path} cannot be read ({value})",
                path=path,
                value=(error.strerror or "refused").lower(),
            )
        ) from error
    if start == PLAINTEXT_HEADER:
        raise Damaged(
            phrase(
                "{path} is a plain SQLite file, not this vault's journal: it was left alone",
                path=path,
            )
        )
    if not start:
        raise Damaged(
            phrase("{path} is empty: restore a backup (`landward vault restore FILE`)", path=path)
        )


def unreadable(path: Path) -> Damaged:
    """What to say when the journal's own authentication fails."""
    return Damaged(
        phrase(
            "{path}: bytes were changed or lost since Landward wrote them, so "
            "nothing from it is shown; restore a backup (`landward vault restore "
            "FILE`)",
            path=path,
        )
    )


def _as_words(error: Exception, path: Path) -> Exception:
    text = str(error)
    if "locked" in text or "busy" in text:
        return Busy(
            phrase(
                "{parent}: another program is writing to this diary; try again in a moment",
                parent=path.parent,
            )
        )
    if "readonly" in text:
        return CouldNotSave(
            phrase("{parent} is read-only: nothing was changed", parent=path.parent)
        )
    if "full" in text:
        return CouldNotSave(
            phrase("{parent}: the disk is full; nothing was changed", parent=path.parent)
        )
    return CouldNotSave(
        phrase(
            "{path}: the disk could not be read or written ({text}); nothing was changed",
            path=path,
            text=text,
        )
    )


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into one clear line."""
    try:
        yield
    except sqlcipher.OperationalError as error:
        raise _as_words(error, path) from error
    except sqlcipher.DatabaseError as error:
        raise unreadable(path) from error


@contextmanager
def writing(connection: Connection, path: Path) -> Iterator[None]:
    """One transaction: all of it is on disk when this ends, or none of it."""
    with plainly(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            token = secrets.randbelow(2**31 - 1) + 1
            connection.execute(f"PRAGMA application_id = {token}")
        except BaseException:
            _roll_back(connection)
            raise
        try:
            connection.execute("COMMIT")
        except sqlcipher.Error as error:
            _roll_back(connection)
            _settle(connection, path, token, error)


def _roll_back(connection: Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _settle(connection: Connection, path: Path, token: int, error: Exception) -> None:
    """Find out what became of a write whose COMMIT failed; raises what is true of it.

    SQLite reports a failure also where everything was written and only the last step, making the
    end of its rollback file durable, was refused. `token` stands in the first page if it was.
    """
    try:
        written = connection.execute("PRAGMA application_id").fetchone() == (token,)
    except sqlcipher.Error:
        raise unconfirmed(path, str(error)) from error
    if not written:
        raise error
    with confirming(path):
        sync_folder(path.parent)
