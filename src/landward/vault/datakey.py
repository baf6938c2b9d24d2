"""The one object that owns the data key: it derives, seals and forgets."""

import hashlib
import hmac
import secrets
from typing import Self

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from landward.model.said import phrase
from landward.vault.errors import Damaged, Locked

KEY_BYTES = 32
NONCE_BYTES = 24


def seal(key: bytes, plaintext: bytes, bound_to: bytes) -> bytes:
    """XChaCha20-Poly1305: nonce, then ciphertext. Opening it needs `bound_to` again."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, bound_to, nonce, key)


def unseal(key: bytes, sealed: bytes, bound_to: bytes) -> bytes | None:
    """What `seal` sealed, or None if the key, the bytes or `bound_to` differ."""
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(
            sealed[NONCE_BYTES:], bound_to, sealed[:NONCE_BYTES], key
        )
    except (CryptoError, ValueError, TypeError):
        return None


class DataKey:
    """32 random bytes that open one vault. `forget` overwrites them; printing never shows them."""

    def __init__(self, raw: bytes) -> None:
        self._raw = bytearray(raw)

    @classmethod
    def new(cls) -> Self:
        """A fresh random key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def __repr__(self) -> str:
        return "DataKey(…)"

    def __reduce__(self) -> str:
        raise TypeError("a data key is never copied out of this process")

    def reveal(self) -> bytes:
        """The key itself, for sealing it into a slot. Raises Locked once forgotten."""
        if not self._raw:
            raise Locked(phrase("this diary is locked: give the passphrase again"))
        return bytes(self._raw)

    def derive(self, purpose: str) -> bytes:
        """A 32-byte key for one purpose, so that no key is used for two things (keyed BLAKE2b)."""
        return hashlib.blake2b(
            purpose.encode(), key=self.reveal(), digest_size=32, person=b"landward"
        ).digest()

    def mac(self, message: bytes) -> str:
        """An authenticator over `message`, as hex."""
        return hmac.digest(self.derive("header"), message, "sha256").hex()

    def seal(self, purpose: str, plaintext: bytes) -> bytes:
        """Seal something this vault needs to keep beside its journal."""
        return seal(self.derive(purpose), plaintext, purpose.encode())

    def unseal(self, purpose: str, sealed: bytes) -> bytes:
        """Open what `seal` sealed. Raises Damaged."""
        plaintext = unseal(self.derive(purpose), sealed, purpose.encode())
        if plaintext is None:
            raise Damaged(
                phrase(
                    "keys.json: the sealed {purpose} was changed since Landward wrote it",
                    purpose=purpose,
                )
            )
        return plaintext

    def forget(self) -> None:
        """Overwrite the key. Everything derived from it stops working."""
        for index in range(len(self._raw)):
            self._raw[index] = 0
        self._raw.clear()
