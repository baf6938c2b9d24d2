"""A relay that drops, replays, rolls back, swaps, forges, withholds, forks: noticed or harmless.

One test a row of the relay's table in SECURITY.md.
"""

import secrets
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest
from nacl.signing import SigningKey
from tests.app.together.in_memory import Frame, MemoryHost, Page, PutAnswer, note
from tests.app.together.sets import Set, new_set

from landward.app.together.host import HostRefused
from landward.app.together.items import Item
from landward.app.together.membership import new_device
from landward.app.together.sync import joined

Change = Callable[[tuple[Frame, ...]], tuple[Frame, ...]]


class Hostile(MemoryHost):
    """Shows devices what it likes: `show` changes every page, `swallow` drops what is put."""

    show: Change | None = None
    swallow = False
    last: int | None = None

    def since(self, shelf: str, read: str, seq: int, most: int = 16) -> Page:
        page = super().since(shelf, read, seq, most)
        frames = self.show(page.frames) if self.show else page.frames
        return Page(frames, page.last if self.last is None else self.last)

    def put_many(
        self, shelf: str, write: str, blobs: Sequence[tuple[str, bytes]]
    ) -> Sequence[PutAnswer]:
        if self.swallow:
            return [PutAnswer(blob, 201, 1) for blob, _ in blobs]
        return super().put_many(shelf, write, blobs)

    def only(self) -> dict[str, Frame]:
        """The blobs of its one shelf."""
        (shelf,) = self.shelves.values()
        return shelf.blobs


def hostile(devices: int = 2, lines: int = 3, person: str = "one") -> tuple[Set, Hostile]:
    """A set in agreement, with some lines from each device, on a relay that is about to turn."""
    host = Hostile()
    found = new_set(devices, host, person)
    for which, book in enumerate(found.books):
        for n in range(lines):
            book.write(note(f"{which} line {n}", f"{which}-{n}", f"device-{which}"))
            found.sync(which)
    found.settle()
    assert found.agree
    return found, host


def said(done: object) -> str:
    return " / ".join(done.said)  # type: ignore[attr-defined]


def whole(devices: Set) -> bool:
    """No diary lost a line."""
    return all(len(book.entries()) >= 6 for book in devices.books)


def test_drops_what_it_acknowledged() -> None:
    """An acknowledged blob is not kept: noticed by its author at once, and sent again."""
    devices, host = hostile()
    host.swallow = True
    devices.books[0].write(note("dropped", "dropped"))
    assert "not there any more; they were sent again" in said(devices.sync(0))
    host.swallow = False
    devices.settle()
    assert devices.agree and len(devices.books[1].entries()) == 7


def test_drops_what_lay_there_for_long() -> None:
    """Old blobs vanish: a newcomer has everything all the same, once the others have synced."""
    devices, host = hostile()
    for blob in list(host.only())[1:4]:
        del host.only()[blob]
    devices.add("tablet")
    assert "were not given by the relay" in said(devices.sync(2))
    devices.settle(3)
    assert devices.agree and whole(devices)
    assert [done.said for done in devices.settle(1)] == [(), (), ()]


def test_replays() -> None:
    """Everything is shown again and again, under new numbers: nothing is doubled, nothing said."""
    devices, host = hostile()
    old = tuple(host.only().values())
    starts = iter((1000, 1500))

    def twice(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
        start = None if frames else next(starts, None)
        if start is None:
            return frames
        return tuple(replace(frame, seq=start + n) for n, frame in enumerate(old))

    host.show, host.last = twice, 2000
    done = devices.sync(0)
    assert done.received == 0 and done.said == () and devices.agree and whole(devices)


def test_replays_what_was_erased() -> None:
    """A deleted blob comes back: what was erased stays erased, on old devices and on new ones."""
    devices, host = hostile()
    kept = dict(host.only())
    gone = note("0 line 1", "0-1").id
    devices.books[0].erase(gone)
    devices.settle()
    (shelf,) = host.shelves.values()
    shelf.blobs |= kept
    shelf.gone.clear()
    devices.add("tablet")
    devices.settle()
    assert devices.agree
    assert gone not in {entry.id for entry in devices.books[2].entries()}


def test_rolls_back() -> None:
    """The whole relay is put back to an earlier day: said, and healed from the devices."""
    devices, host = hostile()
    earlier = deepcopy(host.shelves)
    devices.books[0].write(note("after the backup", "after"))
    devices.settle()
    host.shelves = earlier
    done = devices.sync(0)
    assert "put back to an earlier state" in said(done)
    devices.settle()
    assert devices.agree and whole(devices)
    devices.add("tablet")
    devices.settle()
    assert devices.agree and len(devices.books[2].entries()) == 7


def test_rolls_back_and_lies_about_the_last_number() -> None:
    """It shows an earlier state under today's number: the author misses its own line."""
    devices, host = hostile()
    earlier = deepcopy(host.shelves)
    devices.books[0].write(note("after the backup", "after"))
    devices.sync(0)
    place = max(shelf.last for shelf in host.shelves.values())
    host.shelves = earlier
    for shelf in host.shelves.values():
        shelf.last = place
    devices.books[1].write(note("another", "another"))
    devices.settle()
    devices.books[0].write(note("a third", "third"))
    devices.settle()
    devices.add("tablet")
    devices.settle()
    newest = {entry.id for entry in devices.books[2].entries()}
    spoke = [said(done) for done in devices.settle(1)]
    assert note("after the backup", "after").id in newest or any("not given" in s for s in spoke)


def test_swaps_two_blobs() -> None:
    """One blob under the id of another opens for nobody: said, left out, asked for again."""
    devices, host = hostile()
    devices.add("tablet")
    (one, two, *_) = list(host.only())
    a, b = host.only()[one], host.only()[two]
    host.only()[one] = replace(a, data=b.data)
    host.only()[two] = replace(b, data=a.data)
    done = devices.sync(2)
    assert "2 pieces from the relay are not yours, or were changed" in said(done)
    assert "not given" in said(done)


@pytest.mark.parametrize("how", ["random", "flipped", "short", "empty", "no class"])
def test_forges(how: str) -> None:
    """Bytes of its own, or changed ones: never part of a diary."""
    devices, host = hostile()
    blob, frame = next(iter(host.only().items()))
    data = {
        "random": secrets.token_bytes(512),
        "flipped": bytes([frame.data[0] ^ 1]) + frame.data[1:],
        "short": frame.data[:-1],
        "empty": b"",
        "no class": frame.data + b"\0",
    }[how]
    forged = Frame(999, secrets.token_hex(16) if how == "random" else blob, data)
    shown = iter([(forged,)])
    host.show = lambda frames: frames or next(shown, ())
    host.last = 999
    before = devices.books[0].copy
    done = devices.sync(0)
    assert "1 piece from the relay is not yours, or was changed; it was left out" in said(done)
    assert devices.books[0].copy == before


def test_serves_anothers_blobs() -> None:
    """Blobs of another person's set: left out and said; neither learns a word of the other."""
    devices, host = hostile()
    others, elsewhere = hostile(person="another")
    strange = tuple(elsewhere.only().values())
    shown = iter([tuple(replace(frame, seq=900 + n) for n, frame in enumerate(strange))])
    host.show = lambda frames: frames or next(shown, ())
    host.last = 950
    before = devices.books[0].copy
    done = devices.sync(0)
    assert f"{len(strange)} pieces from the relay are not yours" in said(done)
    assert devices.books[0].copy == before and others.agree


def test_forges_with_the_key_of_the_shelf() -> None:
    """Somebody holds the shelf's key and is no device of the set: unsigned items are left out."""
    devices, host = hostile()
    membership = joined(devices.books[0])
    key, now = membership.shelf.shelf_key, devices.now
    stranger, seed, _ = new_device("stranger", now)
    shown = []
    for n, device in ((1, stranger.device), (99, joined(devices.books[1]).device)):
        line = note("forged", "forged").to_line()
        text = Item(device, n, "", {}, now, "entry", {}, (line,)).to_text()
        blob = key.blob_id(device, n)
        data = key.close(blob, SigningKey(bytes.fromhex(seed)), text)
        shown.append(Frame(900 + n, blob, data))
    pages = iter([tuple(shown)])
    host.show, host.last = (lambda frames: frames or next(pages, ())), 999
    before = devices.books[0].copy
    done = devices.sync(0)
    assert devices.books[0].copy == before
    assert "is from a device this one does not know" in said(done)
    assert "not yours, or was changed" in said(done)


def test_withholds_one_piece() -> None:
    """One blob of another device is kept back: the chain has a gap, which is said each time."""
    devices, host = hostile()
    devices.books[1].write(note("kept back", "back"))
    devices.sync(1)
    hidden = max(host.only().values(), key=lambda frame: frame.seq).blob
    devices.books[1].write(note("shown", "shown"))
    devices.sync(1)
    host.show = lambda frames: tuple(frame for frame in frames if frame.blob != hidden)
    assert "1 sealed piece that another of your devices wrote was not given" in said(
        devices.sync(0)
    )
    assert "not given" in said(devices.sync(0))
    host.show = None
    done = devices.sync(0)
    assert done.received == 1 and done.said == () and devices.agree


def test_withholds_the_newest_of_one_device() -> None:
    """The end of one chain is kept back: a third device, which saw it, says so by what it wrote."""
    devices, host = hostile(3)
    devices.books[1].write(note("kept back", "back"))
    devices.sync(1)
    hidden = max(host.only().values(), key=lambda frame: frame.seq).blob
    devices.sync(2)
    devices.books[2].write(note("I saw it", "saw"))
    devices.sync(2)
    host.show = lambda frames: tuple(frame for frame in frames if frame.blob != hidden)
    assert "was not given by the relay" in said(devices.sync(0))


def test_forks_the_set() -> None:
    """Each device is shown only its own: unseen until one piece crosses, or the words are compared;
    then it is said, and nothing is lost.
    """
    devices, host = hostile()
    mine = [joined(book).device for book in devices.books]
    key = joined(devices.books[0]).shelf.shelf_key
    start = set(host.only())

    def apart(which: int) -> Change:
        own = {key.blob_id(mine[which], n) for n in range(1, 60)} | start
        return lambda frames: tuple(frame for frame in frames if frame.blob in own)

    for turn in range(4):
        for which in (0, 1):
            devices.books[which].write(note(f"{which} turn {turn}", f"{which}-{turn}-t"))
            host.show = apart(which)
            devices.sync(which)
    assert not devices.agree  # and the four words of the two diaries differ
    newest = max(host.only().values(), key=lambda frame: frame.seq).blob
    crossed = apart(0)
    host.show = lambda frames: tuple(f for f in frames if f.blob == newest or f in crossed(frames))
    assert "not given by the relay" in said(devices.sync(0))
    host.show = None
    devices.settle()
    devices.books[0].write(note("one more", "more"))
    devices.settle()
    assert devices.agree


def test_never_comes_to_an_end() -> None:
    """Numbers that go backwards, or a page that never is the last: stopped, in words."""
    devices, host = hostile()
    frame = next(iter(host.only().values()))
    before = devices.books[0].copy
    host.show = lambda _: (replace(frame, seq=5), replace(frame, seq=5))
    with pytest.raises(HostRefused, match="does not speak as a relay"):
        devices.sync(0)
    host.show, host.last = (lambda _: (replace(frame, seq=99),)), 0
    with pytest.raises(HostRefused, match="does not speak as a relay"):
        devices.sync(0)
    assert devices.books[0].copy == before
    host.show = host.last = None
    devices.settle()
    assert devices.agree


def test_answers_for_other_blobs_than_were_sent() -> None:
    """An acknowledgement of something else counts as none: everything goes on waiting."""
    devices, host = hostile()
    devices.books[0].write(note("waits", "waits"))
    honest = host.put_many
    host.put_many = lambda *_: [PutAnswer("0" * 32, 201, 9)]  # type: ignore[method-assign]
    with pytest.raises(HostRefused, match="does not speak as a relay"):
        devices.sync(0)
    host.put_many = honest  # type: ignore[method-assign]
    devices.settle()
    assert devices.agree and len(devices.books[1].entries()) == 7


def test_deletes_the_shelf() -> None:
    """Everything is thrown away: said in one line, and every diary is whole."""
    devices, host = hostile()
    host.shelves.clear()
    devices.books[0].write(note("mine", "mine"))
    with pytest.raises(HostRefused, match="the relay does not know this"):
        devices.sync(0)
    assert len(devices.books[0].entries()) == 7


def test_equal_entries_give_unequal_blobs_and_sizes_are_few() -> None:
    """The same words, twice, under one key: no two blobs or beginnings are alike."""
    one, host = hostile(2, 8)
    other, elsewhere = hostile(2, 8, "another")
    blobs = [frame.data for frame in (*host.only().values(), *elsewhere.only().values())]
    assert len({data[:24] for data in blobs}) == len(blobs)
    assert len({data[24:56] for data in blobs}) == len(blobs)
    assert {len(data) for data in blobs} <= {512 << k for k in range(12)}
    assert one.books[0].words() == other.books[0].words()


def test_a_clock_a_year_off_is_said_and_changes_nothing() -> None:
    devices, _ = hostile()
    devices.books[1].write(note("next year", "year"))
    devices.now += timedelta(days=366)
    devices.sync(1)
    devices.now -= timedelta(days=366)
    assert "the clock of “phone 1” and the clock here differ by about 36" in said(devices.sync(0))
    assert devices.agree
