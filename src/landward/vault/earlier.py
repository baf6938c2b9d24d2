"""The journal's forms from before an upgrade: whole or not there, and gone when they must be."""

from pathlib import Path

from landward.vault.files import saving, sync_folder


def kept_before(folder: Path, version: int) -> Path:
    """Where the journal as it was before `version` is kept."""
    return folder / f"before-upgrade-{version}.db"


def forget_earlier_forms(folder: Path) -> None:
    """Remove them, and halves of them: they hold what was erased, and open with a removed key."""
    with saving(folder):
        for kept in folder.glob("before-upgrade-*"):
            kept.unlink()
        sync_folder(folder)
