"""Flip one random bit in one of a vault's files and open it as a person would.

Every second flip hits the journal, page after page; the others take turns over the keys, the
sealed entries and a backup. Each must be refused in words, set aside and said, or change nothing
that is served.
"""

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from landward.model.base import LandwardError
from landward.vault import Vault
from landward.vault.backup import make_backup, restore_backup
from landward.vault.checking import check_vault
from landward.vault.passphrases import normalise

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
JOURNAL, BACKUP = "journal.db", "a.backup"
PAGE = 4096
REFUSED, ASIDE, HARMLESS = "refused in words", "set aside and said", "nothing changed"


@dataclass
class Flips:
    """What a series of flips did: per kind of file, how many were refused, set aside, harmless."""

    by_file: dict[str, Counter[str]] = field(default_factory=dict)
    pages: set[int] = field(default_factory=set)
    """Pages of the journal that were hit, from 0."""
    pages_there: int = 0
    wrong: list[str] = field(default_factory=list)

    def total(self, outcome: str) -> int:
        """How many flips, over all files, ended like this."""
        return sum(counts[outcome] for counts in self.by_file.values())


def flip_rounds(vault_path: Path, passphrase: str, rounds: int, *, seed: int, work: Path) -> Flips:
    """`rounds` single flips, each on a fresh copy of the vault at `vault_path`.

    The vault is one nobody has opened since entries were sealed into its inbox.
    """
    copy, again = work / "flipped.vault", work / "restored.vault"
    shutil.copytree(vault_path, copy)  # opening drains the inbox; the original keeps its own
    with Vault.open(copy, passphrase, now=NOW) as vault:
        truth = {entry.to_line() for entry in vault.entries()}
        backup = make_backup(vault, work / BACKUP, now=NOW)
    whole = backup.read_bytes()
    others = [Path("keys.json"), *_named(vault_path, "inbox/*.sealed"), Path(BACKUP)]
    chance, found = random.Random(seed), Flips()
    found.pages_there = (vault_path / JOURNAL).stat().st_size // PAGE
    for number in range(rounds):
        shutil.rmtree(copy)
        shutil.copytree(vault_path, copy)
        backup.write_bytes(whole)
        page = number // 2 % found.pages_there
        name = others[number // 2 % len(others)] if number % 2 else Path(JOURNAL)
        target = backup if name.name == BACKUP else copy / name
        data = bytearray(target.read_bytes())
        in_page = chance.randrange(page * PAGE, (page + 1) * PAGE)
        place = in_page if name.name == JOURNAL else chance.randrange(len(data))
        bit = 1 << chance.randrange(8)
        data[place] ^= bit
        target.write_bytes(data)
        if name.name == JOURNAL:
            found.pages.add(page)
        kind = "a sealed entry" if name.suffix == ".sealed" else name.name.replace(BACKUP, "backup")
        outcome = _opened(copy if target != backup else None, backup, again, passphrase, truth)
        found.by_file.setdefault(kind, Counter())[outcome] += 1
        if outcome not in {REFUSED, ASIDE, HARMLESS}:
            found.wrong.append(f"{name} byte {place} ^ {bit:#x}: {outcome}")
    shutil.rmtree(copy)
    backup.unlink()
    return found


def _named(vault_path: Path, pattern: str) -> list[Path]:
    return sorted(path.relative_to(vault_path) for path in vault_path.glob(pattern))


def _opened(copy: Path | None, backup: Path, again: Path, passphrase: str, truth: set[str]) -> str:
    """Open the copy, or what the backup restores to, and say what came of it."""
    try:
        if copy is None:
            opened = restore_backup(backup, again, normalise(passphrase))
        else:
            opened = Vault.open(copy, passphrase, now=NOW)
        with opened as vault:
            served = [entry.to_line() for entry in vault.entries()]
            told = bool(vault.notices)
            if not truth.issuperset(served):
                return "served an entry nobody wrote"
            if len(served) != len(truth):
                return ASIDE if told else f"{len(truth) - len(served)} entries gone, unsaid"
            return REFUSED if check_vault(vault, now=NOW).problems else HARMLESS
    except LandwardError:
        return REFUSED
    finally:
        shutil.rmtree(again, ignore_errors=True)
