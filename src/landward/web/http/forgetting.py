"""After a lock: what was freed is written over, as far as Python lets us.

Python frees memory without clearing it, and keeps it for its own later use. Here every size of
small block is asked for, as zeros, until the freed ones are used up, and let go again; then the
system gets back what it can. What libraries free is written over by the system's own allocator, the
moment they free it, but for the few pieces that each thread keeps at hand: those each thread writes
over by itself. What this cannot reach is said in SECURITY.md.
"""

import ctypes
import gc
import sys
from bisect import bisect_right
from contextlib import suppress
from pathlib import Path

PAGES_FIRST = 480
"""It takes every page of Python's own that is wholly free, and leaves no more than 16 bytes at the
end of one that anything else could have stood in (16,320 bytes of a page are 34 times 480)."""
SMALL = (PAGES_FIRST, *range(16, 513, 16))
"""The sizes of Python's own blocks."""
BYTES_FROM = 48
"""The smallest block that bytes can be; smaller ones are asked for as what a bytearray holds."""
LARGE = tuple(2**power for power in range(9, 19))
MB = 1024**2
LARGE_EACH = 16 * MB // len(LARGE)
STEP_BYTES, MOST_STEPS, STEPS_UNSEEN = MB // 8, 8192, 4
"""What is asked for at a time of one size; how often at most, and where nothing can be seen."""
Block = bytes | bytearray
AT_HAND, EACH = range(24, 1100, 16), 16
"""The sizes that a thread keeps at hand when it frees them, and more than it keeps of each."""
ONE_ARENA = (-8, 1)
"""glibc's M_ARENA_MAX: all threads free into one place, so that one thread can write over it."""
FILL_FREED = (-6, 0xFF)
"""glibc's M_PERTURB: what is freed is filled with this, what is handed out with its opposite."""


def keep_freed_together() -> None:
    """At the start of a server: freed memory of all its threads is one pool, and what libraries
    free is written over there and then. glibc only.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            system = ctypes.CDLL(None)
            system.mallopt(*ONE_ARENA)
            system.mallopt(*FILL_FREED)


def overwrite_freed() -> None:
    """Collect what only refers to itself, and write zeros over what was freed. Some 50 ms, and
    longer after a long diary.
    """
    gc.collect()
    ours = _mapped()
    held: list[list[Block | None]] = []
    for size in SMALL:
        _use_up(size, held, ours)
    held.extend([bytes(size + size // 2) for _ in range(LARGE_EACH // size)] for size in LARGE)
    held.clear()
    overwrite_at_hand()
    _give_back()


def overwrite_at_hand() -> None:
    """Write zeros over the pieces that this thread freed and keeps for itself. Some ms."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            system = ctypes.CDLL(None)
            system.malloc.restype = ctypes.c_void_p
            system.malloc.argtypes = (ctypes.c_size_t,)
            system.free.argtypes = (ctypes.c_void_p,)
            held = []
            for size in AT_HAND:
                for _ in range(EACH):  # not calloc: that leaves out what a thread has at hand
                    held.append(system.malloc(size))
                    if held[-1]:
                        ctypes.memset(held[-1], 0, size)
            for place in held:
                system.free(place)


def _use_up(size: int, held: list[list[Block | None]], ours: tuple[int, ...]) -> None:
    """Hold blocks of one size until one stands in memory that is not `ours`: mapped only now.

    Python takes a freed block of the size first, then any free page, and only when there is none
    asks for new memory: then nothing freed of this size is left. Where it cannot be seen what is
    ours, a fixed amount is asked for.
    """
    small = size < BYTES_FROM
    kind, length = (bytearray, size - 1) if small else (bytes, size - sys.getsizeof(b""))
    number = STEP_BYTES // size
    for _ in range(MOST_STEPS if ours else STEPS_UNSEEN):
        here: list[Block | None] = [None] * number
        held.append(here)
        for place in range(number):
            here[place] = kind(length)
        # Between two borders: an odd number of them lies below.
        if ours and bisect_right(ours, _stands_at(here[-1])) % 2 == 0:
            return


def _stands_at(block: Block | None) -> int:
    """The address of a block."""
    if isinstance(block, bytearray):
        return ctypes.addressof(ctypes.c_char.from_buffer(block))
    return id(block)


def _mapped() -> tuple[int, ...]:
    """The borders of all memory of this process, ascending: begin, end, begin, end. Empty where
    the system does not say.
    """
    with suppress(OSError, ValueError):
        lines = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines()
        return tuple(int(one, 16) for line in lines for one in line.split()[0].split("-"))
    return ()


def _give_back() -> None:
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
