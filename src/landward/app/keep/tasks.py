"""Keeping the diary safe: make, join, back up, erase. Each task asks, calls, and saves last."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from landward.app.diary.whole import whole_diary
from landward.app.keep.elsewhere import open_other
from landward.model.base import BadInput, Frozen
from landward.model.entries import Entry
from landward.model.said import phrase
from landward.vault import Vault
from landward.vault.backup import BackupMade, known_backups
from landward.vault.erasure import erase_entries
from landward.vault.errors import WrongKey
from landward.vault.files import saving, write_new
from landward.vault.merging import Joined, merge_conflict_copy, merge_vaults


def write_private(path: Path, data: bytes) -> Path:
    """Write a file for the person where they said, readable by them alone. Never over another."""
    if path.exists():
        raise BadInput(phrase("{path} exists already: choose another name", path=path))
    with saving(path):
        write_new(path, data)
    return path


def merge(vault: Vault, other: Path, passphrases: Callable[[], str], *, now: dt.datetime) -> Joined:
    """Take everything in `other` (a vault, or a conflict copy of this one's journal) into `vault`.

    `passphrases` is asked until one opens the other vault: first it may offer this vault's own.
    """
    if other.is_file() and other.suffix == ".db":
        return merge_conflict_copy(vault, other)
    if other.is_file():
        raise BadInput(
            phrase(
                "{other} is a file; restore it first (`landward vault restore`), then merge",
                other=other,
            )
        )
    wrong: WrongKey | None = None
    for _ in range(3):
        try:
            with open_other(other, passphrases(), now) as theirs:
                return merge_vaults(vault, theirs)
        except WrongKey as error:
            wrong = error
    assert wrong is not None
    raise wrong


class Erasable(Frozen):
    """What an erasure would remove, and where copies of it are known to be."""

    entries: tuple[Entry, ...]
    backups: tuple[BackupMade, ...]


def find_erasable(
    vault: Vault, *, entry_id: str | None, first: dt.date | None, last: dt.date | None
) -> Erasable:
    """The entries with an id, or about the days from `first` to `last`, standing or not."""
    if entry_id is None and first is None and last is None:
        raise BadInput(
            phrase("say what to erase: --day, --from and --until, --entry, or --everything")
        )
    chosen = tuple(
        entry
        for entry in vault.entries()
        if (entry_id is None or entry.id.startswith(entry_id))
        and (first is None or entry.date >= first)
        and (last is None or entry.date <= last)
    )
    if not chosen:
        raise BadInput(phrase("there is no such entry: nothing was erased"))
    return Erasable(entries=chosen, backups=known_backups(vault))


def erase(vault: Vault, erasable: Erasable) -> tuple[Entry, ...]:
    """Erase for good, with every earlier and later wording of the same entries."""
    return erase_entries(vault, [entry.id for entry in erasable.entries])


def summary(vault: Vault, today: dt.date) -> str:
    """One line about what is in the vault, without a word of it."""
    diary = whole_diary(vault.entries(), today)
    if diary.first_day is None or diary.last_day is None:
        return phrase("It is empty: `landward log` writes the first line.")
    return phrase(
        "It holds entries about {first_day} to {last_day}.",
        first_day=diary.first_day,
        last_day=diary.last_day,
    )
