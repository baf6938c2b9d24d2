"""Diaries from elsewhere: another vault to take in, a backup to bring back.

Each is looked through in a process of its own first, within a budget, before it is opened here.
"""

from datetime import datetime
from pathlib import Path

from landward.app.budget.amounts import MB, Budget, reading_budget
from landward.app.budget.within import within
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.vault import Vault
from landward.vault.backup import restore_backup
from landward.vault.looking import Seen, look_through


def look(journal: Path, key: bytes, named: Path) -> Seen:
    """Look through a journal in a process of its own. Raises BadInput in one line."""
    size = sum(
        path.stat().st_size
        for path in (journal, journal.with_name(journal.name + "-journal"))
        if path.is_file()
    )
    budget = Budget(
        cpu_seconds=reading_budget(journal).cpu_seconds, scratch_mb=2 + 2 * size // MB, answer_mb=1
    )
    return within(
        look_through, journal, key, str(named), answer=Seen, what=named.name, budget=budget
    )


def bring_back(source: Path, path: Path, secret: bytes) -> Vault:
    """A new vault at `path` from a backup that was looked through. Raises as `restore_backup`."""

    def nothing_strange(journal: Path, key: bytes) -> None:
        if seen := look(journal, key, source).no_entries:
            raise BadInput(
                phrase(
                    "{source}: {seen} of its rows are nothing Landward writes; use another backup",
                    source=source,
                    seen=seen,
                )
            )

    return restore_backup(source, path, secret, look=nothing_strange)


def open_other(path: Path, passphrase: str, now: datetime) -> Vault:
    """Another vault, unlocked after it was looked through. Raises as `Vault.open`."""
    return Vault.open(path, passphrase, now=now, look=lambda journal, key: look(journal, key, path))
