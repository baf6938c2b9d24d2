"""The parts of `bench vault` that stand between a program and its disk: faults, crash states,
old rollback files. Each runs in a process of its own, with the shim; here are their figures.
"""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import shim

HERE = Path(__file__).resolve().parent
MEMORY = Path("/dev/shm")
Part = tuple[list[str], bool]


def run(program: str, folder: Path, *arguments: str) -> dict[str, Any] | None:
    """What a program wrote down; None where no compiler can build the shim."""
    if shim.compiler() is None:
        return None
    # Crash states are laid out and thrown away by the thousand: in memory where there is any.
    work = (MEMORY if MEMORY.is_dir() else folder) / f"landward-{program}-{os.getpid()}"
    result = folder / f"{program}.json"
    try:
        shim.run_with_shim(HERE / program, [str(work), str(result), *arguments], folder)
        found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
        return found
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _not_run(heading: str) -> Part:
    return ["", f"## {heading}", "", "Not run: no C compiler here."], False


def states(folder: Path, each: int) -> Part:
    """Crash states of every operation."""
    heading = "Crash states replayed from recorded calls"
    told = run("replay.py", folder, "--each", str(each))
    blind = run("replay.py", folder, "--each", "6", "--only", "save", "--ignore-syncs")
    if told is None or blind is None:
        return _not_run(heading)
    count = sum(told["states"].values())
    said = [
        "",
        f"## {heading}",
        "",
        f"{count} states of {len(told['states'])} operations (key changes, erasing, merging, "
        "backups and a newer form of the tables included), each laid out on a disk, opened, read "
        f"and checked: **{len(told['lost'])} lost, {len(told['false'])} false messages**. What is "
        "not synced may be missing, torn in blocks of 512 bytes, or overtaken; names change in "
        "their order within a folder (`disk.py`). With every fsync left out of the record, "
        f"{len(set(blind['lost']))} complaints about {sum(blind['states'].values())} states of "
        "two operations: it does see what is lost. The model is ours; no power was cut.",
        "",
        "| operation | states |",
        "|---|---:|",
        *(f"| {name} | {number} |" for name, number in told["states"].items()),
        *(f"- {line}" for line in (*told["lost"][:10], *told["false"][:10])),
    ]
    return said, not told["lost"] and not told["false"] and count >= 8000


def journals(folder: Path) -> Part:
    """Old rollback files put back."""
    heading = "Old rollback files put beside a diary that went on"
    told, alone = run("journals.py", folder), run("journals.py", folder, "--believe")
    if told is None or alone is None:
        return _not_run(heading)
    refused = sum(told["refused"].values())
    took = sum("lost" in line or "came back" in line for line in alone["wrong"])
    said = [
        "",
        f"## {heading}",
        "",
        f"{told['pairs']} pairs (12 writes × 12 ways to go on): **{told['recovered']} whole and "
        f"said, {refused} refused in one line, {len(told['wrong'])} wrong**. Without our look at "
        f"the file SQLite would have used it: {took} with lines lost or come back, "
        f"{sum(alone['refused'].values())} unreadable.",
        *(f"- {line}" for line in told["wrong"]),
    ]
    return said, not told["wrong"]


def small_disk(folder: Path) -> Part:
    """A disk that is really full."""
    heading = "A disk that is really full"
    told = run("small_disk.py", folder)
    if told is None or not told["mounted"]:
        why = "no C compiler here" if told is None else "no small file system could be mounted here"
        return ["", f"## {heading}", "", f"Not run: {why}."], False
    said = [
        "",
        f"## {heading}",
        "",
        f"{len(told['cases'])} operations on a small file system (tmpfs) at sixteen fillings each, "
        f"from no page left to some sixty: {sum(told['cases'].values())} cases, "
        f"**{len(told['untrue'])} untrue messages**. {told['ends'].get('done', 0)} were done, "
        f"{told['ends'].get('CouldNotSave', 0)} refused.",
        *(f"- {line}" for line in told["untrue"][:20]),
    ]
    return said, not told["untrue"]


def faults(folder: Path, every: int) -> Part:
    """A fault at each call that changes a file."""
    heading = "A fault at each call that changes a file"
    told = run("faults.py", folder, "--every", str(every))
    if told is None:
        return _not_run(heading)
    which = "each such call" if every == 1 else f"every {every}th such call"
    ends = ", ".join(f"{name or 'nothing'} {count}" for name, count in told["ends"].items())
    said = [
        "",
        f"## {heading}",
        "",
        f"ENOSPC, EROFS and EIO (once, and from then on) and SIGKILL (before and after) at {which} "
        f"of {len(told['cases'])} operations, SQLite’s own calls included: "
        f"{sum(told['cases'].values())} cases, **{len(told['untrue'])} untrue messages**. "
        f"How they ended: {ends}.",
        *(f"- {line}" for line in told["untrue"][:20]),
    ]
    return said, not told["untrue"]
