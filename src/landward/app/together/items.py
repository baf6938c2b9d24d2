"""An item: what one device says to the others, one after another, each naming the one before.

As text it is one line of canonical JSON, and after it the entries, one line each, as in
`entries.jsonl`. Kinds: `entry`; `gone` (ids erased for good, and items whose blobs went); `member`
(a device came, or left); `key` (the set moved to another shelf, sealed to each who stays).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Literal

from landward.model.entries import Entry, canonical_json
from landward.vault.validate import BOUNDED, is_fit, refuse_deep

VERSION = 1
Kind = Literal["entry", "gone", "member", "key"]
KINDS = frozenset({"entry", "gone", "member", "key"})
MOST_NUMBER = 2**53 - 1
MOST_LINES = 20_000
HEX_ID = re.compile(r"[0-9a-f]{32}")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class NewerItem(ValueError):
    """Written by a newer Landward than this one."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a device said as its `n`th, counted from 1; `prev` is the hash of the one before."""

    device: str
    n: int
    prev: str
    seen: Mapping[str, int]
    """How far the chains of the other devices had come, as this one knew them."""
    at: datetime
    """When it was written, by the clock of its device."""
    kind: Kind
    body: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    lines: tuple[str, ...] = ()

    def to_text(self) -> str:
        """The text that is signed and sealed."""
        said = {
            "v": VERSION, "device": self.device, "n": self.n, "prev": self.prev,
            "seen": dict(self.seen), "at": self.at.astimezone(UTC).isoformat(timespec="seconds"),
            "kind": self.kind, "body": dict(self.body),
        }  # fmt: skip
        return "\n".join((canonical_json(said), *self.lines))


def read_item(text: str) -> Item:
    """The item in a text that was signed by some device. Raises ValueError, NewerItem."""
    first, *lines = text.split("\n")
    refuse_deep(first)
    said = BOUNDED.decode(first)
    if not isinstance(said, dict) or not isinstance(said.get("v"), int):
        raise ValueError("no item")
    if said["v"] > VERSION:
        raise NewerItem
    seen, body = said["seen"], said["body"]
    at = datetime.fromisoformat(said["at"])
    fine = (
        said["kind"] in KINDS
        and _is_id(said["device"])
        and _is_number(said["n"])
        and (said["prev"] == "" or _is_id(said["prev"]))
        and isinstance(seen, dict)
        and isinstance(body, dict)
        and all(_is_id(device) and _is_number(n) for device, n in seen.items())
        and at.tzinfo is not None
        and len(lines) <= MOST_LINES
    )
    if not fine:
        raise ValueError("no item")
    return Item(
        device=said["device"], n=said["n"], prev=said["prev"], seen=seen, at=at,
        kind=said["kind"], body=body, lines=tuple(lines),
    )  # fmt: skip


def entries_in(item: Item) -> tuple[tuple[Entry, ...], int]:
    """The entries of an item that may join a diary, and how many may not: the vault's own check
    of size, depth, day and kind.
    """
    found: list[Entry] = []
    for line in item.lines:
        try:
            entry = Entry.from_line(line, BOUNDED)
        except (ValueError, TypeError, RecursionError, OverflowError):
            continue
        if is_fit(entry, read_bounded=True):
            found.append(entry)
    return tuple(found), len(item.lines) - len(found)


@dataclass(frozen=True, slots=True)
class Hole:
    """An item whose blob was taken away: whose, its number, its hash ("" where nobody knows it)."""

    device: str
    n: int
    hash: str


def gone_body(ids: Iterable[str], holes: Iterable[Hole]) -> dict[str, Any]:
    """The body of an item of kind `gone`."""
    return {
        "ids": sorted(ids),
        "items": sorted([hole.device, hole.n, hole.hash] for hole in holes),
    }


def read_gone(body: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[Hole, ...]]:
    """The erased ids and the holes of a `gone` item. What is neither is left out."""
    ids = body.get("ids", [])
    holes = body.get("items", [])
    if not isinstance(ids, list) or not isinstance(holes, list):
        return (), ()
    return tuple(filter(_is_id, ids)), tuple(
        Hole(*hole)
        for hole in holes
        if isinstance(hole, list)
        and len(hole) == len(("device", "number", "hash"))
        and _is_id(hole[0])
        and _is_number(hole[1])
        and (hole[2] == "" or _is_id(hole[2]))
    )


def _is_id(text: object) -> bool:
    return isinstance(text, str) and HEX_ID.fullmatch(text) is not None


def _is_number(n: object) -> bool:
    return isinstance(n, int) and not isinstance(n, bool) and 0 < n <= MOST_NUMBER


__all__ = ["Hole", "Item", "NewerItem", "entries_in", "gone_body", "read_gone", "read_item"]
