"""Today: six taps on the worst evening, sealed if the diary is locked."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from landward.app.doses import next_time, parse_mg, written_on
from landward.app.outside import planned_now
from landward.app.profile import Pin, PlannedDose
from landward.app.safe_planning import is_due
from landward.app.same_as_before import SAME_AT_MOST, same_as_day_before
from landward.app.undo import take_back
from landward.app.write_day import DayWords, bodies_of, page_entries
from landward.model.base import BadInput
from landward.model.bodies import Body, CheckIn
from landward.model.entries import Entry
from landward.vault import quiz
from landward.web.ask import LONG, Ask
from landward.web.day_form import read_words, spoken
from landward.web.doors import MAX_DRAFT_CHARS, Draft
from landward.web.rooms import fresh_once
from landward.web.routing import Page

BACK_FILL_DAYS = 7
PINS_ON_TOP = 2


@dataclass(frozen=True, slots=True)
class DayTab:
    """One of the last days, to go back to."""

    day: dt.date
    has_entry: bool


def today_of(ask: Ask) -> dt.date:
    """The person's own today: their day turns when they said it does."""
    diary = ask.diary
    text = diary.me["day_starts_at"] if diary else ask.outside.day_starts_at
    try:
        return ask.moment.today(dt.time.fromisoformat(text))
    except ValueError:
        return ask.moment.today()


def day_asked(ask: Ask, text: str) -> dt.date:
    """The day a page is about: today, or one of the seven before it. Raises BadInput."""
    today = today_of(ask)
    if not text:
        return today
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"“{text[:40]}” is not a date; write it like 2026-03-01") from None
    if day > today:
        raise BadInput(f"{day.isoformat()} lies ahead; a diary is about days that have been")
    if (today - day).days > BACK_FILL_DAYS:
        raise BadInput(
            f"{day.isoformat()} is more than {BACK_FILL_DAYS} days ago: too long to remember well. "
            "A note can still be written for it from Journey"
        )
    return day


def pins_of(ask: Ask) -> tuple[Pin, ...]:
    """The symptoms to ask about: from the profile, or what may be seen outside."""
    return ask.diary.me.pins if ask.diary else ask.outside.pins


def doses_of(ask: Ask, day: dt.date) -> tuple[PlannedDose, ...]:
    """The planned doses of a day, as far as they may be known here."""
    return planned_now(ask.diary.me, day) if ask.diary else ask.outside.planned(day)


def show_today(ask: Ask) -> Response:
    """The page, with anything half-finished still in it."""
    if not ask.here.exists:
        return ask.go("/start")
    day = day_asked(ask, ask.asked("day"))
    draft = ask.who.drafts.get(f"today {day.isoformat()}")
    fields = draft.fields if draft and (ask.diary or not draft.begun_reading) else {}
    return _page(ask, day, fields)


def _page(
    ask: Ask, day: dt.date, fields: dict[str, list[str]], wrong: str = "", status: int = 200
) -> Response:
    diary, today = ask.diary, today_of(ask)
    pins = pins_of(ask)
    there = spoken(diary, day) if diary else ()
    doses = written_on(diary, day) if diary else ()
    return ask.page(
        "today.html",
        status=status,
        day=day,
        today=today,
        once=(fields.get("once") or [fresh_once()])[-1] if wrong else fresh_once(),
        filled={name: values[-1] for name, values in fields.items() if values},
        wrong=wrong,
        pins=pins[:PINS_ON_TOP],
        more_pins=pins[PINS_ON_TOP:],
        planned=doses_of(ask, day),
        there=there,
        written=doses,
        next_dose=next_time(diary.me.current(today), ask.moment, doses)
        if diary and day == today
        else "",
        asked_today=diary.me.is_asked_on(day) if diary else True,
        resting=diary is not None and diary.me["rhythm"] == "resting",
        can_repeat=diary is not None and same_as_day_before(diary, day) is not None,
        same_at_most=SAME_AT_MOST,
        tabs=_tabs(ask, today),
        sealed=len(ask.here.sealed()) if diary is None else 0,
    )


def _tabs(ask: Ask, today: dt.date) -> list[DayTab]:
    days = [today - dt.timedelta(days=back) for back in range(BACK_FILL_DAYS, -1, -1)]
    return [DayTab(day, bool(ask.diary and ask.diary.bodies_on(day, CheckIn))) for day in days]


def save_today(ask: Ask) -> Response:
    """Save the page. It is on disk when the answer says so."""
    day = day_asked(ask, ask.said("day"))
    try:
        words = read_words(ask)
        if ask.said("dose") == "different":
            saved = _save(ask, day, words) if words.says_something else ()
            note_saved(ask, saved, hard=words.answers.get("day"))
            return ask.go(f"/doses/take?different=1&day={day.isoformat()}")
        saved = _save(ask, day, words)
    except BadInput as error:
        return _page(ask, day, dict(ask.form), str(error), 422)
    note_saved(ask, saved, hard=words.answers.get("day"))
    return ask.go(f"/saved?day={day.isoformat()}")


def save_unwell(ask: Ask) -> Response:
    """One tap for the days on which nothing more is possible."""
    day = day_asked(ask, ask.said("day"))
    note_saved(ask, _save(ask, day, DayWords(mode="unwell")), "unwell")
    return ask.go(f"/saved?day={day.isoformat()}")


def save_same(ask: Ask) -> Response:
    """Yesterday's answers again, marked as carried; never a dose."""
    day = day_asked(ask, ask.said("day"))
    words = same_as_day_before(ask.reading, day)
    if words is None:
        raise BadInput(
            f"“same as yesterday” works {SAME_AT_MOST} days in a row, after a day with answers; "
            "one tap on how hard today was is enough"
        )
    note_saved(ask, _save(ask, day, words), "same")
    return ask.go(f"/saved?day={day.isoformat()}")


def _save(ask: Ask, day: dt.date, words: DayWords) -> tuple[Entry, ...]:
    doses = doses_of(ask, day) or _doses_named(ask, day)
    bodies = bodies_of(words, doses, day)
    return keep(ask, day, bodies)


def _doses_named(ask: Ask, day: dt.date) -> tuple[PlannedDose, ...]:
    """The drugs the page itself named, for a page that outlived its unlocked diary."""
    if ask.diary is not None:
        return ()
    named = []
    for text in ask.said_all("planned"):
        drug, _, amount = text.partition("=")
        named.append(PlannedDose(drug=drug, since=day, mg_per_day=parse_mg(amount)))
    return tuple(named)


def keep(ask: Ask, day: dt.date, bodies: Sequence[tuple[str, Body]]) -> tuple[Entry, ...]:
    """Save what one page said: once, however often it is sent; corrected if it changed."""
    once = ask.said("once") or fresh_once()
    pages = ask.here.page(once)
    entries = page_entries(
        bodies, ask.here.numbering(ask.diary), day, ask.moment, once=once, earlier=pages
    )
    taken_back = {place for place, entry in entries.items() if _was_taken_back(ask, entry)}
    if taken_back:
        again = page_entries(
            [(place, body) for place, body in bodies if place in taken_back],
            ask.here.numbering(ask.diary),
            day,
            ask.moment,
            once=once + fresh_once(),
            earlier={},
        )
        entries |= again
    ask.here.save(ask.diary, entries.values(), ask.moment)
    pages |= {place: entry.id for place, entry in entries.items()}
    ask.who.drafts.pop(f"today {day.isoformat()}", None)
    _forget_draft(ask)
    if ask.diary is not None:
        ask.here.keep_outside(today_of(ask))
    return tuple(entries.values())


def _was_taken_back(ask: Ask, entry: Entry) -> bool:
    """Whether this very entry was written and then undone: then it is meant anew."""
    if ask.diary is not None and ask.diary.knows(entry.id):
        return not ask.diary.stands(entry.id)
    return any(entry.id in other.replaces for other in ask.here.sealed())


def note_saved(ask: Ask, saved: Iterable[Entry], kind: str = "", hard: float | None = None) -> None:
    """Remember what was just saved, for the page that says so and for undo."""
    ask.who.last_saved = tuple(entry.id for entry in saved)
    ask.who.saved_kind, ask.who.saved_hard = kind, hard


def show_saved(ask: Ask) -> Response:
    """“Saved. You can close this.”"""
    day = day_asked(ask, ask.asked("day"))
    me = ask.diary.me if ask.diary else None
    hard = ask.who.saved_hard
    from_ = float(me["better_note_from"]) if me and me["better_note_from"].isdecimal() else 7.0
    greets = bool(me and me["better_note"] and hard is not None and hard >= from_)
    return ask.page(
        "saved.html",
        day=day,
        today=today_of(ask),
        kind=ask.who.saved_kind,
        undo=bool(ask.who.last_saved),
        note=me["better_note"] if me else "",
        greets=greets,
        sealed=ask.diary is None,
        question=bool(me and not greets and is_due(me, today_of(ask))),
        words_due=_words_due(ask),
    )


def _words_due(ask: Ask) -> bool:
    """Whether two recovery words are due: on day 1 and day 7, never in a demonstration."""
    if ask.diary is None or ask.here.passphrase is not None:
        return False
    return quiz.due(ask.diary.vault, today_of(ask)) is not None


def undo_saved(ask: Ask) -> Response:
    """Take back exactly what the last page saved."""
    ids = ask.who.last_saved
    try:
        written = take_back(ids, ask.here.known, ask.here.numbering(ask.diary), ask.moment)
    except BadInput:
        return ask.go("/today", "There is nothing to undo.")
    ask.here.save(ask.diary, written, ask.moment)
    if ask.diary is not None:
        ask.here.keep_outside(today_of(ask))
    ask.who.last_saved = ()
    return ask.go("/today", "Taken back. It is as it was before.")


def keep_draft(ask: Ask) -> Response:
    """Keep a half-finished page: in memory, and encrypted in the vault while it is open."""
    day = day_asked(ask, ask.said("day"))
    fields = {
        name: values
        for name, values in ask.form.items()
        if name not in ("page", "once") and any(values)
    }
    if sum(len(text) for values in fields.values() for text in values) > MAX_DRAFT_CHARS:
        raise BadInput("that is too long to keep as a draft")
    name = f"today {day.isoformat()}"
    ask.who.drafts[name] = Draft(fields=fields, begun_reading=ask.diary is not None)
    if ask.diary is not None:
        kept = json.dumps({"name": name, "fields": fields})
        ask.diary.vault.remember("draft", kept)
    return Response(status_code=204)


def _forget_draft(ask: Ask) -> None:
    if ask.diary is not None and ask.diary.vault.fact("draft") is not None:
        ask.diary.vault.remember("draft", None)


def restore_draft(ask: Ask) -> None:
    """After unlocking: bring back a half-finished page an earlier run kept in the vault."""
    text = ask.reading.vault.fact("draft")
    if text is None:
        return
    found = json.loads(text)
    ask.who.drafts.setdefault(found["name"], Draft(found["fields"], begun_reading=True))


PAGES = (
    Page("/today", show_today),
    Page("/today", save_today, "POST"),
    Page("/today/unwell", save_unwell, "POST"),
    Page("/today/same", save_same, "POST", needs="diary"),
    Page("/saved", show_saved),
    Page("/undo", undo_saved, "POST"),
    Page("/draft", keep_draft, "POST"),
)

__all__ = ["LONG", "PAGES", "day_asked", "keep", "restore_draft", "today_of"]
