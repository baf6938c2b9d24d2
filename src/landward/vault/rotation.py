"""A new data key for the same journal, in steps of which any may be the last before a crash.

1. journal.db.next: the whole journal under the new key.   (a crash here: the old state)
2. keys.json: the new slots, and the old key sealed by the new one.   (from here the new state)
3. journal.db.next takes the place of journal.db.
4. keys.json without the old key.
"""

import os
from pathlib import Path

from landward.vault.create import JOURNAL, keep_header
from landward.vault.database import Connection, connect, plainly, writing
from landward.vault.datakey import DataKey
from landward.vault.earlier import forget_earlier_forms
from landward.vault.errors import Damaged
from landward.vault.files import PRIVATE, saving, sync_folder
from landward.vault.header import Header, write_header

NEXT = "journal.db.next"
PREVIOUS = "previous key"


def copy_journal(connection: Connection, source: Path, target: Path, key: bytes) -> None:
    """Write the whole journal to the new file `target` under `key`, durably and compactly."""
    with saving(target), plainly(source):
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        try:
            connection.execute("ATTACH DATABASE ? AS copy KEY ?", (str(target), f"x'{key.hex()}'"))
            try:
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                connection.execute("SELECT sqlcipher_export('copy')").fetchone()
                connection.execute(f"PRAGMA copy.user_version = {int(version)}")
            finally:
                connection.execute("DETACH DATABASE copy")
            with target.open("rb+") as file:
                os.fsync(file.fileno())
            sync_folder(target.parent)
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def begin(folder: Path, connection: Connection, new_key: DataKey, header: Header) -> None:
    """Steps 1 and 2. `header` is the new one, with `previous_key`. Call alone on the vault."""
    following = folder / NEXT
    following.unlink(missing_ok=True)
    copy_journal(connection, folder / JOURNAL, following, new_key.derive("journal"))
    write_header(folder, header)


def finish(folder: Path, header: Header, key: DataKey) -> Header:
    """Steps 3 and 4, from wherever the last attempt stopped. Call alone. Returns the new header."""
    journal, following = folder / JOURNAL, folder / NEXT
    if not _opens(journal, key):
        if not _opens(following, key):
            following.unlink(missing_ok=True)
            assert header.previous_key is not None
            old = DataKey(key.unseal(PREVIOUS, bytes.fromhex(header.previous_key)))
            connection = connect(journal, old.derive("journal"))
            try:
                copy_journal(connection, journal, following, key.derive("journal"))
            finally:
                connection.close()
                old.forget()
        with saving(journal):
            following.replace(journal)
            sync_folder(folder)
    forget_earlier_forms(folder)  # a removed key would still open them
    done = header.model_copy(update={"previous_key": None}).signed(key)
    connection = connect(journal, key.derive("journal"))
    try:
        with writing(connection, journal):
            keep_header(connection, done)
    finally:
        connection.close()
    write_header(folder, done)
    with saving(following):
        following.unlink(missing_ok=True)
    return done


def _opens(path: Path, key: DataKey) -> bool:
    try:
        connect(path, key.derive("journal")).close()
    except Damaged:
        return False
    return True
