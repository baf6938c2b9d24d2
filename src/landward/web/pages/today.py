"""Today: six taps on the worst evening, sealed if the diary is locked."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from landward.app.diary.locked_view import planned_now
from landward.app.diary.profile import Pin, PlannedDose
from landward.app.keep.keys import quiz
from landward.app.plan.safe_planning import is_due
from landward.app.read.doses import next_time, parse_mg, written_on
from landward.app.write.day import DayWords, bodies_of, page_entries
from landward.app.write.same_as_before import SAME_AT_MOST, same_as_day_before
from landward.app.write.undo import take_back
from landward.model.base import BadInput, LandwardError
from landward.model.bodies import Body, CheckIn, DoseTaken, read_body
from landward.model.entries import Entry
from landward.model.errors import Locked
from landward.model.moment import DAY_STARTS_AT
from landward.web.http.diary_sessions import fresh_once
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.routing import Page
from landward.web.http.sessions import MAX_ACTS, MAX_DRAFT_CHARS, Draft
from landward.web.pages.day_form import read_words, spoken

BACK_FILL_DAYS = 7
PINS_ON_TOP = 2
TAKEN_BACK = "Taken back. It is as it was before."


@dataclass(frozen=True, slots=True)
class DayTab:
    """One of the last days, to go back to."""

    day: dt.date
    has_entry: bool


def today_of(context: RequestContext) -> dt.date:
    """The person's own today: their day turns when they said it does."""
    return context.moment.today(day_turns_at(context))


def day_turns_at(context: RequestContext) -> dt.time:
    """When the person's day turns, by the wall clock."""
    text = context.diary.me["day_starts_at"] if context.diary else context.outside.day_starts_at
    try:
        return dt.time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return DAY_STARTS_AT


def day_asked(context: RequestContext, text: str) -> dt.date:
    """The day a page is about: today, or one of the seven before it. Raises BadInput."""
    today = today_of(context)
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


def pins_of(context: RequestContext) -> tuple[Pin, ...]:
    """The symptoms to ask about: from the profile, or what may be seen outside."""
    return context.diary.me.pins if context.diary else context.outside.pins


def doses_of(context: RequestContext, day: dt.date) -> tuple[PlannedDose, ...]:
    """The planned doses of a day, as far as they may be known here."""
    return planned_now(context.diary.me, day) if context.diary else context.outside.planned(day)


def show_today(context: RequestContext) -> Response:
    """The page, with anything half-finished still in it."""
    if not context.diary_session.exists:
        return context.go("/start")
    day = day_asked(context, context.asked("day"))
    draft = context.browser_session.drafts.get(f"today {day.isoformat()}")
    fields = draft.fields if draft and (context.diary or not draft.begun_reading) else {}
    return _page(context, day, fields)


def _page(
    context: RequestContext,
    day: dt.date,
    fields: dict[str, list[str]],
    wrong: str = "",
    status: int = 200,
) -> Response:
    diary, today = context.diary, today_of(context)
    pins = pins_of(context)
    there = spoken(diary, day) if diary else ()
    doses = written_on(diary, day) if diary else ()
    return context.page(
        "today.html",
        status=status,
        day=day,
        today=today,
        idempotency_key=(fields.get("once") or [fresh_once()])[-1] if wrong else fresh_once(),
        filled={name: values[-1] for name, values in fields.items() if values},
        wrong=wrong,
        pins=pins[:PINS_ON_TOP],
        more_pins=pins[PINS_ON_TOP:],
        planned=doses_of(context, day),
        there=there,
        written=doses,
        next_dose=next_time(diary.me.current(today), context.moment, doses)
        if diary and day == today
        else "",
        asked_today=diary.me.is_asked_on(day) if diary else True,
        resting=diary is not None and diary.me["rhythm"] == "resting",
        can_repeat=diary is not None and same_as_day_before(diary, day) is not None,
        same_at_most=SAME_AT_MOST,
        tabs=_tabs(context, today),
        sealed=len(context.diary_session.sealed()) if diary is None else 0,
    )


def _tabs(context: RequestContext, today: dt.date) -> list[DayTab]:
    days = [today - dt.timedelta(days=back) for back in range(BACK_FILL_DAYS, -1, -1)]
    return [
        DayTab(day, bool(context.diary and context.diary.bodies_on(day, CheckIn))) for day in days
    ]


def save_today(context: RequestContext) -> Response:
    """Save the page. It is on disk when the answer says so."""
    day = day_asked(context, context.said("day"))
    try:
        words = read_words(context)
        if context.said("dose") == "different":
            saved = _save(context, day, words) if words.says_something else ()
            note_saved(context, saved, hard=words.answers.get("day"))
            return context.go(f"/doses/take?different=1&day={day.isoformat()}")
        saved = _save(context, day, words)
    except Locked:
        raise
    except LandwardError as error:  # a full disk, too: the words stay on the page
        status = 422 if isinstance(error, BadInput) else 503
        return _page(context, day, dict(context.form), context.diary_session.why(error), status)
    note_saved(context, saved, hard=words.answers.get("day"))
    return context.go(f"/saved?day={day.isoformat()}")


def save_unwell(context: RequestContext) -> Response:
    """One tap for the days on which nothing more is possible."""
    day = day_asked(context, context.said("day"))
    note_saved(context, _save(context, day, DayWords(mode="unwell")), "unwell")
    return context.go(f"/saved?day={day.isoformat()}")


def save_same(context: RequestContext) -> Response:
    """Yesterday's answers again, marked as carried; never a dose."""
    day = day_asked(context, context.said("day"))
    words = same_as_day_before(context.reading, day)
    if words is None:
        raise BadInput(
            f"“same as yesterday” works {SAME_AT_MOST} days in a row, after a day with answers; "
            "one tap on how hard today was is enough"
        )
    note_saved(context, _save(context, day, words), "same")
    return context.go(f"/saved?day={day.isoformat()}")


def _save(context: RequestContext, day: dt.date, words: DayWords) -> tuple[Entry, ...]:
    doses = doses_of(context, day) or _doses_named(context, day)
    bodies = bodies_of(words, doses, day)
    own = context.diary_session.page(context.said("once"))
    told = _doses_told(context, day, but=set(own.values()))
    return keep(context, day, [(place, body) for place, body in bodies if body not in told])


def _doses_told(context: RequestContext, day: dt.date, but: set[str]) -> list[DoseTaken]:
    """The whole-day answers about doses that stand already, other than those of one page: the same
    answer from a second tab is the same answer.
    """
    if context.diary is not None:
        standing = context.diary.bodies_on(day, DoseTaken)
    else:
        sealed = context.diary_session.sealed()
        gone = {old for entry in sealed for old in entry.replaces}
        pairs = [(e, read_body(e)) for e in sealed if e.id not in gone and e.date == day]
        standing = tuple((e, body) for e, body in pairs if isinstance(body, DoseTaken))
    return [body for entry, body in standing if body.day_total and entry.id not in but]


def _doses_named(context: RequestContext, day: dt.date) -> tuple[PlannedDose, ...]:
    """The drugs the page itself named, for a page that outlived its unlocked diary."""
    if context.diary is not None:
        return ()
    named = []
    for text in context.said_all("planned"):
        drug, _, amount = text.partition("=")
        named.append(PlannedDose(drug=drug, since=day, mg_per_day=parse_mg(amount)))
    return tuple(named)


def keep(
    context: RequestContext, day: dt.date, bodies: Sequence[tuple[str, Body]]
) -> tuple[Entry, ...]:
    """Save what one page said: once, however often it is sent; corrected if it changed."""
    idempotency_key = context.said("once") or fresh_once()
    pages = context.diary_session.page(idempotency_key)
    entries = page_entries(
        bodies,
        context.diary_session.numbering(context.diary),
        day,
        context.moment,
        idempotency_key=idempotency_key,
        earlier=pages,
        today=today_of(context),
    )
    taken_back = {place for place, entry in entries.items() if _was_taken_back(context, entry)}
    if taken_back:
        again = page_entries(
            [(place, body) for place, body in bodies if place in taken_back],
            context.diary_session.numbering(context.diary),
            day,
            context.moment,
            idempotency_key=idempotency_key + fresh_once(),
            earlier={},
            today=today_of(context),
        )
        entries |= again
    context.diary_session.save(context.diary, entries.values(), context.moment)
    pages |= {place: entry.id for place, entry in entries.items()}
    context.browser_session.drafts.pop(f"today {day.isoformat()}", None)
    _forget_draft(context)
    if context.diary is not None:
        context.diary_session.keep_locked_view(today_of(context))
    return tuple(entries.values())


def _was_taken_back(context: RequestContext, entry: Entry) -> bool:
    """Whether this very entry was written and then undone: then it is meant anew."""
    if context.diary is not None and context.diary.knows(entry.id):
        return not context.diary.index.stands(entry.id)
    return any(entry.id in other.replaces for other in context.diary_session.sealed())


def note_saved(
    context: RequestContext, saved: Iterable[Entry], kind: str = "", hard: float | None = None
) -> None:
    """Remember what was just saved, for the page that says so and for undo."""
    ids, acts = tuple(entry.id for entry in saved), context.browser_session.acts
    if ids:
        acts.pop(ids[0], None)
        acts[ids[0]] = ids
    while len(acts) > MAX_ACTS:
        del acts[next(iter(acts))]
    context.browser_session.saved_kind, context.browser_session.saved_hard = kind, hard


def show_saved(context: RequestContext) -> Response:
    """“Saved. You can close this.”"""
    day = day_asked(context, context.asked("day"))
    me = context.diary.me if context.diary else None
    hard = context.browser_session.saved_hard
    from_ = float(me["better_note_from"]) if me and me["better_note_from"].isdecimal() else 7.0
    greets = bool(me and me["better_note"] and hard is not None and hard >= from_)
    return context.page(
        "saved.html",
        day=day,
        today=today_of(context),
        kind=context.browser_session.saved_kind,
        undo=context.browser_session.last_act,
        note=me["better_note"] if me else "",
        greets=greets,
        sealed=context.diary is None,
        question=bool(me and not greets and is_due(me, today_of(context))),
        words_due=_words_due(context),
    )


def _words_due(context: RequestContext) -> bool:
    """Whether two recovery words are due: on day 1 and day 7, never in a demonstration."""
    if context.diary is None or context.diary_session.passphrase is not None:
        return False
    return quiz.due(context.diary.vault, today_of(context)) is not None


def undo_saved(context: RequestContext) -> Response:
    """Take back exactly what one page saved: the one it was asked on, whatever came after.

    What cannot be seen while locked (it was written before, or corrected what was) waits for the
    passphrase: taking back half of it would lose the other half. Raises Locked.
    """
    act = context.said("act") or context.browser_session.last_act
    ids = context.browser_session.acts.get(act)
    if ids is None:
        return context.go("/today", "There is nothing to undo.")
    if not ids:  # tapped twice
        return context.go("/today", TAKEN_BACK)
    if context.diary is None:
        written_then = [context.diary_session.known(entry_id) for entry_id in ids]
        if not all(
            entry and all(map(context.diary_session.known, entry.replaces))
            for entry in written_then
        ):
            raise Locked("undo needs the passphrase")
    if not any(_still_stands(context, entry_id) for entry_id in ids):
        return context.go("/today", "That was changed or taken back since. Nothing was done now.")
    written = take_back(
        ids,
        context.diary_session.known,
        context.diary_session.numbering(context.diary),
        context.moment,
    )
    context.diary_session.save(context.diary, written, context.moment)
    if context.diary is not None:
        context.diary_session.keep_locked_view(today_of(context))
    context.browser_session.acts[act] = ()
    return context.go("/today", TAKEN_BACK)


def _still_stands(context: RequestContext, entry_id: str) -> bool:
    if context.diary is not None:
        return context.diary.index.stands(entry_id)
    return not any(entry_id in other.replaces for other in context.diary_session.sealed())


def keep_draft(context: RequestContext) -> Response:
    """Keep a half-finished page: in memory, and encrypted in the vault while it is open."""
    day = day_asked(context, context.said("day"))
    fields = {
        name: values
        for name, values in context.form.items()
        if name not in ("page", "once") and any(values)
    }
    if sum(len(text) for values in fields.values() for text in values) > MAX_DRAFT_CHARS:
        raise BadInput("that is too long to keep as a draft")
    name = f"today {day.isoformat()}"
    context.browser_session.drafts[name] = Draft(
        fields=fields, begun_reading=context.diary is not None
    )
    if context.diary is not None:
        kept = json.dumps({"name": name, "fields": fields})
        context.diary.vault.remember("draft", kept)
    return Response(status_code=204)


def _forget_draft(context: RequestContext) -> None:
    if context.diary is not None and context.diary.vault.fact("draft") is not None:
        context.diary.vault.remember("draft", None)


def restore_draft(context: RequestContext) -> None:
    """After unlocking: bring back a half-finished page an earlier run kept in the vault."""
    text = context.reading.vault.fact("draft")
    if text is None:
        return
    found = json.loads(text)
    context.browser_session.drafts.setdefault(
        found["name"], Draft(found["fields"], begun_reading=True)
    )


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
