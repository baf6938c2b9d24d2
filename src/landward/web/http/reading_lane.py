"""Pages that read for long: each lane has a thread of its own, and reads diaries as they stood.

Whoever asks while something older is being read waits for it to end, and then shares one newer
state of the diary with everyone else who waited: ten pages asked for at once are one reading. The
thread that uses the vault only says how the diary stands; it never waits for a lane.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from landward.app.diary.still_diary import StillDiary
from landward.web.http.turns import OneThread

ResultT = TypeVar("ResultT")
Look = Callable[[OneThread], Awaitable[StillDiary]]
"""How a diary stands now; asked in the vault's thread. Raises Locked."""
PAUSE_S = 0.4
"""After a save the pages that follow it at once go first."""


class ReadingLane:
    """One thread that reads, and who is reading what there. Its methods run in the event loop."""

    def __init__(self, name: str) -> None:
        self.thread = OneThread(name)
        self._rooms: dict[str, _Room] = {}
        self._soon: dict[str, asyncio.TimerHandle] = {}
        self.running: set[asyncio.Task[None]] = set()
        """What is read before anyone asks."""

    @asynccontextmanager
    async def state(self, room: str, look: Look) -> AsyncIterator[StillDiary]:
        """The diary of a room for one page: as it stands at some moment after it was asked for.

        Raises Locked, and whatever else looking meets.
        """
        here = self._rooms.setdefault(room, _Room())
        still = await here.join(lambda: look(self.thread))
        try:
            yield still
        finally:
            here.leave()

    async def run(self, task: Callable[[], ResultT]) -> ResultT:
        """Run a task in the thread of this lane."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, task)

    def soon(self, room: str, look: Look, read: Callable[[StillDiary], None]) -> None:
        """Something was written: read what will be asked for, in a moment, once for all saves that
        follow each other closely.
        """
        loop = asyncio.get_running_loop()

        def begin() -> None:
            task = loop.create_task(self._ahead(room, look, read))
            self.running.add(task)
            task.add_done_callback(self.running.discard)

        if room in self._soon:
            self._soon[room].cancel()
        self._soon[room] = loop.call_later(PAUSE_S, begin)

    async def _ahead(self, room: str, look: Look, read: Callable[[StillDiary], None]) -> None:
        with suppress(Exception):  # locked, closing, a fault: who asks for the page meets it again
            async with self.state(room, look) as still:
                await self.run(lambda: read(still))

    def close(self) -> None:
        """End the thread when what it reads is done."""
        self.thread.shutdown(wait=True)


class _Room:
    """Who reads one diary in one lane. Used in the event loop only."""

    def __init__(self) -> None:
        self._still: StillDiary | None = None
        self._readers = 0
        self._waiting = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._next: asyncio.Task[StillDiary] | None = None

    async def join(self, look: Callable[[], Awaitable[StillDiary]]) -> StillDiary:
        now = await look()
        if self._next is None and (not self._readers or now is self._still):
            return self._read(now, 1)
        if self._next is None:
            self._next = asyncio.create_task(self._begin_next(look))
        self._waiting += 1
        coming = self._next
        try:
            return await asyncio.shield(coming)
        except asyncio.CancelledError:  # whoever asked hung up
            if coming is self._next:
                self._waiting -= 1
            elif not coming.cancelled() and coming.exception() is None:
                self.leave()
            raise

    def leave(self) -> None:
        self._readers -= 1
        if not self._readers:
            self._still = None
            self._idle.set()

    async def _begin_next(self, look: Callable[[], Awaitable[StillDiary]]) -> StillDiary:
        try:
            await self._idle.wait()
            return self._read(await look(), self._waiting)
        finally:
            self._next, self._waiting = None, 0

    def _read(self, still: StillDiary, readers: int) -> StillDiary:
        self._still = still
        self._readers += readers
        self._idle.clear()
        return still
