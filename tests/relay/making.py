"""Made-up shelves and blobs."""

import secrets
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from landward.relay.invitations import new_code
from landward.relay.shelves import Keys
from landward.relay.store import QUOTA, Store, create
from landward.relay.wire import hash_of


@dataclass(frozen=True)
class Own:
    """What a device holds of one shelf."""

    shelf: str = field(default_factory=lambda: secrets.token_hex(16))
    read: str = field(default_factory=lambda: secrets.token_hex(32))
    write: str = field(default_factory=lambda: secrets.token_hex(32))

    @property
    def keys(self) -> Keys:
        return Keys(self.shelf, hash_of(self.read), hash_of(self.write))


def new_store(folder: Path, day: date = date(2026, 11, 27), shards: int = 2) -> Store:
    create(folder, shards)
    return Store(folder, lambda: day)


def joined(store: Store, own: Own, quota: int = QUOTA) -> str:
    """Make the shelf by an invitation; the invitation's code."""
    code = new_code(secrets.token_bytes)
    store.invite(code, quota)
    store.join(code, own.keys).result()
    return code


def blob_id() -> str:
    return secrets.token_hex(16)
