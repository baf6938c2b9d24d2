"""The vault as the app offers it: make and open one, check it, erase it."""

from pathlib import Path

from landward.model.moment import Moment
from landward.vault import Vault
from landward.vault.checking import check_vault
from landward.vault.cost import CHEAPEST, Cost
from landward.vault.create import refuse_taken
from landward.vault.erasure import ON_THE_DISK, erase_vault
from landward.vault.header import Header, read_header
from landward.vault.pinned import believed_header
from landward.vault.reminders import reminders

__all__ = [
    "CHEAPEST",
    "ON_THE_DISK",
    "Cost",
    "Header",
    "Vault",
    "believed_header",
    "check_vault",
    "erase_vault",
    "open_with_notices",
    "read_header",
    "refuse_taken",
]


def open_with_notices(path: Path, passphrase: str, now: Moment) -> tuple[Vault, tuple[str, ...]]:
    """Unlock a vault, with what it wants said: what it met, and what is worth doing some day."""
    vault = Vault.open(path, passphrase, now=now.at)
    return vault, (*vault.notices, *reminders(vault, now.at, now.today()))
