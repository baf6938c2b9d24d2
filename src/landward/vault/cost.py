"""How much work one guess at a passphrase costs (argon2id), fitted to this machine."""

import time
from collections.abc import Callable
from typing import Annotated

from nacl.pwhash import argon2id
from pydantic import Field

from landward.model.base import Frozen

MIB = 1024 * 1024
CEILING_BYTES = 2048 * MIB
"""A header that asks for more memory than this is refused: it would only take the machine down."""
CEILING_OPS = 64
TARGET_S = 0.7


class Cost(Frozen):
    """argon2id parameters: passes over the memory, and the memory itself."""

    ops: Annotated[int, Field(ge=argon2id.OPSLIMIT_MIN, le=CEILING_OPS)]
    memory_bytes: Annotated[int, Field(ge=argon2id.MEMLIMIT_MIN, le=CEILING_BYTES)]


FLOOR = Cost(ops=3, memory_bytes=64 * MIB)
"""No vault made for a person costs less to guess at than this (RFC 9106's second choice)."""
CEILING = Cost(ops=3, memory_bytes=1024 * MIB)
CHEAPEST = Cost(ops=1, memory_bytes=8192)
"""For secrets that are random already (recovery words), and for tests that say so."""


def stretch(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    """A 32-byte key from `secret`. `salt` is 16 bytes."""
    return argon2id.kdf(32, secret, salt, opslimit=cost.ops, memlimit=cost.memory_bytes)


def calibrate(clock_s: Callable[[], float] = time.perf_counter, target_s: float = TARGET_S) -> Cost:
    """The cost that takes about `target_s` here: memory doubled from the floor while it fits."""
    cost = FLOOR
    while cost.memory_bytes < CEILING.memory_bytes:
        start = clock_s()
        try:
            stretch(b"calibration", b"0123456789abcdef", cost)
        except (MemoryError, RuntimeError):  # libsodium could not have the memory: step back
            return Cost(ops=cost.ops, memory_bytes=max(FLOOR.memory_bytes, cost.memory_bytes // 2))
        if 2 * (clock_s() - start) > target_s:
            return cost
        cost = Cost(ops=cost.ops, memory_bytes=cost.memory_bytes * 2)
    return cost
