"""Letting another device in: a code shown by the one, four words compared on both.

The code is 128 bits that commit to the key of the device that shows it: whoever types it cannot be
answered by another. The words come from the newcomer's keys, slowly, so that nobody who saw the
code finds other keys with the same words. Only after the person's yes are the set's keys sealed to
the newcomer. The relay carries one message each way, 4,096 bytes each, and can read neither.
"""

import json
import secrets
import zlib
from dataclasses import dataclass
from datetime import datetime

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import VerifyKey
from pydantic import ValidationError

from landward.app.together.book import Book
from landward.app.together.codes import (
    close_message,
    code_of,
    commitment,
    derived,
    open_message,
    secret_in,
    words_of,
)
from landward.app.together.host import DIFFERS, Host, HostRefused
from landward.app.together.joining import refuse_joined
from landward.app.together.membership import (
    FACT,
    MOST_DEVICES,
    Member,
    Membership,
    Shelf,
    new_device,
)
from landward.app.together.outbox import Outbox
from landward.app.together.sealing import Random
from landward.app.together.sync import joined, with_set
from landward.app.together.syncing import ALL, Syncing
from landward.model.base import BadInput, Frozen
from landward.model.entries import canonical_json
from landward.model.said import phrase

MOST_INSIDE = 64 * 1024


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """What a device that lets another in holds for fifteen minutes, in memory only."""

    secret: bytes
    opening: bytes
    """What proves, with its key, that the code is this device's."""

    @property
    def code(self) -> str:
        """What the other device is told."""
        return code_of(self.secret)

    @property
    def meeting(self) -> str:
        """Where the two leave their messages."""
        return derived(self.secret, b"meeting")[:16].hex()


@dataclass(frozen=True, slots=True, repr=False)
class Newcomer:
    """A device that asks to be let in, as the other one sees it, and the words to compare."""

    member: Member
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """A newcomer's side, in memory only, until it is let in."""

    address: str
    secret: bytes
    member: Member
    sign_seed: str
    box_seed: str
    words: tuple[str, ...]


class Answer(Frozen):
    """What a newcomer is given, sealed to it."""

    sign: str
    opening: str
    shelf: Shelf
    members: tuple[Member, ...]
    signature: str = ""

    def signed_text(self, meeting: str, newcomer: Member) -> bytes:
        """What the device that lets in signs."""
        said = self.model_dump(mode="json") | {"signature": ""}
        who = newcomer.model_dump(mode="json")
        return b"landward let in 1\n" + canonical_json([meeting, who, said]).encode()


# ---- the device that is in the set --------------------------------------------------------------


def offer_pairing(book: Book, host: Host, random: Random = secrets.token_bytes) -> Offer:
    """Open a meeting of fifteen minutes at the relay. Raises BadInput, HostRefused."""
    membership = joined(book)
    if len(membership.members) >= MOST_DEVICES:
        raise BadInput(phrase("a set holds at most {most} devices", most=MOST_DEVICES))
    opening = random(32)
    offer = Offer(commitment(membership.here.sign, opening), opening)
    host.open_meeting(membership.shelf.id, membership.shelf.write, offer.meeting)
    return offer


def look_for_newcomer(host: Host, offer: Offer) -> Newcomer | None:
    """Who asks to be let in; None while nobody does. Raises BadInput, HostRefused."""
    message = host.meet_get(offer.meeting, "b")
    if message is None:
        return None
    inside = open_message(offer.secret, "b", message)
    try:
        member = Member.model_validate(json.loads(inside or b"null"))
    except (ValueError, RecursionError) as error:
        raise BadInput(
            phrase("what came is not from the device you gave the code to; nobody was let in")
        ) from error
    return Newcomer(member, words_of(offer.secret, member))


def let_in(book: Book, host: Host, now: datetime, offer: Offer, newcomer: Newcomer) -> None:
    """After the person's yes: the set learns of the newcomer, and it gets the set's keys.

    Raises HostRefused; asked again, it goes on where it stopped.
    """

    def welcome(syncing: Syncing) -> None:
        me = syncing.membership
        if newcomer.member.device in me.by_id:
            return
        outbox = Outbox(me, syncing.ledger, syncing.now)
        outbox.add("member", {"add": newcomer.member.model_dump(mode="json")})
        after = me.but(members=(*me.members, newcomer.member))
        syncing.remember(outbox.facts | {FACT: after.to_text()})
        syncing.membership = after

    with_set(book, host, now, welcome)
    membership = joined(book)
    answer = Answer(
        sign=membership.here.sign,
        opening=offer.opening.hex(),
        shelf=membership.shelf,
        members=membership.members,
    )
    text = answer.signed_text(offer.meeting, newcomer.member)
    signed = answer.model_copy(update={"signature": membership.signing.sign(text).signature.hex()})
    told = zlib.compress(canonical_json(signed.model_dump(mode="json")).encode(), 9)
    sealed = SealedBox(PublicKey(bytes.fromhex(newcomer.member.box))).encrypt(told)
    try:
        host.meet_put(offer.meeting, "a", close_message(offer.secret, "a", sealed))
    except HostRefused as error:
        if error.code != DIFFERS:
            raise
        raise BadInput(
            phrase(
                "an answer lies there already: look at the other device. If it did not join, take "
                "“{label}” out and begin again with a new code",
                label=newcomer.member.label,
            )
        ) from error


# ---- the newcomer -------------------------------------------------------------------------------


def ask_to_be_let_in(  # noqa: PLR0917 - one argument per answer of the person
    book: Book,
    host: Host,
    address: str,
    code: str,
    label: str,
    now: datetime,
    random: Random = secrets.token_bytes,
) -> Request:
    """Leave this device's public keys at the meeting; nothing of the diary is sent.

    Raises BadInput, HostRefused.
    """
    refuse_joined(book)
    secret = secret_in(code)
    member, sign_seed, box_seed = new_device(label, now, random)
    request = Request(address, secret, member, sign_seed, box_seed, words_of(secret, member))
    said = canonical_json(member.model_dump(mode="json")).encode()
    host.meet_put(Offer(secret, b"").meeting, "b", close_message(secret, "b", said))
    return request


def look_for_answer(book: Book, host: Host, now: datetime, request: Request) -> Membership | None:
    """Join the set once the other device has said yes; None while it has not.

    Raises BadInput where the answer is not from the device that showed the code, HostRefused.
    """
    meeting = Offer(request.secret, b"").meeting
    message = host.meet_get(meeting, "a")
    if message is None:
        return None
    answer = _answer(request, meeting, open_message(request.secret, "a", message))
    if answer is None:
        raise BadInput(
            phrase(
                "the answer is not from the device that showed the code; nothing was joined, and "
                "nothing of the diary was sent. Begin again with a new code"
            )
        )
    membership = Membership(
        address=request.address, shelf=answer.shelf, device=request.member.device,
        sign_seed=request.sign_seed, box_seed=request.box_seed, members=answer.members,
        joined_at=now,
    )  # fmt: skip
    book.change(dict.fromkeys(book.facts(ALL)) | {FACT: membership.to_text()})
    return membership


def _answer(request: Request, meeting: str, inside: bytes | None) -> Answer | None:
    try:
        sealed = SealedBox(PrivateKey(bytes.fromhex(request.box_seed)))
        unpacked = zlib.decompressobj().decompress(sealed.decrypt(inside or b""), MOST_INSIDE)
        answer = Answer.model_validate(json.loads(unpacked))
        if commitment(answer.sign, bytes.fromhex(answer.opening)) != request.secret:
            return None
        VerifyKey(bytes.fromhex(answer.sign)).verify(
            answer.signed_text(meeting, request.member), bytes.fromhex(answer.signature)
        )
    except (CryptoError, ValueError, TypeError, zlib.error, ValidationError, RecursionError):
        return None
    return answer if request.member.device in {m.device for m in answer.members} else None
