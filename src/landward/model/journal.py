"""The rules of the journal: which entries stand, in which order, and how two copies join.

The journal is append-only and joining two copies is set union by id, so syncing, importing,
the offline queue and undo are one mechanism.
"""

from collections import defaultdict
from collections.abc import Iterable

from landward.model.base import BadInput, Frozen
from landward.model.entries import Entry


class Standing(Frozen):
    """What stands after every replacement, in display order, and where two replacements compete."""

    entries: tuple[Entry, ...]
    conflicts: tuple[tuple[str, ...], ...] = ()
    """Groups of ids that each replace the same entry: both are shown until one names both."""


def union(*copies: Iterable[Entry]) -> tuple[Entry, ...]:
    """All entries of all copies, once each, in total order.

    Idempotent, commutative and associative. Raises BadInput where one id carries two contents:
    ids are never reused, so one of the copies has been altered.
    """
    by_id: dict[str, Entry] = {}
    for copy in copies:
        for entry in copy:
            known = by_id.setdefault(entry.id, entry)
            if known is not entry and known != entry:
                raise BadInput(
                    f"entry {entry.id} has two different contents; one of the copies was altered"
                )
    return tuple(sorted(by_id.values(), key=_order))


def standing(entries: Iterable[Entry]) -> Standing:
    """Fold the journal: an entry stands if no entry names it in `replaces`.

    Only `replaces` decides, never a clock. Retractions do their work and are not shown.
    """
    pool = tuple(entries)
    replaced_by: defaultdict[str, list[str]] = defaultdict(list)
    for entry in pool:
        for target in entry.replaces:
            replaced_by[target].append(entry.id)
    kept = [e for e in pool if e.id not in replaced_by and e.kind != "retraction"]
    standing_ids = {e.id for e in kept}
    conflicts: set[tuple[str, ...]] = set()
    for rivals in replaced_by.values():
        if len(rivals) > 1:
            group = tuple(sorted(r for r in rivals if r in standing_ids))
            if len(group) > 1:
                conflicts.add(group)
    return Standing(entries=tuple(sorted(kept, key=_order)), conflicts=tuple(sorted(conflicts)))


def _order(entry: Entry) -> tuple[object, ...]:
    return entry.order
