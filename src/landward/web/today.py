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
from landward.model.base import BadInput, LandwardError
from landward.model.bodies import Body, CheckIn, DoseTaken, read_body
from landward.model.entries import Entry
from landward.model.moment import DAY_STARTS_AT
from landward.vault import quiz
from landward.vault.errors import Locked
from landward.web.ask import LONG, Ask
from landward.web.day_form import read_words, spoken
from landward.web.doors import MAX_ACTS, MAX_DRAFT_CHARS, Draft
from landward.web.rooms import fresh_once
from landward.web.routing import Page

BACK_FILL_DAYS = 7
PINS_ON_TOP = 2
TAKEN_BACK = "Taken back. It is as it was before."


@dataclass(frozen=True, slots=True)
class DayTab:
    """One of the last days, to go back to."""

    day: dt.date
    has_entry: bool


def today_of(ask: Ask) -> dt.date:
    """The person's own today: their day turns when they said it does."""
    return ask.moment.today(day_turns_at(ask))


def day_turns_at(ask: Ask) -> dt.time:
    """When the person's day turns, by the wall clock."""
    text = ask.diary.me["day_starts_at"] if ask.diary else ask.outside.day_starts_at
    try:
        return dt.time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return DAY_STARTS_AT


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
    except Locked:
        raise
    except LandwardError as error:  # a full disk, too: the words stay on the page
        status = 422 if isinstance(error, BadInput) else 503
        return _page(ask, day, dict(ask.form), ask.here.why(error), status)
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
    own = ask.here.page(ask.said("once"))
    told = _doses_told(ask, day, but=set(own.values()))
    return keep(ask, day, [(place, body) for place, body in bodies if body not in told])


def _doses_told(ask: Ask, day: dt.date, but: set[str]) -> list[DoseTaken]:
    """The whole-day answers about doses that stand already, other than those of one page: the same
    answer from a second tab is the same answer.
    """
    if ask.diary is not None:
        standing = ask.diary.bodies_on(day, DoseTaken)
    else:
        sealed = ask.here.sealed()
        gone = {old for entry in sealed for old in entry.replaces}
        pairs = [(e, read_body(e)) for e in sealed if e.id not in gone and e.date == day]
        standing = tuple((e, body) for e, body in pairs if isinstance(body, DoseTaken))
    return [body for entry, body in standing if body.day_total and entry.id not in but]


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
        bodies,
        ask.here.numbering(ask.diary),
        day,
        ask.moment,
        once=once,
        earlier=pages,
        today=today_of(ask),
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
            today=today_of(ask),
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
    ids, acts = tuple(entry.id for entry in saved), ask.who.acts
    if ids:
        acts.pop(ids[0], None)
        acts[ids[0]] = ids
    while len(acts) > MAX_ACTS:
        del acts[next(iter(acts))]
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
        undo=ask.who.last_act,
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
    """Take back exactly what one page saved: the one it was asked on, whatever came after.

    What cannot be seen while locked (it was written before, or corrected what was) waits for the
    passphrase: taking back half of it would lose the other half. Raises Locked.
    """
    act = ask.said("act") or ask.who.last_act
    ids = ask.who.acts.get(act)
    if ids is None:
        return ask.go("/today", "There is nothing to undo.")
    if not ids:  # tapped twice
        return ask.go("/today", TAKEN_BACK)
    if ask.diary is None:
        written_then = [ask.here.known(entry_id) for entry_id in ids]
        if not all(entry and all(map(ask.here.known, entry.replaces)) for entry in written_then):
            raise Locked("undo needs the passphrase")
    if not any(_still_stands(ask, entry_id) for entry_id in ids):
        return ask.go("/today", "That was changed or taken back since. Nothing was done now.")
    written = take_back(ids, ask.here.known, ask.here.numbering(ask.diary), ask.moment)
    ask.here.save(ask.diary, written, ask.moment)
    if ask.diary is not None:
        ask.here.keep_outside(today_of(ask))
    ask.who.acts[act] = ()
    return ask.go("/today", TAKEN_BACK)


def _still_stands(ask: Ask, entry_id: str) -> bool:
    if ask.diary is not None:
        return ask.diary.stands(entry_id)
    return not any(entry_id in other.replaces for other in ask.here.sealed())


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
