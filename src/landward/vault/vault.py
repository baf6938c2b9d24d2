"""One person's encrypted journal: make it, open it, add to it, read it, lock it."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from landward.model.collector import collector_resting
from landward.model.entries import Entry
from landward.model.said import phrase
from landward.vault import (
    asking,
    earlier,
    inbox,
    installation,
    pinned,
    quiz,
    rows,
    sealed_files,
    upgrade,
    words,
)
from landward.vault import create as birth
from landward.vault import facts as small
from landward.vault.copies import conflict_copies, said_of
from landward.vault.cost import CHEAPEST, Cost, calibrate
from landward.vault.create import JOURNAL
from landward.vault.database import Connection, connect, plainly, writing
from landward.vault.datakey import DataKey
from landward.vault.errors import Busy, CouldNotSave, Locked
from landward.vault.file_lock import holding
from landward.vault.files import sweep, sync_folder
from landward.vault.header import (
    FILE,
    OWN_PASSPHRASE,
    About,
    Header,
    new_vault_id,
    parse_header,
    read_header_bytes,
    replacing_header,
    sealed_about,
)
from landward.vault.looking import LookThrough
from landward.vault.notices import (
    joined_words,
    older_keys_words,
    under_number_words,
    upgraded_words,
)
from landward.vault.opening import Opened, open_files
from landward.vault.passphrases import normalise
from landward.vault.slots import SlotKind, make_slot
from landward.vault.validate import refuse_unfit


def utc_now() -> datetime:
    """This machine's clock: the default where a caller gives no time."""
    return datetime.now(UTC)


class Vault:
    """An unlocked vault. Use it in a `with` block, or call `lock` when done.

    It owns the data key: nothing else keeps it, and `lock` overwrites it. Safe to share between
    threads. Raises Locked on use after `lock`.
    """

    def __init__(self, path: Path, opened: Opened) -> None:
        self.path = path
        self.journal = path / JOURNAL
        self.header = opened.header
        self.key = opened.key
        self.slot_id = opened.slot_id
        """The key slot this vault was opened with."""
        self.notices: tuple[str, ...] = () if opened.said is None else (opened.said,)
        """Plain lines worth telling the person who opened it (entries set aside, older keys …)."""
        self.mutex = threading.RLock()
        self._connection: Connection | None = opened.connection
        self._header_bytes = b""
        self._seq: int | None = None
        self._entries: tuple[str, tuple[Entry, ...]] | None = None
        self.device: str = self.fact("device") or ""
        """A random name for this copy of the vault: where an entry came from."""

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
        birth.refuse_taken(path)
        key, vault_id, recovery = DataKey.new(), new_vault_id(), words.new_secret()
        own = make_slot(vault_id, "passphrase", secret, key, cost=cost or calibrate())
        kept = make_slot(vault_id, "recovery", recovery, key, cost=CHEAPEST)
        about = About().naming(own.id, OWN_PASSPHRASE, now)
        about = about.naming(kept.id, "recovery words", now)
        header = Header(
            vault=vault_id,
            generation=1,
            slots=(own, kept),
            inbox=inbox.make_box(key),
            about=sealed_about(key, about),
        ).signed(key)
        shown = words.to_words(recovery)
        asked = {quiz.FACT: quiz.planned(shown, now)}

        fill = partial(birth.fill_new, header=header, key=key, now=now, more=asked)
        opening = partial(connect, path / JOURNAL, key.derive("journal"))
        connection = birth.build(path, fill, opening)
        pinned.pin(path, header)
        return cls(path, Opened(header, key, own.id, connection)), shown

    @classmethod
    def open(
        cls,
        path: Path,
        passphrase: str,
        *,
        now: datetime | None = None,
        look: LookThrough | None = None,
    ) -> Self:
        """Unlock the vault at `path` and take in what waits in its inbox.

        `look` sees a journal from elsewhere first. Raises NotAVault, WrongKey, Damaged, Busy.
        """
        return cls.open_with(path, normalise(passphrase), "passphrase", now=now, look=look)

    @classmethod
    def open_with(
        cls,
        path: Path,
        secret: bytes,
        kind: SlotKind,
        *,
        now: datetime | None = None,
        look: LookThrough | None = None,
    ) -> Self:
        """Unlock with a secret for one kind of slot: passphrase bytes, recovery or split secret."""
        path = Path(path)
        opened = open_files(path, secret, kind, look)
        try:
            vault = cls(path, opened)
            vault._catch_up(now or utc_now())
        except BaseException:
            opened.connection.close()
            opened.key.forget()
            raise
        return vault

    def _catch_up(self, now: datetime) -> None:
        """Bring the journal to this version's tables and take in what was sealed while locked."""
        if kept := upgrade.bring_up_to_date(self.connection(), self.journal, self.key, now):
            self.notice(upgraded_words(kept))
        pinned.pin(self.path, self.header)
        for folder in (self.path, self.path / sealed_files.FOLDER):
            sweep(folder, now)
        self._compare_headers()
        if self.fact(earlier.ERASING) is not None:
            with suppress(Busy), self.alone():
                earlier.finish_erasing(self)
        if copies := conflict_copies(self.path):
            self.notice(said_of(self.path, copies))
        try:
            self.drain(now)
        except CouldNotSave as why:
            self.notice(
                phrase("{why}; entries written while locked stay sealed until it can be", why=why)
            )

    def _compare_headers(self) -> None:
        """Notice when somebody put an older keys.json in place of the newest."""
        kept = self.fact("header")
        generation = parse_header(kept.encode(), self.journal).generation if kept else 0
        if generation > self.header.generation:
            self.notice(older_keys_words(self.path))
        elif generation < self.header.generation or not small.of_one_moment(self.connection()):
            try:
                self._keep_header()
            except CouldNotSave:
                return  # a read-only folder: there is nothing to heal and nothing lost

    # ---- reading and writing ------------------------------------------------------------

    def append(self, entries: Iterable[Entry]) -> int:
        """Add entries: all of them durable when this returns, or none. Returns how many were new.

        An id that is in the journal already, or was erased, is left as it is: importing or
        retrying twice adds nothing. Raises BadInput, CouldNotSave, Busy, Damaged, Locked.
        """
        new = tuple(entries)
        for entry in new:
            refuse_unfit(entry)
        if not new:
            return 0
        with self.changing() as connection:
            added, moved = asking.insert_trusted(connection, new, utc_now())
        if moved:
            self.notice(under_number_words(moved))
        return added

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, standing or replaced, in the journal's order. Raises Damaged, Locked."""
        with self.mutex:
            head = self.head()
            if self._entries is None or self._entries[0] != head:
                with plainly(self.journal):
                    self._entries = (head, rows.read_entries(self.connection()))
            return self._entries[1]

    def head(self) -> str:
        """A short text that changes with the set of entries; equal sets have equal heads."""
        with self.mutex, plainly(self.journal):
            count, digest = rows.stored_digest(self.connection())
            return f"{count}-{digest:032x}"

    def next_seq(self) -> int:
        """The next number of this copy. Numbers may be skipped."""
        with self.mutex:
            if self._seq is None:
                with plainly(self.journal):
                    row = self.connection().execute(
                        "SELECT max(seq) FROM entry WHERE device = ?", (self.device,)
                    )
                    self._seq = int(row.fetchone()[0] or 0)
            self._seq += 1
            return self._seq

    # ---- the inbox ----------------------------------------------------------------------

    @staticmethod
    def seal(path: Path, entry: Entry, *, now: datetime | None = None) -> Path:
        """Leave `entry` in the inbox of the locked vault at `path`; durable when this returns."""
        return inbox.leave(Path(path), entry, now=now or utc_now())

    def drain(self, now: datetime | None = None, *, all_of_it: bool = False) -> int:
        """Move sealed entries into the journal, once, by id. Returns how many were new.

        The files go only after the journal has committed, so a crash in between loses nothing
        and doubles nothing. What cannot be opened is set aside, never deleted; what would act for
        the person waits for their yes (`asking`). Nothing is dated later than `now`. Of more than
        1,000 files the rest waits for the next time, unless it must be `all_of_it`.
        """
        with self.mutex:
            there = sealed_files.to_take_in(self.path, self.header)
            if not there:
                return 0
            most = len(there) if all_of_it else sealed_files.MOST_AT_ONCE
            files = sealed_files.first_in_turn(there, most, installation.secret())
            now = now or utc_now()
            with collector_resting():
                read, strange = inbox.read_all(self.key, self.header, files, now)
                added = asking.admit(self, tuple(read.values()), now)
            try:
                sealed_files.take_away(read)
                if strange:
                    sealed_files.set_aside(self.path, strange, self.header)
                sync_folder(self.path / sealed_files.FOLDER)
            except OSError:
                self.notice(joined_words())
                return added
            for line in sealed_files.said_of(self.path, len(strange), len(there) - len(files)):
                self.notice(line)
            return added

    # ---- small facts the vault keeps about itself ---------------------------------------

    def fact(self, name: str) -> str | None:
        """A small text kept beside the journal (this copy's name, the next quiz …), or None."""
        with self.mutex, plainly(self.journal):
            found = self.connection().execute("SELECT value FROM fact WHERE name = ?", (name,))
            row = found.fetchone()
            return None if row is None else str(row[0])

    def facts(self, prefix: str) -> dict[str, str]:
        """Every small fact whose name begins with `prefix`, by name."""
        with self.mutex, plainly(self.journal):
            found = self.connection().execute(
                "SELECT name, value FROM fact WHERE substr(name, 1, ?) = ? ORDER BY name",
                (len(prefix), prefix),
            )
            return {str(name): str(value) for name, value in found}

    def remember(self, name: str, value: str | None) -> None:
        """Keep or (None) drop a small fact."""
        with self.changing() as connection:
            if value is None:
                small.drop(connection, name)
            else:
                small.put(connection, [(name, value)])

    # ---- locking ------------------------------------------------------------------------

    def lock(self) -> None:
        """Forget the key and everything read with it. Safe to call twice."""
        with self.mutex:
            self._entries = None
            self.key.forget()
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

    # ---- for the other files of this room -----------------------------------------------

    def notice(self, line: str) -> None:
        """Add a line to tell the person."""
        self.notices = (*self.notices, line)

    def connection(self) -> Connection:
        """The open journal. Raises Locked."""
        if self._connection is None:
            raise Locked(phrase("this diary is locked: give the passphrase again"))
        return self._connection

    def current(self) -> Connection:
        """The open journal, if its files are still those it was opened on. Call while `holding`."""
        connection = self.connection()
        raw = read_header_bytes(self.path)
        if raw != self._header_bytes:
            header = parse_header(raw, self.path / FILE)
            if header.previous_key is not None or not header.authentic(self.key):
                self.lock()
                raise Locked(
                    phrase("this diary's keys were changed by another program: unlock it again")
                )
            self.header, self._header_bytes = header, raw
            pinned.pin(self.path, header)
        return connection

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """One durable transaction on the journal: everything in it, or nothing."""
        with self.mutex, holding(self.path):
            connection = self.current()
            with writing(connection, self.journal):
                yield connection

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """The journal with no other program in it, for replacing its files."""
        with self.mutex, holding(self.path, alone=True):
            yield self.current()

    def save_header(self, header: Header, facts: Mapping[str, str] = MappingProxyType({})) -> None:
        """Put new keys in place with their copy and `facts` in the journal. Call in `alone`.

        Both or neither: where the journal cannot be written, the old keys are back.
        """
        with replacing_header(self.path, header), writing(self.connection(), self.journal):
            birth.keep_header(self.connection(), header, facts)
        self.header = header

    def _keep_header(self) -> None:
        with writing(self.connection(), self.journal):
            birth.keep_header(self.connection(), self.header)

    def close_journal(self) -> None:
        """Let go of journal.db so that it can be replaced. Call in `alone`, then `adopt`."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def adopt(self, header: Header, key: DataKey, slot_id: str) -> None:
        """Go on with a new data key, after a rotation. Call in `alone`."""
        self.close_journal()
        self.key.forget()
        self.header, self.key, self.slot_id = header, key, slot_id
        pinned.pin(self.path, header)
        self._connection = connect(self.journal, key.derive("journal"))
