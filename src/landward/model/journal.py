"""The rules of the journal: which entries stand, in which order, and how two copies join.

The journal is append-only and joining two copies is set union by id, so syncing, importing,
the offline queue and undo are one mechanism.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from landward.model.base import Frozen
from landward.model.entries import ORDER, Entry

RETRACTION = "retraction"
UNDO = "undo"
"""The origin of what an undo writes; what it brings back keeps its own origin after a comma."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands after every replacement, in display order, and where two replacements compete."""

    entries: tuple[Entry, ...]
    conflicts: tuple[tuple[str, ...], ...]
    """Groups of ids that each replace the same entry: both are shown until one names both."""

    replaced_by: Mapping[str, tuple[str, ...]]
    """Every id that some entry names in `replaces`, here or in another copy, with the entries
    that name it; retractions are left out, for they put nothing in its place."""


class Copy(Frozen):
    """One copy of a journal: its entries, and the ids that were erased for good."""

    entries: tuple[Entry, ...]
    tombstones: frozenset[str] = frozenset()


def union(*copies: Iterable[Entry]) -> tuple[Entry, ...]:
    """All entries of all copies, once each, in total order.

    Idempotent, commutative and associative. Where one id carries two contents (one file was
    imported on two devices, with a line edited in between) the one written first is kept, as
    `Vault.append` keeps it; `differing` names such ids.
    """
    by_id: dict[str, Entry] = {}
    for copy in copies:
        for entry in copy:
            known = by_id.setdefault(entry.id, entry)
            if known is not entry and known != entry:
                by_id[entry.id] = min(known, entry, key=_first_written)
    return tuple(sorted(by_id.values(), key=ORDER))


def join(*copies: Copy) -> Copy:
    """Set union of entries and of tombstones; a tombstone wins, else a merge would resurrect."""
    tombstones = frozenset[str]().union(*(copy.tombstones for copy in copies))
    entries = union(*(copy.entries for copy in copies))
    return Copy(entries=tuple(e for e in entries if e.id not in tombstones), tombstones=tombstones)


def differing(first: Iterable[Entry], second: Iterable[Entry]) -> tuple[str, ...]:
    """Ids in both copies whose entries say different things, whoever wrote them when."""
    said = {entry.id: _said(entry) for entry in first}
    return tuple(sorted(e.id for e in second if e.id in said and said[e.id] != _said(e)))


def family(entries: Iterable[Entry], ids: Iterable[str]) -> tuple[Entry, ...]:
    """The entries `ids` and, through `replaces` in both directions, all their earlier and later
    wordings: what has to go together when something is erased for good.
    """
    pool = {entry.id: entry for entry in entries}
    kin: defaultdict[str, set[str]] = defaultdict(set)
    for entry in pool.values():
        for target in entry.replaces:
            kin[target].add(entry.id)
            kin[entry.id].add(target)
    found: set[str] = set()
    reach = [entry_id for entry_id in ids if entry_id in pool]
    while reach:
        entry_id = reach.pop()
        if entry_id not in found:
            found.add(entry_id)
            reach.extend(kin[entry_id])
    return tuple(sorted((pool[i] for i in found if i in pool), key=ORDER))


def standing(entries: Iterable[Entry]) -> Standing:
    """Fold the journal: an entry stands if no entry names it in `replaces`.

    Only `replaces` decides, never a clock. Retractions do their work and are not shown.
    """
    pool = tuple(entries)
    replaced_by: dict[str, tuple[str, ...]] = {}
    for entry in pool:
        if entry.replaces:
            note_replaced(replaced_by, entry)
    kept = sorted((entry for entry in pool if stands(entry, replaced_by)), key=ORDER)
    return Standing(entries=tuple(kept), conflicts=competing(replaced_by), replaced_by=replaced_by)


def note_replaced(replaced_by: dict[str, tuple[str, ...]], entry: Entry) -> None:
    """Write down in `replaced_by` what `entry` replaces or takes back."""
    rival = () if entry.kind == RETRACTION else (entry.id,)
    for target in dict.fromkeys(entry.replaces):
        replaced_by[target] = tuple(sorted((*replaced_by.get(target, ()), *rival)))


def stands(entry: Entry, replaced_by: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether `entry` is to be shown: nothing replaces it, and it takes nothing back itself."""
    return entry.id not in replaced_by and entry.kind != RETRACTION


def competing(replaced_by: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The groups of standing entries that replace one and the same entry, in order of id."""
    groups = {
        tuple(rival for rival in rivals if rival not in replaced_by)
        for rivals in replaced_by.values()
        if len(rivals) > 1
    }
    return tuple(sorted(group for group in groups if len(group) > 1))


def undone(entry: Entry) -> bool:
    """Whether an undo wrote this entry."""
    return entry.origin == UNDO or entry.origin.startswith(f"{UNDO}, ")


def first_origin(entry: Entry) -> str:
    """Where an entry came from, also after an undo brought it back."""
    return entry.origin.removeprefix(f"{UNDO}, ")


def _first_written(entry: Entry) -> tuple[object, ...]:
    return (entry.recorded_at, entry.device, entry.seq, entry.to_line())


def _said(entry: Entry) -> tuple[object, ...]:
    return (entry.date, entry.kind, entry.version, entry.body, entry.replaces, entry.origin)
