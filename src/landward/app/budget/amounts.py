"""How much time and memory a piece of work may take."""

import math
import zipfile
from dataclasses import dataclass
from pathlib import Path

MB = 1024**2
PACKED = 4


@dataclass(frozen=True, slots=True)
class Budget:
    """What one piece of work may take. Only processor time counts against `cpu_seconds`; a machine
    that is busy with something else gets `waits` times as long by the clock on the wall.
    """

    cpu_seconds: int = 10
    memory_mb: int = 300
    """All of the process at its peak, Python and our own code included."""
    answer_mb: int = 64
    waits: int = 6
    scratch_mb: int = 0
    """The largest file it may write, into a folder that is gone when it has ended; 0: none."""

    @property
    def wall_seconds(self) -> float:
        """When the work is ended, whatever it is doing."""
        return float(self.cpu_seconds * self.waits + 20)


READING = Budget()
"""For a file of at most 16 MB."""


def reading_budget(path: Path) -> Budget:
    """Ten seconds for every 16 MB begun, of which a zip holds at least four times its own size; the
    memory stays the same however large the file is.
    """
    try:
        size = path.stat().st_size * (PACKED if zipfile.is_zipfile(path) else 1)
    except OSError:
        return READING  # reading it will say in words what is wrong
    return Budget(cpu_seconds=READING.cpu_seconds * max(1, math.ceil(size / (16 * MB))))
