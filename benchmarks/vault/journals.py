"""A hundred and forty-four old rollback files put beside a diary that went on: 12 × 12.

    python journals.py FOLDER RESULT.json [--believe]

Twelve writes are recorded, and the rollback file of each is taken at its fullest, as a syncing
program or a restored copy may put it back. The diary then went on in twelve ways. Each pair is
opened as a person would: everything that was acknowledged must be there and the file be said, or
the opening be refused in one line. `--believe` lets SQLite use the files: then much must be wrong.
"""

import argparse
import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import disk
import operations
import shim
from operations import NEW, NOW, OLD, OPERATIONS, VAULT, Operation
from replay import record

from landward.model.base import LandwardError
from landward.vault import Vault, asking, keys, opening
from landward.vault.checking import check_vault
from landward.vault.cost import CHEAPEST
from landward.vault.create import JOURNAL
from landward.vault.erasure import erase_entries
from landward.vault.stale import SUFFIX

WRITES = (
    "save one entry", "save three hundred entries", "let a waiting line in",
    "drop a waiting line", "change the passphrase", "add a passphrase", "new recovery words",
    "remove a key", "open a box", "close a box", "merge", "erase entries",
)  # fmt: skip
SAID = "a rollback file lay beside a diary"


@dataclass
class Tally:
    """What became of the pairs."""

    recovered: int = 0
    """Everything there, and the file said."""
    refused: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def pairs(self) -> int:
        return self.recovered + self.refused.total() + len(self.wrong)


def base(folder: Path) -> None:
    """One diary on which every one of the writes can be done."""
    operations.first_vault(folder)
    operations._asks(folder)
    operations._second(folder)


def _saved(count: int, first: int = 400) -> Callable[[Vault, Path], object]:
    return lambda vault, folder: vault.append(
        [operations.entry(number) for number in range(first, first + count)]
    )


def _merged(vault: Vault, folder: Path) -> None:
    operations._merge(vault, folder, lambda shown: None)


def _sealed_in(vault: Vault, folder: Path) -> None:
    for number in range(700, 705):
        Vault.seal(folder / VAULT, operations.entry(number), now=NOW)
    vault.drain(NOW)


WENT_ON: dict[str, Callable[[Vault, Path], object]] = {
    "one more line": _saved(1),
    "thirty more lines": _saved(30),
    "three hundred more lines": _saved(300),
    "lines that came sealed": _sealed_in,
    "a waiting line let in": lambda v, f: asking.let_in(v, asking.waiting(v)[0].entry.id),
    "another passphrase": lambda v, f: keys.set_passphrase(v, NEW, now=NOW, cost=CHEAPEST),
    "a passphrase more": lambda v, f: keys.add_passphrase(v, NEW, "new", now=NOW, cost=CHEAPEST),
    "new recovery words": lambda v, f: keys.new_recovery_words(v, now=NOW, show=lambda s: None),
    "a key removed": lambda v, f: operations._remove_guest(v, lambda shown: None),
    "a box opened": lambda v, f: keys.open_box(v, "brother", now=NOW),
    "another diary merged": _merged,
    "lines erased": lambda v, f: erase_entries(v, [operations.entry(n).id for n in (1, 2)]),
}


def rollback_file(operation: Operation, ready: Path, work: Path) -> bytes:
    """The rollback file of a write at its fullest."""
    folder = work / "case"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ready, folder)
    replay = disk.Replay(disk.disk_of(folder), str(folder))
    calls, _ = record(operation, folder, work / "record")
    best = b""
    for call in calls:
        replay.take(call)
        for path, content in replay.now.tree():
            if content and str(path) == f"{VAULT}/{JOURNAL}{SUFFIX}" and content[:8].strip(b"\0"):
                best = max(best, content, key=len)
    assert best, operation.name
    return best


def diary_that_went_on(act: Callable[[Vault, Path], object], ready: Path, at: Path) -> set[str]:
    """Do something more at the copy `at`, and save a last line. Returns the ids that are there."""
    shutil.rmtree(at, ignore_errors=True)
    shutil.copytree(ready, at)
    with Vault.open(at / VAULT, OLD, now=NOW) as vault:
        act(vault, at)
        vault.append([operations.entry(999)])
        return {entry.id for entry in vault.entries()}


def run_all(work: Path) -> Tally:
    """Every pair."""
    work = work.resolve()
    ready, later, tally = work / "ready", work / "later", Tally()
    shutil.rmtree(ready, ignore_errors=True)
    ready.mkdir(parents=True)
    base(ready)
    by_name = {operation.name: operation for operation in OPERATIONS}
    files = {name: rollback_file(by_name[name], ready, work) for name in WRITES}
    for way, act in WENT_ON.items():
        there = diary_that_went_on(act, ready, later)
        for name, content in files.items():
            case = work / "case"
            shutil.rmtree(case)
            shutil.copytree(later, case)
            (case / VAULT / f"{JOURNAL}{SUFFIX}").write_bytes(content)
            look(case / VAULT, there, f"{way}, then the rollback file of: {name}", tally)
    return tally


def look(path: Path, there: set[str], what: str, tally: Tally) -> None:
    """Open one pair, and say what became of it."""
    try:
        for phrase in (OLD, NEW):
            try:
                vault = Vault.open(path, phrase, now=NOW)
                break
            except LandwardError as error:
                if phrase == NEW:
                    raise error
        with vault:
            found = {entry.id for entry in vault.entries()}
            problems = check_vault(vault, now=NOW).problems
            said = [line for line in vault.notices if line.startswith(SAID)]
    except LandwardError as error:
        tally.refused[str(error).rpartition(": ")[2][:80]] += 1
        if "\n" in str(error):
            tally.wrong.append(f"{what}: more than one line")
        return
    if found != there:
        tally.wrong.append(f"{what}: {len(there - found)} lost, {len(found - there)} came back")
    elif problems:
        tally.wrong.append(f"{what}: {problems}")
    elif not said:
        tally.wrong.append(f"{what}: not said")
    else:
        tally.recovered += 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--believe", action="store_true", help="what SQLite alone would do")
    wanted = parser.parse_args()
    if "LANDWARD_SHIM" not in os.environ:
        wanted.work.mkdir(parents=True, exist_ok=True)
        return shim.run_with_shim(Path(__file__), sys.argv[1:], wanted.work)
    if wanted.believe:
        opening.set_aside_if_stale = lambda journal, key: None
    tally = run_all(wanted.work)
    wanted.result.write_text(json.dumps(vars(tally) | {"pairs": tally.pairs}, indent=1))
    print(tally.pairs, vars(tally))
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
