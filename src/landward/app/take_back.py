"""Undo exactly what one page saved. Nothing is removed: the journal only grows."""

import datetime as dt
from collections.abc import Iterable

from landward.app.undo import UNDO
from landward.app.write_entry import Numbering, new_entry
from landward.model.bodies import Retraction
from landward.model.entries import Entry
from landward.model.moment import Moment


def take_back(
    written: Iterable[str],
    restored: Iterable[Entry],
    day: dt.date,
    numbering: Numbering,
    moment: Moment,
) -> tuple[Entry, ...]:
    """A retraction of the entries `written`, and fresh copies of the ones they had replaced."""
    entries = [
        new_entry(
            numbering, Retraction(reason=UNDO), day, moment, replaces=tuple(written), origin=UNDO
        )
    ]
    for old in restored:
        if old.kind != Retraction.kind:
            fresh = new_entry(numbering, Retraction(), old.date, moment, origin=UNDO)
            kept = {"kind": old.kind, "version": old.version, "body": old.body}
            entries.append(fresh.model_copy(update=kept))
    return tuple(entries)
