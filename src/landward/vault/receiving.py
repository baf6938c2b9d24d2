"""Taking in what a phone sealed in its browser, whether it was sent or carried as a file."""

import re
from datetime import datetime
from pathlib import Path

from landward.model.base import BadInput, Frozen
from landward.model.said import phrase
from landward.vault import inbox, sealed_files
from landward.vault.browser_seal import LEAST_BYTES, is_browser_sealed
from landward.vault.file_lock import holding
from landward.vault.header import Header, read_header

_ENTRY_ID = re.compile(r"[0-9a-f]{32}")


class Sealed(Frozen):
    """One entry as a browser left it. `id` is the entry's own, made in the browser."""

    id: str
    box: str
    blob: bytes


def receive(folder: Path, sealed: tuple[Sealed, ...], *, now: datetime) -> int:
    """Put what a browser sealed into the inbox of the vault at `folder`, without a passphrase.

    Everything is checked before anything is written. Returns how many were new here; one that
    waits already is not written again, so a phone may send as often as it likes. Raises BadInput
    for what cannot belong here, and the inbox's errors.
    """
    with holding(folder):
        header = read_header(folder)
        for entry in sealed:
            refuse_stranger(header, entry)
        return sum(_put_once(folder, entry, now) for entry in sealed)


def refuse_stranger(header: Header, entry: Sealed) -> None:
    """Raises BadInput if this vault could never open `entry`."""
    if not _ENTRY_ID.fullmatch(entry.id):
        raise BadInput(phrase("one of the sealed entries has no proper id: the file was changed"))
    if entry.box not in {header.inbox.id, *(box.id for box in header.retired)}:
        raise BadInput(phrase("these entries were sealed to another diary: nothing was taken in"))
    if not is_browser_sealed(entry.blob) or len(entry.blob) < LEAST_BYTES:
        raise BadInput(
            phrase("one of the sealed entries was cut short or changed: nothing was taken in")
        )
    if len(entry.blob) > inbox.MAX_SEALED_BYTES:
        raise BadInput(phrase("an entry holds at most 64 KiB; one of these is larger"))


def _put_once(folder: Path, entry: Sealed, now: datetime) -> bool:
    waiting = (folder / sealed_files.FOLDER).glob(f"{entry.box}.{entry.id}.*.sealed")
    if any(path.read_bytes() == entry.blob for path in waiting):
        return False
    inbox.put(folder, entry.box, entry.id, entry.blob, now, "phone")
    return True
