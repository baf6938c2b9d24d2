import asyncio
import datetime as dt
import gc
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from landward.app.diary.whole import whole_diary
from landward.app.share.fictional import fictional_entries
from landward.model.collector import Aside
from landward.model.moment import Moment
from landward.vault import Vault
from landward.vault.cost import CHEAPEST
from landward.web.http import diary_sessions
from landward.web.http.diary_sessions import AppState, DiarySession
from landward.web.http.settling import BRIEF_S, is_settled, settle, take_short_turns


class Node:
    """Something that can hold itself."""

    def __init__(self) -> None:
        self.me: Node | None = None


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    between = sys.getswitchinterval()
    yield
    gc.unfreeze()
    Aside.kept = False
    sys.setswitchinterval(between)


def searched() -> int:
    """How many objects a search of everything looks at."""
    return sum(len(gc.get_objects(one)) for one in range(3))


def test_a_search_while_a_diary_is_open_looks_at_neither_libraries_nor_the_diary(
    tmp_path: Path,
) -> None:
    settle()
    evening = Moment(at=dt.datetime(2026, 3, 1, 19, tzinfo=dt.UTC), zone="UTC")
    with Vault.create(tmp_path / "m.vault", "p" * 12, now=evening.at, cost=CHEAPEST)[0] as vault:
        vault.append(fictional_entries(vault, evening))
        before = searched()
        diary = whole_diary(vault.entries())
        assert len(diary.days) > 100 and searched() < before + 2_000
    assert gc.get_freeze_count() > 50_000, "everything that was loaded"


def test_opening_a_diary_never_counts_what_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle()

    def counting() -> int:
        raise AssertionError("a walk over all that was loaded: 18 ms each time a diary opens")

    monkeypatch.setattr(gc, "get_freeze_count", counting)
    now = dt.datetime(2026, 3, 1, 19, tzinfo=dt.UTC)
    with Vault.create(tmp_path / "m.vault", "p" * 12, now=now, cost=CHEAPEST)[0] as vault:
        whole_diary(vault.entries())
    assert is_settled()


def test_settling_finds_what_was_set_aside_and_refers_only_to_itself() -> None:
    node = Node()
    node.me = node
    gone = weakref.ref(node)
    settle()
    del node
    gc.collect()
    assert gone() is not None, "set aside: no search looks at it"
    assert settle() > 0 and gone() is None


def test_a_server_settles_after_a_lock_once_nothing_is_being_done_and_nobody_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle()
    node = Node()
    node.me = node
    gone = weakref.ref(node)
    gc.freeze()
    del node
    room = DiarySession("mine", tmp_path / "mine.vault")
    app_state = AppState([room])

    async def asked() -> None:
        app_state.answers_here()

    async def night() -> None:
        await app_state.settle()
        assert gone() is not None, "nobody locked: nothing stops for a search"
        await asyncio.create_task(asked())
        await asyncio.wrap_future(app_state.lock(room))
        for _ in range(20):
            await app_state.settle()
            await asyncio.sleep(0.01)
        assert gone() is not None, "somebody asked just now, and may ask for Help now next"
        monkeypatch.setattr(diary_sessions, "QUIET_S", 0.0)
        while gone() is not None:
            await app_state.settle()
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(night(), 60))
    app_state.close()


def test_no_thread_keeps_the_others_waiting_for_long() -> None:
    take_short_turns()
    assert sys.getswitchinterval() == pytest.approx(BRIEF_S)
