"""A device leaves: new keys, a new shelf, and what it holds opens nothing written afterwards."""

import pytest
from tests.app.together.in_memory import note
from tests.app.together.sets import Set, new_set

from landward.app.together.host import HostRefused
from landward.app.together.joining import leave
from landward.app.together.membership import FACT
from landward.app.together.moving import begin_move
from landward.app.together.sync import joined, membership_of, with_set
from landward.model.base import BadInput


def take_out(devices: Set, which: int, by: int = 0) -> None:
    out = joined(devices.books[which]).device
    with_set(devices.books[by], devices.host, devices.now, lambda s: begin_move(s, {out}))


def three() -> Set:
    devices = new_set(3)
    devices.books[0].write(*(note(f"line {n}", str(n)) for n in range(40)))
    devices.settle()
    return devices


def test_those_who_stay_move_and_agree() -> None:
    devices = three()
    before = joined(devices.books[0]).shelf
    lost = joined(devices.books[2])
    take_out(devices, 2)
    devices.books[1].write(note("written meanwhile", "m"))
    devices.books.pop(2)
    done = devices.settle(4)
    assert devices.agree and len(devices.books[0].entries()) == 41
    after = {joined(book).shelf for book in devices.books}
    assert len(after) == 1 and before not in after
    assert [one.said for one in done] == [(), ()]
    # The old shelf is gone, and the old key opens nothing on the new one.
    assert list(devices.host.shelves) == [joined(devices.books[0]).shelf.id]
    (shelf,) = devices.host.shelves.values()
    assert shelf.blobs
    assert all(lost.shelf.shelf_key.open(f.blob, f.data) is None for f in shelf.blobs.values())


def test_a_removed_device_is_told_and_keeps_its_diary() -> None:
    devices = three()
    take_out(devices, 2)
    done = devices.sync(2)
    assert "took this one out" in done.said[0]
    assert len(devices.books[2].entries()) == 40
    devices.books[2].write(note("mine alone", "alone"))
    again = devices.sync(2)
    assert again.sent == 0 and "took this one out" in again.said[0]
    devices.settle()
    assert note("mine alone", "alone").id not in {e.id for e in devices.books[0].entries()}


def test_a_removed_device_that_comes_late_is_refused_in_words() -> None:
    devices = three()
    take_out(devices, 2)
    late = devices.books.pop(2)
    devices.settle(4)
    devices.books.append(late)
    with pytest.raises(HostRefused, match="or this device was taken out"):
        devices.sync(2)
    assert len(late.entries()) == 40


def test_leaving_forgets_all_keys_and_the_others_move() -> None:
    devices = three()
    shelf = joined(devices.books[0]).shelf.id
    gone = devices.books.pop(2)
    assert leave(gone, devices.host, devices.now)
    assert gone.kept == {} and len(gone.entries()) == 40
    devices.settle(4)
    assert devices.agree
    assert {joined(book).shelf.id for book in devices.books}.isdisjoint({shelf})
    assert len(joined(devices.books[0]).members) == 2
    assert shelf not in devices.host.shelves


def test_the_last_device_takes_everything_off_the_relay() -> None:
    devices = new_set(1)
    devices.books[0].write(note("alone", "1"))
    devices.settle()
    assert leave(devices.books[0], devices.host, devices.now)
    assert devices.host.shelves == {} and membership_of(devices.books[0]) is None
    with pytest.raises(BadInput, match="joined no relay"):
        devices.sync(0)


def test_two_removals_at_once_end_in_one_place() -> None:
    devices = new_set(4)
    devices.books[0].write(note("one", "1"))
    devices.settle()
    kept = dict(devices.books[1].kept)
    out = [joined(book).device for book in devices.books]
    with_set(devices.books[0], devices.host, devices.now, lambda s: begin_move(s, {out[3]}))
    # The second had read the shelf before that, and was killed just after it put its own news.
    devices.books[1].kept = kept
    with_set(devices.books[1], devices.host, devices.now, lambda s: begin_move(s, {out[2]}))
    devices.books = devices.books[:3]
    devices.settle(4)
    assert devices.agree
    shelves = {joined(book).shelf.id for book in devices.books}
    assert len(shelves) == 1
    assert {m.device for m in joined(devices.books[0]).members} == set(out[:3])
    assert all(FACT in book.kept for book in devices.books)
