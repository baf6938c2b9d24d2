"""One person's encrypted journal: make it, open it, add to it, read it, lock it."""

import secrets
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from landward.model.base import BadInput
from landward.model.entries import Entry
from landward.vault import inbox, rows, words
from landward.vault.admission import refuse_impossible_dates
from landward.vault.cost import CHEAPEST, Cost, calibrate
from landward.vault.database import Connection, connect, plainly, writing
from landward.vault.datakey import DataKey
from landward.vault.errors import CouldNotSave, Locked, WrongKey
from landward.vault.files import PRIVATE_FOLDER, saving, sync_folder
from landward.vault.header import (
    Header,
    new_header,
    new_vault_id,
    read_header,
    write_header,
)
from landward.vault.inbox import make_box
from landward.vault.migrations import LATEST, migrate, version_of
from landward.vault.passphrases import normalise
from landward.vault.slots import SlotKind, make_slot
from landward.vault.turnstile import holding

JOURNAL = "journal.db"


def utc_now() -> datetime:
    """This machine's clock: the default where a caller gives no time."""
    return datetime.now(UTC)


class Vault:
    """An unlocked vault. Use it in a `with` block, or call `lock` when done.

    Safe to share between threads. Raises Locked on use after `lock`.
    """

    def __init__(self, path: Path, header: Header, key: DataKey, connection: Connection) -> None:
        self.path = path
        self.notices: tuple[str, ...] = ()
        """Plain lines worth telling the person who opened it (set aside entries, older keys …)."""
        self._header = header
        self._key = key
        self._connection: Connection | None = connection
        self._mutex = threading.RLock()
        self._seq: int | None = None
        self.device: str = self.fact("device") or ""
        """A random name for this copy of the vault: where an entry came from."""
        self._entries: tuple[str, tuple[Entry, ...]] | None = None

    # ---- making and opening -------------------------------------------------------------

    @classmethod
    def create(
        cls, path: Path, passphrase: str, *, now: datetime | None = None, cost: Cost | None = None
    ) -> tuple[Self, tuple[str, ...]]:
        """Make a new vault at `path` and return it unlocked, with its twelve recovery words.

        The words are not stored and cannot be shown again. `cost` is calibrated to this machine
        unless given. Raises BadInput if `path` exists.
        """
        path, now = Path(path), now or utc_now()
        secret = normalise(passphrase)
        if path.exists() or path.is_symlink():
            raise BadInput(f"{path} exists already: choose another name for the new vault")
        if not path.parent.is_dir():
            raise BadInput(f"{path.parent} is not a folder: make it first")
        key, vault_id, recovery = DataKey.new(), new_vault_id(), words.new_secret()
        slots = (
            make_slot(
                vault_id, "passphrase", "your passphrase", secret, key,
                cost=cost or calibrate(), now=now,
            ),
            make_slot(
                vault_id, "recovery", "the recovery words", recovery, key, cost=CHEAPEST, now=now
            ),
        )  # fmt: skip
        header = new_header(key, vault_id, slots, make_box(key, "", now), now)
        build_folder(path, header, key, now)
        vault = cls(path, header, key, connect(path / JOURNAL, key.derive("journal")))
        return vault, words.to_words(recovery)

    @classmethod
    def open(cls, path: Path, passphrase: str, *, now: datetime | None = None) -> Self:
        """Unlock the vault at `path` and drain its inbox.

        Raises NotAVault, WrongKey, Damaged, Busy.
        """
        return cls.open_with(path, normalise(passphrase), "passphrase", now=now)

    @classmethod
    def open_with(
        cls, path: Path, secret: bytes, kind: SlotKind, *, now: datetime | None = None
    ) -> Self:
        """Unlock with a secret for one kind of slot: passphrase bytes, recovery or split secret."""
        path, now = Path(path), now or utc_now()
        with holding(path) if path.is_dir() else holding_nothing():
            header = read_header(path)
            key = unlock(header, secret, kind)
            header.authenticate(key)
            connection = connect(path / JOURNAL, key.derive("journal"))
        vault = cls(path, header, key, connection)
        try:
            vault._catch_up(now)
        except BaseException:
            vault.lock()
            raise
        return vault

    def _catch_up(self, now: datetime) -> None:
        """Bring the journal to this version's tables and take in what was sealed while locked."""
        connection = self._open()
        with plainly(self.path / JOURNAL):
            behind = version_of(connection) != LATEST
        if behind:
            migrate(connection, self.path / JOURNAL, now)
        try:
            self.drain()
        except CouldNotSave as error:
            self._notice(f"{error}; entries written while locked stay sealed until it can be")

    # ---- reading and writing ------------------------------------------------------------

    def append(self, entries: Iterable[Entry]) -> int:
        """Add entries: all of them durable when this returns, or none. Returns how many were new.

        An id that is in the journal already, or was erased, is left as it is: importing or
        retrying twice adds nothing. Raises BadInput, CouldNotSave, Busy, Damaged, Locked.
        """
        new = tuple(entries)
        for entry in new:
            refuse_impossible_dates(entry)
        if not new:
            return 0
        with self._mutex, holding(self.path):
            connection = self._current()
            with writing(connection, self.path / JOURNAL):
                return rows.insert(connection, map(rows.row_of, new))

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, standing or replaced, in the journal's order. Raises Damaged, Locked."""
        with self._mutex:
            head = self.head()
            if self._entries is None or self._entries[0] != head:
                with plainly(self.path / JOURNAL):
                    found = self._open().execute(rows.SELECT).fetchall()
                self._entries = (head, tuple(map(rows.entry_of, found)))
            return self._entries[1]

    def head(self) -> str:
        """A short text that changes with the set of entries; equal sets have equal heads."""
        with self._mutex, plainly(self.path / JOURNAL):
            count, digest = rows.stored_digest(self._open())
            return f"{count}-{digest:032x}"

    def next_seq(self) -> int:
        """The next number of this copy. Numbers may be skipped, never needed to be without gaps."""
        with self._mutex:
            if self._seq is None:
                with plainly(self.path / JOURNAL):
                    row = self._open().execute(
                        "SELECT max(seq) FROM entry WHERE device = ?", (self.device,)
                    )
                    self._seq = int(row.fetchone()[0] or 0)
            self._seq += 1
            return self._seq

    # ---- the inbox ----------------------------------------------------------------------

    @staticmethod
    def seal(path: Path, entry: Entry, *, now: datetime | None = None) -> Path:
        """Leave `entry` in the inbox of the locked vault at `path`; durable when this returns."""
        refuse_impossible_dates(entry)
        return inbox.leave(Path(path), entry, now=now or utc_now())

    def drain(self) -> int:
        """Move sealed entries into the journal, once, by id. Returns how many were new.

        The files go only after the journal has committed, so a crash in between loses nothing
        and doubles nothing. What cannot be opened is set aside, never deleted.
        """
        with self._mutex:
            files = inbox.waiting(self.path)
            if not files:
                return 0
            read, strange = inbox.read_all(self._key, self._header, files)
            added = self.append(read.values())
            with saving(self.path / inbox.FOLDER):
                for file in read:
                    file.unlink(missing_ok=True)
                for file in strange:
                    inbox.set_aside(file)
                sync_folder(self.path / inbox.FOLDER)
            if strange:
                self._notice(
                    f"{len(strange)} sealed entries could not be read; they are kept in "
                    f"{self.path / inbox.FOLDER / inbox.SET_ASIDE}"
                )
            return added

    # ---- small facts the vault keeps about itself ---------------------------------------

    def fact(self, name: str) -> str | None:
        """A small text kept beside the journal (this copy's name, the newest quiz …), or None."""
        with self._mutex, plainly(self.path / JOURNAL):
            row = self._open().execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
            return None if row is None else str(row[0])

    def remember(self, name: str, value: str | None) -> None:
        """Keep or (None) drop a small fact."""
        with self._mutex, holding(self.path):
            connection = self._current()
            with writing(connection, self.path / JOURNAL):
                if value is None:
                    connection.execute("DELETE FROM fact WHERE name = ?", (name,))
                else:
                    connection.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    # ---- locking ------------------------------------------------------------------------

    def lock(self) -> None:
        """Forget the key and everything read with it. Safe to call twice."""
        with self._mutex:
            self._entries = None
            self._key.forget()
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    close = lock

    @property
    def locked(self) -> bool:
        """Whether the key has been forgotten."""
        return self._connection is None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.lock()

    # ---- inside -------------------------------------------------------------------------

    def _notice(self, line: str) -> None:
        self.notices = (*self.notices, line)

    def _open(self) -> Connection:
        if self._connection is None:
            raise Locked("this vault is locked: give the passphrase again")
        return self._connection

    def _current(self) -> Connection:
        """The connection, if the files are still those it was opened on. Call while `holding`."""
        connection = self._open()
        header = read_header(self.path)
        if header != self._header:
            try:
                header.authenticate(self._key)
            except BadInput:
                self.lock()
                raise Locked(
                    "this vault's keys were changed by another program: unlock it again"
                ) from None
            self._header = header
        return connection


class holding_nothing:  # noqa: N801 - reads as a `with` statement beside `holding`
    """Stands in for the lock where there is no folder to lock."""

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


def unlock(header: Header, secret: bytes, kind: SlotKind) -> DataKey:
    """The data key from the first slot of `kind` that `secret` opens. Raises WrongKey."""
    for slot in header.slots:
        if slot.kind == kind:
            key = slot.open(header.vault, secret)
            if key is not None:
                return key
    said = {
        "passphrase": "this passphrase does not open the vault",
        "recovery": "these recovery words do not open the vault",
        "split": "these two parts do not open the vault",
    }[kind]
    raise WrongKey(
        f"{said}; nothing was changed. Try again, or see `landward vault recover --help`"
    )


def build_folder(
    path: Path,
    header: Header,
    key: DataKey,
    now: datetime,
    fill: Callable[[Connection], None] | None = None,
) -> None:
    """Make a whole vault beside `path`, then rename it into place: there is never half of one."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with saving(path):
        beside.mkdir(mode=PRIVATE_FOLDER)
        try:
            (beside / inbox.FOLDER).mkdir(mode=PRIVATE_FOLDER)
            connection = connect(beside / JOURNAL, key.derive("journal"), create=True)
            try:
                migrate(connection, beside / JOURNAL, now)
                with writing(connection, beside / JOURNAL):
                    connection.execute(
                        "INSERT INTO fact VALUES ('device', ?)", (secrets.token_hex(8),)
                    )
                    if fill is not None:
                        fill(connection)
            finally:
                connection.close()
            write_header(beside, header)
            (beside / "lock").touch(mode=0o600)
            sync_folder(beside)
            beside.rename(path)
        except BaseException:
            remove_folder(beside)
            raise
        sync_folder(path.parent)


def remove_folder(folder: Path) -> None:
    """Remove a vault folder that Landward itself just made."""
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
