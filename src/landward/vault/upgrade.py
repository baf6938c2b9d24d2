"""Bringing an older journal to this version's tables: a backup first, then one step at a time."""

from datetime import datetime
from typing import TYPE_CHECKING

from landward.vault import migrations
from landward.vault.database import plainly
from landward.vault.rotation import copy_journal
from landward.vault.turnstile import holding

if TYPE_CHECKING:
    from landward.vault.vault import Vault

Steps = tuple[tuple[str, tuple[str, ...]], ...]


def bring_up_to_date(vault: "Vault", now: datetime, steps: Steps = migrations.STEPS) -> int:
    """Run the missing migrations; returns how many ran.

    Before the first, the journal as it is goes to `before-upgrade-N.db` in the same folder, under
    the same key. A step that fails leaves the journal as it was before that step.
    """
    with plainly(vault.journal):
        done = migrations.version_of(vault.connection())
    if done == len(steps):
        return 0
    if done > len(steps):
        return migrations.migrate(vault.connection(), vault.journal, now, steps)
    with vault.mutex, holding(vault.path, alone=True):
        connection = vault.connection()
        kept = vault.path / f"before-upgrade-{len(steps)}.db"
        if not kept.exists():
            copy_journal(connection, vault.journal, kept, vault.key.derive("journal"))
        ran = migrations.migrate(connection, vault.journal, now, steps)
    vault.notice(f"the diary was brought up to date; its earlier form is kept in {kept}")
    return ran
