"""A disk that is really full: every operation on a small file system, at a ladder of fillings.

    python small_disk.py FOLDER RESULT.json [--steps N]

Needs Linux and root, to mount a tmpfs of a few hundred kilobytes; says so where it cannot. The
operation runs with the room that is left; then the disk is made larger, and what is there is held
against what was said.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import operations
import shim
from faults import Tally, clean_run, in_a_child, judge
from operations import OPERATIONS

PAGE = 4096
ROOMY = "256m"


def mount(place: Path, size: str, *, again: bool = False) -> bool:
    """Mount a tmpfs of a size, or give one another size. Whether that worked."""
    options = f"remount,size={size}" if again else f"size={size},mode=700"
    command = ["mount", "-t", "tmpfs", "-o", options, "landward", str(place)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def run_all(work: Path, steps: int) -> Tally | None:
    """Every operation at `steps` fillings; None where nothing can be mounted."""
    work = work.resolve()
    disk, tally = work / "disk", Tally()
    disk.mkdir(parents=True, exist_ok=True)
    if not mount(disk, ROOMY):
        return None
    try:
        for operation in OPERATIONS:
            ready = work / "ready"
            shutil.rmtree(ready, ignore_errors=True)
            ready.mkdir()
            operations.first_vault(ready)
            operation.prepare(ready)
            before, after, _ = clean_run(operation, ready, work)
            for step in range(steps):
                shutil.rmtree(disk / "case", ignore_errors=True)
                mount(disk, ROOMY, again=True)
                shutil.copytree(ready, disk / "case", symlinks=True)
                seen = os.statvfs(disk)
                used = (seen.f_blocks - seen.f_bfree) * seen.f_frsize
                mount(disk, str(used + PAGE * (step if step < 8 else step * step // 4)), again=True)
                told = in_a_child(operation, disk / "case", shim.Fault())
                mount(disk, ROOMY, again=True)
                there = operations.look_around(disk / "case", told.shown, operation.settle)
                tally.cases[operation.name] += 1
                tally.ends["done" if told.done else told.error] += 1
                if "the disk is full; nothing was changed" in told.went_on:
                    told.went_on = ""  # true: the room is still as small for the save that follows
                for line in judge(operation, told, before, after, there):
                    tally.untrue.append(f"{operation.name}, {step} pages: {line}")
                    print(tally.untrue[-1][:300], flush=True)
    finally:
        subprocess.run(["umount", str(disk)], check=False)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--steps", type=int, default=16)
    wanted = parser.parse_args()
    if "LANDWARD_SHIM" not in os.environ:
        wanted.work.mkdir(parents=True, exist_ok=True)
        return shim.run_with_shim(Path(__file__), sys.argv[1:], wanted.work)
    tally = run_all(wanted.work, wanted.steps)
    told: dict[str, object] = {"cases": {}, "ends": {}, "untrue": [], "mounted": tally is not None}
    if tally is not None:
        told |= {name: _plain(value) for name, value in vars(tally).items()}
    wanted.result.write_text(json.dumps(told, indent=1, ensure_ascii=False))
    return 1 if tally is None or tally.untrue else 0


def _plain(value: Counter[str] | list[str]) -> object:
    return dict(value) if isinstance(value, Counter) else value


if __name__ == "__main__":
    sys.exit(main())
