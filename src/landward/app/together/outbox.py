"""What is still to be sent, as sealed items that wait until the relay has them.

Pure: from what the diary holds and what lies on the shelf to the facts that keep the outbox.
"""

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from landward.app.together.items import Hole, Item, Kind, gone_body
from landward.app.together.ledger import DELETE, Known, Ledger, fact_name
from landward.app.together.membership import Membership
from landward.app.together.sealing import hash_of
from landward.model.entries import Entry
from landward.vault.carrying import OUT

LINES_BYTES = 24_000
"""About how much goes into one item; a single long entry may be more."""
MOST_LINES = 400
MOST_IDS = 200
"""Erased ids in one item, and holes."""
AT_ONCE = 64
"""How many items wait at a time: a long diary goes out in several rounds."""


class Outbox:
    """Forms a device's next items, one after another, and the facts that keep them."""

    def __init__(self, membership: Membership, ledger: Ledger, now: datetime) -> None:
        self._me, self._ledger, self._now = membership, ledger, now
        self._key, self._signing = membership.shelf.shelf_key, membership.signing
        self.facts: dict[str, str | None] = {}
        self.formed = 0

    def add(
        self,
        kind: Kind,
        body: Mapping[str, Any],
        entries: Sequence[tuple[Entry, str]] = (),
        graves: Sequence[str] = (),
    ) -> None:
        """Form one item of entries with their digests, or of something else."""
        device = self._me.device
        n = max(self._ledger.top(device), self._ledger.claims.get(device, 0)) + 1
        heads = self._ledger.heads()
        heads.pop(device, None)
        item = Item(
            device=device, n=n, prev=self._ledger.before(device, n), seen=heads, at=self._now,
            kind=kind, body=body, lines=tuple(entry.to_line() for entry, _ in entries),
        )  # fmt: skip
        text = item.to_text()
        blob = self._key.blob_id(device, n)
        data = self._key.close(blob, self._signing, text)
        known = Known(hash_of(text), tuple((e.id, d) for e, d in entries), tuple(graves))
        self._ledger.put((device, n), known)
        self.facts[fact_name((device, n))] = known.to_text()
        self.facts[f"{OUT}{n:016d}"] = f"{blob}|{base64.b64encode(data).decode()}"
        self.formed += 1

    def take_away(self, holes: Iterable[Hole]) -> None:
        """These items' blobs are to be deleted; what they carried is unsent again."""
        for hole in holes:
            gone = self._ledger.hole(hole)
            self.facts[fact_name((hole.device, hole.n))] = gone.to_text()
            self.facts[f"{DELETE}{self._key.blob_id(hole.device, hole.n)}"] = ""
            if hole.device == self._me.device:
                self.facts[f"{OUT}{hole.n:016d}"] = None

    def add_gone(self, graves: Sequence[str], holes: Sequence[Hole]) -> None:
        """Form items that say what was erased, and which items' blobs are taken away."""
        for at in range(0, max(len(graves), len(holes)), MOST_IDS):
            ids, these = graves[at : at + MOST_IDS], holes[at : at + MOST_IDS]
            self.add("gone", gone_body(ids, these), graves=ids)

    def add_entries(self, entries: Iterable[tuple[Entry, str]]) -> None:
        """Form items of entries, as many as may wait at a time."""
        for batch in _batches(entries):
            if self.formed >= AT_ONCE:
                return
            self.add("entry", {}, batch)


def waiting(facts: Mapping[str, str]) -> tuple[tuple[int, str, bytes], ...]:
    """What waits in the outbox: number, blob id, sealed bytes, in order of number."""
    found = []
    for name, text in facts.items():
        if name.startswith(OUT):
            blob, _, data = text.partition("|")
            found.append((int(name.removeprefix(OUT)), blob, base64.b64decode(data)))
    return tuple(sorted(found))


def unsent(
    entries: Sequence[Entry], digests: Mapping[str, str], ledger: Ledger
) -> tuple[tuple[Entry, str], ...]:
    """The entries that no item on the shelf or in the outbox carries as they are here."""
    return tuple(
        (entry, digests[entry.id])
        for entry in entries
        if (entry.id, digests[entry.id]) not in ledger.carried
    )


def _batches(entries: Iterable[tuple[Entry, str]]) -> Iterator[list[tuple[Entry, str]]]:
    held: list[tuple[Entry, str]] = []
    size = 0
    for one in entries:
        more = len(one[0].body.encode()) + 400
        if held and (size + more > LINES_BYTES or len(held) == MOST_LINES):
            yield held
            held, size = [], 0
        held.append(one)
        size += more
    if held:
        yield held
