"""A backup: one file with the encrypted journal and the keys that open it, complete or refused.

Layout: a line that names the format; the length (8 bytes, big-endian) and bytes of keys.json; the
length and bytes of journal.db; BLAKE2b-256 over all of it. Nothing is compressed, so a file can
never grow on reading, and every length is checked against the file before anything is read.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from landward.model.base import BadInput, Frozen
from landward.model.said import phrase
from landward.vault import create as birth
from landward.vault.create import JOURNAL
from landward.vault.database import connect, writing
from landward.vault.errors import CouldNotSave, Damaged
from landward.vault.files import PRIVATE, confirming, saving, sync_folder, write_new
from landward.vault.header import FILE, MAX_HEADER_BYTES, parse_header
from landward.vault.looking import LookThrough
from landward.vault.opening import unlock
from landward.vault.rotation import copy_journal
from landward.vault.slots import SlotKind
from landward.vault.strange import refuse_strange_tables, refuse_too_much
from landward.vault.vault import Vault

MAGIC = b"landward-backup 1\n"
DIGEST_BYTES = 32
MAX_JOURNAL_BYTES = 4 * 1024**3
CHUNK = 1024 * 1024
REMIND_AFTER_DAYS = 14


class BackupMade(Frozen):
    """One backup this vault knows of."""

    made_at: datetime
    path: str
    head: str


def backup_name(now: datetime) -> str:
    """The name of a backup put into a folder. It says nothing about what it is about."""
    return f"landward-{now:%Y-%m-%d-%H%M%S}.backup"


def make_backup(vault: Vault, target: Path, *, now: datetime) -> Path:
    """Write one consistent, encrypted file that opens with the vault's present keys.

    `target` is a new file or an existing folder. Raises BadInput if the file exists, CouldNotSave
    if the disk refuses; then nothing is left behind.
    """
    target = Path(target)
    if target.is_dir():
        target = target / backup_name(now)
    if target.exists() or target.is_symlink():
        raise BadInput(
            phrase("{target} exists already: choose another name for the backup", target=target)
        )
    if not target.parent.is_dir():
        raise BadInput(phrase("{parent} is not a folder: make it first", parent=target.parent))
    if target.resolve().is_relative_to(vault.path.resolve()):
        raise BadInput(
            phrase(
                "{target} would be lost with the diary it is a copy of: choose a place outside",
                target=target,
            )
        )
    token = secrets.token_hex(4)
    journal = target.with_name(f".{target.name}.{token}.journal")
    part = target.with_name(f".{target.name}.{token}.part")
    with vault.mutex, saving(target):
        try:
            key = vault.key.derive("journal")
            with vault.alone():
                copy_journal(vault.journal, key, journal, key)
                keys, head = vault.header.to_bytes(), vault.head()
            _pack(part, keys, journal)
            keys_in_backup(part)
            part.replace(target)
        finally:
            for half in (journal, part):
                with suppress(OSError):
                    half.unlink(missing_ok=True)
    with confirming(target):
        sync_folder(target.parent)
    try:
        with vault.changing() as connection:
            connection.execute(
                "INSERT INTO backup VALUES (?, ?, ?)",
                (now.isoformat(), str(target.resolve()), head),
            )
    except CouldNotSave:
        vault.notice(
            phrase(
                "{target} is made and whole; the diary could not note that there is one",
                target=target,
            )
        )
    return target


def known_backups(vault: Vault) -> tuple[BackupMade, ...]:
    """The backups made from this copy of the vault, newest first."""
    with vault.mutex:
        found = vault.connection().execute(
            "SELECT made_at, path, head FROM backup ORDER BY made_at DESC, path"
        )
        return tuple(
            BackupMade(made_at=datetime.fromisoformat(at), path=path, head=head)
            for at, path, head in found
        )


def backup_reminder(vault: Vault, *, now: datetime) -> str | None:
    """One quiet line when the newest backup is over 14 days old and something was written since."""
    made = known_backups(vault)
    if made and (now - made[0].made_at).days < REMIND_AFTER_DAYS:
        return None
    if made and made[0].head == vault.head():
        return None
    if not made:
        since = (now.astimezone(UTC) - timedelta(days=REMIND_AFTER_DAYS)).isoformat()
        old = "SELECT 1 FROM entry WHERE recorded_at <= ? LIMIT 1"  # times in UTC sort as texts
        if vault.connection().execute(old, (since,)).fetchone() is None:
            return None
        return phrase("There is no backup yet: `landward vault backup FILE` makes one.")
    days = (now - made[0].made_at).days
    return phrase(
        "The newest backup is {days} days old: `landward vault backup FILE` makes a new one.",
        days=days,
    )


def restore_backup(
    source: Path,
    path: Path,
    secret: bytes,
    kind: SlotKind = "passphrase",
    *,
    look: LookThrough | None = None,
) -> Vault:
    """Make a new vault at `path` from a backup, checked to the last byte before it has its name.

    `look` sees its journal before it is opened here. Raises BadInput if `path` exists, Damaged for
    a truncated or altered file, WrongKey.
    """
    source, path = Path(source), Path(path)
    birth.refuse_taken(path)
    keys = keys_in_backup(source)
    header = parse_header(keys, source)
    key, _ = unlock(header, secret, kind)

    def fill(folder: Path) -> None:
        _unpack(source, folder / JOURNAL)
        if look is not None:
            look(folder / JOURNAL, key.derive("journal"))
        connection = connect(folder / JOURNAL, key.derive("journal"))
        try:
            problems = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            if problems:
                raise Damaged(
                    phrase(
                        "{source}: its journal was changed since the backup was made", source=source
                    )
                )
            refuse_strange_tables(connection, source)
            refuse_too_much(connection, source)
            with writing(connection, folder / JOURNAL):
                birth.name_this_copy(connection)
        finally:
            connection.close()
        write_new(folder / FILE, keys)

    try:
        header.authenticate(key)
        return birth.build(path, fill, lambda: Vault.open_with(path, secret, kind))
    finally:
        key.forget()


def _pack(part: Path, keys: bytes, journal: Path) -> None:
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)
    with os.fdopen(handle, "wb") as out, journal.open("rb") as content:

        def put(data: bytes) -> None:
            digest.update(data)
            out.write(data)

        put(MAGIC + len(keys).to_bytes(8, "big") + keys)
        put(journal.stat().st_size.to_bytes(8, "big"))
        for chunk in _chunks(content, journal.stat().st_size):
            put(chunk)
        out.write(digest.digest())
        out.flush()
        os.fsync(out.fileno())


def keys_in_backup(source: Path) -> bytes:
    """Read a backup through once; returns the keys in it. Raises BadInput for anything else."""
    try:
        size = source.stat().st_size
        with source.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise Damaged(phrase("{source}: not a Landward backup", source=source))
            keys_size = int.from_bytes(file.read(8), "big")
            if not 0 < keys_size <= MAX_HEADER_BYTES:
                raise _cut(source)
            keys = file.read(keys_size)
            journal_size = int.from_bytes(file.read(8), "big")
            expected = len(MAGIC) + 8 + keys_size + 8 + journal_size + DIGEST_BYTES
            if not 0 < journal_size <= MAX_JOURNAL_BYTES or expected != size:
                raise _cut(source)
            file.seek(0)
            digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
            for chunk in _chunks(file, size - DIGEST_BYTES):
                digest.update(chunk)
            if file.read(DIGEST_BYTES) != digest.digest():
                raise _cut(source)
            return keys
    except FileNotFoundError as error:
        raise BadInput(phrase("{source}: there is no such file", source=source)) from error
    except OSError as error:
        raise BadInput(
            phrase(
                "{source}: cannot be read ({value})",
                source=source,
                value=(error.strerror or "refused").lower(),
            )
        ) from error


def _unpack(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        file.seek(len(MAGIC))
        file.seek(int.from_bytes(file.read(8), "big"), os.SEEK_CUR)
        size = int.from_bytes(file.read(8), "big")
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)
        with os.fdopen(handle, "wb") as out:
            for chunk in _chunks(file, size):
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())


def _chunks(file: IO[bytes], size: int) -> Iterator[bytes]:
    left = size
    while left:
        chunk = file.read(min(CHUNK, left))
        if not chunk:
            raise OSError(phrase("the file became shorter while it was read"))
        left -= len(chunk)
        yield chunk


def _cut(source: Path) -> Damaged:
    return Damaged(
        phrase(
            "{source}: cut short or changed since the backup was made; use another one",
            source=source,
        )
    )
