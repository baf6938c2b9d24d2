"""Erasing for good: rows out, content-free tombstones in, the file rewritten."""

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from landward.model.entries import Entry
from landward.model.journal import family
from landward.model.said import phrase
from landward.vault import facts, rows
from landward.vault.carrying import OUT
from landward.vault.database import plainly, writing
from landward.vault.earlier import ERASING, finish_erasing
from landward.vault.errors import CouldNotSave, NotConfirmed
from landward.vault.files import saving, sync_folder
from landward.vault.header import FILE
from landward.vault.vault import Vault

ON_THE_DISK = phrase(
    "backups, other copies and exports still hold it; what a disk keeps of "
    "deleted blocks is encrypted"
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
            # Sealed pieces that wait for a relay may carry what was erased: they are made anew.
            connection.execute("DELETE FROM fact WHERE substr(name, 1, ?) = ?", (len(OUT), OUT))
            facts.put(connection, [(ERASING, "yes")])  # until the earlier forms are gone too
        try:
            with plainly(vault.journal):
                connection.execute("VACUUM")
        except CouldNotSave:
            # The rows are gone and their bytes overwritten; only the file kept its size.
            vault.notice(phrase("erased; the disk had no room to write the journal anew"))
        finish_erasing(vault)
    return gone


def erase_vault(vault: Vault) -> None:
    """Erase the whole vault: first the keys, so that whatever is left of the rest never opens.

    Where the folder is a link, the folder it leads to goes, and the link.
    """
    named, folder = vault.path, vault.path.resolve()
    keys = folder / FILE
    with vault.alone():
        with saving(keys):  # refused here: nothing was changed
            file = keys.open("rb+", buffering=0)
        vault.lock()
        with file, _after_the_keys(folder):
            file.write(secrets.token_bytes(keys.stat().st_size))
            os.fsync(file.fileno())
            keys.unlink()
            sync_folder(folder)
    with _after_the_keys(folder):
        shutil.rmtree(folder)
        if named.is_symlink():
            named.unlink()
        sync_folder(folder.parent)


@contextmanager
def _after_the_keys(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or phrase("the disk refused")).lower()
        raise NotConfirmed(
            phrase(
                "{folder}: its keys are overwritten or may be, so believe that nothing "
                "opens it any more; not everything could be removed ({reason}): delete "
                "the folder by hand",
                folder=folder,
                reason=reason,
            )
        ) from error
