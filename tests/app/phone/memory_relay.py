"""A relay in memory, as strict as a real one, and a phone that speaks to it in Python."""

import datetime as dt
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from landward.model.base import BadInput
from landward.model.entries import Entry
from landward.vault.browser_seal import MAGIC, SIGNED, bound_to
from landward.vault.phone_keys import signed_text
from landward.vault.phone_shelf import (
    CLASSES,
    blob_id,
    from_code,
    open_blob,
    seal_blob,
    shelf_keys,
    token_hash,
)

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass
class Blob:
    seq: int
    blob: str
    data: bytes


@dataclass
class Answer:
    frames: list[Blob]
    last: int


@dataclass
class Shelf:
    read: str
    write: str
    blobs: dict[str, Blob] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    last: int = 0


class MemoryRelay:
    """Shelves by number. `breaks_after` calls it answers no more, once."""

    def __init__(self) -> None:
        self.shelves: dict[str, Shelf] = {}
        self.breaks_after: int | None = None

    def _called(self) -> None:
        if self.breaks_after is not None:
            self.breaks_after -= 1
            if self.breaks_after < 0:
                raise BadInput("the relay does not answer now")

    def _shelf(self, shelf: str, *, read: str = "", write: str = "") -> Shelf:
        self._called()
        found = self.shelves.get(shelf)
        told = token_hash(read or write)
        if found is None or told != (found.read if read else found.write):
            raise BadInput("the relay knows no such shelf")
        return found

    def open(self) -> tuple[str, str]:
        """A diary's own shelf: its number and write token."""
        shelf, read, write = secrets.token_hex(16), secrets.token_hex(32), secrets.token_hex(32)
        self.shelves[shelf] = Shelf(token_hash(read), token_hash(write))
        return shelf, write

    def more(self, shelf: str, write: str, new: str, read_hash: str, write_hash: str) -> None:
        self._shelf(shelf, write=write)
        assert new[:2] == shelf[:2]
        self.shelves.setdefault(new, Shelf(read_hash, write_hash))

    def put(self, shelf: str, write: str, blob: str, data: bytes) -> int:
        there = self._shelf(shelf, write=write)
        assert len(data) in CLASSES
        if blob in there.gone:
            raise BadInput("this was deleted")
        if blob not in there.blobs:
            there.last += 1
            there.blobs[blob] = Blob(there.last, blob, data)
        elif there.blobs[blob].data != data:
            raise BadInput("other bytes lie there")
        return there.blobs[blob].seq

    def since(self, shelf: str, read: str, seq: int) -> Answer:
        there = self._shelf(shelf, read=read)
        found = [one for one in there.blobs.values() if one.seq > seq]
        return Answer(sorted(found, key=lambda one: one.seq)[:3], there.last)

    def delete(self, shelf: str, write: str, blob: str) -> None:
        there = self._shelf(shelf, write=write)
        there.blobs.pop(blob, None)
        there.gone.add(blob)

    def delete_shelf(self, shelf: str, write: str) -> None:
        self._shelf(shelf, write=write)
        del self.shelves[shelf]

    def everything(self) -> bytes:
        """All bytes that lie there."""
        return b"".join(one.data for shelf in self.shelves.values() for one in shelf.blobs.values())

    @contextmanager
    def older(self, shelf: str) -> Iterator[None]:
        """What comes in between is forgotten afterwards: a back-up that was put back."""
        there = self.shelves[shelf]
        kept = (dict(there.blobs), set(there.gone), there.last)
        yield
        there.blobs, there.gone, there.last = kept


class TestPhone:
    """A phone with the code, its keys, a counter."""

    __test__ = False

    def __init__(self, relay: MemoryRelay, code: str, label: str = "Android") -> None:
        self.relay, self.keys, self.label = relay, shelf_keys(from_code(code)), label
        self.device = f"pocket-{secrets.token_hex(6)}"
        self.signing = generate_private_key(SECP256R1())
        self.opens, self.passcode_opens = X25519PrivateKey.generate(), X25519PrivateKey.generate()
        self.number = 0
        self.hello_blob = ""

    def _put(self, what: str, head: dict[str, object], rest: bytes = b"") -> str:
        blob = blob_id(self.keys, what)
        content = json.dumps(head).encode() + b"\n" + rest
        data = seal_blob(self.keys, blob, content)
        self.relay.put(self.keys.shelf, self.keys.write, blob, data)
        return blob

    def hello(self) -> None:
        point = self.signing.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        said: dict[str, object] = {
            "kind": "hello", "device": self.device, "signs": point.hex(), "label": self.label,
            "opens": raw(self.opens), "passcode_opens": raw(self.passcode_opens),
        }  # fmt: skip
        self.hello_blob = self._put(f"hello {self.device}", said)

    def _signed(self, vault: str, text: str) -> str:
        signature = self.signing.sign(signed_text(vault, text), ECDSA(SHA256()))
        return "".join(f"{half:064x}" for half in decode_dss_signature(signature))

    def write(
        self,
        entry: Entry,
        *,
        put: bool = True,
        number: int | None = None,
        without: tuple[int, ...] = (),
    ) -> str:
        """Seal a line as the page does, signed, and put it."""
        door = self.face()[0]["door"]
        entry = entry.but(device=self.device)
        signature = self._signed(door["vault"], entry.to_line())
        line = f"{SIGNED}{signature}\n{entry.to_line()}".encode()
        public = bytes.fromhex(door["key"])
        info = bound_to(door["vault"], public)
        key = X25519PublicKey.from_public_bytes(public)
        sealed = MAGIC + SUITE.encrypt(line + b" " * (-len(line) % 256), key, info)
        self.number = number or self.number + 1
        head: dict[str, object] = {
            "kind": "line", "device": self.device, "n": self.number, "id": entry.id,
            "box": door["box"], "without": [*without],
        }  # fmt: skip
        said = f"head {self.keys.shelf} {self.number} {entry.id} {','.join(map(str, without))}"
        head["signature"] = self._signed(door["vault"], said)
        return self._put(f"line {self.device} {self.number}", head, sealed) if put else entry.id

    def face(self) -> tuple[dict[str, object], bytes]:
        """The newest face: its open part, the rest."""
        found = []
        shelf = self.relay.shelves[self.keys.shelf]
        for one in shelf.blobs.values():
            content = open_blob(self.keys, one.blob, one.data)
            head, _, rest = (content or b"{}").partition(b"\n")
            said = json.loads(head)
            if said.get("kind") == "face":
                found.append((said["n"], said, rest))
        _, said, rest = max(found, key=lambda one: one[0])
        return said, rest

    def read(self, which: int) -> dict[str, object]:
        """The part of the face for one of the two keys, opened."""
        import gzip

        said, rest = self.face()
        first = said["parts"][0]
        part = rest[:first] if which == 0 else rest[first:]
        key = (self.opens, self.passcode_opens)[which]
        info = f"landward phone face 1\nshelf {self.keys.shelf}\nkey {raw(key)}".encode()
        found: dict[str, object] = json.loads(gzip.decompress(SUITE.decrypt(part, key, info)))
        return found


def raw(key: X25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def utc(hour: int = 20, day: int = 20) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, 0, tzinfo=dt.UTC)
