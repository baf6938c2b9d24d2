"""Letting the garbage collector rest while ten years of entries are being made.

It would search them for cycles over and over as they grow, and values have none. A fifth of the
time to open a long diary goes into that.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_resting() -> Iterator[None]:
    """Inside, no cycles are collected; afterwards everything is as it was."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
