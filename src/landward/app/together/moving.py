"""New keys and a new shelf when a device leaves: what it holds opens nothing written afterwards.

Whoever moves makes a shelf of fresh id, tokens and key, and leaves one `key` item on the old one
in which these are sealed to each device that stays. The first such item counts for everyone, also
for its author; what is in the diaries is then sealed anew, and the old blobs are deleted.
"""

import json
import secrets
from collections.abc import Iterable

from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox
from pydantic import Field, ValidationError

from landward.app.together.items import read_item
from landward.app.together.ledger import DELETE
from landward.app.together.membership import FACT, Member, Membership, OldShelf, Shelf
from landward.app.together.outbox import Outbox
from landward.app.together.reading import MOVE
from landward.app.together.sealing import Random
from landward.app.together.syncing import ALL, Syncing
from landward.model.base import Frozen
from landward.model.entries import canonical_json


class NewPlace(Frozen):
    """What is sealed to each device that stays."""

    shelf: Shelf
    members: tuple[Member, ...] = Field(min_length=1)


def begin_move(
    syncing: Syncing, without: Iterable[str], random: Random = secrets.token_bytes
) -> None:
    """Make the new shelf and put the news of it into the outbox. Raises HostRefused."""
    membership = syncing.membership
    out = {*without, *membership.left}
    stay = tuple(member for member in membership.members if member.device not in out)
    shelf = Shelf.fresh(random, like=membership.shelf.id)
    syncing.host.more(membership.shelf.id, membership.shelf.write, shelf.id, *shelf.hashes)
    told = canonical_json(NewPlace(shelf=shelf, members=stay).model_dump(mode="json")).encode()
    sealed = {
        member.device: SealedBox(PublicKey(bytes.fromhex(member.box))).encrypt(told).hex()
        for member in stay
    }
    outbox = Outbox(membership, syncing.ledger, syncing.now)
    outbox.add("key", {"to": sealed})
    syncing.book.change(outbox.facts)
    syncing.moving = True


def follow_move(syncing: Syncing) -> bool:
    """Go where the first `key` item of the shelf leads. Returns whether there was one."""
    text = syncing.book.fact(MOVE)
    if text is None:
        return False
    before, item = syncing.membership, read_item(text)
    place = _opened(before, item.body.get("to"))
    if place is None:
        removed = before.but(removed=True)
        syncing.book.change({FACT: removed.to_text(), MOVE: None})
        syncing.membership = removed
        syncing.noticed.removed = True
        return True
    old = before.shelf
    after = before.but(
        shelf=place.shelf,
        members=place.members,
        old=OldShelf(id=old.id, write=old.write),
        left=(),
    )
    known = syncing.ledger.items
    facts: dict[str, str | None] = dict.fromkeys(syncing.book.facts(ALL))
    facts[FACT] = after.to_text()
    if item.device == before.device:
        blobs = (old.shelf_key.blob_id(*at) for at in known if at != (item.device, item.n))
        facts |= {f"{DELETE}{blob}": "old" for blob in blobs}
    syncing.book.change(facts)
    syncing.begin_anew(after)
    outbox = Outbox(after, syncing.ledger, syncing.now)
    outbox.add("member", {"here": True})
    syncing.book.change(outbox.facts)
    syncing.noticed.moved = True
    stayed = after.by_id
    gone = [member.label for member in before.members if member.device not in stayed]
    syncing.noticed.went += [label for label in gone if label not in syncing.noticed.went]
    return True


def _opened(membership: Membership, sealed: object) -> NewPlace | None:
    """The new place, if it was sealed to this device and names it."""
    mine = sealed.get(membership.device) if isinstance(sealed, dict) else None
    try:
        told = SealedBox(membership.box).decrypt(bytes.fromhex(str(mine)))
        place = NewPlace.model_validate(json.loads(told))
    except (CryptoError, ValueError, ValidationError, RecursionError):
        return None
    return place if membership.device in {m.device for m in place.members} else None
