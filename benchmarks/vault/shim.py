"""Building the shim between this program and the C library, and arming it.

`ready` starts the same program again with the shim loaded; it needs a C compiler. Everything that
changes a file passes it, SQLite's writes too.
"""

import ctypes
import errno
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
KILL_BEFORE, KILL_AFTER = -1, -2
FAULTS = {
    "ENOSPC": errno.ENOSPC,
    "EROFS": errno.EROFS,
    "EIO": errno.EIO,
    "SIGKILL before": KILL_BEFORE,
    "SIGKILL after": KILL_AFTER,
}


def compiler() -> str | None:
    """A C compiler, or None."""
    return next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)


def build(folder: Path) -> Path:
    """Compile the shim into `folder`."""
    made, cc = folder / "shim.so", compiler()
    if cc is None:
        raise RuntimeError("this needs a C compiler (Debian: apt install gcc)")
    command = [cc, "-shared", "-fPIC", "-O1", "-w", "-o", str(made), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True)
    return made


def environment(made: Path) -> dict[str, str]:
    """The environment of a program that runs with the shim."""
    return {**os.environ, "LD_PRELOAD": str(made), "LANDWARD_SHIM": str(made)}


def run_with_shim(program: Path, arguments: list[str], folder: Path) -> int:
    """Run a Python program with the shim between it and the C library."""
    command = [sys.executable, str(program), *arguments]
    return subprocess.run(command, env=environment(build(folder)), check=False).returncode


@dataclass(frozen=True)
class Fault:
    """What happens at the `at`-th call that changes a file (from 1); at 0, nothing."""

    name: str = ""
    at: int = 0
    from_then_on: bool = False


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(os.environ["LANDWARD_SHIM"])
    library.shim_seen.restype = library.shim_hits.restype = ctypes.c_long
    library.shim_arm.argtypes = (
        ctypes.c_char_p, ctypes.c_long, ctypes.c_int, ctypes.c_int, ctypes.c_int,
    )  # fmt: skip
    return library


def arm(root: Path, fault: Fault, record: int = -1) -> None:
    """From now on calls that change files under `root` are counted, may fail, may be recorded."""
    error = FAULTS.get(fault.name, 0)
    _library().shim_arm(
        str(root.resolve()).encode(), fault.at, error, int(fault.from_then_on), record
    )


def disarm() -> tuple[int, int]:
    """Stop. Returns how many such calls there were, and how many failed."""
    seen, hits = int(_library().shim_seen()), int(_library().shim_hits())
    _library().shim_disarm()
    return seen, hits


def mark(what: str) -> None:
    """Write a word into the record: what the person was told just now."""
    _library().shim_mark(what.encode())
