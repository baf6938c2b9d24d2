"""The code of a pairing, the words that are compared, and the two messages of a meeting.

A code is 128 bits and a check, in signs of which none looks like another. A message is sealed under
keys that come from the code; it is 4,096 bytes, whatever it says.
"""

import hashlib

from landward.app.together.membership import MOST_DEVICES, Member
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.vault.datakey import seal, unseal

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TWINS = str.maketrans("OIL", "011", " -\t\r\n")
CODE_SIGNS, CHECK_BITS = 28, 12
MESSAGE_BYTES = 4096
WORDS = 4


def is_pairing_code(code: str) -> bool:
    """Whether a code is a device's and not an operator's invitation, by its length."""
    return len(_signs(code)) >= CODE_SIGNS - 4


def code_of(secret: bytes) -> str:
    """128 bits and a check, as seven groups of four signs of which none looks like another."""
    bits = int.from_bytes(secret, "big") << CHECK_BITS | _check(secret)
    signs = "".join(SIGNS[bits >> 5 * at & 31] for at in reversed(range(CODE_SIGNS)))
    return "-".join(signs[at : at + 4] for at in range(0, CODE_SIGNS, 4))


def secret_in(code: str) -> bytes:
    """The secret in a typed code. Raises BadInput where a sign is wrong."""
    signs = _signs(code)
    value = 0
    for sign in signs:
        value = value << 5 | max(SIGNS.find(sign), 0)
    fine = len(signs) == CODE_SIGNS and all(sign in SIGNS for sign in signs)
    secret = (value >> CHECK_BITS & (1 << 128) - 1).to_bytes(16, "big")
    if not fine or value >> (128 + CHECK_BITS) or _check(secret) != value & (1 << CHECK_BITS) - 1:
        raise BadInput(
            phrase(
                "a sign of this code is wrong: a pairing code has seven groups of four, as the "
                "other device shows it; nothing was sent"
            )
        )
    return secret


def words_of(secret: bytes, newcomer: Member) -> tuple[str, ...]:
    """The four words both devices show: 44 bits, each guess of which costs 32 MiB and a moment."""
    said = f"{newcomer.device} {newcomer.sign} {newcomer.box}".encode()
    found = hashlib.scrypt(
        said, salt=b"landward words " + secret, n=2**15, r=8, p=1, maxmem=2**26, dklen=8
    )
    return word_list(found)


def word_list(number: bytes) -> tuple[str, ...]:
    """The first 44 bits of a number as four common words."""
    from mnemonic import Mnemonic

    book = Mnemonic("english").wordlist
    bits = int.from_bytes(number[:8], "big")
    return tuple(book[bits >> (64 - 11 * (at + 1)) & 2047] for at in range(WORDS))


def diary_words(head: str) -> tuple[str, ...]:
    """Four words for what a diary holds: the same on two devices where they hold the same."""
    return word_list(hashlib.blake2b(head.encode(), digest_size=8).digest())


def commitment(sign: str, opening: bytes) -> bytes:
    """The secret of a code: it commits to the key of the device that shows it."""
    said = bytes.fromhex(sign) + opening
    return hashlib.blake2b(said, digest_size=16, person=b"landward-pair").digest()


def derived(secret: bytes, purpose: bytes) -> bytes:
    """A key for one purpose, 32 bytes."""
    return hashlib.blake2b(purpose, key=secret, digest_size=32, person=b"landward-pair").digest()


def close_message(secret: bytes, side: str, said: bytes) -> bytes:
    """The sealed message of one side. Raises BadInput where it is too long."""
    room = MESSAGE_BYTES - 24 - 16
    inside = len(said).to_bytes(4, "big") + said
    if len(inside) > room:
        raise BadInput(phrase("a set holds at most {most} devices", most=MOST_DEVICES))
    key = derived(secret, b"seal")
    return seal(key, inside.ljust(room, b"\0"), f"landward meeting {side}".encode())


def open_message(secret: bytes, side: str, message: bytes) -> bytes | None:
    """What one side said, or None where it was not said under this secret."""
    if len(message) != MESSAGE_BYTES:
        return None
    inside = unseal(derived(secret, b"seal"), message, f"landward meeting {side}".encode())
    return None if inside is None else inside[4 : 4 + int.from_bytes(inside[:4], "big")]


def _check(secret: bytes) -> int:
    digest = hashlib.blake2b(secret, digest_size=2, person=b"landward-code").digest()
    return int.from_bytes(digest, "big") >> (16 - CHECK_BITS)


def _signs(code: str) -> str:
    return code.upper().translate(_TWINS)
