"""A fault at each call that changes a file, in each operation: what is said must be true.

    python faults.py FOLDER RESULT.json [--every N] [--only NAME]

It starts itself again with the shim between it and the C library. Each case is a forked child
on a fresh copy of the folder; afterwards the parent looks with no fault in the way.
"""

import argparse
import itertools
import json
import os
import shutil
import signal
import sys
import traceback
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

import operations
import shim
from operations import NOTHING, OPERATIONS, Look, Operation, Told

from landward.model.base import LandwardError
from landward.model.errors import Locked

ALONE = 4000
"""More entries than any operation writes: the save that follows a fault."""


@dataclass
class Tally:
    """What a series of faults did."""

    cases: Counter[str] = field(default_factory=Counter)
    untrue: list[str] = field(default_factory=list)
    ends: Counter[str] = field(default_factory=Counter)


def in_a_child(operation: Operation, folder: Path, fault: shim.Fault, record: int = -1) -> Told:
    """Run an operation on `folder` in a child process, with a fault. What it said comes back."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        told = Told()
        try:
            _run(operation, folder, fault, record, told, writer)
        except BaseException:
            told.error, told.message = "harness", traceback.format_exc()
        os.write(writer, json.dumps(asdict(told)).encode() + b"\n")
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        lines = pipe.read().splitlines()
    _, status = os.waitpid(child, 0)
    if not lines:
        return Told(error="killed" if os.WIFSIGNALED(status) else "vanished")
    told = Told(**json.loads(lines[-1]))
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL and not told.error:
        told.error = "" if told.done else "killed"
    return told


def _run(
    operation: Operation, folder: Path, fault: shim.Fault, record: int, told: Told, out: int
) -> None:
    def say(shown: tuple[str, ...]) -> None:
        told.shown.append(list(shown))
        shim.mark("shown")
        os.write(out, json.dumps(asdict(told)).encode() + b"\n")  # on the screen, come what may

    go = operation.run(folder, say)
    vault = getattr(go, "vault", None)
    shim.arm(folder, fault, record)
    try:
        vault = go() or vault
        told.done = True
        shim.mark("done")
    except Exception as error:
        told.error = type(error).__name__
        told.message = str(error)
        if not isinstance(error, LandwardError):
            told.error = f"unclear {told.error}"
            told.message += traceback.format_exc()[-600:]
    shim.disarm()
    if vault is not None:  # the disk is well again: the open diary goes on, or says it is locked
        try:
            vault.append([operations.entry(ALONE)])
            told.went_on = "saved"
        except Locked:
            told.went_on = "locked"
        except Exception as error:
            told.went_on = f"{type(error).__name__}: {error}"


def clean_run(operation: Operation, ready: Path, work: Path) -> tuple[Look, Look, int]:
    """What is there before, what afterwards, and how many calls change a file."""
    before_folder = fresh(ready, work)
    before = operations.look_around(before_folder, [], operation.settle)
    folder = fresh(ready, work)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        told = Told()
        shown: list[list[str]] = []
        go = operation.run(folder, lambda s: shown.append(list(s)))
        shim.arm(folder, shim.Fault())
        go()
        told.shown = shown
        seen, _ = shim.disarm()
        os.write(writer, json.dumps([seen, shown]).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        seen, shown = json.loads(pipe.read())
    os.waitpid(child, 0)
    return before, operations.look_around(folder, shown, operation.settle), int(seen)


def fresh(ready: Path, work: Path) -> Path:
    """A new copy of a prepared folder, always at the same place."""
    folder = work / "case"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ready, folder, symlinks=True)
    return folder


def judge(operation: Operation, told: Told, before: Look, after: Look, there: Look) -> list[str]:
    """What was said and is not so, in words."""
    wrong: list[str] = []
    there, saved = _without_the_last_save(there)
    if told.went_on == "saved" and not saved:
        wrong.append("a save after it was acknowledged and is lost")
    if told.error in ("harness", "vanished") or told.error.startswith("unclear"):
        wrong.append(f"not a clear line: {told.error} {told.message}")
    if "\n" in told.message:
        wrong.append(f"more than one line: {told.message[:200]}")
    refused = "is read-only: nothing was changed" in told.went_on  # opened while it was
    if told.went_on not in ("", "saved", "locked") and not refused:
        wrong.append(f"the open diary does not go on: {told.went_on}")
    is_before, is_after = _same(there, before), _same(there, after)
    if told.done and not is_after:
        wrong.append(f"said done, and it is not: {_differs(after, there)}")
    if any(words in told.message for words in NOTHING) and not is_before:
        wrong.append(f"said “{told.message}”, and it was: {_differs(before, there)}")
    if not told.done and not (is_before or is_after or operation.halves):
        wrong.append(f"neither the old state nor the new: {_differs(before, there)}")
    if there.get("problems"):
        wrong.append(f"check finds {there['problems']}")
    return wrong


def _without_the_last_save(there: Look) -> tuple[Look, bool]:
    """What is there but for the save that followed, and whether that was there."""
    found, saved = {**there}, False
    if "made" in found:
        found["made"], saved = _without_the_last_save(found["made"])
    if "entries" in found:
        lines = [e for e in found["entries"] if not str(e).startswith(f"{ALONE}:")]
        saved |= lines != found["entries"]
        found["entries"] = lines
    return found, saved


def _plain(look: Look) -> Look:
    """Without what may differ between two runs that did the same: numbers of words shown."""
    kept = {k: v for k, v in look.items() if k not in ("words", "said")}
    return kept | {"words": _first(look)}


def _first(look: Look) -> bool:
    return "first" in look.get("words", [])


def _same(one: Look, other: Look) -> bool:
    return _plain(one) == _plain(other)


def _differs(wanted: Look, there: Look) -> str:
    names = {n for n in (*wanted, *there) if _plain(wanted).get(n) != _plain(there).get(n)}
    return "; ".join(f"{n}: {_plain(there).get(n)!r:.150}" for n in sorted(names))


def faults_of(calls: int, every: int, start: int) -> list[shim.Fault]:
    """Each kind of fault at each call (or every n-th), once and from then on."""
    found = []
    for at in range(1 + start % min(every, calls), calls + 1, every):
        for name in shim.FAULTS:
            found.append(shim.Fault(name, at))
            if not name.startswith("SIGKILL"):
                found.append(shim.Fault(name, at, from_then_on=True))
    return found


def run_all(work: Path, *, every: int = 1, only: str = "") -> Tally:
    """Every operation with every fault."""
    tally, numbers = Tally(), itertools.count()
    for operation in OPERATIONS:
        if only and only not in operation.name:
            continue
        ready = work / "ready"
        shutil.rmtree(ready, ignore_errors=True)
        ready.mkdir(parents=True)
        operations.first_vault(ready)
        operation.prepare(ready)
        before, after, calls = clean_run(operation, ready, work)
        for fault in faults_of(calls, every, next(numbers)):
            told = in_a_child(operation, fresh(ready, work), fault)
            there = operations.look_around(work / "case", told.shown, operation.settle)
            tally.cases[operation.name] += 1
            tally.ends["done" if told.done else told.error] += 1
            for line in judge(operation, told, before, after, there):
                how = "from then on" if fault.from_then_on else "once"
                tally.untrue.append(f"{operation.name}, {fault.name} {fault.at} {how}: {line}")
                print(tally.untrue[-1][:300], flush=True)
        print(f"{operation.name}: {calls} calls, {tally.cases[operation.name]} cases, "
              f"{len(tally.untrue)} untrue so far", flush=True)  # fmt: skip
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", default="")
    wanted = parser.parse_args()
    if "LANDWARD_SHIM" not in os.environ:
        wanted.work.mkdir(parents=True, exist_ok=True)
        return shim.run_with_shim(Path(__file__), sys.argv[1:], wanted.work)
    tally = run_all(wanted.work, every=wanted.every, only=wanted.only)
    told = {"cases": dict(tally.cases), "ends": dict(tally.ends), "untrue": tally.untrue}
    wanted.result.write_text(json.dumps(told, indent=1, ensure_ascii=False))
    return 1 if tally.untrue else 0


if __name__ == "__main__":
    sys.exit(main())
