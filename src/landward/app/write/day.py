"""How a day was, from what was tapped on Today or typed in a terminal, to journal entries."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from landward.app.diary.profile import PlannedDose
from landward.app.write.entry import Numbering, new_entry
from landward.app.write.save import save_all
from landward.model.base import BadInput, Frozen
from landward.model.bodies import Body, CheckIn, DoseTaken, Event, Note, Sleep
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.model.scale import DAY, FEELING, SYMPTOM, Scale

FEELINGS = ("pleasant", "painful")
"""The two daily feelings: pleasant and painful feelings reached me, none to fully."""

WINDOW_HOURS = "window_hours"
HOURS = Scale(low=0, high=24, better="up")
DoseAnswer = Literal["", "as_planned", "not_taken"]


class DayWords(Frozen):
    """What was said about a day, before it is entries. What was asked and left open is in `asked`
    alone.
    """

    asked: tuple[str, ...] = ()
    answers: Mapping[str, float] = {}
    no_occasion: tuple[str, ...] = ()
    too_much: tuple[str, ...] = ()
    mode: Literal["answered", "unwell", "resting"] = "answered"
    carried: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    sleep_hours: float | None = None
    event: str = ""
    event_valence: int | None = None
    dose: DoseAnswer = ""

    @property
    def says_something(self) -> bool:
        """Whether anything at all was answered, chosen or written."""
        return bool(
            self.answers or self.no_occasion or self.too_much or self.tags or self.note
            or self.event or self.dose or self.sleep_hours is not None or self.mode != "answered"
        )  # fmt: skip


def day_scale(item: str) -> Scale:
    """The scale the diary itself asks an item on."""
    if item == "day":
        return DAY
    if item == WINDOW_HOURS:
        return HOURS
    return FEELING if item in FEELINGS else SYMPTOM


def write_day(
    path: Path, passphrase: str | None, words: DayWords, day: str | None, moment: Moment
) -> tuple[Entry, ...]:
    """Save what was said about a day; it is on disk when this returns, sealed while locked.

    `day` is today unless given, as `Moment.past_day` reads it. Raises BadInput and the vault's
    errors; then nothing was written.
    """
    bodies = [body for _, body in bodies_of(words, (), moment.past_day(day))]
    return save_all(path, passphrase, bodies, day, moment)


def bodies_of(
    words: DayWords, doses: Iterable[PlannedDose], day: dt.date
) -> list[tuple[str, Body]]:
    """The bodies these words become, each with a short name of its place on the page.

    Raises BadInput naming what does not fit; nothing is half-saved.
    """
    if not words.says_something:
        raise BadInput("nothing was chosen yet; one tap is enough, or “Too unwell today”")
    bodies: list[tuple[str, Body]] = []
    try:
        if _has_check_in(words):
            bodies.append(("check_in", _check_in(words)))
        if words.sleep_hours is not None:
            bodies.append(("sleep", Sleep(hours=words.sleep_hours)))
        if words.event:
            bodies.append(("event", Event(what=words.event, valence=words.event_valence)))
        if words.dose:
            bodies += [(f"dose {dose.drug}", _dose(words.dose, dose)) for dose in doses]
        if words.note and not _has_check_in(words):
            bodies.append(("note", Note(text=words.note)))
    except ValidationError as error:
        raise _in_words(error) from error
    if not bodies:
        raise BadInput("no dose is known for that day: write the dose with its amount instead")
    return bodies


def _in_words(error: ValidationError) -> BadInput:
    first = error.errors()[0]
    if first["loc"][:1] in (("asked",), ("answers",)):
        return BadInput(
            f"“{first['input']}” is not a name for an item: use small letters, numbers and _"
        )
    where = ".".join(str(part) for part in first["loc"]) or "this page"
    where = "note" if where == "text" else where
    return BadInput(f"{where}: {first['msg']}; nothing was saved")


def _has_check_in(words: DayWords) -> bool:
    return bool(
        words.answers
        or words.no_occasion
        or words.too_much
        or words.tags
        or words.mode != "answered"
    )


def _check_in(words: DayWords) -> CheckIn:
    for item, value in words.answers.items():
        if not day_scale(item).holds(value):
            scale = day_scale(item)
            raise BadInput(f"“{item}” runs from {scale.low:g} to {scale.high:g}, not {value:g}")
    known = (*words.asked, *words.answers, *words.no_occasion, *words.too_much)
    return CheckIn(
        asked=tuple(dict.fromkeys(known)),
        answers=dict(words.answers),
        scales={item: str(day_scale(item)) for item in words.answers},
        no_occasion=words.no_occasion,
        too_much=words.too_much,
        mode=words.mode,
        carried=words.carried,
        tags=words.tags,
        note=words.note,
    )


def _dose(answer: str, dose: PlannedDose) -> DoseTaken:
    if answer == "not_taken":
        return DoseTaken(drug=dose.drug, status="not_taken", day_total=True)
    return DoseTaken(
        drug=dose.drug, dose_mg=Decimal(dose.mg_per_day), status="as_planned", day_total=True
    )


def page_entries(
    bodies: Iterable[tuple[str, Body]],
    numbering: Numbering,
    day: dt.date,
    moment: Moment,
    *,
    idempotency_key: str,
    earlier: Mapping[str, str],
    today: dt.date | None = None,
) -> dict[str, Entry]:
    """Entries by their place on the page, with ids that depend on page, place and content.

    The same page sent twice gives the same ids, so the second adds nothing. The same page sent
    with another answer (the back button) replaces what its first sending wrote: `earlier` names
    those ids by place. `today` is the person's own, where their day turns at another hour.
    """
    entries = {}
    for place, body in bodies:
        text = "\x00".join((idempotency_key, place, day.isoformat(), body.to_json()))
        entry_id = hashlib.sha256(text.encode()).hexdigest()[:32]
        before = earlier.get(place)
        replaces = (before,) if before and before != entry_id else ()
        origin = "app" if day == today else None
        fresh = new_entry(numbering, body, day, moment, replaces=replaces, origin=origin)
        entries[place] = fresh.but(id=entry_id)
    return entries
