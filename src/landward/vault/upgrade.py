"""Bringing an older journal to this version's tables: a backup first, then one step at a time."""

from datetime import datetime
from pathlib import Path

from landward.vault import migrations
from landward.vault.database import Connection, plainly
from landward.vault.datakey import DataKey
from landward.vault.earlier import kept_before
from landward.vault.file_lock import holding
from landward.vault.files import saving, sync_folder
from landward.vault.rotation import copy_journal

Steps = tuple[tuple[str, tuple[str, ...]], ...]


def bring_up_to_date(
    connection: Connection,
    journal: Path,
    key: DataKey,
    now: datetime,
    steps: Steps = migrations.STEPS,
) -> Path | None:
    """Run the missing migrations. Returns where the earlier form is kept; None if none ran.

    Before the first, the journal as it is goes to `before-upgrade-N.db` in the same folder, under
    the same key. A step that fails leaves the journal as it was before that step.
    """
    with plainly(journal):
        done = migrations.version_of(connection)
    if done >= len(steps):
        migrations.migrate(connection, journal, now, steps)  # refuses what is newer than this
        return None
    with holding(journal.parent, alone=True):
        kept = kept_before(journal.parent, len(steps))
        if not kept.exists():
            # It has its name only once it is whole: a half left by a killed program is no backup.
            half = kept.with_suffix(".part")
            with saving(kept):
                half.unlink(missing_ok=True)
                its_key = key.derive("journal")
                copy_journal(journal, its_key, half, its_key)
                half.replace(kept)
                sync_folder(journal.parent)
        migrations.migrate(connection, journal, now, steps)
    return kept
