"""A phone's shelf at a relay: everything follows from one root of 128 bits, shown as a picture.

From the root come the shelf's number, the two tokens its relay keeps the hashes of, and two keys
the relay never sees: one seals every blob on the shelf, the other makes the blobs' numbers. A blob
is 12 bytes of nonce, then AES-256-GCM over the content's length, the content and zeros up to one of
a few sizes; shelf and number are bound to it, so that none can lie in another's place. The nonce is
made from the content: sealing the same again gives the same bytes, and sending again is harmless.

What is for one phone's eyes is sealed once more inside, to a key of that phone (`seal_to_phone`,
HPKE as `browser_seal`). The other half is web/phone/shelf.js.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from landward.model.base import BadInput
from landward.model.said import phrase

ROOT_BYTES = 16
NONCE_BYTES, TAG_BYTES, LENGTH_BYTES = 12, 16, 4
AROUND_BYTES = NONCE_BYTES + TAG_BYTES + LENGTH_BYTES
CLASSES = tuple(512 << k for k in range(12))
"""The sizes a relay takes (wire, version 1), in bytes."""
MOST_CONTENT_BYTES = CLASSES[-1] - AROUND_BYTES
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U."""
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
CODE_LETTERS = 28


@dataclass(frozen=True, slots=True, repr=False)
class ShelfKeys:
    """What both sides know of a shelf. `shelf`, `write` and `read` are hex, for the relay."""

    shelf: str
    write: str
    read: str
    sealing: bytes
    naming: bytes


def new_root(beside: str) -> bytes:
    """A fresh root for a shelf beside another one: its first byte is that one's (one quota)."""
    return bytes.fromhex(beside[:2]) + secrets.token_bytes(ROOT_BYTES)


def shelf_keys(root: bytes) -> ShelfKeys:
    """Everything that follows from a root, by HKDF-SHA256."""
    return ShelfKeys(
        shelf=root[:1].hex() + _derived(root, "shelf", ROOT_BYTES)[1:].hex(),
        write=_derived(root, "write").hex(),
        read=_derived(root, "read").hex(),
        sealing=_derived(root, "sealing"),
        naming=_derived(root, "naming"),
    )


def _derived(root: bytes, what: str, size: int = 32) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = f"landward phone shelf 1\n{what}".encode()
    return HKDF(SHA256(), size, salt=None, info=info).derive(root)


def token_hash(token: str) -> str:
    """What a relay keeps of a token, in hex."""
    return hashlib.sha256(bytes.fromhex(token)).hexdigest()


# ---- the code ------------------------------------------------------------------------------------


def to_code(root: bytes) -> str:
    """A root as 28 letters and digits in groups of four; four of its bits notice a slip."""
    number = int.from_bytes(root, "big") << 4 | hashlib.sha256(root).digest()[0] >> 4
    letters = "".join(
        LETTERS[number >> 5 * place & 31] for place in range(CODE_LETTERS - 1, -1, -1)
    )
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LETTERS, 4))


def from_code(typed: str) -> bytes:
    """The root of a typed code; case, spaces and lookalikes do not matter. Raises BadInput."""
    letters = "".join(c for c in typed.upper() if c.isascii() and c.isalnum()).translate(_ALIKE)
    places = [LETTERS.find(letter) for letter in letters]
    if len(places) == CODE_LETTERS and min(places) >= 0:
        number = 0
        for place in places:
            number = number << 5 | place
        root = (number >> 4).to_bytes(ROOT_BYTES + 1, "big")
        if hashlib.sha256(root).digest()[0] >> 4 == number & 15:
            return root
    raise BadInput(
        phrase(
            "this is not a phone's code: it has {count} letters and digits, and one may be wrong",
            count=CODE_LETTERS,
        )
    )


# ---- blobs ---------------------------------------------------------------------------------------


def blob_id(keys: ShelfKeys, what: str) -> str:
    """The number of a blob, in hex: the same for the same `what`, and nothing to a relay."""
    return hmac.new(keys.naming, what.encode(), hashlib.sha256).hexdigest()[:32]


def seal_blob(keys: ShelfKeys, blob: str, content: bytes) -> bytes:
    """Content as the bytes that lie on the shelf. Raises BadInput for more than fits."""
    if len(content) > MOST_CONTENT_BYTES:
        raise BadInput(phrase("that is more than one blob on a relay can hold"))
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    size = next(size for size in CLASSES if len(content) + AROUND_BYTES <= size)
    nonce = hmac.new(keys.naming, f"nonce {blob}\n".encode() + content, hashlib.sha256).digest()
    padded = len(content).to_bytes(LENGTH_BYTES, "big") + content
    padded = padded.ljust(size - NONCE_BYTES - TAG_BYTES, b"\0")
    sealed = AESGCM(keys.sealing).encrypt(nonce[:NONCE_BYTES], padded, _bound(keys, blob))
    return nonce[:NONCE_BYTES] + sealed


def open_blob(keys: ShelfKeys, blob: str, data: bytes) -> bytes | None:
    """The content of a blob; None where it was not sealed for this place on this shelf."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(data) not in CLASSES:
        return None
    try:
        padded = AESGCM(keys.sealing).decrypt(
            data[:NONCE_BYTES], data[NONCE_BYTES:], _bound(keys, blob)
        )
    except InvalidTag:
        return None
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    content = padded[LENGTH_BYTES : LENGTH_BYTES + length]
    return content if len(content) == length else None


def _bound(keys: ShelfKeys, blob: str) -> bytes:
    return f"landward phone blob 1\n{keys.shelf}\n{blob}".encode()


# ---- for one phone's eyes ------------------------------------------------------------------------


def seal_to_phone(shelf: str, public_key: str, content: bytes) -> bytes:
    """Content that only the holder of a phone's X25519 key opens. Raises BadInput for no key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    info = f"landward phone face 1\nshelf {shelf}\nkey {public_key}".encode()
    try:
        key = X25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        return bytes(suite.encrypt(content, key, info))
    except ValueError as error:
        raise BadInput(phrase("this is not a phone's key: pair the phone again")) from error


def four_words(shelf: str, said: str) -> tuple[str, str, str, str]:
    """Four words that two screens compare: 44 bits of what a phone said on its shelf."""
    digest = hashlib.sha256(f"landward phone words 1\n{shelf}\n{said}".encode()).digest()
    book, number = word_list(), int.from_bytes(digest[:8], "big")
    first, second, third, fourth = (book[number >> 11 * place & 2047] for place in (3, 2, 1, 0))
    return first, second, third, fourth


def word_list() -> tuple[str, ...]:
    """The 2,048 words both sides choose from (BIP-39's)."""
    from mnemonic import Mnemonic

    return tuple(Mnemonic("english").wordlist)
