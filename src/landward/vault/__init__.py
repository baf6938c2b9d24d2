"""One person's encrypted journal: keys, journal, inbox, backup; the only SQL, the only secrets."""

from landward.vault.vault import Vault

__all__ = ["Vault"]
