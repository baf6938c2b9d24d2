"""Two programs, one vault: many may read and append, only one may replace its files.

SQLite already orders single writes. This lock covers what SQLite cannot see: a new journal.db
put in place of the old one, after which a program still holding the old file would append to
nothing. Appending holds the lock shared, replacing holds it alone.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import portalocker

from landward.vault.errors import Busy

PATIENCE_S = 5.0
LOCK_FILE = "lock"


def _open(path: Path) -> IO[Any] | None:
    for mode in ("a+b", "rb"):
        try:
            return path.open(mode)
        except OSError:
            continue
    return None  # a read-only folder: nobody can replace files there either


@contextmanager
def holding(folder: Path, *, alone: bool = False, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold the vault's lock, shared or `alone`. Raises Busy after `patience_s`."""
    file = _open(folder / LOCK_FILE)
    if file is None:
        yield
        return
    wanted = portalocker.LOCK_EX if alone else portalocker.LOCK_SH
    give_up = time.monotonic() + patience_s
    try:
        while True:
            try:
                portalocker.lock(file, wanted | portalocker.LOCK_NB)
                break
            except portalocker.LockException as error:
                if time.monotonic() > give_up:
                    raise Busy(
                        f"{folder}: another program uses this vault; close it there, try again"
                    ) from error
                time.sleep(0.02)
        try:
            yield
        finally:
            portalocker.unlock(file)
    finally:
        file.close()
