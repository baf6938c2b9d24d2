"""Erasing for good: rows out, content-free tombstones in, the file rewritten."""

import os
import secrets
import shutil
from collections.abc import Iterable

from landward.model.entries import Entry
from landward.model.journal import family
from landward.vault import rows
from landward.vault.database import plainly, writing
from landward.vault.earlier import forget_earlier_forms
from landward.vault.errors import CouldNotSave
from landward.vault.files import saving, sync_folder
from landward.vault.header import FILE
from landward.vault.vault import Vault

ON_THE_DISK = (
    "backups, other copies and exports still hold it; what a disk keeps of deleted blocks is "
    "encrypted"
)


def erase_entries(vault: Vault, ids: Iterable[str]) -> tuple[Entry, ...]:
    """Erase entries together with everything that corrected them or that they corrected.

    Without their relatives an earlier wording would stand again. Tombstones keep only the ids and
    win in every later merge. Returns what was erased.
    """
    with vault.alone() as connection:
        gone = family(vault.entries(), ids)
        if not gone:
            return ()
        with writing(connection, vault.journal):
            rows.bury(connection, [entry.id for entry in gone])
        try:
            with plainly(vault.journal):
                connection.execute("VACUUM")
        except CouldNotSave:
            # The rows are gone and their bytes overwritten; only the file kept its size.
            vault.notice("erased; the disk had no room to write the journal anew")
        forget_earlier_forms(vault.path)
    return gone


def erase_vault(vault: Vault) -> None:
    """Erase the whole vault: first the keys, so that whatever is left of the rest never opens."""
    folder = vault.path
    with vault.alone():
        vault.lock()
        with saving(folder):
            keys = folder / FILE
            with keys.open("rb+") as file:
                file.write(secrets.token_bytes(keys.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            keys.unlink()
            sync_folder(folder)
    with saving(folder):
        shutil.rmtree(folder)
        sync_folder(folder.parent)
