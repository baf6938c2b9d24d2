"""Joining two copies of a diary: set union by id, in which tombstones win."""

from pathlib import Path

from landward.model.base import BadInput, Frozen
from landward.model.journal import Copy, differing, join
from landward.vault import rows
from landward.vault.database import Connection, connect, plainly
from landward.vault.errors import Damaged
from landward.vault.strange import refuse_strange_tables, refuse_too_much
from landward.vault.validate import is_fit
from landward.vault.vault import Vault


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
        raise BadInput("these are one and the same vault: nothing to merge")
    refuse_too_much(other.connection(), other.journal)
    return _take_in(vault, copy_of(other.connection(), other.journal))


def merge_conflict_copy(vault: Vault, copy: Path) -> Joined:
    """Take in a second journal.db that a folder-syncing program left; the file stays."""
    if copy.resolve() == vault.journal.resolve():
        raise BadInput("this is the vault's own journal: nothing to merge")
    try:
        connection = connect(copy, vault.key.derive("journal"))
    except Damaged as error:
        raise Damaged(
            f"{copy}: does not open with this vault's key (another vault's, or damaged); "
            "nothing was changed"
        ) from error
    try:
        refuse_strange_tables(connection, copy)
        refuse_too_much(connection, copy)
        return _take_in(vault, copy_of(connection, copy))
    finally:
        connection.close()


def _take_in(vault: Vault, theirs: Copy) -> Joined:
    sound = tuple(entry for entry in theirs.entries if is_fit(entry))
    refused = len(theirs.entries) - len(sound)
    theirs = Copy(entries=sound, tombstones=theirs.tombstones)
    with vault.changing() as connection:
        ours = copy_of(connection, vault.journal)
        joined = join(ours, theirs)
        mine = {entry.id: entry for entry in ours.entries}
        fresh = [entry for entry in joined.entries if mine.get(entry.id) != entry]
        buried = sorted(joined.tombstones - ours.tombstones)
        gone = sum(entry_id in mine for entry_id in buried)
        rows.bury(connection, buried)
        rows.replace(connection, [rows.row_of(entry) for entry in fresh])
    return Joined(
        added=sum(entry.id not in mine for entry in fresh),
        erased=gone,
        refused=refused,
        differing=len(differing(ours.entries, theirs.entries)),
    )
