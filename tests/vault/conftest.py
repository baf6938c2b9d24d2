import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from landward.model.entries import Entry, canonical_json
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

NOW = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
PASSPHRASE = "a lighthouse keeper’s kettle"

MakeEntry = Callable[..., Entry]


def make_entry(number: int = 0, /, **given: object) -> Entry:
    body = given.pop("says", {"text": f"line {number}"})
    fields: dict[str, object] = {
        "id": secrets.token_hex(16),
        "device": "test",
        "seq": number,
        "recorded_at": NOW - timedelta(hours=1) + timedelta(seconds=number),
        "zone": "Europe/London",
        "date": date(2026, 3, 1) + timedelta(days=number % 200),
        "kind": "note",
        "version": 1,
        "body": canonical_json(body),
    }
    return Entry.checked(fields | given)


def make_vault(path: Path, passphrase: str = PASSPHRASE) -> Vault:
    vault, _ = Vault.create(path, passphrase, now=NOW, cost=CHEAPEST)
    return vault


def reopen(path: Path, passphrase: str = PASSPHRASE) -> Vault:
    return Vault.open(path, passphrase, now=NOW)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "my.vault"


@pytest.fixture
def vault(path: Path) -> Iterator[Vault]:
    with make_vault(path) as made:
        yield made
