"""A first look through a journal that came from elsewhere, on a copy, row by row.

It is done in a process of its own before the journal is opened where a diary is: a database made to
harm ends or fills that process and nothing else. Only counts come back.
"""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from landward.model.base import Frozen, LandwardError
from landward.vault import rows
from landward.vault.database import connect, plainly
from landward.vault.strange import refuse_strange_tables, refuse_too_much
from landward.vault.validate import is_fit

LookThrough = Callable[[Path, bytes], object]
"""Given a journal and its key; raises BadInput where it is not to be opened here."""
ROLLBACK = "-journal"


class Seen(Frozen):
    """What a journal holds."""

    entries: int
    unfit: int
    """Lines that no diary could be folded from."""
    no_entries: int
    """Rows that are no entries at all: Landward never wrote them."""


def look_through(journal: Path, key: bytes, named: str) -> Seen:
    """Read every row of a journal, on a copy in this process's own folder for temporary files.

    `named` is what it is called in what is said about it. Raises Damaged, Busy, CouldNotSave.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy, called = Path(folder) / journal.name, Path(named)
        shutil.copyfile(journal, copy)
        rollback = journal.with_name(journal.name + ROLLBACK)
        if rollback.is_file():
            shutil.copyfile(rollback, copy.with_name(copy.name + ROLLBACK))
        try:
            connection = connect(copy, key)
        except LandwardError as error:  # it is the copy that could not be opened, but not its fault
            raise type(error)(str(error).replace(str(copy), named)) from None
        try:
            refuse_strange_tables(connection, called)
            refuse_too_much(connection, called)
            entries = unfit = no_entries = 0
            with plainly(called):
                for row in connection.execute(rows.SELECT_ANY):
                    entries += 1
                    try:
                        unfit += not is_fit(rows.entry_of(row))
                    except (ValueError, RecursionError, TypeError):
                        no_entries += 1
        finally:
            connection.close()
    return Seen(entries=entries, unfit=unfit, no_entries=no_entries)
