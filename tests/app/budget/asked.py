"""What test_worker has worked out in another process."""

import os
import time

from landward.model.base import BadInput, Frozen


class Asked(Frozen):
    numbers: tuple[float | None, ...]


class Told(Frozen):
    numbers: tuple[float | None, ...]
    pid: int


def loaded() -> None:
    """Nothing to load."""


def tell(asked: Asked) -> Told:
    if not asked.numbers:
        raise BadInput("no numbers at all")
    return Told(numbers=asked.numbers, pid=os.getpid())


def leave(asked: Asked) -> Told:
    os._exit(7)


def wait(asked: Asked) -> Told:
    time.sleep(asked.numbers[0] or 0)
    return tell(asked)
