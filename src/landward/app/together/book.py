"""The diary as this room needs it: its entries, its erased ids, its small facts; one way to change.

An unlocked vault is one (`VaultBook`); a test or a simulation may hold one in memory.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from landward.model.entries import Entry
from landward.vault import Vault
from landward.vault.carrying import change, erase_rest, graves


@dataclass(frozen=True, slots=True)
class Taken:
    """What a change added to a diary, and how many of its entries went."""

    added: int = 0
    erased: int = 0


class Book(Protocol):
    """One person's diary on one device."""

    def entries(self) -> Sequence[Entry]:
        """Every entry."""

    def graves(self) -> frozenset[str]:
        """The ids erased for good."""

    def digests(self) -> Mapping[str, str]:
        """A digest of every entry's line, by id."""

    def fact(self, name: str) -> str | None:
        """One small fact, or None."""

    def facts(self, prefix: str) -> Mapping[str, str]:
        """The small facts whose names begin so."""

    def change(
        self,
        facts: Mapping[str, str | None],
        entries: Sequence[Entry] = (),
        graves: Iterable[str] = (),
    ) -> Taken:
        """Entries joined by id, ids erased, facts kept or (None) dropped: all of it, or nothing."""


def digest_of(entry: Entry) -> str:
    """A digest of an entry's line, 16 hex digits."""
    line = entry.to_line().encode()
    return hashlib.blake2b(line, digest_size=8, person=b"landward-line").hexdigest()


class VaultBook:
    """An unlocked vault's diary."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self._digests: tuple[str, dict[str, tuple[Entry, str]]] = ("", {})

    def entries(self) -> Sequence[Entry]:
        """Every entry, in the journal's order."""
        return self.vault.entries()

    def graves(self) -> frozenset[str]:
        """The ids erased for good."""
        return graves(self.vault)

    def digests(self) -> Mapping[str, str]:
        """A digest of every entry's line, by id; worked out once an entry."""
        head, known = self._digests
        if self.vault.head() != head:
            fresh: dict[str, tuple[Entry, str]] = {}
            for entry in self.vault.entries():
                old = known.get(entry.id)
                same = old is not None and old[0] == entry
                fresh[entry.id] = old if same and old else (entry, digest_of(entry))
            self._digests = (self.vault.head(), fresh)
        return {entry_id: digest for entry_id, (_, digest) in self._digests[1].items()}

    def fact(self, name: str) -> str | None:
        """One small fact, or None."""
        return self.vault.fact(name)

    def facts(self, prefix: str) -> Mapping[str, str]:
        """The small facts whose names begin so."""
        return self.vault.facts(prefix)

    def change(
        self,
        facts: Mapping[str, str | None],
        entries: Sequence[Entry] = (),
        graves: Iterable[str] = (),
    ) -> Taken:
        """One durable transaction of the vault. Raises the vault's errors."""
        added, erased = change(self.vault, facts, entries, graves)
        if erased:
            erase_rest(self.vault)
        return Taken(added, erased)
