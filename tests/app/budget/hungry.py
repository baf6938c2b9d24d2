"""Pieces of work that take too much, to be run within a budget."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from landward.model.base import BadInput
from landward.model.proposals import FileReading


def reading(source: str) -> FileReading:
    print("a library's chatter is no answer")
    return FileReading(source=source, zone="UTC", proposals=())


def echo(data: bytes) -> bytes:
    return data[::-1]


def telling(percents: bytes, tell: Callable[[int], None]) -> bytes:
    for percent in percents:
        tell(percent)
    return percents


def greedy(mb: int) -> bytes:
    return bytes(len(bytearray(mb * 1024**2)) % 256)


def greedy_by_crumbs(mb: int) -> bytes:
    kept: list[bytes] = []
    while len(kept) < mb * 16:
        kept.append(bytes(65536))
    return bytes(len(kept) % 256)


def endless() -> bytes:
    while True:
        pass


def asleep(seconds: int) -> bytes:
    time.sleep(seconds)
    return b""


def aborting() -> bytes:
    os.abort()


def refusing(words: str) -> bytes:
    raise BadInput(words)


def faulty(secret: str) -> bytes:
    raise KeyError(secret)


def lying(text: str) -> FileReading:
    return {"source": text}  # the lie is the point


def seen() -> bytes:
    """What such a process could tell of the one that started it."""
    return "\n".join([*(f"{name}={text}" for name, text in os.environ.items()), *sys.argv]).encode()


def writing(path: Path) -> bytes:
    path.write_bytes(b"words of a diary")
    return b"written"


def large(mb: int) -> bytes:
    return b"x" * (mb * 1024**2)
