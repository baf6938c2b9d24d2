"""Sets of devices for tests: joined, paired, in agreement."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from tests.app.together.in_memory import NOW, MemoryBook, MemoryHost

from landward.app.together.joining import join_with_invitation
from landward.app.together.pairing import (
    ask_to_be_let_in,
    let_in,
    look_for_answer,
    look_for_newcomer,
    offer_pairing,
)
from landward.app.together.sync import Synced, sync

ADDRESS = "https://relay.example"


@dataclass
class Set:
    """Some devices of one person and their relay."""

    host: MemoryHost
    books: list[MemoryBook] = field(default_factory=list)
    now: datetime = NOW

    def sync(self, which: int) -> Synced:
        """One device syncs, a minute later."""
        self.now += timedelta(minutes=1)
        return sync(self.books[which], self.host, self.now)

    def settle(self, rounds: int = 3) -> list[Synced]:
        """Every device syncs, some times over; what the last round said."""
        for _ in range(rounds):
            done = [self.sync(which) for which in range(len(self.books))]
        return done

    def add(self, label: str, by: int = 0) -> MemoryBook:
        """Pair one more device."""
        book = MemoryBook()
        pair(self.books[by], book, self.host, label, self.now)
        self.books.append(book)
        return book

    @property
    def agree(self) -> bool:
        """Whether all diaries are the same."""
        return all(book.copy == self.books[0].copy for book in self.books)


def pair(old: MemoryBook, new: MemoryBook, host: MemoryHost, label: str, now: datetime) -> None:
    """The whole conversation, both sides."""
    offer = offer_pairing(old, host)
    request = ask_to_be_let_in(new, host, ADDRESS, offer.code, label, now)
    newcomer = look_for_newcomer(host, offer)
    assert newcomer is not None and newcomer.words == request.words
    let_in(old, host, now, offer, newcomer)
    assert look_for_answer(new, host, now, request) is not None


def new_set(devices: int = 2, host: MemoryHost | None = None, person: str = "one") -> Set:
    """A set of devices: the first joined with an invitation, the others by pairing."""
    found = deepcopy(_made(devices, person))
    if host is not None:
        host.shelves, host.codes = found.host.shelves, found.host.codes
        found.host = host
    return found


@cache
def _made(devices: int, person: str) -> Set:
    """Made once, for pairing is slow on purpose."""
    if devices > 1:
        found = deepcopy(_made(devices - 1, person))
        found.add(f"phone {devices - 1}")
        return found
    host, first = MemoryHost(), MemoryBook()
    code = host.invite("INVITATION")
    join_with_invitation(first, lambda _: host, ADDRESS, code, "laptop", NOW)
    return Set(host, [first])
