"""Kill a writer with SIGKILL at a random moment, again and again, and count what was lost.

A resident writer (a forked child that has the vault open) prints each id only after `append`, or
`Vault.seal`, has returned. It is killed somewhere in its loop. Then the vault is opened as a person
would open it, and every printed id must be there, once, and every page authentic.

kill -9 ends a process; the system's page cache survives it. It is not a power cut.
"""

import os
import random
import secrets
import select
import shutil
import signal
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from landward.model.entries import Entry
from landward.vault import Vault
from landward.vault.checking import check_vault
from landward.vault.cost import CHEAPEST

PASSPHRASE = "crash test"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ID_LINE = 33


@dataclass
class Tally:
    """What a series of kills did."""

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    corrupt: int = 0
    killed_mid_write: int = 0
    problems: list[str] = field(default_factory=list)


def entry(number: int, device: str = "crash") -> Entry:
    return Entry(
        id=secrets.token_hex(16),
        device=device,
        seq=number,
        recorded_at=NOW,
        zone="UTC",
        date=date(2020, 1, 1) + timedelta(days=number % 2000),
        kind="note",
        version=1,
        body=f'{{"text":"{"word " * (number % 40)}"}}',
    )


def kill_rounds(
    folder: Path, rounds: int, *, sealed: bool, seed: int, fresh_every: int = 50
) -> Tally:
    """`rounds` kills of a writer that appends (or, `sealed`, leaves entries in the inbox)."""
    chance, tally = random.Random(seed), Tally()
    path = folder / "crash.vault"
    known: set[str] = set()
    for number in range(rounds):
        if number % fresh_every == 0:
            if path.exists():
                _whole(path, known, tally)
                shutil.rmtree(path)
            Vault.create(path, PASSPHRASE, now=NOW, cost=CHEAPEST)[0].lock()
            known = set()
        printed = _one_round(path, chance, sealed=sealed)
        tally.rounds += 1
        tally.acknowledged += len(printed)
        tally.killed_mid_write += any(
            p.name.endswith(("-journal", ".part")) for p in path.rglob("*")
        )
        known |= printed
        with Vault.open(path, PASSPHRASE, now=NOW) as vault:
            there = [e.id for e in vault.entries()]
        tally.lost += len(known - set(there))
        tally.doubled += len(there) - len(set(there))
    _whole(path, known, tally)
    return tally


def _whole(path: Path, known: set[str], tally: Tally) -> None:
    with Vault.open(path, PASSPHRASE, now=NOW) as vault:
        problems = check_vault(vault, now=NOW).problems
    tally.corrupt += bool(problems)
    tally.problems += problems


def _one_round(path: Path, chance: random.Random, *, sealed: bool) -> set[str]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            _write_for_ever(path, writer, sealed=sealed)
        finally:
            os._exit(1)
    os.close(writer)
    # Let it acknowledge something first in most rounds; in some, kill it before.
    if chance.random() < 0.9:
        select.select([reader], [], [], 5)
    time.sleep(chance.uniform(0, 0.025))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = b""
    while part := os.read(reader, 65536):
        told += part
    os.close(reader)
    return {told[i : i + 32].decode() for i in range(0, len(told) - ID_LINE + 1, ID_LINE)}


def _write_for_ever(path: Path, out: int, *, sealed: bool) -> None:
    # The child makes its own connection: an SQLite handle must not cross a fork.
    number = 0
    vault = None if sealed else Vault.open(path, PASSPHRASE, now=NOW)
    while True:
        number += 1
        new = entry(number)
        if vault is None:
            Vault.seal(path, new, now=datetime.now(UTC) + timedelta(hours=1))
        else:
            vault.append([new])
        os.write(out, f"{new.id}\n".encode())
