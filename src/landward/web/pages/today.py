"""Today: six taps on the worst evening, sealed if the diary is locked. Any past day, too."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from landward.app.diary.open_diary import OpenDiary
from landward.app.diary.profile import PlannedDose
from landward.app.keep.keys import quiz
from landward.app.plan.safe_planning import is_due
from landward.app.read.doses import next_time, parse_mg, written_on
from landward.app.read.medicines import stop_seen
from landward.app.write.day import COPIED_FROM_PAPER, save_day
from landward.app.write.day_page import DayPage, filled
from landward.app.write.day_words import DayWords
from landward.app.write.safety_facts import offered
from landward.app.write.same_as_before import SAME_AT_MOST, same_as_day_before
from landward.app.write.save import fresh_key
from landward.app.write.serious import next_steps
from landward.app.write.undo import Undone, undo_page
from landward.model.base import BadInput, LandwardError
from landward.model.bodies import CheckIn
from landward.model.day_answers import LATE_AFTER_DAYS
from landward.model.entries import Entry
from landward.model.errors import Locked
from landward.model.said import phrase
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.http.sessions import MAX_DRAFT_CHARS, Draft, draft_name
from landward.web.pages.ask_once import already_asked
from landward.web.pages.day_form import (
    fields_of,
    questions_on_today,
    read_words,
    shown_items,
    spoken,
)
from landward.web.pages.entry_lines import count_words_of, lines_of
from landward.web.pages.plan.on_today import PlanToday, plan_today

DAYS_AT_A_TAP = 7
PINS_ON_TOP = 2
TAKEN_BACK = phrase("Taken back")
MISSED_DOSE = "missed_dose"


@dataclass(frozen=True, slots=True)
class DayTab:
    """One of the last days, to go back to."""

    day: dt.date
    has_entry: bool


HARD_DAY, FIRST_DAYS = 7, 7
"""From this hard on nothing is offered; nor is the page of nine in so many first days."""


def show_today(context: RequestContext) -> Response:
    """The page, filled with what stands and with anything half-finished still in it."""
    if not context.diary_session.exists:
        return context.go("/start")
    day = context.day(context.asked("day"))
    draft = context.browser_session.drafts.get(draft_name(day))
    fields = draft.fields if draft and (context.diary or not draft.begun_reading) else {}
    if context.diary is None:
        context.diary_session.turn_to(context.moment)
    return _page(context, day, fields)


def _page(
    context: RequestContext,
    day: dt.date,
    fields: Mapping[str, list[str]],
    wrong: str = "",
    status: int = 200,
    *,
    asked_already: tuple[tuple[str, str], ...] = (),
) -> Response:
    diary, today = context.diary, context.today
    pins = diary.me.pins if diary else context.outside.pins
    there = spoken(diary, day) if diary else ()
    doses = written_on(diary, day) if diary else ()
    page = filled(diary.on(day), diary.read) if diary else DayPage()
    typed = {name: values[-1] for name, values in fields.items() if values}
    planned = context.planned(day)
    told = {dose.drug for dose in doses}
    stops = stop_seen(diary, today) if diary and day == today else ()
    plan = plan_today(diary, today, stops) if diary and day == today else PlanToday()
    return context.page(
        "today.html",
        status=status,
        day=day,
        today=today,
        delay=(today - day).days,
        late=(today - day).days > LATE_AFTER_DAYS,
        idempotency_key=typed.get("once", fresh_key()) if wrong else fresh_key(),
        filled=fields_of(page.words) | typed,
        seen=fields.get("seen", page.seen) if wrong else page.seen,
        begun=bool(typed),
        wrong=wrong,
        asked_already=asked_already,
        pins=pins[:PINS_ON_TOP],
        questions=questions_on_today(context.settings.asked),
        more_pins=pins[PINS_ON_TOP:],
        planned=planned,
        open_doses=tuple(dose for dose in planned if dose.drug not in told),
        stops=stops,
        steps=plan.questions,
        pieces=plan.pieces,
        rules=plan.rules,
        tomorrow=today + dt.timedelta(days=1),
        there=there,
        written=doses,
        written_here="" if diary or day != today else context.outside.doses_written(today),
        next_dose=next_time(diary.me.current(today), context.moment, doses)
        if diary and day == today
        else "",
        asked_today=diary.me.is_asked_on(day) if diary else True,
        resting=diary is not None and diary.me.settings.rhythm == "resting",
        can_repeat=diary is not None and same_as_day_before(diary, day) is not None,
        same_at_most=SAME_AT_MOST,
        tabs=_tabs(diary, today),
        settings=context.settings,
        sealed=len(context.writer.index) if diary is None else 0,
    )


def _tabs(diary: OpenDiary | None, today: dt.date) -> list[DayTab]:
    days = [today - dt.timedelta(days=back) for back in range(DAYS_AT_A_TAP, -1, -1)]
    return [DayTab(day, bool(diary and diary.bodies_on(day, CheckIn))) for day in days]


def save_today(context: RequestContext) -> Response:
    """Save the page. It is on disk when the answer says so."""
    day = context.day(context.said("day"))
    ask_amount = context.said("dose") == "different"
    try:
        words = read_words(context)
        saved = _save(context, day, words) if words.says_something or not ask_amount else ()
    except Locked:
        raise
    except LandwardError as error:  # a full disk, too: the words stay on the page
        status = 422 if isinstance(error, BadInput) else 503
        why, asked = context.diary_session.why(error), already_asked(context, error)
        return _page(context, day, dict(context.form), why, status, asked_already=asked)
    missed = words.dose == "not_taken" or any(
        dose.answer == "not_taken" for dose in words.doses.values()
    )
    kind = "missed" if missed else "" if saved or ask_amount else "unchanged"
    context.after_saving(day, saved, kind, words.answers.get("day"))
    if ask_amount:
        return context.go(f"/doses/take?different=1&day={day.isoformat()}")
    return context.go(f"/saved?day={day.isoformat()}")


def save_unwell(context: RequestContext) -> Response:
    """One tap for the days on which nothing more is possible."""
    day = context.day(context.said("day"))
    context.after_saving(day, _save(context, day, DayWords(mode="unwell")), "unwell")
    return context.go(f"/saved?day={day.isoformat()}")


def save_same(context: RequestContext) -> Response:
    """Yesterday's answers again, marked as carried; never a dose."""
    day = context.day(context.said("day"))
    words = same_as_day_before(context.reading, day)
    if words is None:
        raise BadInput(
            phrase(
                "“same as yesterday” works {same_at_most} days in a row, after a day with "
                "answers; one tap on how hard today was is enough",
                same_at_most=SAME_AT_MOST,
            )
        )
    context.after_saving(day, _save(context, day, words), "same")
    return context.go(f"/saved?day={day.isoformat()}")


def _save(context: RequestContext, day: dt.date, words: DayWords) -> tuple[Entry, ...]:
    return save_day(
        context.writer,
        day,
        words,
        context.planned(day) or _doses_named(context, day),
        context.said("once") or fresh_key(),
        context.moment,
        today=context.today,
        seen=context.said_all("seen"),
        shown=shown_items(context),
        origin=COPIED_FROM_PAPER if context.said("paper") == "yes" else None,
    )


def _doses_named(context: RequestContext, day: dt.date) -> tuple[PlannedDose, ...]:
    """The drugs the page itself named, for a page that outlived its unlocked diary."""
    if context.diary is not None:
        return ()
    named = []
    for text in context.said_all("planned"):
        drug, _, amount = text.rpartition("=")
        named.append(PlannedDose(drug=drug, since=day, mg_per_day=parse_mg(amount)))
    return tuple(named)


def show_saved(context: RequestContext) -> Response:
    """“Saved. You can close this.” After a dose that was not taken: what to do about that."""
    day, session = context.day(context.asked("day")), context.browser_session
    me = context.diary.me if context.diary else None
    hard, kind = session.saved_hard, session.saved_kind
    settings = context.settings
    greets = bool(settings.better_note and hard is not None and hard >= settings.better_note_from)
    question = bool(me and not greets and kind != "missed" and is_due(me, context.today))
    return context.page(
        "saved.html",
        day=day,
        today=context.today,
        kind=kind,
        missed=next_steps(MISSED_DOSE, settings.country) if kind == "missed" else None,
        undo="" if kind == "unchanged" else session.last_act,
        note=settings.better_note,
        greets=greets,
        sealed=context.diary is None,
        question=question,
        safety=not (question or greets or kind == "missed") and _safety_due(context, hard),
        words_due=_words_due(context),
    )


def _safety_due(context: RequestContext, hard: float | None) -> bool:
    """Whether to offer the nine safety questions: once a month, on one day of the week at most,
    never on a hard day, and not in the first week.
    """
    diary, day = context.diary, context.today
    if diary is None or (hard or 0) >= HARD_DAY or day.weekday() != context.settings.weekday:
        return False
    first = diary.diary.first_day
    return first is not None and (day - first).days >= FIRST_DAYS and offered(diary.diary, day)


def _words_due(context: RequestContext) -> bool:
    """Whether two recovery words are due: on day 1 and day 7, never in a demonstration."""
    if context.diary is None or context.diary_session.passphrase is not None:
        return False
    return quiz.due(context.diary.vault, context.today) is not None


def undo_saved(context: RequestContext) -> Response:
    """Take back exactly what one page saved: the one it was asked on, whatever came after.

    What cannot be seen while locked waits for the passphrase. Raises Locked.
    """
    session = context.browser_session
    act = context.said("act") or session.last_act
    ids = session.acts.get(act)
    if ids is None:
        return context.go("/today", phrase("There is nothing to undo."))
    if not ids:  # tapped twice
        return context.go(
            "/today", phrase("{taken_back}. It is as it was before.", taken_back=TAKEN_BACK)
        )
    undone = undo_page(context.writer, ids, context.moment)
    if undone is None:
        return context.go(
            "/today", phrase("That was changed or taken back since. Nothing was done now.")
        )
    if context.diary is None:
        context.diary_session.take_up()
    else:
        context.diary_session.keep_locked_view(context.today)
    session.acts[act] = ()
    day = undone.entries[0].date
    where = "/today" if day == context.today else f"/today?day={day.isoformat()}"
    return context.go(
        where,
        phrase(
            "{taken_back}: {said}. It is as it was before.",
            taken_back=TAKEN_BACK,
            said=_said(context, undone),
        ),
    )


def _said(context: RequestContext, undone: Undone) -> str:
    """What an undo took back, in words; while locked only what kind of thing it was."""
    if context.diary is None:
        return count_words_of(undone.entries)
    lines = [line for entry in undone.entries for line in lines_of(context.diary.me, entry)]
    return "; ".join(f"{name} {words}".strip() for name, words in lines) or count_words_of(
        undone.entries
    )


def keep_draft(context: RequestContext) -> Response:
    """Keep a half-finished page: in memory, and encrypted in the vault while it is open."""
    day = context.day(context.said("day"))
    fields = {
        name: values
        for name, values in context.form.items()
        if name not in ("page", "once", "seen") and any(values)
    }
    if sum(len(text) for values in fields.values() for text in values) > MAX_DRAFT_CHARS:
        raise BadInput(phrase("that is too long to keep as a draft"))
    name = draft_name(day)
    context.browser_session.drafts[name] = Draft(
        fields=fields, begun_reading=context.diary is not None
    )
    if context.diary is not None:
        kept = json.dumps({"name": name, "fields": fields})
        context.diary.vault.remember("draft", kept)
    return Response(status_code=204)


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
    Page("/today", show_today, soon=True),
    Page("/today", save_today, "POST", soon=True),
    Page("/today/unwell", save_unwell, "POST", soon=True),
    Page("/today/same", save_same, "POST", needs="diary", soon=True),
    Page("/saved", show_saved, soon=True),
    Page("/undo", undo_saved, "POST", soon=True),
    Page("/draft", keep_draft, "POST"),
)
