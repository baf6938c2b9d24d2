"""After a lock: what was freed is written over, as far as Python lets us.

Python frees memory without clearing it, and keeps it for its own later use. Here every size of
small block is asked for until the freed ones are used up, as zeros, and let go again; then the
system gets back what it can. What this cannot reach is said in SECURITY.md.
"""

import ctypes
import gc
import sys
from contextlib import suppress

SMALL = range(64, 513, 16)
"""The sizes of Python's own blocks that can hold text, their header included."""
LARGE = tuple(2**power for power in range(9, 19))
SMALL_MB, LARGE_MB = 16, 16
MB = 1024**2
OF_LIBRARIES, EACH = range(24, 1100, 16), 300
"""The sizes that the system's own allocator hands out in small pieces, the largest last."""
ONE_ARENA = (-8, 1)
"""glibc's M_ARENA_MAX: all threads free into one place, so that one thread can write over it."""


def keep_freed_together() -> None:
    """At the start of a server: freed memory of all its threads is one pool. glibc only."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(*ONE_ARENA)


def overwrite_freed() -> None:
    """Collect what only refers to itself, and write zeros over what was freed. Some 50 ms."""
    gc.collect()
    header = sys.getsizeof(b"")
    held = [
        [bytes(size - header) for _ in range(SMALL_MB * MB // len(SMALL) // size)] for size in SMALL
    ]
    held += [
        [bytes(size + size // 2) for _ in range(LARGE_MB * MB // len(LARGE) // size)]
        for size in LARGE
    ]
    held.clear()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            _overwrite_of_libraries(ctypes.CDLL(None))


def _overwrite_of_libraries(system: ctypes.CDLL) -> None:
    """The same for what the libraries of this thread freed, the database first among them."""
    system.malloc.restype = ctypes.c_void_p
    system.malloc.argtypes = (ctypes.c_size_t,)
    system.free.argtypes = (ctypes.c_void_p,)
    held = []
    for size in OF_LIBRARIES:
        for _ in range(EACH):  # not calloc: that leaves out what a thread has at hand
            held.append(system.malloc(size))
            if held[-1]:
                ctypes.memset(held[-1], 0, size)
    for place in held:
        system.free(place)
    system.malloc_trim(0)
