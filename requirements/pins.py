"""The pinned libraries as `requirements/*.txt` hold them, and what differs between two times."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
SETS = ("runtime", "test", "build", "tools")
_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$")
_HASH = re.compile(r"^\s*--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Pin:
    """One library at one version, with the hash of each file it may be installed from."""

    name: str
    version: str
    marker: str = ""
    hashes: tuple[str, ...] = ()


def read_pins(text: str) -> tuple[Pin, ...]:
    """The pins of one requirement file. Raises ValueError for a line that pins nothing."""
    found: list[Pin] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if pin := _PIN.match(line):
            found.append(Pin(pin[1].lower(), pin[2], pin[3] or ""))
        elif (digest := _HASH.match(line)) and found:
            last = found[-1]
            found[-1] = Pin(last.name, last.version, last.marker, (*last.hashes, digest[1]))
        else:
            raise ValueError(f"line {number} pins nothing: {line.strip()[:80]}")
    for one in found:
        if not one.hashes:
            raise ValueError(f"{one.name} {one.version} has no hash")
    return tuple(found)


def all_pins(folder: Path = HERE) -> dict[str, tuple[Pin, ...]]:
    """The pins of every set that is there."""
    return {
        name: read_pins((folder / f"{name}.txt").read_text(encoding="utf-8"))
        for name in SETS
        if (folder / f"{name}.txt").exists()
    }


def changes(
    before: Mapping[str, tuple[Pin, ...]], after: Mapping[str, tuple[Pin, ...]]
) -> list[str]:
    """What was added, removed and exchanged, one line each, with the sets it is in.

    The same version with other hashes is said as well: somebody put up other files under it.
    """
    lines: dict[str, list[str]] = {}
    for name in SETS:
        for line in _of_one(before.get(name, ()), after.get(name, ())):
            lines.setdefault(line, []).append(name)
    return [f"{line}  ({', '.join(sets)})" for line, sets in sorted(lines.items())]


def _of_one(before: tuple[Pin, ...], after: tuple[Pin, ...]) -> list[str]:
    said = []
    old: dict[str, list[Pin]] = {}
    new: dict[str, list[Pin]] = {}
    for side, pins in ((old, before), (new, after)):
        for pin in pins:
            side.setdefault(pin.name, []).append(pin)
    for name in sorted({*old, *new}):
        was, now = (
            ", ".join(sorted({p.version for p in side.get(name, [])})) for side in (old, new)
        )
        if not was:
            said.append(f"+ {name} {now}")
        elif not now:
            said.append(f"- {name} {was}")
        elif was != now:
            said.append(f"~ {name} {was} → {now}")
        elif _hashes(old[name]) != _hashes(new[name]):
            fewer = len(_hashes(old[name]) - _hashes(new[name]))
            more = len(_hashes(new[name]) - _hashes(old[name]))
            said.append(f"! {name} {now}: other files under one version ({more} new, {fewer} gone)")
    return said


def _hashes(pins: list[Pin]) -> set[str]:
    return {digest for pin in pins for digest in pin.hashes}
