"""Whoever has no right costs the same work, whether the shelf or the code is there or not."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from landward.relay import invitations, shelves
from landward.relay.refused import RelayRefused
from landward.relay.wire import Frame
from relay.making import Own, blob_id, joined, new_store

Work = Callable[[sqlite3.Connection], object]


def statements(db: sqlite3.Connection, work: Work) -> list[str]:
    """What a refused piece of work asked the file, without the values."""
    asked: list[str] = []
    db.set_trace_callback(lambda text: asked.append(text.partition(" WHERE ")[0]))
    with pytest.raises(RelayRefused, match="unknown"):
        work(db)
    db.set_trace_callback(None)
    return asked


def test_a_wrong_token_and_an_unknown_shelf_ask_the_file_the_same(tmp_path: Path) -> None:
    own, other = Own(), Own()
    frame = Frame(0, blob_id(), bytes(512))
    with new_store(tmp_path / "relay", shards=1) as store:
        joined(store, own)
        works: list[Callable[[str, str], Work]] = [
            lambda shelf, token: lambda db: shelves.put(db, shelf, token, frame, "2026-11-27"),
            lambda shelf, token: lambda db: shelves.put_many(db, shelf, token, (frame,), "x"),
            lambda shelf, token: lambda db: shelves.since(db, shelf, token, 0, 9),
            lambda shelf, token: lambda db: shelves.delete(db, shelf, token, frame.blob),
            lambda shelf, token: lambda db: shelves.delete_shelf(db, shelf, token),
            lambda shelf, token: lambda db: shelves.more(db, shelf, token, other.keys, "x"),
        ]
        for work in works:
            tried = [work(own.shelf, other.write), work(other.shelf, own.write)]
            asked = [
                store.on_shelf(own.shelf, lambda db, w=one: statements(db, w)).result()
                for one in tried
            ]
            assert asked[0] == asked[1]
            assert len(asked[0]) == 1


def test_a_wrong_a_used_and_a_removed_code_ask_the_file_the_same(tmp_path: Path) -> None:
    own, other = Own(), Own()
    with new_store(tmp_path / "relay") as store:
        used = joined(store, own)
        store.invite("0000-0000-0000-0001")
        store.remove(2)
        asked = [
            store.on_list(
                lambda db, c=code: statements(db, lambda db: invitations.use(db, c, other.keys))
            ).result()
            for code in (used, "0000-0000-0000-0001", "0000-0000-0000-0002", "", "ü" * 99)
        ]
    assert all(one == asked[0] and len(one) == 1 for one in asked)
