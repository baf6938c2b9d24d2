"""Writing files so that a crash leaves the old one or the new one, never half of either."""

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from landward.model.said import phrase
from landward.vault.errors import CouldNotSave, NotConfirmed

PRIVATE = 0o600
A_DAY_S = 24 * 3600.0
PRIVATE_FOLDER = 0o700


@contextmanager
def saving(what: Path) -> Iterator[None]:
    """Turn the disk's refusals into one clear line that names `what`."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or phrase("the disk refused")).lower()
        raise CouldNotSave(
            phrase(
                "{what}: could not be written ({reason}); nothing was changed",
                what=what,
                reason=reason,
            )
        ) from error


@contextmanager
def confirming(what: Path) -> Iterator[None]:
    """For the last step, when `what` is in its place already: what the disk refuses here may be so
    all the same. Says that instead of “nothing was changed”.
    """
    try:
        yield
    except OSError as error:
        raise unconfirmed(what, (error.strerror or phrase("the disk refused")).lower()) from error


def unconfirmed(what: Path, reason: str) -> NotConfirmed:
    """What to say then."""
    return NotConfirmed(
        phrase(
            "{what}: written, but the disk would not confirm that it lasts "
            "({reason}); look whether it is there before you rely on it",
            what=what,
            reason=reason,
        )
    )


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_all(handle: int, data: bytes) -> None:
    """os.write until every byte is taken."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def write_new(path: Path, data: bytes) -> None:
    """Create `path` (mode 600, must not exist) and make its bytes durable."""
    handle = os.open(
        path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), PRIVATE
    )
    try:
        write_all(handle, data)
        os.fsync(handle)
    except BaseException:
        os.close(handle)
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    os.close(handle)


def read_plain_file(path: Path | str, most_bytes: int) -> bytes | None:
    """The bytes of a small file somebody else put there; None for what is no such file.

    A folder, a pipe, a link or a device in its place, one that is too large and one that may not
    be read are None, and never waited for. Raises FileNotFoundError.
    """
    try:
        if not _REFUSES_LINKS and not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        handle = os.open(path, _CAREFULLY)
        try:
            found = os.fstat(handle)
            plain = stat.S_ISREG(found.st_mode) and found.st_size <= most_bytes
            data = _whole(handle, most_bytes, found.st_size) if plain else None
        finally:
            os.close(handle)
    except FileNotFoundError:
        raise
    except OSError:
        return None
    return data if data is not None and len(data) <= most_bytes else None


_REFUSES_LINKS = getattr(os, "O_NOFOLLOW", 0)
_CAREFULLY = (
    os.O_RDONLY | _REFUSES_LINKS | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


def _whole(handle: int, most_bytes: int, size: int) -> bytes:
    """What a file of some `size` holds, or the first of more than `most_bytes`."""
    data = os.read(handle, min(size, most_bytes) + 1)
    while len(data) < size and (more := os.read(handle, most_bytes + 1 - len(data))):
        data += more
    return data


def open_now(path: Path) -> IO[bytes]:
    """A file opened for reading without waiting for anybody: a pipe put in its place is empty."""
    return open(path, "rb", opener=lambda name, how: os.open(name, how | _NOT_WAITING))


_NOT_WAITING = getattr(os, "O_NONBLOCK", 0)


def sweep(folder: Path, now: datetime) -> None:
    """Remove halves of files that a killed program left in `folder` more than a day ago.

    They were never acknowledged, and their whole counterparts exist or never will. Younger ones
    may be another program's work in progress. A folder that cannot be written is left alone.
    """
    for path in folder.glob("*.part"):
        with suppress(OSError):
            if path.is_file() and now.timestamp() - path.stat().st_mtime > A_DAY_S:
                path.unlink()


def write_atomically(path: Path, data: bytes) -> None:
    """Replace `path` by `data`: write beside it, fsync, rename, fsync the folder. Mode 600.

    Raises CouldNotSave; the old file is then untouched.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with saving(path):
        try:
            write_new(beside, data)
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
    with confirming(path):
        sync_folder(path.parent)


def second_name(path: Path, name: Path) -> None:
    """Let `name` be the same file as `path`; a copy where the file system knows no second names."""
    try:
        os.link(path, name)
    except OSError:
        write_new(name, path.read_bytes())
