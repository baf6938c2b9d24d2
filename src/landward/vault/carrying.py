"""What came from the person's other devices, and what waits for them: one durable change.

Entries join as in any merge: by id, tombstones win, and of two contents under one id the one
written first is kept. The small facts that say what was taken belong to the same transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from landward.model.entries import Entry
from landward.model.journal import union
from landward.vault import facts as small
from landward.vault import rows
from landward.vault.database import plainly
from landward.vault.earlier import ERASING, finish_erasing
from landward.vault.errors import Busy
from landward.vault.vault import Vault

OUT = "together out "
"""How the facts begin that hold sealed pieces until a relay has them."""


def graves(vault: Vault) -> frozenset[str]:
    """The ids that were erased for good."""
    with vault.mutex, plainly(vault.journal):
        return frozenset(row[0] for row in vault.connection().execute("SELECT id FROM tombstone"))


def change(
    vault: Vault,
    facts: Mapping[str, str | None],
    entries: Sequence[Entry] = (),
    buried: Iterable[str] = (),
) -> tuple[int, int]:
    """Join entries, bury ids, keep or (None) drop facts: all of it durable, or nothing.

    Returns how many entries were new, and how many of the vault's own went.
    """
    with vault.changing() as connection:
        fresh_graves = sorted(set(buried) - graves(vault))
        gone = 0
        if fresh_graves:
            gone = sum(_there(vault, entry_id) for entry_id in fresh_graves)
            rows.bury(connection, fresh_graves)
        added = _join(vault, entries) if entries else 0
        kept = [(name, text) for name, text in facts.items() if text is not None]
        if gone:
            kept.append((ERASING, "yes"))
        for name in (name for name, text in facts.items() if text is None):
            connection.execute("DELETE FROM fact WHERE name = ?", (name,))
        small.put(connection, kept)  # the sum of all facts is worked out once
    return added, gone


def erase_rest(vault: Vault) -> None:
    """Let go of earlier forms that still hold what another device erased; tried again at the next
    unlocking where another program is in the way.
    """
    with suppress(Busy), vault.alone():
        finish_erasing(vault)


def _join(vault: Vault, entries: Sequence[Entry]) -> int:
    connection = vault.connection()
    dead = {row[0] for row in connection.execute("SELECT id FROM tombstone")}
    added, fresh = 0, []
    for entry in union(entries):
        if entry.id in dead:
            continue
        there = connection.execute(rows.SELECT_ONE, (entry.id,)).fetchone()
        if there is None:
            added += 1
            fresh.append(entry)
        else:
            old = rows.entry_of(there)
            kept = union([old], [entry])[0]
            if kept != old:
                fresh.append(kept)
    rows.replace(connection, map(rows.row_of, fresh))
    return added


def _there(vault: Vault, entry_id: str) -> bool:
    return vault.connection().execute(rows.SELECT_ONE, (entry_id,)).fetchone() is not None
