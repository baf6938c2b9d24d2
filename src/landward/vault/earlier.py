"""Earlier forms of the journal: whole or not there, and gone when they must be.

They are what an upgrade kept, and rollback files that were set aside.
"""

from pathlib import Path
from typing import Protocol

from landward.model.said import phrase
from landward.vault import facts
from landward.vault.database import Connection, writing
from landward.vault.errors import CouldNotSave
from landward.vault.files import saving, sync_folder

ASIDE = "journal.db-journal.aside"
"""How a rollback file is called that was not used."""

ERASING = "erasing"
"""The fact that says that something was erased and earlier forms may still hold it."""


class Erased(Protocol):
    """An unlocked vault."""

    path: Path
    journal: Path

    def connection(self) -> Connection:
        """The open journal."""

    notices: tuple[str, ...]
    """Lines to tell the person."""


def kept_before(folder: Path, version: int) -> Path:
    """Where the journal as it was before `version` is kept."""
    return folder / f"before-upgrade-{version}.db"


def forget_earlier_forms(folder: Path) -> None:
    """Remove them, and halves of them: they hold what was erased, and open with a removed key."""
    with saving(folder):
        for pattern in ("before-upgrade-*", f"{ASIDE}*"):
            for kept in folder.glob(pattern):
                kept.unlink()
        sync_folder(folder)


def finish_erasing(vault: Erased) -> None:
    """Let go of what may still hold the erased lines. Call alone on the vault, again if need be."""
    try:
        forget_earlier_forms(vault.path)
        # What was said to be kept as an earlier form is not there any more.
        vault.notices = tuple(line for line in vault.notices if ASIDE not in line)
        with writing(vault.connection(), vault.journal):
            facts.drop(vault.connection(), ERASING)
    except CouldNotSave:
        vault.notices += (
            phrase(
                "erased from the diary; an earlier form of it in the same folder could "
                "not be removed yet: that is tried again at the next unlocking"
            ),
        )
