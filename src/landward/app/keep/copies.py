"""Copies of the diary: backups, what can be brought back from one, copies a sync made."""

from landward.vault.backup import (
    backup_name,
    keys_in_backup,
    known_backups,
    make_backup,
    restore_backup,
)
from landward.vault.copies import conflict_copies
from landward.vault.repair import repair_from_backup, repair_keys

__all__ = [
    "backup_name",
    "conflict_copies",
    "keys_in_backup",
    "known_backups",
    "make_backup",
    "repair_from_backup",
    "repair_keys",
    "restore_backup",
]
