"""Where compiled arithmetic is kept for one user, and whether it is there yet. Loads no numba.

Never the package's own folder, which may belong to somebody else. `NUMBA_CACHE_DIR`, when set, is
respected.
"""

import hashlib
import os
import stat
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

_ENGINES = Path(__file__).parent
_KERNELS = (_ENGINES / "_numba.py", _ENGINES / "patterns" / "kernel.py")
"""What a reading waits for the first time; the lab compiles its own when it is first run."""


def cache_folder() -> Path | None:
    """A writable folder that is this user's own, or None where there is none (then: no caching)."""
    given = os.environ.get("NUMBA_CACHE_DIR")
    if given:
        return _writable(Path(given))
    usual = _writable(user_cache_path("landward", appauthor=False) / "numba")
    return usual or _private(Path(tempfile.gettempdir()) / f"landward-{_user()}")


def is_compiled() -> bool:
    """Whether this Python, this numba and this source have been compiled here before."""
    folder = cache_folder()
    return folder is not None and (folder / _stamp()).exists()


def note_compiled() -> None:
    """Remember that everything a reading needs is compiled."""
    folder = cache_folder()
    if folder is not None:
        (folder / _stamp()).touch()


def _stamp() -> str:
    parts = [sys.version, version("numba"), str(_ENGINES)]
    for kernel in _KERNELS:
        found = kernel.stat()
        parts += [str(found.st_mtime_ns), str(found.st_size)]
    return "ready-" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _writable(folder: Path) -> Path | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def _private(folder: Path) -> Path | None:
    """A folder in a place everyone can write to is taken only where it is ours and closed:
    compiled code of a stranger would be run."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    if not stat.S_ISDIR(found.st_mode):
        return None
    if hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o077):
        return None
    return folder


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "own"
