"""Writing while the vault is locked: entries sealed to a public key, drained on unlock by id.

Anyone who can write to the folder can leave an entry; only the passphrase reads it. A sealed
entry is on disk before `leave` returns, and its file goes only after the journal has committed it.
"""

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from nacl.bindings import crypto_box_seal_open
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from landward.model.base import BadInput
from landward.model.entries import MAX_BODY_BYTES, Entry
from landward.model.journal import FROM, UNSIGNED
from landward.model.said import phrase
from landward.vault import installation, phone_keys, pinned
from landward.vault.asking import Arrived, By, not_later
from landward.vault.browser_seal import SIGNED, is_browser_sealed, open_browser_sealed
from landward.vault.datakey import DataKey
from landward.vault.errors import Damaged, NotAVault
from landward.vault.file_lock import holding
from landward.vault.files import (
    PRIVATE_FOLDER,
    confirming,
    read_plain_file,
    saving,
    sync_folder,
    write_new,
)
from landward.vault.header import Box, Header, read_header
from landward.vault.phone_keys import PhoneKey
from landward.vault.sealed_files import FOLDER, Who, box_of, listed, name_for, who_named
from landward.vault.validate import BOUNDED, is_fit, refuse_unfit

_ANYBODY, _MARKED = "landward-inbox 1", "landward-inbox 2"
"""The first words inside a seal: of anybody, and with the mark of an installation."""

MAX_SEALED_BYTES = MAX_BODY_BYTES + 8 * 1024
MAX_WAITING = 5000
MAX_RECENT = 600
RECENT_S = 600.0
CARER_KINDS = frozenset({"note", "event", "glimmer", "dose_taken", "sleep"})
"""What someone else may add: observations, never corrections, plans or the profile."""


def make_box(key: DataKey) -> Box:
    """A new key pair whose private half is sealed by the data key."""
    private, box_id = PrivateKey.generate(), secrets.token_hex(8)
    return _sealed(key, box_id, private)


def _sealed(key: DataKey, box_id: str, private: PrivateKey) -> Box:
    return Box(
        id=box_id,
        public_key=bytes(private.public_key).hex(),
        sealed_private_key=key.seal(f"inbox {box_id}", bytes(private)).hex(),
    )


def renewed(key: DataKey, box: Box) -> Box:
    """The same box with a new key pair: whoever held the old data key reads nothing it gets."""
    return _sealed(key, box.id, PrivateKey.generate())


def reseal(old: DataKey, new: DataKey, box: Box) -> Box:
    """The same box under a new data key."""
    return _sealed(new, box.id, private_key(old, box))


def private_key(key: DataKey, box: Box) -> PrivateKey:
    """The private half of `box`. Raises Damaged if the two halves do not belong together."""
    private = PrivateKey(key.unseal(f"inbox {box.id}", bytes.fromhex(box.sealed_private_key)))
    if bytes(private.public_key).hex() != box.public_key:
        raise Damaged(
            phrase("keys.json: the inbox's public key was swapped; do not log while locked")
        )
    return private


def _plaintext(vault_id: str, entry: Entry, own: bytes | None) -> bytes:
    line = entry.to_line()
    if own is None:
        return f"{_ANYBODY} {vault_id}\n{line}".encode()
    return f"{_MARKED} {vault_id} {installation.mark(own, vault_id, line)}\n{line}".encode()


def seal_entry(vault_id: str, box: Box, entry: Entry, own: bytes | None = None) -> bytes:
    """The sealed bytes of one entry, readable only by the vault `vault_id` once unlocked.

    With `own`, the installation's secret, they carry its mark.
    """
    sealed = SealedBox(PublicKey(bytes.fromhex(box.public_key))).encrypt(
        _plaintext(vault_id, entry, own)
    )
    if len(sealed) > MAX_SEALED_BYTES:
        raise BadInput(phrase("an entry holds at most 64 KiB; this one is larger"))
    return bytes(sealed)


def open_sealed(
    vault_id: str,
    private: PrivateKey,
    sealed: bytes,
    own: bytes | None = None,
    phones: tuple[PhoneKey, ...] = (),
) -> Arrived | None:
    """The entry in `sealed`, or None if it was not sealed to this vault or is no entry.

    `own` is this installation's secret and `phones` the keys of its paired phones.
    """
    try:
        if is_browser_sealed(sealed):
            text = open_browser_sealed(vault_id, private, sealed).decode()
            return _from_browser(text, phones)
        public = bytes(private.public_key)
        text = crypto_box_seal_open(sealed, public, bytes(private)).decode()
        first, _, line = text.partition("\n")
        marked = first.removeprefix(f"{_MARKED} {vault_id} ")
        if first != f"{_ANYBODY} {vault_id}" and marked == first:
            return None
        ours = marked != first and installation.is_ours(own, vault_id, line, marked)
        return Arrived(entry=Entry.from_line(line, BOUNDED), by="here" if ours else "anybody")
    except (CryptoError, ValueError, OverflowError, RecursionError, TypeError):
        return None


def _from_browser(text: str, phones: tuple[PhoneKey, ...]) -> Arrived:
    signature = ""
    if text.startswith(SIGNED):
        signature, _, text = text.removeprefix(SIGNED).partition("\n")
    line = text.rstrip(" ")
    entry = Entry.from_line(line, BOUNDED)
    signed = bool(signature) and phone_keys.is_signed(phones, entry.device, line, signature)
    return Arrived(entry=entry, by="phone" if signed else "anybody")


def leave(folder: Path, entry: Entry, *, now: datetime, box_id: str | None = None) -> Path:
    """Seal `entry` into the inbox of the vault at `folder`, without a passphrase.

    Returns the file once it is durable. Raises BadInput when the inbox is full or filling too
    fast (a program gone wrong must not fill the disk), CouldNotSave when the disk refuses.
    """
    refuse_unfit(entry)
    if not folder.is_dir():
        raise NotAVault(
            phrase("{folder}: not a vault; `landward vault create PATH` makes one", folder=folder)
        )
    with holding(folder):
        header = read_header(folder)
        boxes = {header.inbox.id: header.inbox} | {box.id: box for box in header.boxes}
        box = boxes.get(box_id or header.inbox.id)
        if box is None:
            raise BadInput(phrase("this box was closed: ask the person whose diary it is"))
        if box is header.inbox:
            pinned.refuse_swapped(folder, header)
        own = installation.secret()
        return put(folder, box.id, entry.id, seal_entry(header.vault, box, entry, own), now)


def put(  # noqa: PLR0917 - one argument per part of what is written
    folder: Path, box_id: str, entry_id: str, sealed: bytes, now: datetime, who: Who = "here"
) -> Path:
    """Write sealed bytes into the inbox, durably, within the limits of `who` sealed them."""
    if len(sealed) > MAX_SEALED_BYTES:
        raise BadInput(phrase("an entry holds at most 64 KiB; this one is larger"))
    inbox = folder / FOLDER
    with saving(inbox):
        inbox.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        own = installation.secret()
        _refuse_a_flood(inbox, now, own, who)
        path = inbox / name_for(box_id, entry_id, own, who)
        part = path.with_suffix(".part")
        try:
            write_new(part, sealed)
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    with confirming(path):
        sync_folder(inbox)
    return path


def _refuse_a_flood(inbox: Path, now: datetime, own: bytes | None, who: Who) -> None:
    """Only what came the same way counts: neither a phone nor a stranger keeps the person's own
    computer from writing.
    """
    waiting = listed(inbox)
    if len(waiting) < MAX_RECENT:
        return
    if own is not None:
        waiting = tuple(path for path in waiting if who_named(path, own) == who)
    if len(waiting) >= MAX_WAITING:
        raise BadInput(
            phrase(
                "{max_waiting} entries wait unread: open the diary once, then go on",
                max_waiting=MAX_WAITING,
            )
        )
    if sum(_is_recent(path, now) for path in waiting) >= MAX_RECENT:
        raise BadInput(
            phrase("too many entries in ten minutes: wait a little, or open the diary first")
        )


def _is_recent(path: str, now: datetime) -> bool:
    with suppress(FileNotFoundError):
        return os.lstat(path).st_mtime > now.timestamp() - RECENT_S
    return False


def waiting(folder: Path) -> tuple[Path, ...]:
    """The sealed files not yet drained, in name order."""
    return tuple(map(Path, listed(folder / FOLDER)))


def read_all(
    key: DataKey, header: Header, files: Iterable[str], now: datetime
) -> tuple[dict[str, Arrived], list[str]]:
    """Open sealed files: (entries by file, files that hold none for this vault at this time).

    A file that is gone by now was drained by another program, and is in neither.
    """
    boxes, carers = header.all_boxes, {box.id for box in header.boxes}
    names = header.names(key).names
    private: dict[str, PrivateKey] = {}
    own, phones = installation.secret(), phone_keys.phone_keys(header.vault)
    read: dict[str, Arrived] = {}
    strange: list[str] = []
    for file in files:
        box = boxes.get(box_of(file))
        try:
            sealed = read_plain_file(file, MAX_SEALED_BYTES) if box is not None else None
        except FileNotFoundError:
            continue
        arrived = None
        if box is not None and sealed is not None:
            if box.id not in private:
                private[box.id] = private_key(key, box)
            arrived = open_sealed(header.vault, private[box.id], sealed, own, phones)
        entry = None if arrived is None else arrived.entry
        by: By = "anybody" if arrived is None else arrived.by
        if entry is not None and box is not None and box.id in carers:
            entry, by = as_left_by(names[box.id].label, entry), "anybody"
        elif entry is not None and (by == "anybody" or entry.origin.startswith(FROM)):
            entry = entry.marked(f"{UNSIGNED}, {entry.origin}"[:200])
        entry = None if entry is None else not_later(entry, now)
        if entry is None or not is_fit(entry, read_bounded=True):
            strange.append(file)
        else:
            read[file] = Arrived(entry=entry, by=by)
    return read, strange


def as_left_by(label: str, entry: Entry) -> Entry | None:
    """A carer's entry, marked whose it is; None if it is of a kind only the person may write."""
    if entry.replaces or entry.kind not in CARER_KINDS:
        return None
    return entry.marked(f"{FROM}{label}"[:200])
