"""The wire, version 1: sizes, limits, ids, frames. Both ends of the line read this file.

A *shelf* is where one set of devices keeps blobs; a *blob* is sealed bytes of one of twelve sizes
under an id its device chose. Ids are 16 bytes, tokens and hashes 32, all written as small hex.
"""

import hashlib
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from landward.relay.refused import MALFORMED, SIZE, RelayRefused

VERSION = 1
HEADER = "Landward-Relay"
"""Carries the version, both ways."""
LAST = "Landward-Last"
"""Carries the highest number a shelf ever gave, beside what is read from it."""

CLASSES = tuple(512 << k for k in range(12))
"""The sizes a blob may have, in bytes: 512 B to 1 MiB."""
MEETING_BYTES = 4096
"""The one size of a message left at a meeting."""
MEETING_S = 15 * 60
"""How long a meeting waits, in seconds."""
MOST_FRAMES = 1024
"""Blobs in one request or answer."""
MOST_BYTES = 4 << 20
"""Bytes of frames in one request or answer; one blob always fits."""
MOST_ANSWER = MOST_BYTES + CLASSES[-1] + MOST_FRAMES * 28
"""Bytes that one request or answer never exceeds."""

_FRAME = struct.Struct(">Q16sI")
_ANSWER = struct.Struct(">16sHQ")
_ID, _TOKEN = re.compile("[0-9a-f]{32}"), re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Frame:
    """One blob on the wire. `seq` is its number on its shelf, counted from 1; 0 on the way in."""

    seq: int
    blob: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """What a shelf gave: blobs in the order of their numbers, and the highest number ever given."""

    frames: tuple[Frame, ...]
    last: int


@dataclass(frozen=True, slots=True)
class PutAnswer:
    """What became of one blob of several: its number, or the status that refused it."""

    blob: str
    status: int
    seq: int

    @property
    def is_kept(self) -> bool:
        """Whether it lies on the relay's disk."""
        return self.status in (200, 201)


def size_class(length: int) -> int:
    """The smallest size that holds `length` bytes. Raises RelayRefused(SIZE) where none does."""
    for size in CLASSES:
        if length <= size:
            return size
    raise RelayRefused(SIZE)


def check_id(text: str) -> str:
    """A shelf's, a blob's or a meeting's id, as it is. Raises RelayRefused(MALFORMED)."""
    if not _ID.fullmatch(text):
        raise RelayRefused(MALFORMED)
    return text


def check_token(text: str) -> str:
    """A token or a hash, as it is. Raises RelayRefused(MALFORMED)."""
    if not _TOKEN.fullmatch(text):
        raise RelayRefused(MALFORMED)
    return text


def hash_of(token: str) -> str:
    """What a relay keeps of a token (hex of 32 random bytes): SHA-256 of the bytes, hex."""
    return hashlib.sha256(bytes.fromhex(check_token(token))).hexdigest()


def beside(shelf: str, fresh: str) -> str:
    """The id of a further shelf under the same quota: `fresh`, beginning as `shelf` does.

    The first byte says in which file of the relay a shelf lies, and a quota lives in one file.
    """
    return check_id(shelf)[:2] + check_id(fresh)[2:]


def packed(frames: Iterable[Frame]) -> bytes:
    """Frames as bytes: number (8), id (16), length (4), data; big-endian, one after another."""
    parts: list[bytes] = []
    for frame in frames:
        parts.append(_FRAME.pack(frame.seq, bytes.fromhex(frame.blob), len(frame.data)))
        parts.append(frame.data)
    return b"".join(parts)


def unpacked(body: bytes) -> tuple[Frame, ...]:
    """The frames of `packed`. Raises RelayRefused(MALFORMED) where a byte is too many or few."""
    return tuple(_frames(body))


def _frames(body: bytes) -> Iterator[Frame]:
    at, count = 0, 0
    while at < len(body):
        count += 1
        if count > MOST_FRAMES or len(body) - at < _FRAME.size:
            raise RelayRefused(MALFORMED)
        seq, blob, length = _FRAME.unpack_from(body, at)
        at += _FRAME.size
        if length > len(body) - at:
            raise RelayRefused(MALFORMED)
        yield Frame(seq, blob.hex(), body[at : at + length])
        at += length


def packed_answers(answers: Iterable[PutAnswer]) -> bytes:
    """Answers as bytes: id (16), status (2), number (8)."""
    return b"".join(_ANSWER.pack(bytes.fromhex(a.blob), a.status, a.seq) for a in answers)


def unpacked_answers(body: bytes) -> tuple[PutAnswer, ...]:
    """The answers of `packed_answers`. Raises RelayRefused(MALFORMED)."""
    if len(body) % _ANSWER.size or len(body) > MOST_FRAMES * _ANSWER.size:
        raise RelayRefused(MALFORMED)
    return tuple(PutAnswer(i.hex(), status, seq) for i, status, seq in _ANSWER.iter_unpack(body))


def parcels(frames: Iterable[Frame]) -> Iterator[tuple[Frame, ...]]:
    """Frames in requests that a relay takes, in order."""
    held: list[Frame] = []
    size = 0
    for frame in frames:
        more = _FRAME.size + len(frame.data)
        if held and (len(held) == MOST_FRAMES or size + more > MOST_BYTES):
            yield tuple(held)
            held, size = [], 0
        held.append(frame)
        size += more
    if held:
        yield tuple(held)
