"""Letting the garbage collector rest while ten years of entries are being made.

It would search them for cycles over and over as they grow, and values have none. A third of the
time to open a long diary would go into that.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


class Aside:
    """Whether this process keeps things set aside for good: only the app's server does. Python can
    say how many they are, but walks over all of them to count.
    """

    kept = False


@contextmanager
def collector_resting() -> Iterator[None]:
    """Inside, no cycles are collected; afterwards what was made counts as old already.

    Else the first collection after would search all of it, at once. Freezing and thawing moves
    everything to the oldest generation without looking at it: the next full collection does. In a
    process that keeps things set aside already it is set aside with them.
    """
    collecting, settled = gc.isenabled(), Aside.kept
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.freeze()
            if not settled:
                gc.unfreeze()
            gc.enable()
