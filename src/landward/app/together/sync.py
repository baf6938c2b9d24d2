"""The task: bring one device up to date with its set, and the set with it."""

from collections.abc import Callable
from datetime import datetime

from landward.app.together.book import Book
from landward.app.together.host import Host
from landward.app.together.membership import FACT, Membership, read_membership
from landward.app.together.moving import begin_move, follow_move
from landward.app.together.noticed import Noticed
from landward.app.together.outbox import waiting
from landward.app.together.syncing import Syncing
from landward.model.base import BadInput, Frozen
from landward.model.said import Words, phrase

LAST = "together last"
"""The fact that says when the last sync came to its end."""


class Synced(Frozen):
    """What one sync did."""

    received: int
    """Entries that are new here."""
    erased: int
    """Entries that another device erased and that went here too."""
    sent: int
    """Sealed pieces the relay acknowledged."""
    waiting: int
    """Sealed pieces that still wait here."""
    devices: int
    said: tuple[Words, ...]
    """What was noticed, one line each."""


def membership_of(book: Book) -> Membership | None:
    """What a diary knows of its set; None where it joined none. Raises BadInput."""
    return read_membership(book.fact(FACT))


def joined(book: Book) -> Membership:
    """What a diary knows of its set. Raises BadInput where it joined none."""
    found = membership_of(book)
    if found is None or not found.joined:
        raise BadInput(
            phrase("this diary joined no relay: nothing leaves it. `landward relay join` begins")
        )
    return found


def sync(book: Book, host: Host, now: datetime) -> Synced:
    """Take in what came, send what waits. What is refused changes nothing in the diary.

    Raises HostRefused where the relay says no or does not answer; what is unsent waits.
    """
    return with_set(book, host, now, lambda _: None)


def with_set(book: Book, host: Host, now: datetime, do: Callable[[Syncing], None]) -> Synced:
    """A sync that does something to the set once it is up to date: move it, add to the outbox."""
    membership = joined(book)
    syncing = Syncing(book, host, membership, now)
    if membership.removed:
        syncing.noticed.removed = True
        return _told(syncing)
    syncing.pull()
    if not follow_move(syncing):
        do(syncing)
        if syncing.membership.left and not syncing.moving:
            begin_move(syncing, ())
    else:
        _settle_after_move(syncing)
    _send(syncing)
    if not syncing.membership.removed and follow_move(syncing):
        _settle_after_move(syncing)
        _send(syncing)
    if not syncing.membership.removed:
        syncing.let_go_of_old()
        book.change({LAST: now.isoformat(timespec="seconds")})
    return _told(syncing)


def _settle_after_move(syncing: Syncing) -> None:
    if not syncing.membership.removed:
        syncing.pull()


def _send(syncing: Syncing) -> None:
    """Send everything, and read back what was sent; what is not there is sent once more."""
    if syncing.membership.removed:
        return
    for _ in range(2):
        before = syncing.sent
        syncing.prepare()
        syncing.push()
        if syncing.sent == before:
            return
        syncing.pull()


def _told(syncing: Syncing) -> Synced:
    noticed: Noticed = syncing.noticed
    return Synced(
        received=syncing.received,
        erased=syncing.erased,
        sent=syncing.sent,
        waiting=len(waiting(syncing.book.facts("together out "))),
        devices=len(syncing.membership.members),
        said=noticed.lines(),
    )
