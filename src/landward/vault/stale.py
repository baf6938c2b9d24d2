"""A rollback journal beside journal.db: half a write to be undone, or an old one put back?

SQLite undoes a write that was cut short from `journal.db-journal`, without a word. A folder-syncing
program or a restored copy can put an *old* one there, and then acknowledged lines would be undone.
The journal proves its own wholeness (every page is authenticated, and the entries are counted and
summed), so where journal.db is whole by itself there is nothing to undo: the other file is kept
aside and said. Where it is not whole, a write was cut short, and SQLite goes on as ever.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from landward.model.said import phrase
from landward.vault import facts, rows
from landward.vault.database import Connection, connect
from landward.vault.earlier import ASIDE
from landward.vault.errors import Busy, CouldNotSave, Damaged
from landward.vault.file_lock import holding
from landward.vault.files import PRIVATE, saving, sync_folder

SUFFIX = "-journal"
LOOK = ".look"


def set_aside_if_stale(journal: Path, key: bytes) -> str | None:
    """Move a rollback journal out of the way of a journal that is whole without it.

    `key` is the journal's. Returns one line to say, or None where there was nothing to do. Another
    program in the middle of a write keeps its own: then nothing is touched.
    """
    beside = journal.with_name(journal.name + SUFFIX)
    if os.path.lexists(beside) and not beside.is_file():
        # SQLite would open it, and wait for whoever writes into a pipe.
        raise Damaged(
            phrase(
                "{path}: is no rollback file, and Landward never makes such a thing; nothing was "
                "opened. Remove it, then try again",
                path=beside,
            )
        )
    if not beside.is_file() or beside.stat().st_size == 0:
        return None
    try:
        with holding(journal.parent, alone=True, patience_s=0.5):
            if not _whole_alone(journal, key):
                return None
            aside = _free_name(journal)
            with saving(aside):
                beside.replace(aside)
                sync_folder(journal.parent)
    except (Busy, CouldNotSave):
        return None
    return phrase(
        "a rollback file lay beside a diary that is whole without it, and could "
        "have taken lines back; it was not used and is kept as {name}",
        name=aside.name,
    )


def _whole_alone(journal: Path, key: bytes) -> bool:
    """Whether journal.db, read under a name that has no rollback file, is whole by itself."""
    look = journal.with_name(journal.name + LOOK)
    with suppress(FileNotFoundError):
        look.unlink()
    try:
        _same_file(journal, look)
        connection = connect(look, key)
    except (Damaged, Busy, CouldNotSave, OSError):
        _gone(look)
        return False
    try:
        return _adds_up(connection)
    except Exception:  # whatever SQLite says of torn pages: then it is not whole
        return False
    finally:
        connection.close()
        _gone(look)


def _adds_up(connection: Connection) -> bool:
    if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        return False
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        return False
    found = connection.execute(rows.SELECT).fetchall()
    buried = [row[0] for row in connection.execute("SELECT id FROM tombstone")]
    count, digest = rows.stored_digest(connection)
    total = sum(map(rows.digest_of_row, found)) + sum(map(rows.digest_of_tombstone, buried))
    entries = count == len(found) and digest == total % (1 << 128)
    return entries and facts.of_one_moment(connection)


def _same_file(journal: Path, look: Path) -> None:
    try:
        os.link(journal, look)
    except OSError:  # a file system without hard links
        shutil.copyfile(journal, look)
        look.chmod(PRIVATE)


def _gone(look: Path) -> None:
    with suppress(FileNotFoundError):
        look.unlink()
    with suppress(FileNotFoundError):
        look.with_name(look.name + SUFFIX).unlink()


def _free_name(journal: Path) -> Path:
    number, aside = 1, journal.with_name(ASIDE)
    while aside.exists():
        number += 1
        aside = journal.with_name(f"{ASIDE}{number}")
    return aside
