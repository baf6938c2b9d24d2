"""`python3 run.py bench relay [PART …]`: what a relay bears, and what can be found on it.

    puts       1,000 puts a second in an open loop, fsynced (`puts.py`); then at other rates
    disk       the same on disks that take 2 and 8 ms longer for each write-through
    looking    the store and the log searched for what people wrote (`looking.py`)
    kills      killed twelve times under load: what it had acknowledged is there (`kills.py`)
    people     1,000 made-up people with two devices each (`people.py`)
    killed     real diaries over HTTP, relay and syncs killed at random (`killed.py`)

Without a PART: puts, disk, kills and looking. `--first` gives relay and generator the first turn on
the cores (SCHED_FIFO, root): the figures of a machine that does nothing else, on one that does.
Each part writes its section of RESULTS.md.
"""

import argparse
import os
import subprocess
import tempfile
from importlib import import_module
from pathlib import Path

import puts
import results

SECONDS = 20
RATES = (1000, 500, 2000)
SLOW_MS = (2, 8)


def main() -> int:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("parts", nargs="*", default=["puts", "disk", "kills", "looking"])
    asked.add_argument("--seconds", type=int, default=SECONDS)
    asked.add_argument("--first", action="store_true")
    options = asked.parse_args()
    if options.first:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
    failed = 0
    for part in options.parts:
        if part == "puts":
            lines = [f"- {one(rate, options.seconds)}" for rate in RATES]
            looks = one(1500, options.seconds, reads=0.85)
            lines.append(f"- 15 puts to 85 looks where nothing is new: {looks}")
            results.write("Puts", told(options.first, lines))
        elif part == "disk":
            lines = [
                f"- a write-through takes {ms} ms longer: {one(1000, options.seconds, ms)}"
                for ms in SLOW_MS
            ]
            results.write("Puts on slower disks", told(options.first, lines))
        else:
            failed |= import_module(part).main() or 0
    return failed


def told(first: bool, lines: list[str]) -> str:
    how = (
        "Relay and generator had the first turn on both cores (SCHED_FIFO), as if alone."
        if first
        else "Relay and generator shared the cores with whatever else ran."
    )
    return (
        f"{puts.LINES} shelves, a connection and an address each, random moments; milliseconds "
        f"from the moment a put was due to its answer, which comes after fsync. {how}\n\n"
        + "\n".join(lines)
    )


def one(rate: int, seconds: int, slow_ms: int = 0, reads: float = 0) -> str:
    with tempfile.TemporaryDirectory(prefix="landward-relay-") as name:
        folder = Path(name)
        env = dict(os.environ)
        if slow_ms:
            source = Path(__file__).parent / "slow_disk.c"
            library = folder / "slow_disk.so"
            subprocess.run(
                ["cc", "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True
            )
            env |= {"LD_PRELOAD": str(library), "SLOW_MS": str(slow_ms)}
        line = puts.measured(folder / "relay", rate, seconds, env=env, reads=reads).told()
    print(line, flush=True)
    return line


if __name__ == "__main__":
    raise SystemExit(main())
