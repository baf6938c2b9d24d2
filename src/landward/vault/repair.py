"""Putting keys.json right again: from its copy inside the journal, or from a backup."""

from pathlib import Path

from landward.model.base import BadInput
from landward.model.said import phrase
from landward.vault.backup import keys_in_backup
from landward.vault.create import JOURNAL
from landward.vault.database import connect, plainly
from landward.vault.datakey import DataKey
from landward.vault.errors import Damaged
from landward.vault.file_lock import holding
from landward.vault.header import FILE, Header, parse_header, read_header, write_header
from landward.vault.opening import unlock
from landward.vault.slots import SlotKind


def repair_keys(path: Path, secret: bytes, kind: SlotKind = "passphrase") -> bool:
    """Replace an altered or older keys.json by the newest copy, which the journal keeps.

    Needs one key slot that still opens. Returns False if there was nothing to repair.
    """
    header = read_header(path)
    key, _ = unlock(header, secret, kind)
    try:
        kept = _kept_copy(path, key)
        if header.authentic(key) and header.generation >= kept.generation:
            return False
        with holding(path, alone=True):
            write_header(path, kept)
        return True
    finally:
        key.forget()


def repair_from_backup(
    path: Path, backup: Path, secret: bytes, kind: SlotKind = "passphrase"
) -> None:
    """Put the keys of a backup in place of a lost or unreadable keys.json of the same journal."""
    if not (path / JOURNAL).is_file():
        raise BadInput(
            phrase(
                "{path}: has no journal.db; `landward vault restore` makes a whole vault", path=path
            )
        )
    header = parse_header(keys_in_backup(backup), backup)
    key, _ = unlock(header, secret, kind)
    try:
        header.authenticate(key)
        connect(path / JOURNAL, key.derive("journal")).close()
        newest = _kept_copy(path, key)
        with holding(path, alone=True):
            write_header(path, newest if newest.generation > header.generation else header)
    except Damaged as error:
        raise Damaged(
            phrase(
                "{backup}: its keys do not open {path}; nothing was changed",
                backup=backup,
                path=path / JOURNAL,
            )
        ) from error
    finally:
        key.forget()


def _kept_copy(path: Path, key: DataKey) -> Header:
    connection = connect(path / JOURNAL, key.derive("journal"))
    try:
        with plainly(path / JOURNAL):
            row = connection.execute("SELECT value FROM fact WHERE name = 'header'").fetchone()
    finally:
        connection.close()
    if row is None:
        raise Damaged(
            phrase(
                "{path} keeps no copy of {file}: restore a backup", path=path / JOURNAL, file=FILE
            )
        )
    header = parse_header(str(row[0]).encode(), path / JOURNAL)
    header.authenticate(key)
    return header
