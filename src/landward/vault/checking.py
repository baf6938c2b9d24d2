"""`vault check`: read every byte, believe nothing, say what was found."""

import os
import stat
from datetime import datetime

from landward.model.base import BadInput, Frozen
from landward.model.bodies import read_body
from landward.model.said import Words, phrase
from landward.vault import copies, rows, sealed_files
from landward.vault.database import plainly
from landward.vault.errors import Damaged
from landward.vault.header import FILE
from landward.vault.reminders import reminders
from landward.vault.rotation import NEXT
from landward.vault.vault import Vault


class CheckReport(Frozen):
    """What `check` found. `problems` empty means that everything that was saved is there."""

    entries: int
    days: int
    erased: int
    unknown: int
    """Entries of a kind or version this Landward does not know: kept, not shown."""
    set_aside: int
    head: str
    problems: tuple[Words, ...]
    remarks: tuple[Words, ...]


def check_vault(vault: Vault, *, now: datetime) -> CheckReport:
    """Authenticate every page, validate every entry, compare with the journal's own count."""
    problems: list[str] = []
    with vault.mutex, plainly(vault.journal):
        connection = vault.connection()
        if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise Damaged(
                phrase(
                    "{journal}: bytes were changed or lost since Landward wrote them; "
                    "restore a backup (`landward vault restore FILE`)",
                    journal=vault.journal,
                )
            )
        for (line,) in connection.execute("PRAGMA integrity_check"):
            if line != "ok":
                problems.append(phrase("journal.db: {line}", line=line))
        found = connection.execute(rows.SELECT).fetchall()
        buried = [row[0] for row in connection.execute("SELECT id FROM tombstone")]
        count, digest = rows.stored_digest(connection)
    total = sum(map(rows.digest_of_row, found)) + sum(map(rows.digest_of_tombstone, buried))
    if count != len(found) or digest != total % (1 << 128):
        problems.append(
            phrase(
                "the journal should hold {count} entries and holds {count_2} others",
                count=count,
                count_2=len(found),
            )
        )
    unknown = 0
    days = set()
    for row in found:
        entry_id, day = row[0], row[5]
        days.add(day)
        try:
            unknown += read_body(rows.entry_of(row)) is None
        except (ValueError, KeyError, RecursionError, BadInput):
            problems.append(
                phrase("entry {entry_id} of {day} is malformed", entry_id=entry_id, day=day)
            )
    return CheckReport(
        entries=len(found),
        days=len(days),
        erased=len(buried),
        unknown=unknown,
        set_aside=len(list((vault.path / sealed_files.FOLDER / sealed_files.SET_ASIDE).glob("*"))),
        head=vault.head(),
        problems=tuple(problems),
        remarks=_remarks(vault, now),
    )


def _remarks(vault: Vault, now: datetime) -> tuple[str, ...]:
    found = copies.conflict_copies(vault.path)
    known = copies.said_of(vault.path, found) if found else ""
    said = [line for line in vault.notices if line != known]  # each copy has its line below
    said += [
        phrase('other users of this machine can read {path}: `chmod go-rwx "{path}"`', path=path)
        for path in (vault.path, vault.journal, vault.path / FILE)
        if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    said += [
        phrase(
            '{path} is another copy of the journal: `landward vault merge "{path_2}" "{path}"`',
            path=path,
            path_2=vault.path,
        )
        for path in found
    ]
    said += [
        phrase(
            "{path} is another copy of the keys, left by a folder-syncing program: keep keys.json",
            path=path,
        )
        for path in sorted(vault.path.glob("keys*"))
        if path.name != FILE
    ]
    if (vault.path / NEXT).exists():
        said.append(
            phrase("{path} is left over from a change that did not finish", path=vault.path / NEXT)
        )
    said += reminders(vault, now, now.date())
    return tuple(dict.fromkeys(said))
