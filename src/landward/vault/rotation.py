"""A new data key for the same journal, in steps of which any may be the last before a crash.

1. journal.db.next: the whole journal under the new key.   (a crash here: the old state)
2. keys.json: the new slots, and the old key sealed by the new one.   (from here the new state)
3. journal.db.next takes the place of journal.db.
4. keys.json without the old key.
"""

import os
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from types import MappingProxyType

from landward.model.said import phrase
from landward.vault.create import JOURNAL, keep_header
from landward.vault.database import connect, plainly, writing
from landward.vault.datakey import DataKey
from landward.vault.earlier import forget_earlier_forms
from landward.vault.errors import CouldNotSave, Damaged, NotConfirmed
from landward.vault.files import PRIVATE, saving, sync_folder
from landward.vault.header import Header, write_header

NEXT = "journal.db.next"
PREVIOUS = "previous key"


def copy_journal(source: Path, its_key: bytes, target: Path, key: bytes) -> None:
    """Write the journal `source` to the new file `target` under `key`, durably and compactly.

    It has a connection of its own: one in which a copy was cut short is good for nothing more.
    """
    with saving(target), plainly(source), closing(connect(source, its_key)) as connection:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        try:
            connection.execute("ATTACH DATABASE ? AS copy KEY ?", (str(target), f"x'{key.hex()}'"))
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute("SELECT sqlcipher_export('copy')").fetchone()
            connection.execute(f"PRAGMA copy.user_version = {int(version)}")
            connection.execute("DETACH DATABASE copy")
            with target.open("rb+") as file:
                os.fsync(file.fileno())
            sync_folder(target.parent)
        except BaseException:
            for half in (target, target.with_name(f"{target.name}-journal")):
                with suppress(OSError):
                    half.unlink(missing_ok=True)
            raise


def begin(
    folder: Path,
    old_key: DataKey,
    new_key: DataKey,
    header: Header,
    facts: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Steps 1 and 2. `header` is the new one, with `previous_key`. Call alone on the vault.

    `facts` are kept in the new journal. Raises NotConfirmed where step 2 may have been taken.
    """
    following = folder / NEXT
    with saving(following):
        following.unlink(missing_ok=True)
    try:
        key = new_key.derive("journal")
        copy_journal(folder / JOURNAL, old_key.derive("journal"), following, key)
        copy = connect(following, new_key.derive("journal"))
        try:
            with writing(copy, following):
                keep_header(copy, _done(header, new_key), facts)
        finally:
            copy.close()
    except BaseException as error:
        with suppress(OSError):
            following.unlink(missing_ok=True)
        if isinstance(error, NotConfirmed):  # of the copy, which is gone again
            raise CouldNotSave(
                phrase(
                    "{following}: the disk would not confirm a copy; nothing was changed",
                    following=following,
                )
            ) from error
        raise
    write_header(folder, header)


def _done(header: Header, key: DataKey) -> Header:
    return header.model_copy(update={"previous_key": None}).signed(key)


def finish(folder: Path, header: Header, key: DataKey) -> Header:
    """Steps 3 and 4, from wherever the last attempt stopped. Call alone. Returns the new header."""
    journal, following = folder / JOURNAL, folder / NEXT
    if not _opens(journal, key):
        if not _opens(following, key):
            following.unlink(missing_ok=True)
            assert header.previous_key is not None
            old = DataKey(key.unseal(PREVIOUS, bytes.fromhex(header.previous_key)))
            try:
                its_key = old.derive("journal")
                copy_journal(journal, its_key, following, key.derive("journal"))
            finally:
                old.forget()
        with saving(journal):
            following.replace(journal)
            sync_folder(folder)
    forget_earlier_forms(folder)  # a removed key would still open them
    done = _done(header, key)
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
