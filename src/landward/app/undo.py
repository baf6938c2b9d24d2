"""Take back the last thing that was written. Nothing is removed: the journal only grows."""

from collections.abc import Iterable

from landward.app.write_entry import new_entry
from landward.model.base import BadInput, Frozen
from landward.model.bodies import Retraction
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.vault import Vault

UNDO = "undo"


class Undone(Frozen):
    """What one undo took back: how many entries, of which kinds, about which days."""

    entries: tuple[Entry, ...]


def undo(vault: Vault, moment: Moment) -> Undone:
    """Take back the newest act that still stands. Raises BadInput when nothing is left.

    An act is everything one task wrote at once. What it added is retracted; what it replaced is
    written again as it was. Undoing twice takes back the act before, not the undo.
    """
    entries = vault.entries()
    act = _last_act(entries)
    if not act:
        raise BadInput("there is nothing to undo")
    by_id = {entry.id: entry for entry in entries}
    written = [new_entry(vault, Retraction(reason=UNDO), act[-1].date, moment,
                         replaces=tuple(entry.id for entry in act), origin=UNDO)]  # fmt: skip
    restored = dict.fromkeys(target for entry in act for target in entry.replaces)
    for target in restored:
        if (old := by_id.get(target)) is not None and old.kind != Retraction.kind:
            fresh = new_entry(vault, Retraction(), old.date, moment, origin=UNDO)
            written.append(
                fresh.model_copy(
                    update={"kind": old.kind, "version": old.version, "body": old.body}
                )
            )
    vault.append(written)
    return Undone(entries=act)


def _last_act(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of the newest act that no undo has taken back, oldest first."""
    pool = tuple(entries)
    taken_back = {target for entry in pool if entry.origin == UNDO for target in entry.replaces}
    open_ = [entry for entry in pool if entry.origin != UNDO and entry.id not in taken_back]
    if not open_:
        return ()
    newest = max(open_, key=lambda entry: (entry.recorded_at, entry.device, entry.seq, entry.id))
    act = [e for e in open_ if (e.recorded_at, e.device) == (newest.recorded_at, newest.device)]
    return tuple(sorted(act, key=lambda entry: entry.order))
