"""Looking at, checking, copying and clearing a relay's folder."""

import sqlite3
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from landward.relay import keeping
from landward.relay.answering import Relay
from landward.relay.keeping import Fault, Use
from landward.relay.limits import Limits
from landward.relay.local import LocalHost
from landward.relay.meetings import Meetings
from landward.relay.refused import RelayRefused
from landward.relay.shelves import SHELF_COST
from landward.relay.site import remove_unused
from landward.relay.store import NotARelay, Store
from landward.relay.tables import shard_name, shard_of
from landward.relay.wire import Frame
from relay.making import Own, blob_id, joined, new_store

DAY = date(2026, 11, 27)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "relay"


def fill(store: Store, own: Own, count: int = 3, size: int = 512) -> list[str]:
    host, blobs = LocalHost(store), [blob_id() for _ in range(count)]
    host.put_many(own.shelf, own.write, [(blob, bytes(size)) for blob in blobs])
    return blobs


def test_everything_that_can_be_seen(folder: Path) -> None:
    with new_store(folder, DAY) as store:
        first, second = Own(), Own()
        joined(store, first, 10_000)
        joined(store, second, 20_000)
        store.invite("never used", 30_000)
        blobs = fill(store, first, 3)
        fill(store, second, 1, 1024)
        LocalHost(store).delete(first.shelf, first.write, blobs[0])
        found = keeping.usage(folder)
    assert found.invitations == (
        Use(1, "used", "2026-11-27", 10_000, SHELF_COST + 2 * 512 + 64, 1, 2, "2026-11-27"),
        Use(2, "used", "2026-11-27", 20_000, SHELF_COST + 1024, 1, 1, "2026-11-27"),
        Use(3, "open", "2026-11-27", 30_000, 0, 0, 0, ""),
    )
    assert found.sizes == ((512, 2), (1024, 1))


BREAKS = {
    "sizes": "UPDATE blob SET data = x'00'",
    "ids": "UPDATE found SET seq = 7 WHERE seq = 2",
    "shelves": "UPDATE shelf SET last = 1",
    "quota": "UPDATE account SET used = used + 1",
}


@pytest.mark.parametrize("code", sorted(BREAKS))
def test_a_check_finds_what_does_not_fit(folder: Path, code: str) -> None:
    own = Own()
    with new_store(folder) as store:
        joined(store, own)
        fill(store, own)
    assert keeping.check(folder).faults == ()
    name = shard_name(shard_of(own.shelf, 2))
    with sqlite3.connect(folder / name) as db:
        db.execute(BREAKS[code])
    db.close()
    assert Fault(name, code) in keeping.check(folder).faults


def test_a_check_finds_a_flipped_page(folder: Path) -> None:
    own = Own()
    with new_store(folder) as store:
        joined(store, own)
        fill(store, own, 40)
    path = folder / shard_name(shard_of(own.shelf, 2))
    whole = bytearray(path.read_bytes())
    for page in range(1, len(whole) // 4096):
        whole[page * 4096] ^= 0x55
    path.write_bytes(whole)
    assert Fault(path.name, "pages") in keeping.check(folder).faults


def test_a_copy_made_while_it_writes_is_whole(folder: Path, tmp_path: Path) -> None:
    """Whatever was confirmed before the copy began is in it, and all of it fits."""
    own, stop, kept = Own(), threading.Event(), []
    with new_store(folder) as store:
        joined(store, own)

        def write() -> None:
            while not stop.is_set():
                kept.extend(fill(store, own, 20))

        writing = threading.Thread(target=write)
        writing.start()
        try:
            for copy in range(3):
                before = len(kept)
                keeping.backup(folder, tmp_path / f"copy-{copy}")
                assert keeping.check(tmp_path / f"copy-{copy}").faults == ()
                with Store(tmp_path / f"copy-{copy}") as copied:
                    page = copied.since(own.shelf, own.read, 0, 1024)
                    held = {frame.blob for frame in page.frames}
                assert set(kept[:before][:1024]) <= held
        finally:
            stop.set()
            writing.join()
    assert {p.name for p in (tmp_path / "copy-0").iterdir()} == {
        "invitations.sqlite", "shelves-00.sqlite", "shelves-01.sqlite"
    }  # fmt: skip


def test_nobody_else_may_read_the_folder(folder: Path, tmp_path: Path) -> None:
    new_store(folder).close()
    keeping.backup(folder, tmp_path / "copy")
    for place in (folder, tmp_path / "copy"):
        assert place.stat().st_mode & 0o077 == 0
        assert all(path.stat().st_mode & 0o077 == 0 for path in place.iterdir())


def test_what_was_removed_lies_nowhere_any_more(folder: Path) -> None:
    own, other, mark = Own(), Own(), b"sealed bytes of mine"
    with new_store(folder) as store:
        joined(store, own)
        joined(store, other)
        for one in (own, other):
            store.put(one.shelf, one.write, Frame(0, blob_id(), mark.ljust(512, b"."))).result()
        deleted = blob_id()
        store.put(own.shelf, own.write, Frame(0, deleted, mark.ljust(512, b"!"))).result()
        store.delete(own.shelf, own.write, deleted).result()
        store.remove(1)
        store.remove(2)
    keeping.forget(folder)
    for path in folder.iterdir():
        held = path.read_bytes()
        assert mark not in held
        assert bytes.fromhex(own.shelf) not in held


def test_what_nobody_wrote_to_for_long_is_removed(folder: Path) -> None:
    today = [DAY]
    with new_store(folder) as first:
        first.close()
    with Store(folder, lambda: today[0]) as store:
        relay = Relay(store, Limits(lambda: 0, b"salt"), Meetings(lambda: 0))
        old, kept = Own(), Own()
        joined(store, old)
        joined(store, kept)
        fill(store, old)
        today[0] += timedelta(days=300)
        fill(store, kept)
        today[0] += timedelta(days=65)
        assert remove_unused(relay, 365) == 0
        today[0] += timedelta(days=1)
        assert remove_unused(relay, 365) == 1
        with pytest.raises(RelayRefused, match="unknown"):
            store.since(old.shelf, old.read, 0, 1)
        assert store.since(kept.shelf, kept.read, 0, 1).last == 3


def test_joining_is_repaired_after_a_kill_between_the_list_and_the_shelf(folder: Path) -> None:
    own = Own()
    with new_store(folder) as store:
        code = joined(store, own)
        store.on_shelf(own.shelf, lambda db: db.execute("DELETE FROM shelf").rowcount).result()
        with pytest.raises(RelayRefused, match="unknown"):
            store.since(own.shelf, own.read, 0, 1)
        store.join(code, own.keys).result()
        assert store.since(own.shelf, own.read, 0, 1).last == 0


def test_a_disk_that_refuses_is_said_and_nothing_half_is_kept(folder: Path) -> None:
    own = Own()
    with new_store(folder) as store:
        joined(store, own)
        fill(store, own)
        pages = store.on_shelf(own.shelf, lambda db: db.execute("PRAGMA page_count").fetchone()[0])
        limit = f"PRAGMA max_page_count = {pages.result()}"
        store.on_shelf(own.shelf, lambda db: db.execute(limit).fetchone()).result()
        with pytest.raises(RelayRefused, match="busy"):
            store.put(own.shelf, own.write, Frame(0, blob_id(), bytes(1 << 20))).result()
        assert store.since(own.shelf, own.read, 0, 9).last == 3
        more = "PRAGMA max_page_count = 100000"
        store.on_shelf(own.shelf, lambda db: db.execute(more).fetchone()).result()
        assert store.put(own.shelf, own.write, Frame(0, blob_id(), bytes(1 << 20))).result()[0] == 4
    assert keeping.check(folder).faults == ()


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(NotARelay, match="none"):
        keeping.usage(tmp_path)
    (tmp_path / "invitations.sqlite").write_bytes(b"not a database, whatever it is called" * 9)
    with pytest.raises(NotARelay, match="broken"):
        keeping.usage(tmp_path)
    (tmp_path / shard_name(0)).write_bytes(b"nor this" * 99)
    with pytest.raises(NotARelay, match="broken"):
        keeping.usage(tmp_path)
