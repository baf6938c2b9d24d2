"""Flip one random byte in one of a vault's files and open it as a person would.

Each flip must be refused in words, or change nothing that is served.
"""

import random
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from landward.model.base import LandwardError
from landward.vault import Vault
from landward.vault.checking import check_vault

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@dataclass
class Flips:
    """What a series of flips did."""

    detected: int = 0
    harmless: int = 0
    noticed: int = 0
    wrong: list[str] = field(default_factory=list)


def flip_rounds(vault_path: Path, passphrase: str, rounds: int, *, seed: int, work: Path) -> Flips:
    """`rounds` single flips, each on a fresh copy of the vault at `vault_path`."""
    copy = work / "flipped.vault"
    shutil.copytree(vault_path, copy)  # opening drains the inbox; the original keeps its own
    with Vault.open(copy, passphrase, now=NOW) as vault:
        truth = vault.entries()
    chance, found = random.Random(seed), Flips()
    files = [p.relative_to(vault_path) for p in sorted(vault_path.rglob("*")) if p.is_file()]
    files = [name for name in files if (vault_path / name).stat().st_size]
    for number in range(rounds):
        name = files[number % len(files)]
        shutil.rmtree(copy)
        shutil.copytree(vault_path, copy)
        data = bytearray((copy / name).read_bytes())
        place, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        data[place] ^= bit
        (copy / name).write_bytes(data)
        where = f"{name} byte {place} ^ {bit:#x}"
        try:
            with Vault.open(copy, passphrase, now=NOW) as vault:
                served = vault.entries()
                told = bool(vault.notices)
                if any(entry not in truth for entry in served):
                    found.wrong.append(f"{where}: served an entry nobody wrote")
                elif len(served) != len(truth) and not told:
                    found.wrong.append(f"{where}: {len(truth) - len(served)} entries gone, unsaid")
                elif len(served) != len(truth):
                    found.noticed += 1
                else:
                    try:
                        found.harmless += not check_vault(vault, now=NOW).problems
                    except LandwardError:
                        found.detected += 1
        except LandwardError:
            found.detected += 1
    shutil.rmtree(copy)
    return found
