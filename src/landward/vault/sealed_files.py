"""Sealed files as they lie in the inbox: listed by name, taken away, set aside.

Thousands of them may lie there at an unlocking, whoever left them. So they go by their names as
text here, and at most so many are taken in at once: first what this installation put there itself,
which the end of its name proves, then what came first. No flood delays the person's own lines.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from landward.model.said import counted
from landward.vault.files import PRIVATE_FOLDER
from landward.vault.header import Header

FOLDER = "inbox"
SET_ASIDE = "unreadable"
SEALED, REJECTED = ".sealed", ".rejected"
MOST_AT_ONCE = 1000
"""What one unlocking takes in. The rest stays sealed, is said, and is taken in the next time."""

Who = Literal["here", "phone", "anybody"]
TURNS: tuple[Who, ...] = ("here", "phone", "anybody")
"""Who sealed a file: this installation, a phone that handed it over here, or nobody known."""


def listed(place: Path) -> tuple[str, ...]:
    """The sealed files that lie in a folder, in name order."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(place) as found:
        return tuple(sorted(one.path for one in found if one.name.endswith(SEALED)))
    return ()


def to_take_in(folder: Path, header: Header) -> tuple[str, ...]:
    """What lies in the inbox, and what was set aside for a box nobody knew then, but this header
    does: that gets another try.
    """
    boxes = header.all_boxes
    aside = listed(folder / FOLDER / SET_ASIDE)
    return (*listed(folder / FOLDER), *(path for path in aside if box_of(path) in boxes))


def first_in_turn(files: tuple[str, ...], most: int, own: bytes | None) -> tuple[str, ...]:
    """At most so many of these files: those `own`, this installation's secret, named, then those
    that came first. All of them stay as they are.
    """
    if len(files) <= most:
        return files
    return tuple(sorted(files, key=lambda path: _turn(path, own))[:most])


def _turn(path: str, own: bytes | None) -> tuple[int, float, str]:
    try:
        return (TURNS.index(who_named(path, own)), os.lstat(path).st_mtime, path)
    except OSError:  # taken in by another program: reading it will find out
        return (len(TURNS), 0.0, path)


def name_for(box_id: str, entry_id: str, own: bytes | None, who: Who) -> str:
    """A name nobody can foresee, so that nobody can lie in its way; `own` marks `who` sealed it."""
    start = f"{box_id}.{entry_id}.{secrets.token_hex(4)}"
    return start + (_mark(start, own, who) if own else "") + SEALED


def who_named(path: str, own: bytes | None) -> Who:
    """Whose sealed file this is, as its name proves to whoever holds `own`."""
    name = os.path.basename(path).removesuffix(SEALED)  # noqa: PTH119 - thousands of files
    start, mark = name[:-8], name[-8:].encode()
    if own is not None:
        for who in TURNS[:2]:
            if hmac.compare_digest(mark, _mark(start, own, who).encode()):
                return who
    return "anybody"


def _mark(start: str, own: bytes, who: Who) -> str:
    return hmac.new(own, f"landward name {who} {start}".encode(), hashlib.sha256).hexdigest()[:8]


def box_of(path: str | Path) -> str:
    """The id of the box a sealed file was left in, as its name says."""
    return os.path.basename(path).split(".", 1)[0]  # noqa: PTH119 - thousands at an unlocking


def set_aside(folder: Path, files: Iterable[str], header: Header) -> None:
    """Keep what cannot be opened, out of the way of the vault at `folder`, never deleted.

    A file for an unknown box keeps its name: it may be for keys that come back. One that its own
    box could not open is renamed, so that it is not tried at every unlocking.
    """
    place = folder / FOLDER / SET_ASIDE
    place.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    boxes, into = header.all_boxes, str(place)
    for path, name in _named(files):
        kept = name.removesuffix(SEALED) + REJECTED if box_of(name) in boxes else name
        with suppress(FileNotFoundError):  # another program has set it aside
            os.replace(path, os.path.join(into, kept))  # noqa: PTH105, PTH118 - thousands of files


def take_away(files: Iterable[str]) -> None:
    """Remove sealed files whose lines the journal holds."""
    for path in files:
        with suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108 - thousands of files


def _named(files: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((path, os.path.basename(path)) for path in files)  # noqa: PTH119 - thousands of files


def said_of(folder: Path, strange: int, left: int) -> Iterator[str]:
    """What to tell the person of files that could not be read, and of those left for next time."""
    if strange:
        yield (
            counted(
                strange,
                "{count} sealed entry could not be read and is kept apart: Settings shows them, "
                "or `landward vault waiting {folder}`",
                "{count} sealed entries could not be read and are kept apart: Settings shows "
                "them, or `landward vault waiting {folder}`",
                folder=folder,
            )
        )
    if left:
        yield (
            counted(
                left,
                "{count} more sealed line lies in the inbox: {most} are taken in at a time, yours "
                "first. Nothing is lost: the next unlocking takes in more",
                "{count} more sealed lines lie in the inbox: {most} are taken in at a time, yours "
                "first. Nothing is lost: the next unlocking takes in more",
                most=MOST_AT_ONCE,
            )
        )
