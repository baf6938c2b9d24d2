"""Making a vault's folder whole before it has its name: there is never half a vault."""

import secrets
import shutil
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from landward.model.base import BadInput, LandwardError
from landward.model.said import phrase
from landward.vault import facts, sealed_files
from landward.vault.database import Connection, connect, writing
from landward.vault.datakey import DataKey
from landward.vault.errors import NotConfirmed
from landward.vault.file_lock import LOCK_FILE, TURN_FILE
from landward.vault.files import PRIVATE, PRIVATE_FOLDER, saving, sync_folder
from landward.vault.header import Header, write_header
from landward.vault.migrations import migrate

JOURNAL = "journal.db"
T = TypeVar("T")


def refuse_taken(path: Path) -> None:
    """Raises BadInput if a vault cannot be made at `path`."""
    if path.exists() or path.is_symlink():
        raise BadInput(
            phrase("{path} exists already: choose another name for the new vault", path=path)
        )
    if not path.parent.is_dir():
        raise BadInput(phrase("{parent} is not a folder: make it first", parent=path.parent))


def build(path: Path, fill: Callable[[Path], None], then: Callable[[], T]) -> T:
    """Let `fill` make a vault in a folder beside `path`, give it its name, and do `then`.

    Where anything of it does not work out, there is no vault.
    """
    refuse_taken(path)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with saving(path):
        try:
            beside.mkdir(mode=PRIVATE_FOLDER)
            (beside / sealed_files.FOLDER).mkdir(mode=PRIVATE_FOLDER)
            for name in (LOCK_FILE, TURN_FILE):
                (beside / name).touch(mode=PRIVATE)
            fill(beside)
            sync_folder(beside)
            beside.rename(path)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        try:
            sync_folder(path.parent)
            return then()
        except BaseException as error:
            shutil.rmtree(path, ignore_errors=True)
            if isinstance(error, OSError | LandwardError) and path.exists():
                raise NotConfirmed(
                    phrase(
                        "{path}: made, but the disk refused before it could be opened; take it "
                        "away and make it again once the disk is well",
                        path=path,
                    )
                ) from error
            raise


def fill_new(
    folder: Path, header: Header, key: DataKey, now: datetime, more: Mapping[str, str]
) -> None:
    """An empty journal under `key` with the facts `more`, and its keys."""
    connection = connect(folder / JOURNAL, key.derive("journal"), create=True)
    try:
        migrate(connection, folder / JOURNAL, now)
        with writing(connection, folder / JOURNAL):
            name_this_copy(connection)
            keep_header(connection, header, more)
    finally:
        connection.close()
    write_header(folder, header)


def name_this_copy(connection: Connection) -> None:
    """Give this copy of the journal a device name of its own."""
    facts.put(connection, [("device", secrets.token_hex(8))])


def keep_header(
    connection: Connection, header: Header, more: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Keep a copy of keys.json inside the journal, where nobody without the key can change it.

    `more` are facts that belong to the same change.
    """
    facts.put(connection, [("header", header.to_bytes().decode()), *more.items()])
