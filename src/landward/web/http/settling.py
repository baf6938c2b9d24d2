"""What keeps one thread of Python from stopping all others for long.

A search of the whole memory for what refers only to itself stops every thread, Help now and Lock
too: a fifth of a second with a diary of ten years open, most of it spent on libraries that never
go. So what stands when the app has loaded is set aside for good, and diaries as they are read
(`collector_resting`): values, of which nothing refers back to itself; they go when the last one
lets go of them. What does refer to itself is found by a search after a lock, when nobody has
asked for anything for a while.
"""

import gc
import sys

from landward.model.collector import Aside

BRIEF_S = 0.0005
"""How long one thread of Python may keep the others waiting; ten times as long unless said."""


def take_short_turns() -> None:
    """Several readings at once must not keep an answer waiting at each of its steps."""
    sys.setswitchinterval(BRIEF_S)


def settle() -> int:
    """Search everything once, and set aside what is left. How many objects were let go of."""
    gc.unfreeze()
    found = gc.collect()
    gc.freeze()
    Aside.kept = True
    return found


def is_settled() -> bool:
    """Whether this process has set anything aside: only a server does."""
    return Aside.kept
