"""What one device knows of its set: the relay, the shelf, the keys, and who belongs to it.

It lies inside the journal, as one small fact, and so is encrypted, backed up and erased with it.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Self

from nacl.public import PrivateKey
from nacl.signing import SigningKey
from pydantic import Field, ValidationError

from landward.app.together.sealing import Random, ShelfKey
from landward.model.base import BadInput, Frozen
from landward.model.entries import UtcTime, canonical_json
from landward.model.said import phrase

FACT = "together"
MOST_DEVICES = 10
MOST_LABEL = 24
Hex32 = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Hex64 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Label = Annotated[str, Field(min_length=1, max_length=MOST_LABEL)]
Address = Annotated[str, Field(min_length=8, max_length=300)]


class Member(Frozen):
    """One device of the set, as all the others know it."""

    device: Hex32
    sign: Hex64
    """Its Ed25519 public key."""
    box: Hex64
    """Its X25519 public key, to which a new shelf's keys are sealed."""
    label: Label
    since: UtcTime


class Shelf(Frozen):
    """Where a set keeps its blobs, and what opens them."""

    id: Hex32
    read: Hex64
    write: Hex64
    key: Hex64

    @property
    def shelf_key(self) -> ShelfKey:
        """What closes and opens the blobs."""
        return ShelfKey(self.id, bytes.fromhex(self.key))

    @property
    def hashes(self) -> tuple[str, str]:
        """What the relay keeps of the two tokens: read, write."""
        return _hash(self.read), _hash(self.write)

    @classmethod
    def fresh(cls, random: Random = secrets.token_bytes, like: str = "") -> Self:
        """A new shelf of random ids and keys; under the same quota as the shelf `like`."""
        first = random(16).hex()
        shelf = like[:2] + first[2:] if like else first
        return cls(id=shelf, read=random(32).hex(), write=random(32).hex(), key=random(32).hex())


class OldShelf(Frozen):
    """The shelf that was used before, until everyone has moved."""

    id: Hex32
    write: Hex64


class Membership(Frozen):
    """One device's place in its set."""

    address: Address
    shelf: Shelf
    device: Hex32
    sign_seed: Hex64
    box_seed: Hex64
    members: Annotated[tuple[Member, ...], Field(min_length=1, max_length=MOST_DEVICES)]
    joined_at: UtcTime
    joined: bool = True
    """False from before the relay was asked until it is known to have made the shelf."""
    old: OldShelf | None = None
    left: tuple[Hex32, ...] = ()
    """Devices that took themselves out: the next to notice moves the set to a new shelf."""
    removed: bool = False
    """This device was taken out by another; its diary stays as it is."""

    @property
    def signing(self) -> SigningKey:
        """What this device signs with."""
        return SigningKey(bytes.fromhex(self.sign_seed))

    @property
    def box(self) -> PrivateKey:
        """What opens what is sealed to this device."""
        return PrivateKey(bytes.fromhex(self.box_seed))

    @property
    def here(self) -> Member:
        """This device, as the others know it."""
        return self.by_id[self.device]

    @property
    def by_id(self) -> Mapping[str, Member]:
        """The devices by id."""
        return {member.device: member for member in self.members}

    def but(self, **changed: object) -> Self:
        """The same with some fields changed, checked anew. Raises BadInput."""
        try:
            return type(self).model_validate({**dict(self), **changed})
        except ValidationError as error:
            raise BadInput(
                phrase("a set holds at most {most} devices", most=MOST_DEVICES)
            ) from error

    def to_text(self) -> str:
        """As it is kept."""
        return canonical_json(self.model_dump(mode="json"))


def read_membership(text: str | None) -> Membership | None:
    """What `to_text` wrote; None for a diary that joined no relay. Raises BadInput."""
    if text is None:
        return None
    try:
        return Membership.model_validate(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise BadInput(
            phrase(
                "what this diary knows of its relay cannot be read, perhaps written by a newer "
                "Landward: update this one, or leave the relay and join again"
            )
        ) from error


def new_device(
    label: str, now: datetime, random: Random = secrets.token_bytes
) -> tuple[Member, str, str]:
    """A device of fresh keys: as the others will know it, and its two secret seeds, hex."""
    sign_seed, box_seed = random(32), random(32)
    member = Member(
        device=random(16).hex(),
        sign=bytes(SigningKey(sign_seed).verify_key).hex(),
        box=bytes(PrivateKey(box_seed).public_key).hex(),
        label=clean_label(label),
        since=now,
    )
    return member, sign_seed.hex(), box_seed.hex()


def clean_label(label: str) -> str:
    """The name of a device as it is kept. Raises BadInput."""
    kept = " ".join("".join(c for c in label if c.isprintable()).split())
    if not kept or len(kept) > MOST_LABEL:
        raise BadInput(
            phrase("a device's name has 1 to {most} letters, like “laptop”", most=MOST_LABEL)
        )
    return kept


def _hash(token: str) -> str:
    return hashlib.sha256(bytes.fromhex(token)).hexdigest()
