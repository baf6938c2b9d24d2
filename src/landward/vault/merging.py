"""Joining two copies of a diary: set union by id, in which tombstones win."""

import re
from collections.abc import Iterator
from pathlib import Path

from landward.model.base import BadInput, Frozen
from landward.model.entries import Entry
from landward.model.journal import Copy, differing, union
from landward.model.said import phrase
from landward.vault import rows
from landward.vault.database import Connection, connect, plainly
from landward.vault.errors import Damaged
from landward.vault.strange import refuse_strange_tables, refuse_too_much
from landward.vault.validate import is_fit
from landward.vault.vault import Vault

AT_A_TIME = 500
_ID = re.compile(r"[0-9a-f]{32}")


class Joined(Frozen):
    """What merging changed in the first vault."""

    added: int
    erased: int
    refused: int
    """Lines of the other copy that no diary could be folded from: left there, not taken in."""
    differing: int
    """Ids that carried two contents: the one written first was kept."""


def copy_of(connection: Connection, path: Path) -> Copy:
    """Everything in one journal: its entries and its tombstones."""
    with plainly(path):
        entries = rows.read_entries(connection)
        buried = frozenset(row[0] for row in connection.execute("SELECT id FROM tombstone"))
    return Copy(entries=entries, tombstones=buried)


def merge_vaults(vault: Vault, other: Vault) -> Joined:
    """Take everything `other` holds into `vault`; `other` stays as it is.

    Doing it again changes nothing, and merging either way round gives equal heads.
    """
    if vault.path.resolve() == other.path.resolve():
        raise BadInput(phrase("these are one and the same vault: nothing to merge"))
    refuse_too_much(other.connection(), other.journal)
    return _take_in(vault, other.connection(), other.journal)


def merge_conflict_copy(vault: Vault, copy: Path) -> Joined:
    """Take in a second journal.db that a folder-syncing program left; the file stays."""
    if copy.resolve() == vault.journal.resolve():
        raise BadInput(phrase("this is the vault's own journal: nothing to merge"))
    try:
        connection = connect(copy, vault.key.derive("journal"))
    except Damaged as error:
        raise Damaged(
            phrase(
                "{copy}: does not open with this vault's key (another vault's, or "
                "damaged); nothing was changed",
                copy=copy,
            )
        ) from error
    try:
        refuse_strange_tables(connection, copy)
        refuse_too_much(connection, copy)
        return _take_in(vault, connection, copy)
    finally:
        connection.close()


def _take_in(vault: Vault, theirs: Connection, journal: Path) -> Joined:
    """Row by row: of the other journal no more than a few hundred lines are held at a time."""
    with plainly(journal):
        buried = frozenset(row[0] for row in theirs.execute("SELECT id FROM tombstone"))
    added = refused = differ = 0
    with vault.changing() as connection:
        ours = copy_of(connection, vault.journal)
        mine = {entry.id: entry for entry in ours.entries}
        dead = buried | ours.tombstones
        new_graves = sorted(filter(_ID.fullmatch, buried - ours.tombstones))
        rows.bury(connection, new_graves)
        for batch in _batches(theirs, journal):
            fresh = []
            for entry in batch:
                if entry is None or not is_fit(entry):
                    refused += 1
                    continue
                known = mine.get(entry.id)
                differ += known is not None and bool(differing([known], [entry]))
                kept = entry if known is None else union([known], [entry])[0]
                if kept != known and entry.id not in dead:
                    fresh.append(kept)
                    added += known is None
            rows.replace(connection, map(rows.row_of, fresh))
    gone = sum(entry_id in mine for entry_id in new_graves)
    return Joined(added=added, erased=gone, refused=refused, differing=differ)


def _batches(theirs: Connection, journal: Path) -> Iterator[list[Entry | None]]:
    """Every row of another journal, of one moment; None for what is no entry. Raises Damaged where
    there are not as many as there should be.
    """
    read = 0
    with plainly(journal):
        theirs.execute("BEGIN")
        try:
            count = rows.stored_digest(theirs)[0]
            found = theirs.execute(rows.SELECT_ANY)
            while some := found.fetchmany(AT_A_TIME):
                read += len(some)
                yield [_entry(row) for row in some]
        finally:
            if theirs.in_transaction:
                theirs.execute("COMMIT")
    if read != count:
        raise Damaged(
            phrase(
                "{journal}: its pages are of two different times; nothing was changed",
                journal=journal,
            )
        )


def _entry(row: rows.Row) -> Entry | None:
    try:
        return rows.entry_of(row)
    except (ValueError, RecursionError, TypeError):
        return None
