"""Entries sealed by a browser: HPKE (RFC 9180) to the inbox's key, as WebCrypto has no XSalsa20.

A sealed entry is `MAGIC`, the sender's one-time public key (32 bytes), then the ciphertext. What
it is bound to (this format, the vault, the key) goes into HPKE's `info`: a blob moved to another
vault or another key does not open. The plaintext is one journal line, padded with spaces. A
paired phone puts its signature before it: `SIGNED`, 64 bytes in hex, and a line end.
"""

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

MAGIC = b"landward-hpke 1\n"
SIGNED = "landward-signed 1 "
LEAST_BYTES = len(MAGIC) + 32 + 16


def bound_to(vault_id: str, public_key: bytes) -> bytes:
    """What a browser's seal is tied to, as HPKE's `info`."""
    return f"landward browser seal 1\nvault {vault_id}\nkey {public_key.hex()}".encode()


def is_browser_sealed(sealed: bytes) -> bool:
    """Whether these bytes say they were sealed by a browser."""
    return sealed.startswith(MAGIC)


def open_browser_sealed(vault_id: str, private: PrivateKey, sealed: bytes) -> bytes:
    """The journal line in `sealed`. Raises CryptoError if it is not for this vault and key."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    key = X25519PrivateKey.from_private_bytes(bytes(private))
    info = bound_to(vault_id, bytes(private.public_key))
    try:
        return bytes(suite.decrypt(sealed.removeprefix(MAGIC), key, info))
    except (InvalidTag, ValueError) as error:
        raise CryptoError("not sealed to this vault and key") from error
