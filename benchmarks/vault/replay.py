"""Crash states of every operation, rebuilt from the calls it made: each is opened and looked at.

    python replay.py FOLDER RESULT.json [--each N] [--every N] [--only NAME] [--ignore-syncs]

It starts itself again with the shim between it and the C library, runs each operation once and
writes its calls down. Then, after each call, it lays out what a power cut there may have left
(`disk.py`) and opens that as a person would. `--ignore-syncs` leaves out every fsync of the record:
then many states must be bad, or this sees nothing.
"""

import argparse
import json
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import disk
import operations
import shim
from disk import Disk, Replay
from faults import clean_run, fresh
from operations import OPERATIONS, Look, Operation

from landward.model.base import LandwardError


@dataclass
class Tally:
    """What a series of crash states did."""

    states: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    """States that lie after the moment at which somebody was told that it is done."""
    lost: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)
    """What was said as the states were opened, first words only."""


@dataclass(frozen=True)
class Moment:
    """One crash state, with what the person had been told by then."""

    disk: Disk
    done: bool
    shown: int
    at: int


def record(operation: Operation, folder: Path, to: Path) -> tuple[list[disk.Call], list[list[str]]]:
    """Run an operation on `folder` and write down its calls. Returns them and the words shown."""
    log = os.open(to, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        shown: list[list[str]] = []

        def say(words: tuple[str, ...]) -> None:
            shown.append(list(words))
            shim.mark("shown")

        go = operation.run(folder, say)
        shim.arm(folder, shim.Fault(), log)
        go()
        shim.mark("done")
        shim.disarm()
        os.write(writer, json.dumps(shown).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        shown = json.loads(pipe.read())
    os.waitpid(child, 0)
    os.close(log)
    return disk.read_record(to.read_bytes()), shown


def moments(
    start: Disk, calls: list[disk.Call], root: str, each: int, seed: int, *, ignore_syncs: bool
) -> Iterator[Moment]:
    """Every crash state, each once."""
    chance, seen = random.Random(seed), set()
    replay = Replay(start, root, ignore_syncs=ignore_syncs)
    done, shown = False, 0
    for at, call in enumerate(calls):
        if call.what == "mark":
            done, shown = done or call.one == "done", shown + (call.one == "shown")
        replay.take(call)
        for state in replay.states(chance, each):
            name = (state.digest(), done, shown)
            if name not in seen:
                seen.add(name)
                yield Moment(state, done, shown, at)


def judge(
    operation: Operation, moment: Moment, before: Look, after: Look, there: Look
) -> list[str]:
    """What is lost or not so, in words."""
    wrong = []
    is_before, is_after = _same(there, before), _same(there, after)
    if moment.done and not is_after:
        wrong.append(f"lost: said done, and there is {_differs(after, there)}")
    elif not (is_before or is_after or operation.halves):
        wrong.append(f"lost: neither old nor new: {_differs(before, there)}")
    if operation.halves and _entries(before) - _entries(there) and "erase" not in operation.name:
        wrong.append(f"lost: {sorted(_entries(before) - _entries(there))[:5]}")
    if there.get("problems"):
        wrong.append(f"check finds {there['problems']}")
    if there.get("opens") and not there.get("words"):
        wrong.append("false: no recovery words that were ever shown open it")
    return wrong


def _entries(look: Look) -> set[str]:
    return set(look.get("entries", []))


def _plain(look: Look) -> Look:
    """Without what may differ between two whole outcomes: which words, what is said on opening."""
    return {key: value for key, value in look.items() if key not in ("words", "said")}


def _same(one: Look, other: Look) -> bool:
    return _plain(one) == _plain(other)


def _differs(wanted: Look, there: Look) -> str:
    names = {n for n in (*wanted, *there) if _plain(wanted).get(n) != _plain(there).get(n)}
    return "; ".join(f"{n}: {_plain(there).get(n)!r:.150}" for n in sorted(names))


def untrue(lines: list[str], folder: Path) -> list[str]:
    """Lines said on opening that are not so: a file they name is not there."""
    wrong = []
    for line in lines:
        for word, _ in [*pairwise(line.replace(";", " ").split()), (line.split()[-1], "")]:
            if ".db" in word or "/unreadable" in word:
                place = Path(word) if "/" in word else folder / operations.VAULT / word
                if not place.exists():
                    wrong.append(f"false: “{line}”, and {word} is not there")
    return wrong


def run_one(
    operation: Operation, work: Path, tally: Tally, *, each: int, every: int, ignore_syncs: bool
) -> None:
    """Record one operation and look at its crash states."""
    ready = work / "ready"
    shutil.rmtree(ready, ignore_errors=True)
    ready.mkdir(parents=True)
    operations.first_vault(ready)
    operation.prepare(ready)
    before, after, _ = clean_run(operation, ready, work)
    folder = fresh(ready, work)
    start = disk.disk_of(folder)
    calls, shown = record(operation, folder, work / "record")
    refuse_another_end(start, calls, folder)
    seed = sum(operation.name.encode())
    found = moments(start, calls, str(folder), each, seed, ignore_syncs=ignore_syncs)
    for number, moment in enumerate(found):
        if number % every:
            continue
        shutil.rmtree(folder)
        folder.mkdir()
        moment.disk.put(folder)
        try:
            there = operations.look_around(folder, shown[: moment.shown], operation.settle)
        except LandwardError as error:
            there = {"problems": [str(error)]}
        tally.states[operation.name] += 1
        tally.acknowledged += moment.done
        said = [str(line) for line in there.get("said", [])]
        tally.said.update(" ".join(line.split()[:6]) for line in said)
        wrong = judge(operation, moment, before, after, there) + untrue(said, folder)
        for line in wrong:
            where = f"{operation.name}, after call {moment.at} of {len(calls)}: {line}"
            (tally.lost if line.startswith(("lost", "check")) else tally.false).append(where)
            print(where[:300], flush=True)
    print(f"{operation.name}: {len(calls)} calls, {tally.states[operation.name]} states, "
          f"{len(tally.lost)} lost, {len(tally.false)} false so far", flush=True)  # fmt: skip


def refuse_another_end(start: Disk, calls: list[disk.Call], folder: Path) -> None:
    """The record is whole: with all of its calls the replay ends where the operation did."""
    replay = Replay(start, str(folder))
    for call in calls:
        replay.take(call)
    if replay.now.digest() != disk.disk_of(folder).digest():
        mine = {str(path): content for path, content in replay.now.tree()}
        real = {str(path): content for path, content in disk.disk_of(folder).tree()}
        names = sorted(n for n in {*mine, *real} if mine.get(n, 0) != real.get(n, 0))
        raise RuntimeError(f"the record misses a call: {names} differ at its end")


def run_all(
    work: Path, *, each: int = 6, every: int = 1, only: str = "", ignore_syncs: bool = False
) -> Tally:
    """The crash states of every operation."""
    tally = Tally()
    work = work.resolve()
    for operation in OPERATIONS:
        if only in operation.name:
            run_one(operation, work, tally, each=each, every=every, ignore_syncs=ignore_syncs)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--each", type=int, default=6)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--ignore-syncs", action="store_true")
    wanted = parser.parse_args()
    if "LANDWARD_SHIM" not in os.environ:
        wanted.work.mkdir(parents=True, exist_ok=True)
        return shim.run_with_shim(Path(__file__), sys.argv[1:], wanted.work)
    tally = run_all(
        wanted.work, each=wanted.each, every=wanted.every, only=wanted.only,
        ignore_syncs=wanted.ignore_syncs,
    )  # fmt: skip
    wanted.result.write_text(json.dumps(vars(tally), indent=1, ensure_ascii=False))
    return 1 if tally.lost or tally.false else 0


if __name__ == "__main__":
    sys.exit(main())
