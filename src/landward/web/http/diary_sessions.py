"""The diaries this run can show, one vault each, and the one thread that touches them.

Two more threads read: one ahead of Journey, one aside what is opened by choice. They get frozen
values only, and a lock waits until they let go of them.
"""

import asyncio
import secrets
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from babel.localtime import get_localzone

from landward.app.diary.locked_view import LockedView, load_outside, outside_of, save_outside
from landward.app.diary.open_diary import OpenDiary
from landward.app.keep.vault import Vault
from landward.app.read.held_waves import read_ahead
from landward.app.write.entry import Numbering, WhileLocked
from landward.model.base import BadInput, LandwardError
from landward.model.entries import Entry
from landward.model.errors import Locked, WrongKey
from landward.model.moment import Moment

ResultT = TypeVar("ResultT")
FREE_TRIES = 3
LONGEST_WAIT_S = 60.0
REMEMBERED_PAGES = 200
AWAY = (
    "the diary’s folder is not where it was. If it is on a stick or a drive, put that back in; "
    "if the folder was moved, move it back. Then try again"
)


def local_zone() -> str:
    """This machine's IANA zone, UTC where it cannot be told."""
    key = getattr(get_localzone(), "key", None)
    return key if isinstance(key, str) and key not in ("", "local") else "UTC"


def now() -> Moment:
    """Now, in this machine's zone: the app's only clock, replaced in tests."""
    return Moment(at=datetime.now(UTC), zone=local_zone())


class DiarySession:
    """One diary: its vault, open or locked, and what this run remembers of what was sealed."""

    def __init__(
        self, name: str, path: Path, label: str = "", passphrase: str | None = None
    ) -> None:
        self.name = name
        self.path = path
        self.label = label
        """Words shown on every page of a diary that is not the person's own."""
        self.passphrase = passphrase
        """Known only for demonstration diaries, which open without asking."""
        self.diary: OpenDiary | None = None
        self.used_s = time.monotonic()
        self.used_wall_s = time.time()
        self.was_there = False
        self.wrong_tries = 0
        self.wait_until_s = 0.0
        self._outside: LockedView | None = None
        self._pages: dict[str, dict[str, str]] = {}
        self._sealed: dict[str, Entry] = {}

    @property
    def exists(self) -> bool:
        """Whether there is a vault at all."""
        there = (self.path / "keys.json").is_file()
        self.was_there = self.was_there or there
        return there

    @property
    def is_away(self) -> bool:
        """Whether the vault was there in this run and is not now: a stick was pulled out."""
        return not self.exists and self.was_there

    def why(self, error: LandwardError) -> str:
        """What went wrong, in words for the person, without a full stop."""
        return AWAY if self.is_away else str(error)

    @property
    def outside(self) -> LockedView:
        """What may be seen before unlocking."""
        if self._outside is None:
            self._outside = load_outside(self.path)
        return self._outside

    def keep_locked_view(self, today: date) -> None:
        """Bring what may be seen outside up to the profile. A disk that refuses changes nothing."""
        if self.diary is None:
            return
        wanted = outside_of(self.diary.me, today)
        if self._outside != wanted:
            save_outside(self.path, wanted)
            self._outside = wanted

    # ---- unlocking --------------------------------------------------------------------------

    def seconds_to_wait(self) -> float:
        """How long until another passphrase may be tried."""
        return max(0.0, self.wait_until_s - time.monotonic())

    def unlock(self, passphrase: str, moment: Moment) -> OpenDiary:
        """Open the vault, or check the passphrase against it where it is open already.

        After three wrong ones each next try has to wait, twice as long every time up to a minute.
        Raises WrongKey, BadInput and the vault's errors.
        """
        if (wait := self.seconds_to_wait()) > 0:
            raise BadInput(f"too many tries: wait {int(wait) + 1} seconds, then try again")
        try:
            vault = Vault.open(self.path, passphrase, now=moment.at)
        except WrongKey:
            self.wrong_tries += 1
            if self.wrong_tries > FREE_TRIES:
                wait = min(LONGEST_WAIT_S, 2.0 ** (self.wrong_tries - FREE_TRIES))
                self.wait_until_s = time.monotonic() + wait
            raise
        self.wrong_tries = 0
        if self.diary is not None and not self.diary.vault.locked:
            vault.lock()
            self.diary.refresh()
        else:
            self.take(vault)
        self._sealed.clear()
        self.keep_locked_view(moment.today())
        assert self.diary is not None
        return self.diary

    def take(self, vault: Vault) -> OpenDiary:
        """Hold an unlocked vault."""
        self.diary = OpenDiary(vault)
        self.touch()
        return self.diary

    def lock(self) -> None:
        """Forget the key and everything read with it; nothing reads on when this returns."""
        if self.diary is not None:
            self.diary.vault.lock()
            self.diary.close()
        self.diary = None

    def forget(self) -> None:
        """The vault is gone: so is everything this run remembers of it."""
        self.lock()
        self.was_there = False
        self._outside = None
        self._pages.clear()
        self._sealed.clear()

    def touch(self) -> None:
        """Someone used the open diary just now."""
        self.used_s, self.used_wall_s = time.monotonic(), time.time()

    def idle_too_long(self) -> bool:
        """Whether the open diary was unused for longer than the person allows. 0 means never."""
        if self.diary is None or self.passphrase is not None:
            return False
        minutes = self.diary.me["lock_after_min"]
        limit_s = 60.0 * (int(minutes) if minutes.isdecimal() else 10)
        # A sleeping machine stops the one clock; the other may be set back. The longer counts.
        unused_s = max(time.monotonic() - self.used_s, time.time() - self.used_wall_s)
        return 0 < limit_s <= unused_s

    # ---- writing, open or locked ----------------------------------------------------------------

    def numbering(self, diary: OpenDiary | None) -> Numbering:
        """Who numbers new entries: the open vault, else time alone."""
        return WhileLocked() if diary is None else diary.vault

    def save(self, diary: OpenDiary | None, entries: Iterable[Entry], moment: Moment) -> None:
        """Make entries durable: into the open journal, else sealed into the inbox."""
        wanted = tuple(entries)
        if diary is not None:
            try:
                diary.append(wanted)
            except Locked:
                diary = None
            else:
                return
        for entry in wanted:
            if entry.id not in self._sealed:
                Vault.seal(self.path, entry, now=moment.at)
                self._sealed[entry.id] = entry
        if self.diary is not None and not self.diary.vault.locked:
            # Another session has it open: this one may not read, but what it wrote need not wait.
            self.diary.vault.drain()
            self.diary.refresh()

    def sealed(self) -> tuple[Entry, ...]:
        """What this run sealed since the last unlock and may still take back."""
        return tuple(self._sealed.values())

    def known(self, entry_id: str) -> Entry | None:
        """An entry this run can still see, by its id."""
        if entry_id in self._sealed:
            return self._sealed[entry_id]
        return self.diary.index.entry(entry_id) if self.diary else None

    def page(self, idempotency_key: str) -> dict[str, str]:
        """What one rendered page has written so far: entry ids by place on the page."""
        if idempotency_key not in self._pages:
            while len(self._pages) >= REMEMBERED_PAGES:
                del self._pages[next(iter(self._pages))]
            self._pages[idempotency_key] = {}
        return self._pages[idempotency_key]


class AppState:
    """All rooms of a run, the single thread in which every vault is used, and two that read."""

    def __init__(self, rooms: Iterable[DiarySession], clock: Callable[[], Moment] = now) -> None:
        self.rooms = {room.name: room for room in rooms}
        self.clock = clock
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vault")
        self.ahead = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading-ahead")
        self.aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading-aside")

    async def work(self, task: Callable[[], ResultT]) -> ResultT:
        """Run a task in the vault thread; tasks never overlap."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, task)

    def read_ahead(self, diary: OpenDiary) -> None:
        """Something was written or unlocked: what Journey will want begins by itself."""
        read_ahead(diary, self.ahead)

    def close(self) -> None:
        """Lock every room and end all threads."""
        for room in self.rooms.values():
            self._thread.submit(room.lock)
        self._thread.shutdown(wait=True)
        self.ahead.shutdown(wait=True)
        self.aside.shutdown(wait=True)


def fresh_once() -> str:
    """A random name for one rendered page."""
    return secrets.token_urlsafe(12)


__all__ = ["AppState", "DiarySession", "LandwardError", "fresh_once", "local_zone", "now"]
