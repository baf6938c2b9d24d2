"""Save how a day was, from what was tapped on Today, sent as JSON or typed in a terminal."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from landward.app.diary.profile import PlannedDose, names_in
from landward.app.write.day_page import Changes, changes, filled
from landward.app.write.day_words import DayWords, DoseSaid
from landward.app.write.save import fresh_key, save, writing_to
from landward.app.write.writer import Writer
from landward.model.base import BadInput
from landward.model.bodies import Body, CheckIn, DoseTaken, Event, Note, Sleep
from landward.model.diary import bodies_on
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.model.questions import scale_of
from landward.model.said import phrase

COPIED_FROM_PAPER = "import:paper"
"""The origin of answers somebody noted at the time and types in later: they are not late."""


def write_day(
    path: Path, passphrase: str | None, words: DayWords, day: str | None, moment: Moment
) -> tuple[Entry, ...]:
    """Save what was said about a day; it is on disk when this returns, sealed while locked.

    `day` is today unless given, as `Moment.past_day` reads it. Raises BadInput and the vault's
    errors; then nothing was written.
    """
    date = moment.past_day(day)
    bodies = bodies_of(words, (), date)
    with writing_to(path, passphrase, moment) as writer:
        return save(writer, date, bodies, fresh_key(), moment)


def save_day(  # noqa: PLR0917 - the same order as `save`
    writer: Writer,
    day: dt.date,
    words: DayWords,
    planned: Sequence[PlannedDose],
    idempotency_key: str,
    moment: Moment,
    *,
    today: dt.date,
    seen: Sequence[str] = (),
    shown: frozenset[str] = frozenset(),
    origin: str | None = None,
) -> tuple[Entry, ...]:
    """Save a day's page. `seen` are the ids of the entries it was filled with, `shown` the items
    it had an answer for: a changed answer then stands alone, an emptied one is cleared, and what
    the page did not change stays. The same page sent again, whatever came after it, adds nothing.

    Returns what the page wrote, nothing where it changed nothing. Raises BadInput naming what does
    not fit, and the vault's errors; then nothing was written.
    """
    own = writer.pages.of(idempotency_key)
    said = "said " + hashlib.sha256(f"{words!r}{sorted(seen)}{day}".encode()).hexdigest()
    if seen and (again := _sent_before(writer, own, said)) is not None:
        return again
    names = names_in(writer.index)
    there = [e for e in map(writer.index.entry, seen) if e is not None and e.date == day]
    found = Changes(words, {})
    if there:
        now = {e.id: e for old in there for e in writer.index.successors(old.id)}
        found = changes(
            filled(there, names.read),
            filled(now.values(), names.read),
            words,
            shown=shown,
            day=day,
            today=today,
        )
    bodies, origins = _on_their_places(found, planned, day)
    if not bodies and not found.corrects and not there:
        raise BadInput(phrase("nothing was chosen yet; one tap is enough, or “Too unwell today”"))
    told = [
        b for e, b in bodies_on(writer.index, day, DoseTaken, names) if e.id not in own.values()
    ]
    fresh = [(place, body) for place, body in bodies if not (_whole(body) and body in told)]
    if origin is not None:
        origins = {place: origin for place, _ in fresh} | origins
    saved = save(
        writer, day, fresh, idempotency_key, moment,
        corrects=found.corrects, origins=origins, today=today,
    )  # fmt: skip
    if seen:
        own[said] = ",".join(entry.id for entry in saved)
    return saved


def _sent_before(writer: Writer, own: dict[str, str], said: str) -> tuple[Entry, ...] | None:
    """What these very words wrote when this page was sent before; None where they are new, or
    were taken back since and are meant anew.
    """
    if said not in own:
        return None
    found = [writer.index.entry(entry_id) for entry_id in own[said].split(",") if entry_id]
    written = tuple(entry for entry in found if entry is not None)
    gone = any(not writer.index.successors(e.id) for e in written if e.kind != "retraction")
    undone = any(
        by.origin.startswith("undo") for e in written for by in writer.index.ended_by(e.id)
    )
    return None if gone or undone else written


def _whole(body: Body) -> bool:
    return isinstance(body, DoseTaken) and body.day_total


def _on_their_places(
    found: Changes, planned: Sequence[PlannedDose], day: dt.date
) -> tuple[list[tuple[str, Body]], dict[str, str]]:
    """Bodies by place, and the origins of those that keep an earlier one."""
    bodies = bodies_of(found.words, planned, day, note_apart=found.note_apart)
    if found.event_note:
        bodies = [
            (place, b.model_copy(update={"note": found.event_note}) if isinstance(b, Event) else b)
            for place, b in bodies
        ]
    origins: dict[str, str] = {}
    taken = any(place == CheckIn.kind for place, _ in bodies)
    for number, (words, origin) in enumerate(found.kept, start=1):
        place = f"{CheckIn.kind} kept {number}" if taken or number > 1 else CheckIn.kind
        bodies.append((place, _check_in(words, words.note)))
        origins[place] = origin
    return bodies, origins


def bodies_of(
    words: DayWords, doses: Sequence[PlannedDose], day: dt.date, *, note_apart: bool = False
) -> list[tuple[str, Body]]:
    """The bodies these words become, each with a short name of its place on the page.

    A note is part of the check-in where there is one, unless it stands apart already. Raises
    BadInput naming what does not fit; nothing is half-saved.
    """
    bodies: list[tuple[str, Body]] = []
    one: dict[str, DoseSaid] = {}
    try:
        if words.has_check_in:
            bodies.append(("check_in", _check_in(words, "" if note_apart else words.note)))
        if words.sleep_hours is not None:
            bodies.append(("sleep", Sleep(hours=words.sleep_hours)))
        if words.event:
            bodies.append(("event", Event(what=words.event, valence=words.event_valence)))
        if words.dose:
            if not doses:
                raise BadInput(
                    phrase("no dose is known for that day: write the dose with its amount instead")
                )
            one = {d.drug: DoseSaid(answer=words.dose, dose_mg=d.mg_per_day) for d in doses}
        planned = {dose.drug: dose.mg_per_day for dose in doses}
        for drug, said in {**one, **words.doses}.items():
            amount = planned.get(drug) if said.answer == "as_planned" else said.dose_mg
            bodies.append((f"dose {drug}", _dose(drug, said.answer, amount)))
        if words.note and (note_apart or not words.has_check_in):
            bodies.append(("note", Note(text=words.note)))
    except ValidationError as error:
        raise _in_words(error) from error
    return bodies


def _in_words(error: ValidationError) -> BadInput:
    first = error.errors()[0]
    if first["loc"][:1] in (("asked",), ("answers",)):
        return BadInput(
            phrase(
                "“{first}” is not a name for an item: use small letters, numbers and _",
                first=first["input"],
            )
        )
    where = ".".join(str(part) for part in first["loc"]) or phrase("this page")
    where = "note" if where == "text" else where
    return BadInput(phrase("{where}: {first}; nothing was saved", where=where, first=first["msg"]))


def _check_in(words: DayWords, note: str) -> CheckIn:
    for item, value in words.answers.items():
        if item not in words.scales and not scale_of(item).holds(value):
            scale = scale_of(item)
            raise BadInput(
                phrase(
                    "“{item}” runs from {low} to {high}, not {value}",
                    item=item,
                    low=f"{scale.low:g}",
                    high=f"{scale.high:g}",
                    value=f"{value:g}",
                )
            )
    known = (*words.asked, *words.answers, *words.no_occasion, *words.too_much)
    return CheckIn(
        asked=tuple(dict.fromkeys(known)),
        answers=dict(words.answers),
        scales={item: words.scale_of(item) for item in words.answers},
        choices=dict(words.choices),
        words=dict(words.words),
        wordings={
            i: said for i, said in words.wordings.items() if i in known or i in words.choices
        },
        no_occasion=words.no_occasion,
        too_much=words.too_much,
        mode=words.mode,
        carried=words.carried,
        tags=words.tags,
        note=note,
    )


def _dose(
    drug: str, answer: Literal["as_planned", "different", "not_taken"], amount_mg: Decimal | None
) -> DoseTaken:
    """The whole day's answer about one drug."""
    if answer == "not_taken":
        return DoseTaken(drug=drug, status="not_taken", day_total=True)
    if amount_mg is None and answer == "different":
        raise BadInput(
            phrase("how much {drug} was it? Write the amount beside “different”", drug=drug)
        )
    if amount_mg is None:
        raise BadInput(
            phrase("no dose of {drug} is planned for that day: write it with its amount", drug=drug)
        )
    if amount_mg == 0:
        raise BadInput(phrase("0 mg is no dose; say “not taken” instead"))
    return DoseTaken(drug=drug, dose_mg=amount_mg, status=answer, day_total=True)
