"""What lies on the shelf, as this device knows it: every item's hash and what it carried.

From it follows what is still to be sent, which items the relay kept back, and where two different
items came under one number. One small fact an item; pure values.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from landward.app.together.items import Hole

ITEM, DELETE = "together item ", "together delete "
PLACE, BACK, CLAIM = "together place", "together back", "together claim "
ASKED, HEARD = "together asked", "together heard"
"""What this device last asked the others for; that another one asks this one."""
Carried = tuple[str, str]
"""An entry's id and the first half of the digest of its line."""


@dataclass(frozen=True, slots=True)
class Known:
    """One item: its hash ("" where nobody knows it), and what it carried that still counts."""

    hash: str
    entries: tuple[Carried, ...] = ()
    graves: tuple[str, ...] = ()
    hole: bool = False
    """Whether its blob was taken away."""

    @property
    def is_word(self) -> bool:
        """Whether it said something about the set and carried nothing."""
        return not (self.entries or self.graves or self.hole)

    def to_text(self) -> str:
        """As it is kept."""
        carried = ",".join(f"{entry_id}:{digest}" for entry_id, digest in self.entries)
        return f"{self.hash}|{carried}|{','.join(self.graves)}|{'hole' if self.hole else ''}"

    @classmethod
    def from_text(cls, text: str) -> "Known":
        """What `to_text` wrote."""
        hash_, carried, graves, hole = text.split("|")
        pairs = (pair.split(":") for pair in carried.split(",") if pair)
        return cls(
            hash_,
            tuple((entry_id, digest) for entry_id, digest in pairs),
            tuple(filter(None, graves.split(","))),
            bool(hole),
        )


Key = tuple[str, int]
"""A device, and the number of its item."""


def fact_name(key: Key) -> str:
    """The name under which an item is known."""
    return f"{ITEM}{key[0]} {key[1]:016d}"


def key_in(name: str) -> Key:
    """The item of a fact's name."""
    device, n = name.removeprefix(ITEM).split(" ")
    return device, int(n)


class Ledger:
    """All known items. Grows while a shelf is read; what changed is written by the caller."""

    def __init__(self, facts: Mapping[str, str] | None = None) -> None:
        self.items: dict[Key, Known] = {}
        self.claims: dict[str, int] = {}
        """How far other devices said they had seen each chain."""
        self._top: dict[str, int] = {}
        self.carried: dict[Carried, int] = {}
        self.graves: dict[str, int] = {}
        for name, text in (facts or {}).items():
            if name.startswith(ITEM):
                self.put(key_in(name), Known.from_text(text))
            elif name.startswith(CLAIM):
                self.claim(name.removeprefix(CLAIM), int(text))

    def put(self, key: Key, known: Known) -> None:
        """Take an item in, in place of what was known of it."""
        self.forget(key)
        self.items[key] = known
        self._top[key[0]] = max(key[1], self._top.get(key[0], 0))
        for carried in known.entries:
            self.carried[carried] = self.carried.get(carried, 0) + 1
        for grave in known.graves:
            self.graves[grave] = self.graves.get(grave, 0) + 1

    def forget(self, key: Key) -> None:
        """Let go of an item."""
        known = self.items.pop(key, None)
        if known is None:
            return
        for carried in known.entries:
            _less(self.carried, carried)
        for grave in known.graves:
            _less(self.graves, grave)

    def claim(self, device: str, n: int) -> None:
        """Another device says it has seen the chain of `device` up to `n`."""
        self.claims[device] = max(n, self.claims.get(device, 0))

    def top(self, device: str) -> int:
        """The highest number known of a device; 0 for none."""
        n = self._top.get(device, 0)
        while n and (device, n) not in self.items:
            n -= 1
        self._top[device] = n
        return n

    def before(self, device: str, n: int) -> str:
        """The hash of the item before the `n`th, "" where none is known."""
        known = self.items.get((device, n - 1))
        return known.hash if known is not None else ""

    def heads(self) -> dict[str, int]:
        """The highest known number of every device."""
        tops = {device: self.top(device) for device in sorted(self._top)}
        return {device: n for device, n in tops.items() if n}

    def missing(self, devices: Iterable[str]) -> tuple[Key, ...]:
        """Items that were written, by what others name, and that the relay did not give."""
        found = []
        for device in sorted(set(devices)):
            last = max(self.top(device), self.claims.get(device, 0))
            found += [(device, n) for n in range(1, last + 1) if (device, n) not in self.items]
        return tuple(found)

    def carriers(self, ids: Iterable[str]) -> tuple[Key, ...]:
        """The items that carry any of these entries."""
        wanted = frozenset(ids)
        return tuple(
            key
            for key, known in sorted(self.items.items())
            if any(entry_id in wanted for entry_id, _ in known.entries)
        )

    def hole(self, hole: Hole) -> Known:
        """An item's blob went: what is known of it from now on."""
        known = self.items.get((hole.device, hole.n))
        there = known.hash if known is not None else ""
        gone = Known(there or hole.hash, hole=True)
        self.put((hole.device, hole.n), gone)
        return gone


def _less(counts: dict, of: object) -> None:  # type: ignore[type-arg]  # of ids, or of pairs
    counts[of] -= 1
    if not counts[of]:
        del counts[of]
