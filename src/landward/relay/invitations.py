"""Invitations: a code of 80 bits, used once, kept as a hash; a number is all an operator sees."""

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from landward.relay.refused import UNKNOWN, RelayRefused
from landward.relay.shelves import Keys

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TWINS = str.maketrans("OIL", "011", " -\t\r\n")
BITS = 80


@dataclass(frozen=True, slots=True)
class Admitted:
    """An invitation that somebody used: its number and its quota in bytes."""

    number: int
    quota: int


def new_code(random: Callable[[int], bytes]) -> str:
    """Sixteen signs, five bits each, in groups of four; none looks like another."""
    bits = int.from_bytes(random(BITS // 8), "big")
    signs = "".join(_SIGNS[bits >> shift & 31] for shift in range(BITS - 5, -1, -5))
    return "-".join(signs[at : at + 4] for at in range(0, 16, 4))


def hash_of_code(code: str) -> bytes:
    """What is kept of a code, however it was typed. Anything gives a hash, so that all cost one."""
    signs = code.upper().translate(_TWINS)
    return hashlib.sha256(b"landward relay invitation\0" + signs.encode()).digest()


def invite(db: sqlite3.Connection, code: str, quota: int, today: str) -> int:
    """Keep a new invitation; its number."""
    made = db.execute(
        "INSERT INTO invitation(code_hash, quota, made) VALUES (?, ?, ?)",
        (hash_of_code(code), quota, today),
    )
    return int(made.lastrowid or 0)


def use(db: sqlite3.Connection, code: str, keys: Keys) -> Admitted:
    """Use an invitation for one shelf. Again for the very same shelf: the same answer.

    Raises RelayRefused(UNKNOWN) for a code that is wrong, used by another shelf, or removed.
    """
    row = db.execute(
        "SELECT number, quota, shelf, read_hash, write_hash, state FROM invitation "
        "WHERE code_hash = ?",
        (hash_of_code(code),),
    ).fetchone()
    wanted = keys.as_bytes()
    if row is None or row[5] == "removed" or (row[5] == "used" and tuple(row[2:5]) != wanted):
        raise RelayRefused(UNKNOWN)
    if row[5] == "open":
        db.execute(
            "UPDATE invitation SET shelf = ?, read_hash = ?, write_hash = ?, state = 'used' "
            "WHERE number = ?",
            (*wanted, row[0]),
        )
    return Admitted(row[0], row[1])


def remove(db: sqlite3.Connection, number: int) -> bool:
    """Close an invitation for good and forget which shelf it made; whether there was one."""
    done = db.execute(
        "UPDATE invitation SET state = 'removed', shelf = NULL, read_hash = NULL, "
        "write_hash = NULL WHERE number = ? AND state <> 'removed'",
        (number,),
    )
    return bool(done.rowcount)
