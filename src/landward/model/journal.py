"""The rules of the journal: which entries stand, in which order, and how two copies join.

The journal is append-only and joining two copies is set union by id, so syncing, importing,
the offline queue and undo are one mechanism. What stands is worked out here and nowhere else:
`JournalIndex` answers by id and by day, `standing` for a whole journal at once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from landward.model.base import Frozen
from landward.model.entries import ORDER, Entry

RETRACTION = "retraction"
UNDO = "undo"
"""The origin of what an undo writes; what it brings back keeps its own origin after a comma."""
UNSIGNED = "unsigned"
"""Begins the origin of a line that came sealed and proved nothing about who wrote it: not this
installation, no paired phone. What it says of its own origin follows after a comma."""
FROM = "from "
"""Begins the origin of what was left in a box; whose box it is follows."""


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


class JournalIndex:
    """What stands, by id and by day, of a journal that grows.

    `add` takes in one entry at a time, in any order of arrival, and what is answered afterwards is
    what the whole journal would say. An index may lie over another: entries that are sealed and
    not yet in a journal over those that are in it. Every list is in display order.
    """

    def __init__(
        self, entries: Iterable[Entry] = (), *, beneath: "JournalIndex | None" = None
    ) -> None:
        self._beneath = beneath
        self._by_id: dict[str, Entry] = {}
        self._by_day: defaultdict[date, list[Entry]] = defaultdict(list)
        self._by_kind: defaultdict[str, list[Entry]] = defaultdict(list)
        self._replaced_by: dict[str, tuple[str, ...]] = {}
        if beneath is None:
            self._take_in(entries)
        else:
            for entry in entries:
                self.add(entry)

    def _take_in(self, entries: Iterable[Entry]) -> None:
        """What `add` does, for many: to unlock a ten-year diary is to go through here."""
        by_id, by_day, by_kind = self._by_id, self._by_day, self._by_kind
        for entry in entries:
            if entry.id in by_id:
                continue
            by_id[entry.id] = entry
            by_day[entry.date].append(entry)
            by_kind[entry.kind].append(entry)
            if entry.replaces:
                note_replaced(self._replaced_by, entry)

    def add(self, entry: Entry) -> bool:
        """Take in one entry. Returns False, and changes nothing, where its id is known."""
        if entry.id in self:
            return False
        self._by_id[entry.id] = entry
        self._by_day[entry.date].append(entry)
        self._by_kind[entry.kind].append(entry)
        if entry.replaces:
            note_replaced(self._replaced_by, entry)
        return True

    def over(self, beneath: "JournalIndex") -> "JournalIndex":
        """These entries laid over another index; neither changes."""
        return JournalIndex(self, beneath=beneath)

    # ---- by id --------------------------------------------------------------------------------

    def __contains__(self, entry_id: str) -> bool:
        return entry_id in self._by_id or (self._beneath is not None and entry_id in self._beneath)

    def __iter__(self) -> Iterator[Entry]:
        """Every entry, standing or not, in the order of arrival, those beneath first."""
        return chain(self._beneath or (), self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id) + (len(self._beneath) if self._beneath is not None else 0)

    def entry(self, entry_id: str) -> Entry | None:
        """One entry by its id, standing or not."""
        found = self._by_id.get(entry_id)
        return self._beneath.entry(entry_id) if found is None and self._beneath else found

    def stands(self, entry_id: str) -> bool:
        """Whether an entry is there and nothing replaces it or takes it back."""
        return entry_id in self and not self._is_replaced(entry_id)

    def successors(self, entry_id: str) -> tuple[Entry, ...]:
        """What stands in the place of an entry, through all corrections: itself, one, or several
        that compete; nothing where it was taken back.
        """
        found: dict[str, Entry] = {}
        for reached in _reach(entry_id, self._named_by):
            entry = self.entry(reached)
            if entry is not None and self._shows(entry):
                found[reached] = entry
        return tuple(sorted(found.values(), key=ORDER))

    def rivals(self, entry_id: str) -> tuple[Entry, ...]:
        """The standing entries that replace one and the same entry as this one does; with it."""
        entry = self.entry(entry_id)
        pool = {entry_id: entry} if entry is not None and self._shows(entry) else {}
        for target in entry.replaces if entry is not None else ():
            pool |= {rival.id: rival for rival in self.successors(target)}
        return tuple(sorted((e for e in pool.values() if e is not None), key=ORDER))

    # ---- by day and kind ------------------------------------------------------------------------

    def on(self, day: date) -> tuple[Entry, ...]:
        """The standing entries about one day; no retractions."""
        return tuple(sorted(filter(self._shows, self._about(day)), key=ORDER))

    def was_on(self, day: date) -> tuple[Entry, ...]:
        """What was said about one day and stands no more: the day's history."""
        gone = (e for e in self._about(day) if e.kind != RETRACTION and self._is_replaced(e.id))
        return tuple(sorted(gone, key=ORDER))

    def of_kinds(self, kinds: Iterable[str]) -> tuple[Entry, ...]:
        """The standing entries of some kinds."""
        found = chain.from_iterable(map(self._of_kind, kinds))
        return tuple(sorted(filter(self._shows, found), key=ORDER))

    def ended_by(self, entry_id: str) -> tuple[Entry, ...]:
        """The entries, retractions too, that name this one in `replaces`."""
        entry = self.entry(entry_id)
        named = {e.id: e for e in map(self.entry, self._named_by(entry_id)) if e is not None}
        if entry is not None:
            named |= {e.id: e for e in self._of_kind(RETRACTION) if entry_id in e.replaces}
        return tuple(sorted(named.values(), key=ORDER))

    # ---- as a whole -----------------------------------------------------------------------------

    def standing(self) -> Standing:
        """Everything that stands, and where two replacements compete."""
        kept = sorted(filter(self._shows, self), key=ORDER)
        replaced_by = self._all_replaced()
        return Standing(tuple(kept), competing(replaced_by), replaced_by)

    def _all_replaced(self) -> dict[str, tuple[str, ...]]:
        found = self._beneath._all_replaced() if self._beneath is not None else {}
        for target, rivals in self._replaced_by.items():
            found[target] = tuple(sorted((*found.get(target, ()), *rivals)))
        return found

    def _shows(self, entry: Entry) -> bool:
        return entry.kind != RETRACTION and not self._is_replaced(entry.id)

    def _is_replaced(self, entry_id: str) -> bool:
        return entry_id in self._replaced_by or (
            self._beneath is not None and self._beneath._is_replaced(entry_id)
        )

    def _named_by(self, entry_id: str) -> tuple[str, ...]:
        beneath = self._beneath._named_by(entry_id) if self._beneath is not None else ()
        return (*beneath, *self._replaced_by.get(entry_id, ()))

    def _about(self, day: date) -> Iterator[Entry]:
        beneath = self._beneath._about(day) if self._beneath is not None else ()
        return chain(beneath, self._by_day.get(day, ()))

    def _of_kind(self, kind: str) -> Iterator[Entry]:
        beneath = self._beneath._of_kind(kind) if self._beneath is not None else ()
        return chain(beneath, self._by_kind.get(kind, ()))


def standing(entries: Iterable[Entry]) -> Standing:
    """Fold the journal: an entry stands if no entry names it in `replaces`.

    Only `replaces` decides, never a clock. Retractions do their work and are not shown.
    """
    once: dict[str, Entry] = {}
    replaced_by: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        if entry.id not in once:
            once[entry.id] = entry
            if entry.replaces:
                note_replaced(replaced_by, entry)
    kept = sorted((e for e in once.values() if stands(e, replaced_by)), key=ORDER)
    return Standing(tuple(kept), competing(replaced_by), replaced_by)


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


def _reach(start: str, steps: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """`start` and everything that can be reached from it, once each."""
    seen, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        yield here
        fresh = [step for step in steps(here) if step not in seen]
        seen.update(fresh)
        ahead.extend(fresh)


def undone(entry: Entry) -> bool:
    """Whether an undo wrote this entry."""
    return entry.origin == UNDO or entry.origin.startswith(f"{UNDO}, ")


def first_origin(entry: Entry) -> str:
    """Where an entry says it came from, also after an undo brought it back."""
    return entry.origin.removeprefix(f"{UNDO}, ").removeprefix(f"{UNSIGNED}, ")


def came_unsigned(entry: Entry) -> bool:
    """Whether an entry came sealed and proved nothing about who wrote it."""
    return entry.origin.removeprefix(f"{UNDO}, ").startswith(f"{UNSIGNED}, ")


def unproved(entry: Entry) -> bool:
    """Whether anybody could have written an entry: it came unsigned, or through somebody's box."""
    return came_unsigned(entry) or entry.origin.startswith(FROM)


def same_words(one: Entry, other: Entry) -> bool:
    """Whether two entries say the same about the same, wherever they came from and when."""
    return _said(one) == _said(other)


def _first_written(entry: Entry) -> tuple[object, ...]:
    # Whoever proves nothing may date a line as early as they like: what is proved goes before it.
    return (unproved(entry), entry.recorded_at, entry.device, entry.seq, entry.to_line())


def _said(entry: Entry) -> tuple[object, ...]:
    origin = entry.origin.removeprefix(f"{UNSIGNED}, ")
    return (entry.date, entry.kind, entry.version, entry.body, entry.replaces, origin)
