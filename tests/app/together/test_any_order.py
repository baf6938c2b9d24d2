"""Property: devices offline for months, in any order, killed anywhere: equal diaries at the end."""

import random
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.together.in_memory import Killed, note
from tests.app.together.sets import Set, new_set

from landward.app.together.host import HostRefused

DEVICES = st.integers(0, 2)
ACTS = st.one_of(
    st.tuples(st.just("write"), DEVICES, st.integers(0, 30)),
    st.tuples(st.just("same id"), DEVICES, st.integers(0, 5)),
    st.tuples(st.just("correct"), DEVICES, st.integers(0, 30)),
    st.tuples(st.just("erase"), DEVICES, st.integers(0, 30)),
    st.tuples(st.just("sync"), DEVICES, st.integers(0, 40)),
    st.tuples(st.just("sync"), DEVICES, st.just(0)),
)


class Fuse:
    """Kills at the nth named moment; never where n is 0."""

    def __init__(self) -> None:
        self.left = 0

    def __call__(self, _: str) -> None:
        if self.left:
            self.left -= 1
            if not self.left:
                raise Killed


def carry_out(devices: Set, fuse: Fuse, acts: list[tuple[str, int, int]]) -> set[str]:
    """Do all of it; the ids that were written and not erased anywhere."""
    written: dict[str, str] = {}
    erased: set[str] = set()
    for number, (what, which, n) in enumerate(acts):
        book = devices.books[which]
        ids = [entry.id for entry in book.entries()]
        if what == "write":
            line = note(f"line {number}", f"{number}", f"device-{which}")
            book.write(line)
            written[line.id] = line.body
        elif what == "same id":
            line = note(f"version {number}", f"imported {n}", f"device-{which}")
            book.write(line)
            written[line.id] = line.body
        elif what == "correct" and ids:
            old = ids[n % len(ids)]
            line = note(f"better {number}", f"{number}", f"device-{which}", replaces=(old,))
            book.write(line)
            written[line.id] = line.body
        elif what == "erase" and ids:
            book.erase(ids[n % len(ids)])
        elif what == "sync":
            fuse.left = n
            with suppress(Killed, HostRefused):
                devices.sync(which)
            fuse.left = 0
        erased |= book.graves()
    return written.keys() - erased


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=st.lists(ACTS, max_size=40), seed=st.integers(0, 2**16))
def test_equal_diaries(acts: list[tuple[str, int, int]], seed: int) -> None:
    devices, fuse = three_devices()
    left = carry_out(devices, fuse, acts)
    order = list(range(3)) * 3
    random.Random(seed).shuffle(order)
    for which in order:
        devices.sync(which)
    devices.settle(2)
    assert devices.agree
    assert {entry.id for entry in devices.books[0].entries()} == left
    assert all(not one.said and not one.sent for one in devices.settle(1))


def three_devices() -> tuple[Set, Fuse]:
    """Three devices whose diaries and relay kill when the fuse burns down."""
    devices, fuse = new_set(3), Fuse()
    for one in (*devices.books, devices.host):
        one.tick = fuse
    return devices, fuse
