"""What was set aside: kept out of the way and never read by itself, shown, tried again or dropped.

Sealed files that could not be opened lie in the inbox's own folder for them; rollback files that
were not used lie beside the journal. Neither adds anything to the diary. Only the person drops one.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from landward.model.base import BadInput, Frozen
from landward.model.said import phrase
from landward.vault import sealed_files
from landward.vault.earlier import ASIDE
from landward.vault.file_lock import holding
from landward.vault.files import saving, sync_folder
from landward.vault.header import Header
from landward.vault.vault import Vault

Why = Literal["unread", "no key", "no file", "rollback"]


class SetAside(Frozen):
    """One thing that was set aside."""

    name: str
    came_at: datetime
    size: int
    why: Why
    """Its box could not open it; there is no such box here; it is no plain file; or it is a
    rollback file that was not used."""


def found_aside(folder: Path, header: Header) -> tuple[SetAside, ...]:
    """Everything set aside in the vault at `folder`, by name."""
    return tuple(_told(path, header) for path in _places(folder))


def _places(folder: Path) -> Iterator[Path]:
    for place, pattern in (
        (folder / sealed_files.FOLDER / sealed_files.SET_ASIDE, "*"),
        (folder, f"{ASIDE}*"),
    ):
        yield from sorted(place.glob(pattern), key=lambda path: path.name)


def _told(path: Path, header: Header) -> SetAside:
    seen = path.lstat()
    why: Why = "unread"
    if path.name.startswith(ASIDE):
        why = "rollback"
    elif path.is_symlink() or not path.is_file():
        why = "no file"
    elif sealed_files.box_of(path) not in header.all_boxes:
        why = "no key"
    at = datetime.fromtimestamp(seen.st_mtime, UTC)
    return SetAside(name=path.name, came_at=at, size=seen.st_size, why=why)


def drop_aside(vault: Vault, name: str) -> int:
    """Remove what was set aside under a name, or all of it where `name` is "all".

    Returns how many went. Raises BadInput where no single one is meant, CouldNotSave.
    """
    with vault.mutex, holding(vault.path), saving(vault.path):
        there = list(_places(vault.path))
        chosen = there if name == "all" else [path for path in there if path.name == name]
        if not chosen:
            raise BadInput(
                phrase("nothing called “{name}” is set aside; nothing was changed", name=name[:60])
            )
        for path in chosen:
            _remove(path)
        for place in {path.parent for path in chosen}:
            sync_folder(place)
        return len(chosen)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def try_again(vault: Vault, now: datetime) -> int:
    """Put every sealed file that was set aside back into the inbox and take in what opens now.

    A newer Landward, or keys that came back, may read what could not be read then; what still
    cannot is set aside again. Returns how many lines joined the diary.
    """
    with vault.mutex, saving(vault.path):
        place = vault.path / sealed_files.FOLDER
        for path in sorted((place / sealed_files.SET_ASIDE).glob("*.rejected")):
            path.rename(place / path.with_suffix(".sealed").name)
        sync_folder(place)
        return vault.drain(now)
