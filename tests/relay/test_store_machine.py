"""Whatever is put, put again, deleted and read in whatever order, a shelf is what this small model
says: numbers go up, the same bytes keep their number, what was deleted never comes back, and the
quota is the sum of what lies there.
"""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from landward.relay.refused import DIFFERS, FULL, GONE, SIZE, UNKNOWN, RelayRefused
from landward.relay.shelves import GONE_COST, SHELF_COST
from landward.relay.store import Store
from landward.relay.wire import CLASSES, Frame, beside
from relay.making import Own, joined, new_store

QUOTA = 12_000
IDS = [f"{n:032x}" for n in range(8)]
DATA = [bytes([n]) * size for n in range(2) for size in CLASSES[:4]] + [b"odd size"]
WHICH = st.integers(0, len(DATA) - 1)


class Shelves(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.store: Store = new_store(Path(self.folder.name))
        self.first = Own()
        joined(self.store, self.first, QUOTA)
        self.there: dict[str, dict[str, tuple[int, bytes]]] = {self.first.shelf: {}}
        self.gone: dict[str, set[str]] = {self.first.shelf: set()}
        self.last: dict[str, int] = {self.first.shelf: 0}
        self.all = {self.first.shelf: self.first}

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def used(self) -> int:
        blobs = sum(len(d) for held in self.there.values() for _, d in held.values())
        return blobs + GONE_COST * sum(map(len, self.gone.values())) + SHELF_COST * len(self.there)

    def expected(self, shelf: str, blob: str, data: bytes) -> tuple[int, str]:
        """(number, "") where it is kept, (number, "same"), or (0, code)."""
        if len(data) not in CLASSES:
            return 0, SIZE
        if blob in self.gone[shelf]:
            return 0, GONE
        if blob in self.there[shelf]:
            seq, held = self.there[shelf][blob]
            return (seq, "same") if held == data else (0, DIFFERS)
        if self.used() + len(data) > QUOTA:
            return 0, FULL
        self.last[shelf] += 1
        self.there[shelf][blob] = (self.last[shelf], data)
        return self.last[shelf], ""

    def some(self, pick: int) -> Own:
        return self.all[sorted(self.all)[pick % len(self.all)]]

    @rule(pick=st.integers(0, 9), blob=st.sampled_from(IDS), which=WHICH)
    @precondition(lambda self: self.all)
    def put(self, pick: int, blob: str, which: int) -> None:
        own, data = self.some(pick), DATA[which]
        seq, code = self.expected(own.shelf, blob, data)
        putting = self.store.put(own.shelf, own.write, Frame(0, blob, data))
        if code in ("", "same"):
            assert putting.result() == (seq, not code)
        else:
            with pytest.raises(RelayRefused, match=code):
                putting.result()

    @rule(
        pick=st.integers(0, 9),
        drawn=st.lists(st.tuples(st.sampled_from(IDS), WHICH), max_size=6),
    )
    @precondition(lambda self: self.all)
    def put_many(self, pick: int, drawn: list[tuple[str, int]]) -> None:
        own, blobs = self.some(pick), [(blob, DATA[which]) for blob, which in drawn]
        wanted = tuple(self.expected(own.shelf, blob, data) for blob, data in blobs)
        frames = tuple(Frame(0, blob, data) for blob, data in blobs)
        assert self.store.put_many(own.shelf, own.write, frames).result() == wanted

    @rule(pick=st.integers(0, 9), blob=st.sampled_from(IDS))
    @precondition(lambda self: self.all)
    def delete(self, pick: int, blob: str) -> None:
        own = self.some(pick)
        shelf = own.shelf
        deleting = self.store.delete(shelf, own.write, blob)
        new = blob not in self.there[shelf] and blob not in self.gone[shelf]
        if new and self.used() + GONE_COST > QUOTA:
            with pytest.raises(RelayRefused, match=FULL):
                deleting.result()
            return
        deleting.result()
        self.there[shelf].pop(blob, None)
        self.gone[shelf].add(blob)

    @rule()
    @precondition(lambda self: 0 < len(self.all) < 4)
    def more(self) -> None:
        own, new = self.some(0), Own()
        new = Own(beside(own.shelf, new.shelf), new.read, new.write)
        making = self.store.more(own.shelf, own.write, new.keys)
        if self.used() + SHELF_COST > QUOTA:
            with pytest.raises(RelayRefused, match=FULL):
                making.result()
            return
        making.result()
        self.store.more(own.shelf, own.write, new.keys).result()  # again is fine
        self.all[new.shelf] = new
        self.there[new.shelf], self.gone[new.shelf], self.last[new.shelf] = {}, set(), 0

    @rule(pick=st.integers(0, 9))
    @precondition(lambda self: len(self.all) > 1)
    def delete_shelf(self, pick: int) -> None:
        own = self.some(pick)
        self.store.delete_shelf(own.shelf, own.write).result()
        for held in (self.all, self.there, self.gone, self.last):
            del held[own.shelf]
        with pytest.raises(RelayRefused, match=UNKNOWN):
            self.store.since(own.shelf, own.read, 0, 10)

    @rule(pick=st.integers(0, 9))
    @precondition(lambda self: self.all)
    def with_the_other_token(self, pick: int) -> None:
        own = self.some(pick)
        with pytest.raises(RelayRefused, match=UNKNOWN):
            self.store.put(own.shelf, own.read, Frame(0, IDS[0], DATA[0])).result()
        with pytest.raises(RelayRefused, match=UNKNOWN):
            self.store.since(own.shelf, own.write, 0, 10)

    @rule()
    def closed_and_opened(self) -> None:
        self.store.close()
        self.store = new_store(Path(self.folder.name))

    @rule(pick=st.integers(0, 9), seq=st.integers(0, 12), most=st.integers(0, 5))
    @precondition(lambda self: self.all)
    def since(self, pick: int, seq: int, most: int) -> None:
        own = self.some(pick)
        page = self.store.since(own.shelf, own.read, seq, most)
        held = sorted((n, blob, data) for blob, (n, data) in self.there[own.shelf].items())
        wanted = [Frame(*one) for one in held if one[0] > seq][:most]
        assert (list(page.frames), page.last) == (wanted, self.last[own.shelf])

    @invariant()
    def the_quota_is_the_sum(self) -> None:
        if not hasattr(self, "store"):
            return
        sums = [f.result() for f in self.store.on_every(
            lambda db: db.execute("SELECT coalesce(sum(used), 0) FROM account").fetchone()[0]
        )]  # fmt: skip
        assert sum(sums) == self.used()


TestShelves = Shelves.TestCase
TestShelves.settings = settings(
    max_examples=10, stateful_step_count=25, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
