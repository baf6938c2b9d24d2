"""That a dose was written here today, kept where it can be seen while locked, if the person chose.

Only what this installation saved is noted, when it was saved; nothing is ever read from a sealed
line, which anyone may have left. A time is kept, no name and no amount, until the day turns.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from landward.app.diary.locked_view import (
    LockedView,
    WrittenDose,
    WrittenToday,
    load_outside,
    save_outside,
)
from landward.app.library.known_words import KNOWN
from landward.model.bodies import DoseTaken
from landward.model.entries import Entry
from landward.model.errors import CouldNotSave
from landward.model.moment import Moment, zone_of


def note_doses(path: Path, saved: Sequence[Entry], moment: Moment) -> None:
    """Note the doses of today among what was just saved; take out what it replaces.

    The entries are on disk already. A note that cannot be written is left out: the page then says
    less, never more.
    """
    if not any(entry.kind == DoseTaken.kind or entry.replaces for entry in saved):
        return
    view = load_outside(path)
    if view.shows_doses:
        today = moment.today(view.settings.day_starts_at)
        keep(path, view, _noted(view.written, saved, today, moment))


def clear_old(path: Path, view: LockedView, today: dt.date) -> None:
    """Forget what was noted on an earlier day, or before the person chose otherwise."""
    if view.written.doses and not (view.shows_doses and view.written.day == today):
        keep(path, view, WrittenToday())


def keep(path: Path, view: LockedView, written: WrittenToday) -> None:
    """Put the note in its place, where it changed."""
    if written != view.written:
        with suppress(CouldNotSave):
            save_outside(path, view.model_copy(update={"written": written}))


def _noted(
    before: WrittenToday, saved: Iterable[Entry], today: dt.date, moment: Moment
) -> WrittenToday:
    doses = {d.entry_id: d for d in before.doses} if before.day == today else {}
    for entry in saved:
        for gone in entry.replaces:
            doses.pop(gone, None)
        body = KNOWN.read(entry) if entry.kind == DoseTaken.kind and entry.date == today else None
        if isinstance(body, DoseTaken) and body.status != "not_taken" and not body.as_needed:
            at = body.at.astimezone(zone_of(moment.zone)) if body.at else moment.local
            doses[entry.id] = WrittenDose(
                entry_id=entry.id, at=f"{at:%H:%M}", whole_day=body.day_total
            )
    return WrittenToday(day=today if doses else None, doses=tuple(doses.values()))
