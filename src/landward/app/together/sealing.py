"""Sealed blobs: signed, padded to one of twelve sizes, and closed under the key of their shelf.

A blob is `nonce (24) | XChaCha20-Poly1305`, bound to its shelf and its id; inside are the length of
the text (4), an Ed25519 signature over it (64), the text, and zeros. A blob's id is a keyed hash of
the device and its number: nobody foresees it, and a retry has the same one.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from landward.model.base import BadInput
from landward.model.said import phrase
from landward.vault.datakey import seal, unseal

CLASSES = tuple(512 << k for k in range(12))
"""The sizes a blob may have, in bytes."""
_AROUND = 24 + 16
_BEFORE = 4 + 64
MOST_TEXT = CLASSES[-1] - _AROUND - _BEFORE

Random = Callable[[int], bytes]


@dataclass(frozen=True, slots=True, repr=False)
class ShelfKey:
    """What closes the blobs of one shelf: its id, and 32 random bytes each device has."""

    shelf: str
    raw: bytes

    def blob_id(self, device: str, n: int) -> str:
        """The id of a device's `n`th blob, 32 hex digits."""
        said = f"{device} {n}".encode()
        key = _derived(self.raw, b"blob id")
        return hashlib.blake2b(said, key=key, digest_size=16, person=b"landward-item").hexdigest()

    def close(self, blob: str, signing: SigningKey, text: str) -> bytes:
        """The sealed bytes of a text that a device signs. Raises BadInput where it is too long."""
        said = text.encode()
        signature = signing.sign(_signed(self.shelf, said)).signature
        inside = len(said).to_bytes(4, "big") + signature + said
        size = next((s for s in CLASSES if s >= len(inside) + _AROUND), None)
        if size is None:
            raise BadInput(phrase("this is too large for a relay"))
        padded = inside.ljust(size - _AROUND, b"\0")
        return seal(_derived(self.raw, b"seal"), padded, _bound(self.shelf, blob))

    def open(self, blob: str, data: bytes) -> "Opened | None":
        """What a blob holds, not yet known to be anybody's; None where it is not of this shelf."""
        if len(data) not in CLASSES:
            return None
        inside = unseal(_derived(self.raw, b"seal"), data, _bound(self.shelf, blob))
        if inside is None:
            return None
        length = int.from_bytes(inside[:4], "big")
        said, rest = inside[_BEFORE : _BEFORE + length], inside[_BEFORE + length :]
        if len(said) != length or rest.strip(b"\0"):
            return None
        try:
            text = said.decode()
        except UnicodeDecodeError:
            return None
        return Opened(self.shelf, inside[4:_BEFORE], text)


@dataclass(frozen=True, slots=True)
class Opened:
    """A blob's text and signature."""

    shelf: str
    signature: bytes
    text: str

    def is_signed_by(self, public: str) -> bool:
        """Whether the holder of this Ed25519 key (hex) signed it for this shelf."""
        try:
            VerifyKey(bytes.fromhex(public)).verify(
                _signed(self.shelf, self.text.encode()), self.signature
            )
        except (CryptoError, ValueError, TypeError):
            return False
        return True

    @property
    def hash(self) -> str:
        """What the next item of the same device names as the one before it, 32 hex digits."""
        return hash_of(self.text)


def hash_of(text: str) -> str:
    """The hash of an item's text, 32 hex digits."""
    return hashlib.blake2b(text.encode(), digest_size=16, person=b"landward-chain").hexdigest()


def fresh_key(shelf: str, random: Random = secrets.token_bytes) -> ShelfKey:
    """A new key for a shelf."""
    return ShelfKey(shelf, random(32))


def _derived(raw: bytes, purpose: bytes) -> bytes:
    return hashlib.blake2b(purpose, key=raw, digest_size=32, person=b"landward-set").digest()


def _bound(shelf: str, blob: str) -> bytes:
    return f"landward item 1 {shelf} {blob}".encode()


def _signed(shelf: str, said: bytes) -> bytes:
    return f"landward item 1\n{shelf}\n".encode() + said
