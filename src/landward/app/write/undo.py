"""Take back what was written: the last act, or what one page saved. Nothing is removed."""

from collections.abc import Callable, Iterable

from landward.app.write.entry import Numbering, new_entry
from landward.app.write.writer import Writer
from landward.app.write.written_today import note_doses
from landward.model.base import BadInput, Frozen
from landward.model.bodies import Retraction
from landward.model.day_answers import lasting_origin
from landward.model.entries import Entry
from landward.model.errors import Locked
from landward.model.journal import RETRACTION, UNDO, JournalIndex, undone
from landward.model.moment import Moment
from landward.model.said import phrase
from landward.vault import Vault


class Undone(Frozen):
    """What one undo took back: how many entries, of which kinds, about which days."""

    entries: tuple[Entry, ...]


def undo(vault: Vault, moment: Moment) -> Undone:
    """Take back the newest act that still stands. Raises BadInput when nothing is left.

    An act is everything one task wrote at once. Undoing twice takes back the act before, not the
    undo.
    """
    entries = vault.entries()
    act = _last_act(entries)
    known = {entry.id: entry for entry in entries}
    written = take_back((entry.id for entry in act), known.get, vault, moment)
    vault.append(written)
    note_doses(vault.path, written, moment)
    return Undone(entries=act)


def undo_page(writer: Writer, written: tuple[str, ...], moment: Moment) -> Undone | None:
    """Take back exactly what one page saved, whatever came after it elsewhere.

    None where nothing of it stands any more. What cannot be seen while locked (it was written
    before, or corrected what was) waits for the passphrase: taking back half of it would lose the
    other half. Raises Locked.
    """
    index = writer.index
    act = [entry for entry in map(index.entry, written) if entry is not None]
    seen = all(target in index for entry in act for target in entry.replaces)
    if not writer.sees_all and not (len(act) == len(written) and seen):
        raise Locked(phrase("undo needs the passphrase"))
    open_ = [e for e in act if index.stands(e.id) or _still_takes_back(index, e)]
    if not open_:
        return None
    entries = take_back(written, index.entry, writer.numbering, moment)
    writer.append(entries, moment)
    note_doses(writer.path, entries, moment)
    return Undone(entries=tuple(open_))


def _still_takes_back(index: JournalIndex, entry: Entry) -> bool:
    return entry.kind == RETRACTION and not index.ended_by(entry.id)


def take_back(
    written: Iterable[str],
    known: Callable[[str], Entry | None],
    numbering: Numbering,
    moment: Moment,
) -> tuple[Entry, ...]:
    """What to append so that the entries of the ids `written` stand no more.

    They are retracted, and what they had replaced is written again as it was. `known` finds an
    entry by its id. Raises BadInput when none of them is known.
    """
    ids = tuple(written)
    act = [entry for entry in map(known, ids) if entry is not None]
    if not act:
        raise BadInput(phrase("there is nothing to undo"))
    retraction = Retraction(reason=UNDO)
    # A clock that once ran ahead may have dated the act years from now; the undo is of today.
    day = min(act[-1].date, moment.today())
    entries = [new_entry(numbering, retraction, day, moment, replaces=ids, origin=UNDO)]
    for target in dict.fromkeys(target for entry in act for target in entry.replaces):
        if (old := known(target)) is not None and old.kind != Retraction.kind:
            origin = f"{UNDO}, {lasting_origin(old)}"[:200]
            # It stands where its correction stood, so that a page filled with either finds it.
            replaces = tuple(e.id for e in act if target in e.replaces and e.kind != RETRACTION)
            fresh = new_entry(
                numbering, Retraction(), old.date, moment, replaces=replaces, origin=origin
            )
            entries.append(fresh.but(kind=old.kind, version=old.version, body=old.body))
    return tuple(entries)


def _last_act(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of the newest act that no undo has taken back, oldest first."""
    pool = tuple(entries)
    taken_back = {target for entry in pool if undone(entry) for target in entry.replaces}
    open_ = [entry for entry in pool if not undone(entry) and entry.id not in taken_back]
    if not open_:
        return ()
    newest = max(open_, key=lambda entry: (entry.recorded_at, entry.device, entry.seq, entry.id))
    act = [e for e in open_ if (e.recorded_at, e.device) == (newest.recorded_at, newest.device)]
    return tuple(sorted(act, key=lambda entry: entry.order))
