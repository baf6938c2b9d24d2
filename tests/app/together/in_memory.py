"""A diary and a relay in memory, honest or hostile, with kills wherever one asks for them."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.making import entry as made

from landward.app.together.book import Taken, digest_of
from landward.app.together.host import refused
from landward.model.bodies import Note
from landward.model.entries import Entry
from landward.model.journal import Copy, family, join

NOW = dt.datetime(2026, 3, 1, 20, tzinfo=dt.UTC)


class Killed(BaseException):
    """The program was killed here."""


def _nothing(_: str) -> None:
    return


class MemoryBook:
    """A diary in memory: every change is whole or not there. `tick` may kill at named moments."""

    def __init__(self, tick: Callable[[str], None] = _nothing) -> None:
        self.copy = Copy(entries=())
        self.kept: dict[str, str] = {}
        self.tick = tick
        self._digests: dict[Entry, str] = {}

    def entries(self) -> Sequence[Entry]:
        return self.copy.entries

    def graves(self) -> frozenset[str]:
        return self.copy.tombstones

    def digests(self) -> Mapping[str, str]:
        for entry in self.copy.entries:
            if entry not in self._digests:
                self._digests[entry] = digest_of(entry)
        return {entry.id: self._digests[entry] for entry in self.copy.entries}

    def fact(self, name: str) -> str | None:
        return self.kept.get(name)

    def facts(self, prefix: str) -> Mapping[str, str]:
        return {name: text for name, text in self.kept.items() if name.startswith(prefix)}

    def change(
        self,
        facts: Mapping[str, str | None],
        entries: Sequence[Entry] = (),
        graves: Iterable[str] = (),
    ) -> Taken:
        self.tick("before a change")
        before = {entry.id for entry in self.copy.entries}
        if entries or graves:
            self.copy = join(self.copy, Copy(entries=tuple(entries), tombstones=frozenset(graves)))
        after = {entry.id for entry in self.copy.entries}
        for name, text in facts.items():
            if text is None:
                self.kept.pop(name, None)
            else:
                self.kept[name] = text
        self.tick("after a change")
        return Taken(len(after - before), len(before - after))

    # ---- what the person does -------------------------------------------------------------------

    def write(self, *entries: Entry) -> None:
        self.copy = join(self.copy, Copy(entries=entries))

    def erase(self, *ids: str) -> None:
        gone = frozenset(entry.id for entry in family(self.copy.entries, ids))
        self.copy = join(self.copy, Copy(entries=(), tombstones=gone))
        for name in self.facts("together out "):  # as the vault does, see vault/erasure.py
            del self.kept[name]

    def words(self) -> set[str]:
        return {entry.body for entry in self.copy.entries}


def note(text: str, key: str, device: str = "laptop", replaces: tuple[str, ...] = ()) -> Entry:
    """A note with an id of its own."""
    return made(Note(text=text), key=key, device=device, replaces=replaces)


@dataclass(frozen=True)
class Frame:
    seq: int
    blob: str
    data: bytes


@dataclass(frozen=True)
class Page:
    frames: tuple[Frame, ...]
    last: int


@dataclass(frozen=True)
class PutAnswer:
    blob: str
    status: int
    seq: int = 0


@dataclass
class KeptShelf:
    read_hash: str
    write_hash: str
    last: int = 0
    blobs: dict[str, Frame] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)


class MemoryHost:
    """A relay in memory that keeps to the wire. A hostile one overrides what it does."""

    def __init__(self, tick: Callable[[str], None] = _nothing, quota: int = 1 << 40) -> None:
        self.shelves: dict[str, KeptShelf] = {}
        self.codes: dict[str, tuple[str, str, str] | None] = {}
        self.meetings: dict[str, dict[str, bytes]] = {}
        self.tick, self.quota = tick, quota

    def invite(self, code: str) -> str:
        self.codes[code] = None
        return code

    def _shelf(self, shelf: str, token: str, which: str) -> KeptShelf:
        found = self.shelves.get(shelf)
        shown = hashlib.sha256(bytes.fromhex(token)).hexdigest()
        if found is None or getattr(found, which) != shown:
            raise refused("unknown")
        return found

    def join(self, code: str, shelf: str, read_hash: str, write_hash: str) -> None:
        self.tick("before a join")
        wanted = (shelf, read_hash, write_hash)
        if code not in self.codes or self.codes[code] not in (None, wanted):
            raise refused("unknown")
        self.codes[code] = wanted
        self.shelves.setdefault(shelf, KeptShelf(read_hash, write_hash))
        self.tick("after a join")

    def more(self, shelf: str, write: str, new: str, read_hash: str, write_hash: str) -> None:
        self.tick("before more")
        self._shelf(shelf, write, "write_hash")
        assert new[:2] == shelf[:2]
        self.shelves.setdefault(new, KeptShelf(read_hash, write_hash))
        self.tick("after more")

    def put(self, shelf: str, write: str, blob: str, data: bytes) -> int:
        (answer,) = self.put_many(shelf, write, [(blob, data)])
        if answer.status not in (200, 201):
            raise refused({410: "gone", 409: "differs"}.get(answer.status, "full"))
        return answer.seq

    def put_many(
        self, shelf: str, write: str, blobs: Sequence[tuple[str, bytes]]
    ) -> Sequence[PutAnswer]:
        self.tick("before a put")
        found = self._shelf(shelf, write, "write_hash")
        answers = []
        for blob, data in blobs:
            answers.append(self._put(found, blob, data))
            self.tick("within a put")
        self.tick("after a put")
        return answers

    def _put(self, shelf: KeptShelf, blob: str, data: bytes) -> PutAnswer:
        assert len(data) in tuple(512 << k for k in range(12))
        if blob in shelf.gone:
            return PutAnswer(blob, 410)
        there = shelf.blobs.get(blob)
        if there is not None:
            return PutAnswer(blob, 200 if there.data == data else 409, there.seq)
        if sum(len(f.data) for s in self.shelves.values() for f in s.blobs.values()) > self.quota:
            return PutAnswer(blob, 507)
        shelf.last += 1
        shelf.blobs[blob] = Frame(shelf.last, blob, data)
        return PutAnswer(blob, 201, shelf.last)

    def since(self, shelf: str, read: str, seq: int, most: int = 16) -> Page:
        self.tick("before a look")
        found = self._shelf(shelf, read, "read_hash")
        frames = sorted(found.blobs.values(), key=lambda frame: frame.seq)
        chosen = tuple(frame for frame in frames if frame.seq > seq)[: min(most, 16)]
        return Page(chosen, found.last)

    def delete(self, shelf: str, write: str, blob: str) -> None:
        self.tick("before a delete")
        found = self._shelf(shelf, write, "write_hash")
        found.blobs.pop(blob, None)
        found.gone.add(blob)
        self.tick("after a delete")

    def delete_shelf(self, shelf: str, write: str) -> None:
        self._shelf(shelf, write, "write_hash")
        del self.shelves[shelf]

    def open_meeting(self, shelf: str, write: str, meeting: str) -> None:
        self._shelf(shelf, write, "write_hash")
        self.meetings[meeting] = {}

    def meet_put(self, meeting: str, side: str, data: bytes) -> None:
        if meeting not in self.meetings:
            raise refused("unknown")
        if self.meetings[meeting].setdefault(side, data) != data:
            raise refused("differs")

    def meet_get(self, meeting: str, side: str) -> bytes | None:
        if meeting not in self.meetings:
            raise refused("unknown")
        return self.meetings[meeting].get(side)

    def close(self) -> None:
        return

    # ---- looking from outside ----------------------------------------------------------------

    def everything(self) -> bytes:
        """All that the relay holds, as bytes."""
        parts = [repr((list(self.shelves), self.codes, self.meetings)).encode()]
        for shelf in self.shelves.values():
            parts += [f.blob.encode() + f.data for f in shelf.blobs.values()]
        return b"".join(parts)
