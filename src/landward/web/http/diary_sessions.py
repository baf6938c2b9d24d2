"""The diaries this run can show, one vault each, and the one thread that touches them.

Pages that read for long are made in two lanes of their own: Journey in one, what is opened by
choice in the other. They get frozen values only, and a lock waits until they let go of them.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import Executor, Future
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TypeVar
from weakref import WeakSet

from landward.app.budget.worker import Worker
from landward.app.diary.clock import local_zone, now
from landward.app.diary.locked_view import (
    LockedView,
    load_outside,
    outside_of,
    outside_stamp,
    save_outside,
)
from landward.app.diary.open_diary import OpenDiary
from landward.app.diary.settings import Settings
from landward.app.diary.still_diary import StillDiary
from landward.app.keep.vault import Vault
from landward.app.read.held_waves import read_ahead
from landward.app.together.host import Dial
from landward.app.write.writer import OpenWriter, SealedInbox, Writer
from landward.app.write.written_today import clear_old
from landward.model.base import BadInput, LandwardError
from landward.model.errors import Locked, WrongKey
from landward.model.moment import Moment
from landward.model.said import ENGLISH, Catalogue, phrase
from landward.web.http.errand import Errand
from landward.web.http.forgetting import overwrite_at_hand, overwrite_freed
from landward.web.http.reading_lane import ReadingLane
from landward.web.http.settling import is_settled, settle
from landward.web.http.turns import OneThread, Tries

ResultT = TypeVar("ResultT")
QUIET_S = 20.0
"""So long after the last request nobody is likely to ask for Help now in that very moment."""
AWAY = phrase(
    "the diary’s folder is not where it was. If it is on a stick or a drive, "
    "put that back in; if the folder was moved, move it back. Then try again"
)


class DiarySession:
    """One diary: its vault, open or locked, and what this run remembers of what was sealed."""

    def __init__(
        self,
        name: str,
        path: Path,
        label: str = "",
        passphrase: str | None = None,
        worker: Worker | None = None,
    ) -> None:
        self.name = name
        self.path = path
        self.label = label
        """Words shown on every page of a diary that is not the person's own."""
        self.passphrase = passphrase
        """Known only for demonstration diaries, which open without asking."""
        self.worker = worker
        """The process that computes what is read from it; ended with every lock."""
        self.diary: OpenDiary | None = None
        self.used_s = time.monotonic()
        self.used_wall_s = time.time()
        self.was_there = False
        self._tries: dict[str, Tries] = {}
        self.clock: Callable[[], Moment] = now
        self.kept_settings: Settings | None = None
        """The choices of the open diary as last read: all that Help now needs of it."""
        self.lockings = 0
        """How often somebody locked: a page that was begun before is not shown after."""
        self.errand = Errand()
        """What it is about at its relay, if it joined one."""
        self.inbox = SealedInbox(path)
        """Where this run writes while locked, and what it sealed since the last unlock."""
        self._outside: tuple[object, LockedView] | None = None
        self._kept_outside: tuple[object, ...] | None = None

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
        """What may be seen before unlocking; read again where another program changed it."""
        stamp = outside_stamp(self.path)
        if self._outside is None or self._outside[0] != stamp:
            self._outside = (stamp, load_outside(self.path))
        return self._outside[1]

    def keep_locked_view(self, today: date) -> None:
        """Bring what may be seen outside up to the profile. A disk that refuses changes nothing."""
        if self.diary is None:
            return
        said = (self.diary.me, today, outside_stamp(self.path))
        if said == self._kept_outside:
            return  # the same person, day and file as when it was last brought up to date
        save_outside(self.path, outside_of(self.diary.me, today, self.outside))
        self._kept_outside = (self.diary.me, today, outside_stamp(self.path))

    def turn_to(self, moment: Moment) -> None:
        """Forget, outside, which doses were written on an earlier day."""
        view = self.outside
        clear_old(self.path, view, moment.today(view.settings.day_starts_at))

    def keep_look(self, theme: str, text: str) -> None:
        """Keep theme and text size beside the locked diary. A disk that refuses changes nothing."""
        said = {name: value for name, value in (("theme", theme), ("text", text)) if value}
        save_outside(self.path, self.outside.saying(**said))

    # ---- unlocking --------------------------------------------------------------------------

    def tries(self, owner: str = "") -> Tries:
        """The wrong passphrases of one side. A phone's guesses never delay this computer."""
        return self._tries.setdefault(owner, Tries())

    def unlock(self, passphrase: str, moment: Moment, owner: str = "") -> OpenDiary:
        """Open the vault, or check the passphrase against it where it is open already.

        `owner` is whose session asks. Raises WrongKey, BadInput and the vault's errors.
        """
        tries = self.tries(owner)
        if (wait := tries.seconds_to_wait()) > 0:
            raise BadInput(
                phrase("too many tries: wait {wait} seconds, then try again", wait=int(wait) + 1)
            )
        try:
            vault = Vault.open(self.path, passphrase, now=moment.at)
        except WrongKey:
            tries.was_wrong()
            raise
        tries.wrong = 0
        if self.diary is not None and not self.diary.vault.locked:
            vault.lock()
            self.diary.refresh()
        else:
            self.take(vault)
        assert self.diary is not None
        self.inbox.forget(drained=self.diary.index)
        self.keep_locked_view(moment.today())
        return self.diary

    def take(self, vault: Vault) -> OpenDiary:
        """Hold an unlocked vault."""
        self.get_ready()
        self.diary = OpenDiary(vault, self.worker, self.clock)
        self.touch()
        return self.diary

    def still(self, elsewhere: Executor) -> StillDiary:
        """The open diary as it stands now, to be read in another thread. Raises Locked."""
        if self.diary is None or self.diary.vault.locked:
            raise Locked(phrase("the diary is locked"))
        self.diary.refresh()
        return self.diary.still(elsewhere)

    def get_ready(self) -> None:
        """Have what computes load what it computes with: somebody is about to read."""
        if self.worker is not None:
            self.worker.start()

    def lock(self) -> None:
        """Forget the key and everything read with it; nothing reads on when this returns."""
        if self.diary is not None:
            self.diary.vault.lock()
            if self.worker is not None:
                self.worker.end()
            self.diary.close()
        self.diary = self._kept_outside = self.kept_settings = None
        self.errand = Errand()

    def forget(self) -> None:
        """The vault is gone: so is everything this run remembers of it."""
        self.lock()
        self.was_there = False
        self._outside = None
        self.inbox.pages.clear()
        self.inbox.forget()

    def touch(self) -> None:
        """Someone used the open diary just now."""
        self.used_s, self.used_wall_s = time.monotonic(), time.time()

    def idle_too_long(self) -> bool:
        """Whether the open diary was unused for longer than the person allows. 0 means never."""
        if self.diary is None or self.passphrase is not None:
            return False
        limit_s = 60.0 * self.diary.me.settings.lock_after_min
        # A sleeping machine stops the one clock; the other may be set back. The longer counts.
        unused_s = max(time.monotonic() - self.used_s, time.time() - self.used_wall_s)
        return 0 < limit_s <= unused_s

    # ---- writing, open or locked ----------------------------------------------------------------

    def writer(self, diary: OpenDiary | None) -> Writer:
        """Where entries go: into the open diary, else sealed into the inbox."""
        return self.inbox if diary is None else OpenWriter(diary, self.inbox)

    def take_up(self) -> None:
        """What was sealed need not wait where another session has the diary open; the one that
        sealed it still may not read.
        """
        if self.diary is not None and not self.diary.vault.locked:
            self.diary.vault.drain()
            self.diary.refresh()


class AppState:
    """All rooms of a run, the one thread in which every vault is used, and two lanes that read."""

    def __init__(
        self,
        rooms: Iterable[DiarySession],
        clock: Callable[[], Moment] = now,
        catalogue: Catalogue = ENGLISH,
        dial: Dial | None = None,
    ) -> None:
        self.rooms = {room.name: room for room in rooms}
        self.dial = dial
        """Makes a line to a relay, for a diary that joins one; handed in by whoever starts this."""
        for room in self.rooms.values():
            room.clock = clock
        self.clock = clock
        self.catalogue = catalogue
        self._thread = OneThread("vault")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._answering: WeakSet[asyncio.Task[object]] = WeakSet()
        self._locked_since_settling = False
        self._asked_s = -math.inf
        self.lanes = {name: ReadingLane(f"reading-{name}") for name in ("ahead", "aside")}

    async def work(self, task: Callable[[], ResultT]) -> ResultT:
        """Run a task in the vault thread; tasks never overlap."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, task)

    def first(self, task: Callable[[], ResultT], *, of_all: bool = False) -> Future[ResultT]:
        """Run a task in the vault thread before what waits for it; `of_all` before everything."""
        return self._thread.first(task, of_all=of_all)

    @property
    def busy(self) -> bool:
        """Whether any thread is at work: then a lock is said before the last of them has ended."""
        return self._thread.busy or any(lane.thread.busy for lane in self.lanes.values())

    @property
    def aside(self) -> OneThread:
        """The thread that reads what is opened by choice, a stranger's file among it."""
        return self.lanes["aside"].thread

    def look(self, room: DiarySession) -> Callable[[OneThread], Awaitable[StillDiary]]:
        """Asks how a room's diary stands now."""

        async def look(elsewhere: OneThread) -> StillDiary:
            return await asyncio.wrap_future(self.first(lambda: room.still(elsewhere)))

        return look

    def lock(self, room: DiarySession) -> Future[None]:
        """Lock a room before everything that waits; done when the key and what was read are gone.
        What they leave in freed memory is written over after that.
        """
        coming = self.first(room.lock, of_all=True)
        coming.add_done_callback(lambda _: self.tidy())
        return coming

    def answers_here(self) -> None:
        """The running task answers somebody: until it ends it may hold words of a diary."""
        self._asked_s = time.monotonic()
        self._loop = asyncio.get_running_loop()
        if (task := asyncio.current_task()) is not None:
            self._answering.add(task)

    def tidy(self) -> None:
        """Write over what was freed: soon, and again when every page that was begun before has
        ended, for those let go of their words only then. From any thread.
        """
        self._locked_since_settling = True
        with suppress(RuntimeError):  # the app is closing
            if self._loop is None:
                self._thread.submit(overwrite_freed)
            else:
                asyncio.run_coroutine_threadsafe(self._tidy(), self._loop)

    async def _tidy(self) -> None:
        begun = {*self._answering, *(task for lane in self.lanes.values() for task in lane.running)}
        begun = {task for task in begun if not task.done()}
        with suppress(RuntimeError):
            if begun:
                await self.work(overwrite_freed)
                await asyncio.wait(begun)
            for lane in self.lanes.values():
                await lane.run(overwrite_at_hand)
            overwrite_at_hand()
            await self.work(overwrite_freed)

    async def settle(self) -> None:
        """After a lock, once nobody has asked for anything for a while: let go of whatever referred
        only to itself. The search stops every thread for a fifth of a second.
        """
        quiet = time.monotonic() - self._asked_s >= QUIET_S and not self.busy
        if self._locked_since_settling and quiet and is_settled():
            self._locked_since_settling = False
            if await self.work(settle):
                await self._tidy()

    def read_ahead(self, room: DiarySession) -> None:
        """Something was written or unlocked: what Journey will want begins by itself, soon."""
        self.lanes["ahead"].soon(room.name, self.look(room), read_ahead)

    def close(self) -> None:
        """Lock every room and end all threads."""
        for room in self.rooms.values():
            self._thread.submit(room.lock)
        self._thread.shutdown(wait=True)
        for lane in self.lanes.values():
            lane.close()
        for room in self.rooms.values():
            if room.worker is not None:
                room.worker.end()


__all__ = ["AppState", "DiarySession", "LandwardError", "local_zone", "now"]
