"""Joining a relay with an invitation, and leaving it. Joining by another device is `pairing`."""

import secrets
from datetime import datetime

from landward.app.together.book import Book
from landward.app.together.host import UNKNOWN, Dial, Host, HostRefused
from landward.app.together.membership import FACT, Membership, Shelf, new_device
from landward.app.together.outbox import Outbox
from landward.app.together.sealing import Random
from landward.app.together.sync import joined, membership_of, with_set
from landward.app.together.syncing import ALL, Syncing
from landward.model.base import BadInput
from landward.model.said import phrase


def refuse_joined(book: Book) -> None:
    """Raises BadInput where a diary belongs to a set already."""
    found = membership_of(book)
    if found is not None and found.joined and not found.removed:
        raise BadInput(
            phrase(
                "this diary joined the relay at {address} already; leave it first, or pair another "
                "device",
                address=found.address,
            )
        )


def join_with_invitation(  # noqa: PLR0917 - one argument per answer of the person
    book: Book,
    dial: Dial,
    address: str,
    code: str,
    label: str,
    now: datetime,
    random: Random = secrets.token_bytes,
) -> Membership:
    """Make a shelf at the relay for this diary, the first of its set. Nothing of the diary is sent.

    What was chosen is durable before the relay is asked, so that asking again after a line broke
    off meets the same shelf. Raises BadInput, HostRefused; then the diary belongs to no set.
    """
    refuse_joined(book)
    host = dial(address)
    try:
        chosen = membership_of(book)
        if chosen is None or chosen.joined or chosen.address != address:
            member, sign_seed, box_seed = new_device(label, now, random)
            chosen = Membership(
                address=address, shelf=Shelf.fresh(random), device=member.device,
                sign_seed=sign_seed, box_seed=box_seed, members=(member,), joined_at=now,
                joined=False,
            )  # fmt: skip
            book.change(dict.fromkeys(book.facts(ALL)) | {FACT: chosen.to_text()})
        try:
            host.join(code, chosen.shelf.id, *chosen.shelf.hashes)
        except HostRefused as error:
            if error.code == UNKNOWN:
                book.change({FACT: None})
            raise
        done = chosen.but(joined=True)
        book.change({FACT: done.to_text()})
        return done
    finally:
        host.close()


def leave(book: Book, host: Host, now: datetime, *, anyway: bool = False) -> bool:
    """Take this device out of its set and forget all keys; the diary stays as it is.

    The last device takes everything off the relay. The others move to new keys at their next sync.
    Returns whether the relay was told; with `anyway` it need not be. Raises HostRefused.
    """
    membership = joined(book)
    told = True
    try:
        if not membership.removed:
            _say_farewell(book, host, membership, now)
    except HostRefused as error:
        told = error.code == UNKNOWN
        if not (anyway or told):
            raise
    book.change(dict.fromkeys(book.facts(ALL)) | {FACT: None})
    return told


def _say_farewell(book: Book, host: Host, membership: Membership, now: datetime) -> None:
    def farewell(syncing: Syncing) -> None:
        me = syncing.membership
        if {m.device for m in me.members} - {me.device, *me.left}:
            outbox = Outbox(me, syncing.ledger, syncing.now)
            outbox.add("member", {"left": me.device})
            syncing.remember(outbox.facts)

    with_set(book, host, now, farewell)
    after = joined(book)
    if not after.removed and {m.device for m in after.members} <= {after.device, *after.left}:
        for shelf, write in ((after.shelf.id, after.shelf.write), (after.old and after.old.id,
                             after.old and after.old.write)):  # fmt: skip
            if shelf and write:
                host.delete_shelf(shelf, write)
