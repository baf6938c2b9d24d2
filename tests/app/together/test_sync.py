"""Two and three devices, one diary: what is written, corrected and erased reaches all."""

from tests.app.together.in_memory import note
from tests.app.together.sets import new_set


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
