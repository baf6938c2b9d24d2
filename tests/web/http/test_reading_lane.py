"""Whoever asks for a long page gets the diary as it stood after they asked; many ask once."""

import asyncio
import threading
from types import SimpleNamespace

import pytest

from landward.model.errors import Locked
from landward.web.http.reading_lane import ReadingLane


class Journal:
    """A diary that grows: its state is another object whenever something was written."""

    def __init__(self) -> None:
        self.now: object = SimpleNamespace(head=0)
        self.locked = False

    def write(self) -> None:
        self.now = SimpleNamespace(head=self.now.head + 1)

    async def look(self, _: object) -> object:
        if self.locked:
            raise Locked("the diary is locked")
        return self.now


def test_pages_asked_for_while_one_is_read_share_one_newer_state() -> None:
    async def play() -> list[int]:
        lane, journal, go_on = ReadingLane("t"), Journal(), threading.Event()
        seen: list[int] = []

        async def page(wait: bool) -> None:
            async with lane.state("mine", journal.look) as still:
                await lane.run(lambda: go_on.wait(10) if wait else None)
                seen.append(still.head)

        pages = [asyncio.create_task(page(wait=True))]
        await asyncio.sleep(0.05)
        for _ in range(5):  # each asked for after another save
            journal.write()
            pages.append(asyncio.create_task(page(wait=False)))
            await asyncio.sleep(0.01)
        go_on.set()
        await asyncio.gather(*pages)
        lane.close()
        return seen

    assert asyncio.run(play()) == [0, 5, 5, 5, 5, 5]


def test_a_page_of_the_state_that_is_being_read_joins_it() -> None:
    async def play() -> None:
        lane, journal = ReadingLane("t"), Journal()
        async with (
            asyncio.timeout(5),
            lane.state("mine", journal.look) as one,
            lane.state("mine", journal.look) as other,
        ):
            assert one is other
        lane.close()

    asyncio.run(play())


def test_after_a_lock_nobody_waits_on_and_the_lane_serves_the_next() -> None:
    async def play() -> None:
        lane, journal = ReadingLane("t"), Journal()

        async def page() -> int:
            async with lane.state("mine", journal.look) as still:
                return int(still.head)

        async with lane.state("mine", journal.look):
            journal.write()
            waiting = [asyncio.create_task(page()) for _ in range(3)]
            gave_up = asyncio.create_task(page())
            await asyncio.sleep(0.02)
            gave_up.cancel()
            await asyncio.sleep(0)
            journal.locked = True
        for one in waiting:
            with pytest.raises(Locked):
                await one
        journal.locked = False
        assert await asyncio.wait_for(page(), 5) == 1
        lane.close()

    asyncio.run(play())


def test_whoever_hangs_up_leaves_the_lane_free() -> None:
    async def play() -> None:
        lane, journal = ReadingLane("t"), Journal()

        async def page() -> int:
            async with lane.state("mine", journal.look) as still:
                return int(still.head)

        async with lane.state("mine", journal.look):
            journal.write()
            gone = asyncio.create_task(page())
            stays = asyncio.create_task(page())
            await asyncio.sleep(0.02)
            gone.cancel()
            await asyncio.sleep(0)
        assert await asyncio.wait_for(stays, 5) == 1
        journal.write()
        assert await asyncio.wait_for(page(), 5) == 2
        lane.close()

    asyncio.run(play())


def test_saves_that_follow_each_other_are_read_ahead_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("landward.web.http.reading_lane.PAUSE_S", 0.05)

    async def play() -> list[int]:
        lane, journal, read = ReadingLane("t"), Journal(), []
        for _ in range(4):
            journal.write()
            lane.soon("mine", journal.look, lambda still: read.append(still.head))
        await asyncio.sleep(0.3)
        lane.close()
        return read

    assert asyncio.run(play()) == [4]
