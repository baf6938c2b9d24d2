"""Two programs, one vault: many may read and append, only one may replace its files.

SQLite already orders single writes. This lock covers what SQLite cannot see: a new journal.db
put in place of the old one, after which a program still holding the old file would append to
nothing. Appending holds `lock` shared, replacing holds it alone. Everybody passes `turn` first, so
that whoever wants to be alone is not kept waiting by a crowd that never ends.
"""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import portalocker

from landward.model.said import phrase
from landward.vault.errors import Busy, CouldNotSave
from landward.vault.files import PRIVATE

PATIENCE_S = 5.0
READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT)
LOCK_FILE = "lock"
TURN_FILE = "turn"


@contextmanager
def holding(folder: Path, *, alone: bool = False, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold the vault's lock, shared or `alone`. Raises Busy after `patience_s`."""
    how = portalocker.LOCK_EX if alone else portalocker.LOCK_SH
    give_up = time.monotonic() + patience_s
    with ExitStack() as held:
        with ExitStack() as waiting:
            _acquire(folder / TURN_FILE, how, give_up, waiting)
            _acquire(folder / LOCK_FILE, how, give_up, held)
        yield


def _acquire(path: Path, how: portalocker.LockFlags, give_up: float, until: ExitStack) -> None:
    file = _open(path)
    if file is None:
        return
    until.enter_context(file)
    while True:
        try:
            portalocker.lock(file, how | portalocker.LOCK_NB)
        except portalocker.LockException as error:
            if time.monotonic() > give_up:
                raise Busy(
                    phrase(
                        "{parent}: another program uses this diary; close it there, try again",
                        parent=path.parent,
                    )
                ) from error
            time.sleep(0.01)
        else:
            until.callback(portalocker.unlock, file)
            return


def _open(path: Path) -> IO[Any] | None:
    refused: OSError | None = None
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        try:
            return os.fdopen(os.open(path, flags, PRIVATE), "rb")
        except OSError as error:
            refused = refused or error
    assert refused is not None
    if refused.errno in READ_ONLY and not os.path.lexists(path):
        return None  # a folder nobody can write to: nobody can replace files there either
    reason = (refused.strerror or "refused").lower()
    raise CouldNotSave(
        phrase(
            "{path}: the diary's lock cannot be opened ({reason}), so two programs "
            "could be in each other's way; nothing was changed",
            path=path,
            reason=reason,
        )
    )
