"""Two and three devices, one diary: what is written, corrected and erased reaches all."""

import pytest
from tests.app.together.in_memory import note
from tests.app.together.sets import new_set

from landward.app.together.host import HostRefused, refused


def test_what_one_writes_the_other_has() -> None:
    devices = new_set()
    devices.books[0].write(note("rain", "1"))
    devices.books[1].write(note("sun", "2"))
    devices.settle()
    assert devices.agree
    assert len(devices.books[0].entries()) == 2


def test_nothing_is_sent_twice_and_quiet_syncs_say_nothing() -> None:
    devices = new_set()
    devices.books[0].write(*(note(f"line {n}", str(n)) for n in range(50)))
    devices.settle()
    done = devices.settle(1)
    assert [one.sent for one in done] == [0, 0]
    assert [one.said for one in done] == [(), ()]


def test_erasing_reaches_everyone_and_the_blob_goes() -> None:
    devices = new_set(3)
    devices.books[0].write(note("keep", "1"), note("erase me", "2"))
    devices.settle()
    before = {b for s in devices.host.shelves.values() for b in s.blobs}
    devices.books[1].erase(note("erase me", "2").id)
    devices.settle()
    assert devices.agree
    assert [e.id for e in devices.books[2].entries()] == [note("keep", "1").id]
    assert any(before & shelf.gone for shelf in devices.host.shelves.values())


def test_a_third_device_that_comes_later_has_everything() -> None:
    devices = new_set()
    devices.books[0].write(*(note(f"line {n}", str(n)) for n in range(500)))
    devices.settle()
    devices.books[0].erase(note("line 3", "3").id)
    devices.settle()
    devices.add("tablet", by=1)
    done = devices.settle()
    assert devices.agree and len(devices.books[2].entries()) == 499
    assert [one.said for one in done] == [(), (), ()]


def test_word_of_a_taken_away_piece_that_never_arrived_is_said_again() -> None:
    """Erased while the line is down, and again before it is back: nobody misses a piece."""
    devices = new_set()
    devices.books[0].write(note("one", "1"))
    devices.sync(0)
    devices.books[0].write(note("two", "2"))
    devices.sync(0)
    honest = devices.host.put_many

    def silent(*_: object) -> None:
        raise refused("unreachable")

    devices.host.put_many = silent  # type: ignore[method-assign, assignment]
    for key in ("1", "2"):
        devices.books[0].erase(note("", key).id)
        with pytest.raises(HostRefused):
            devices.sync(0)
    devices.books[0].write(note("three", "3"))
    devices.books[0].erase(note("three", "3").id)
    devices.host.put_many = honest  # type: ignore[method-assign]
    devices.settle()
    done = devices.settle(1)
    assert devices.agree and [one.said for one in done] == [(), ()]
