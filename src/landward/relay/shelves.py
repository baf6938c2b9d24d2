"""What can be done with shelves, on one shard's connection. The caller holds the transaction.

Every function either does all of what it says or raises RelayRefused and changes nothing. `today`
is passed in. An unknown shelf costs the same look and the same comparison as a wrong token.
"""

import hmac
import sqlite3
from dataclasses import dataclass

from landward.relay.refused import DIFFERS, FULL, GONE, SIZE, UNKNOWN, RelayRefused
from landward.relay.tables import SHELF_BITS
from landward.relay.wire import (
    CLASSES,
    MOST_BYTES,
    MOST_FRAMES,
    Frame,
    Page,
    check_id,
    check_token,
    hash_of,
)

GONE_COST = 64
"""Bytes of the quota that a deleted blob's id goes on using."""
SHELF_COST = CLASSES[0]
"""Bytes of the quota that a shelf uses by being there."""

_NOBODY = b"\0" * 32
_SIZES = frozenset(CLASSES)


@dataclass(frozen=True, slots=True)
class Keys:
    """A new shelf: its id and the hashes of its two tokens, hex."""

    shelf: str
    read_hash: str
    write_hash: str

    def __post_init__(self) -> None:
        check_id(self.shelf)
        check_token(self.read_hash)
        check_token(self.write_hash)

    def as_bytes(self) -> tuple[bytes, bytes, bytes]:
        """The three as they are stored."""
        return bytes.fromhex(self.shelf), bytes.fromhex(self.read_hash), bytes.fromhex(
            self.write_hash
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shelf somebody showed the right token for."""

    number: int
    invitation: int
    last: int
    day: str


def for_writing(db: sqlite3.Connection, shelf: str, write: str) -> Shelf:
    """The shelf, if `write` is its write token. Raises RelayRefused(UNKNOWN)."""
    return _shown(db, shelf, write, 5)


def for_reading(db: sqlite3.Connection, shelf: str, read: str) -> Shelf:
    """The shelf, if `read` is its read token. Raises RelayRefused(UNKNOWN)."""
    return _shown(db, shelf, read, 4)


def _shown(db: sqlite3.Connection, shelf: str, token: str, column: int) -> Shelf:
    shown = bytes.fromhex(hash_of(token))
    row = db.execute(
        "SELECT number, invitation, last, day, read_hash, write_hash FROM shelf WHERE id = ?",
        (bytes.fromhex(shelf),),
    ).fetchone()
    known = hmac.compare_digest(shown, row[column] if row else _NOBODY)
    if not (known and row):
        raise RelayRefused(UNKNOWN)
    return Shelf(*row[:4])


def make(db: sqlite3.Connection, keys: Keys, invitation: int, quota: int, today: str) -> None:
    """Make a shelf of an invitation; exactly the same shelf again is fine, another is UNKNOWN.

    It uses SHELF_COST of the quota. Raises RelayRefused(FULL) where that is too much.
    """
    shelf, read_hash, write_hash = keys.as_bytes()
    row = db.execute(
        "SELECT invitation, read_hash, write_hash FROM shelf WHERE id = ?", (shelf,)
    ).fetchone()
    if row is not None:
        if row != (invitation, read_hash, write_hash):
            raise RelayRefused(UNKNOWN)
        return
    db.execute(
        "INSERT OR IGNORE INTO account(invitation, quota) VALUES (?, ?)", (invitation, quota)
    )
    _spend(db, invitation, SHELF_COST)
    db.execute(
        "INSERT INTO shelf(id, invitation, read_hash, write_hash, day) VALUES (?, ?, ?, ?, ?)",
        (shelf, invitation, read_hash, write_hash, today),
    )


def more(db: sqlite3.Connection, shelf: str, write: str, keys: Keys, today: str) -> None:
    """Make a further shelf under the quota of one that is there."""
    at = for_writing(db, shelf, write)
    make(db, keys, at.invitation, 0, today)


def put(
    db: sqlite3.Connection, shelf: str, write: str, frame: Frame, today: str
) -> tuple[int, bool]:
    """Keep one blob: its number, and whether it is new. The same again has the same number.

    Raises RelayRefused: UNKNOWN, SIZE, DIFFERS, GONE, FULL.
    """
    at = for_writing(db, shelf, write)
    return _put(db, at, frame, today)


def put_many(
    db: sqlite3.Connection, shelf: str, write: str, frames: tuple[Frame, ...], today: str
) -> tuple[tuple[int, str], ...]:
    """Keep several blobs, one answer each: (number, "") new, (number, "same"), (0, code)."""
    answers: list[tuple[int, str]] = []
    for frame in frames:
        at = for_writing(db, shelf, write)
        try:
            seq, new = _put(db, at, frame, today)
            answers.append((seq, "" if new else "same"))
        except RelayRefused as refused:
            answers.append((0, refused.code))
    if not frames:
        for_writing(db, shelf, write)
    return tuple(answers)


def _put(db: sqlite3.Connection, at: Shelf, frame: Frame, today: str) -> tuple[int, bool]:
    blob, data = bytes.fromhex(frame.blob), frame.data
    if len(data) not in _SIZES:
        raise RelayRefused(SIZE)
    found = db.execute(
        "SELECT seq FROM found WHERE shelf = ? AND id = ?", (at.number, blob)
    ).fetchone()
    if found is not None:
        if not found[0]:
            raise RelayRefused(GONE)
        held = db.execute("SELECT data FROM blob WHERE place = ?", (_place(at, found[0]),))
        if held.fetchone()[0] != data:
            raise RelayRefused(DIFFERS)
        return found[0], False
    _spend(db, at.invitation, len(data))
    seq = at.last + 1
    db.execute("INSERT INTO blob VALUES (?, ?, ?)", (_place(at, seq), blob, data))
    db.execute("INSERT INTO found VALUES (?, ?, ?)", (at.number, blob, seq))
    db.execute("UPDATE shelf SET last = ?, day = ? WHERE number = ?", (seq, today, at.number))
    return seq, True


def _spend(db: sqlite3.Connection, invitation: int, size: int) -> None:
    done = db.execute(
        "UPDATE account SET used = used + ? WHERE invitation = ? AND used + ? <= quota",
        (size, invitation, size),
    )
    if not done.rowcount:
        raise RelayRefused(FULL)


def since(db: sqlite3.Connection, shelf: str, read: str, seq: int, most: int) -> Page:
    """What lies on a shelf after number `seq`, in order: at most `most` blobs and MOST_BYTES.

    At least one comes if there is one. `last` is the highest number the shelf ever gave.
    """
    at = for_reading(db, shelf, read)
    frames: list[Frame] = []
    size = 0
    if seq >= at.last:
        return Page((), at.last)
    rows = db.execute(
        "SELECT place, id, data FROM blob WHERE place > ? AND place <= ? ORDER BY place LIMIT ?",
        (_place(at, seq), _place(at, at.last), max(0, min(most, MOST_FRAMES))),
    )
    for place, blob, data in rows:
        size += len(data) + 28
        if frames and size > MOST_BYTES:
            break
        frames.append(Frame(place & ((1 << SHELF_BITS) - 1), blob.hex(), data))
    rows.close()
    return Page(tuple(frames), at.last)


def delete(db: sqlite3.Connection, shelf: str, write: str, blob: str) -> None:
    """Remove one blob for good; its id is never taken again. Again is fine.

    An id that was never there is remembered too, so that a late copy of it does not come back;
    that uses the quota. Raises RelayRefused: UNKNOWN, FULL (only for an id that is not there).
    """
    at = for_writing(db, shelf, write)
    name = bytes.fromhex(blob)
    found = db.execute(
        "SELECT seq FROM found WHERE shelf = ? AND id = ?", (at.number, name)
    ).fetchone()
    if found is None:
        _spend(db, at.invitation, GONE_COST)
        db.execute("INSERT INTO found VALUES (?, ?, 0)", (at.number, name))
    elif found[0]:
        place = (_place(at, found[0]),)
        size = db.execute("SELECT length(data) FROM blob WHERE place = ?", place).fetchone()[0]
        db.execute("DELETE FROM blob WHERE place = ?", place)
        db.execute("UPDATE found SET seq = 0 WHERE shelf = ? AND id = ?", (at.number, name))
        _give_back(db, at.invitation, size - GONE_COST)


def delete_shelf(db: sqlite3.Connection, shelf: str, write: str) -> None:
    """Remove a shelf and all that lies on it. Afterwards nobody knows it."""
    at = for_writing(db, shelf, write)
    _clear(db, at.number, at.invitation)


def remove_invitation(db: sqlite3.Connection, invitation: int) -> int:
    """Remove every shelf of an invitation in this file; how many there were."""
    numbers = [n for (n,) in db.execute(
        "SELECT number FROM shelf WHERE invitation = ?", (invitation,)
    )]  # fmt: skip
    for number in numbers:
        _clear(db, number, invitation)
    db.execute("DELETE FROM account WHERE invitation = ?", (invitation,))
    return len(numbers)


def unused_since(db: sqlite3.Connection, day: str) -> tuple[int, ...]:
    """Invitations of which no shelf was written to on `day` or later."""
    rows = db.execute(
        "SELECT invitation FROM shelf GROUP BY invitation HAVING max(day) < ? ORDER BY invitation",
        (day,),
    )
    return tuple(number for (number,) in rows)


def _clear(db: sqlite3.Connection, number: int, invitation: int) -> None:
    low, high = number << SHELF_BITS, (number + 1) << SHELF_BITS
    size = db.execute(
        "SELECT coalesce(sum(length(data)), 0) FROM blob WHERE place >= ? AND place < ?",
        (low, high),
    ).fetchone()[0]
    gone = db.execute(
        "SELECT count(*) FROM found WHERE shelf = ? AND seq = 0", (number,)
    ).fetchone()[0]
    db.execute("DELETE FROM blob WHERE place >= ? AND place < ?", (low, high))
    db.execute("DELETE FROM found WHERE shelf = ?", (number,))
    db.execute("DELETE FROM shelf WHERE number = ?", (number,))
    _give_back(db, invitation, size + gone * GONE_COST + SHELF_COST)


def _give_back(db: sqlite3.Connection, invitation: int, size: int) -> None:
    db.execute(
        "UPDATE account SET used = max(0, used - ?) WHERE invitation = ?", (size, invitation)
    )


def _place(at: Shelf, seq: int) -> int:
    return at.number << SHELF_BITS | seq
