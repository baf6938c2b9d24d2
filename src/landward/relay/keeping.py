"""What whoever runs a relay does with its folder: look, check, copy. Works while it is served.

Each file is read as it was at one moment. Nothing here can say whose a shelf is or what lies on it.
"""

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from landward.relay.shelves import GONE_COST, SHELF_COST
from landward.relay.store import files_of
from landward.relay.tables import LIST, SHELF_BITS, opened
from landward.relay.wire import CLASSES


class Taken(Exception):
    """The place a copy should go to is not an empty folder."""


@dataclass(frozen=True, slots=True)
class Use:
    """One invitation, as an operator can see it. Days are ISO, "" for none; sizes are bytes."""

    number: int
    state: str
    made: str
    quota: int
    used: int
    shelves: int
    blobs: int
    last: str


@dataclass(frozen=True, slots=True)
class Usage:
    """All of it: invitations, how many blobs of which size, and bytes on the disk."""

    invitations: tuple[Use, ...]
    sizes: tuple[tuple[int, int], ...]
    on_disk: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not fit, and where: a file's name and a code."""

    file: str
    code: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check looked at, and what it found."""

    files: int
    blobs: int
    faults: tuple[Fault, ...]


@contextmanager
def _looking(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(opened(path)) as db:
        db.execute("PRAGMA query_only = ON")
        db.execute("BEGIN")
        yield db


def usage(folder: Path) -> Usage:
    """Everything that can be seen. Raises NotARelay."""
    files = files_of(folder)
    seen: dict[int, tuple[int, int, int, str]] = {}
    sizes: Counter[int] = Counter()
    for path in files:
        with _looking(path) as db:
            sizes.update(dict(db.execute("SELECT length(data), count(*) FROM blob GROUP BY 1")))
            blobs = dict(db.execute("SELECT place >> :bits, count(*) FROM blob GROUP BY 1", _FIXED))
            used = dict(db.execute("SELECT invitation, used FROM account"))
            for invitation, number, day in db.execute(
                "SELECT invitation, number, day FROM shelf ORDER BY number"
            ):
                before = seen.get(invitation, (0, 0, 0, ""))
                seen[invitation] = (
                    used[invitation], before[1] + 1, before[2] + blobs.get(number, 0),
                    max(before[3], day),
                )  # fmt: skip
    with _looking(folder / LIST) as db:
        rows = db.execute("SELECT number, state, made, quota FROM invitation ORDER BY number")
        invitations = tuple(
            Use(number, state, made, quota, *seen.get(number, (0, 0, 0, "")))
            for number, state, made, quota in rows
        )
    return Usage(invitations, tuple(sorted(sizes.items())), disk_of(folder))


def disk_of(folder: Path) -> int:
    """Bytes of all files of a relay's folder, their logs too."""
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


def check(folder: Path) -> Checked:
    """Read every page of every file, and whether its parts fit each other. Raises NotARelay."""
    files = files_of(folder)
    faults: list[Fault] = []
    count = 0
    for path in (folder / LIST, *files):
        try:
            with _looking(path) as db:
                if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                    faults.append(Fault(path.name, "pages"))
                elif path.name != LIST:
                    count += db.execute("SELECT count(*) FROM blob").fetchone()[0]
                    faults += (Fault(path.name, code) for code in _misfits(db))
        except sqlite3.DatabaseError:
            faults.append(Fault(path.name, "pages"))
    return Checked(1 + len(files), count, tuple(faults))


_FIXED = {
    "bits": SHELF_BITS, "low": (1 << SHELF_BITS) - 1, "sizes": json.dumps(CLASSES),
    "shelf_cost": SHELF_COST, "gone_cost": GONE_COST,
}  # fmt: skip
_MISFITS = {
    "sizes": """
        SELECT 1 FROM blob WHERE length(data) NOT IN (SELECT value FROM json_each(:sizes))""",
    "ids": """
        SELECT 1 FROM blob LEFT JOIN found ON shelf = place >> :bits AND found.id = blob.id
        WHERE seq IS NOT place & :low
        UNION ALL SELECT 1 FROM found LEFT JOIN blob ON place = shelf << :bits | seq
        WHERE seq > 0 AND blob.id IS NOT found.id""",
    "shelves": """
        SELECT 1 FROM found LEFT JOIN shelf ON number = shelf WHERE number IS NULL
        UNION ALL SELECT 1 FROM blob LEFT JOIN shelf ON number = place >> :bits
        WHERE number IS NULL OR place & :low > last""",
    "quota": """
        SELECT 1 FROM account WHERE used <>
        (SELECT count(*) * :shelf_cost FROM shelf WHERE shelf.invitation = account.invitation) +
        (SELECT coalesce(sum(length(data)), 0) FROM shelf JOIN blob
         ON place BETWEEN number << :bits AND number << :bits | :low
         WHERE shelf.invitation = account.invitation) +
        (SELECT count(*) * :gone_cost FROM shelf JOIN found ON shelf = number AND seq = 0
         WHERE shelf.invitation = account.invitation)""",
}
"""What must find nothing, by the code of the fault."""


def _misfits(db: sqlite3.Connection) -> Iterator[str]:
    for code, query in _MISFITS.items():
        if db.execute(f"{query} LIMIT 1", _FIXED).fetchone():
            yield code


def backup(folder: Path, target: Path) -> int:
    """Copy a relay into a new or empty folder; the bytes written. Raises NotARelay, Taken, OSError.

    The list of invitations is copied last: an invitation used in between counts as used, and its
    device asks again. A copy appears under its name only when it is whole.
    """
    files = files_of(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Taken
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = os.umask(0o077)
    try:
        for path in (*files, folder / LIST):
            part = target / f"{path.name}.part"
            with closing(opened(path)) as db, closing(sqlite3.connect(part)) as copy:
                db.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            with part.open("rb+") as written:
                os.fsync(written.fileno())
            part.rename(target / path.name)
    except sqlite3.Error as error:
        raise OSError(str(error)) from error
    finally:
        os.umask(before)
    return disk_of(target)


def forget(folder: Path) -> None:
    """Empty the logs beside the files, so that what was removed lies nowhere any more."""
    for path in (*files_of(folder), folder / LIST):
        with closing(opened(path)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
