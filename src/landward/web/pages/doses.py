"""Doses: prescribed, planned and taken side by side; one dose at a time; a card and reminders."""

import datetime as dt

from starlette.responses import Response

from landward.app.diary.locked_view import planned_now
from landward.app.library.known_words import drug_meant, drug_names
from landward.app.library.sections import medicines_called
from landward.app.read.doses import (
    is_clock,
    looks_double,
    next_time,
    parse_clock,
    parse_mg,
    supply_left,
    written_on,
)
from landward.app.share.dose_papers import dose_card, reminders
from landward.app.write.entry import new_entry
from landward.model.base import BadInput
from landward.model.bodies import DoseTaken, Prescription, Retraction, read_body
from landward.model.moment import read_clocks
from landward.web.http.diary_sessions import fresh_once
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.today import day_asked, day_turns_at, doses_of, keep, note_saved, today_of

SHOWN_DAYS = 14
MOST_YEARS_BACK = 70


def show_doses(context: RequestContext) -> Response:
    """What was prescribed, what the plan says, what was taken: three things, kept apart."""
    diary, today = context.reading, today_of(context)
    regimens = diary.me.current(today)
    days = [today - dt.timedelta(days=back) for back in range(SHOWN_DAYS)]
    return context.page(
        "doses.html",
        today=today,
        regimens=[
            (r, diary.me.planned_mg(r.drug, today), supply_left(diary, r, today)) for r in regimens
        ],
        planned=planned_now(diary.me, today),
        coming=[s for s in diary.me.planned if s.since > today][:3],
        days=[(day, written_on(diary, day)) for day in days],
        next_dose=next_time(regimens, context.moment, written_on(diary, today)),
        drugs=drug_names(),
        known=medicines_called(r.drug for r in regimens),
        idempotency_key=fresh_once(),
        has_times=any(is_clock(time) for r in regimens for time in r.times),
    )


def show_take(context: RequestContext) -> Response:
    """One dose: what, how much, when."""
    day = day_asked(context, context.asked("day"))
    return _take_page(context, day, "", None)


def _take_page(context: RequestContext, day: dt.date, wrong: str, double: str | None) -> Response:
    planned = doses_of(context, day)
    typed = {name: values[-1] for name, values in context.form.items() if values}
    different = context.asked("different") == "1" or typed.get("different") == "1"
    local = context.moment.local
    return context.page(
        "take.html",
        status=422 if wrong else 200,
        day=day,
        today=today_of(context),
        wrong=wrong,
        double=double,
        different=different,
        drug=typed.get("drug", planned[0].drug if planned else ""),
        spelt=drug_meant(typed["drug"]).drug if typed.get("drug") else "",
        mg=typed.get("mg", ""),
        at=typed.get("at", f"{local:%H:%M}" if day == today_of(context) and not different else ""),
        as_needed=typed.get("as_needed") == "yes",
        planned=planned,
        drugs=drug_names(),
        written=written_on(context.diary, day) if context.diary else (),
        idempotency_key=typed.get("once") or fresh_once(),
    )


def save_take(context: RequestContext) -> Response:
    """Save one dose. Where it looks like one that is there already, ask once."""
    day = day_asked(context, context.said("day"))
    different = context.said("different") == "1"
    try:
        drug = context.said("drug")
        if not drug:
            raise BadInput("name the medicine")
        amount = parse_mg(context.said("mg"))
        if amount == 0:
            raise BadInput("0 mg is no dose; say “not taken” on Today instead")
        meant = drug_meant(drug)
        if meant.question and context.said("spelt") != meant.drug:
            raise BadInput(f"{meant.question} Correct it, or save again to keep your own word")
        body = DoseTaken(
            drug=meant.drug,
            own_word=meant.own_word,
            dose_mg=amount,
            at=parse_clock(context.said("at"), day, context.moment, day_turns_at(context)),
            status="different" if different else "taken",
            as_needed=context.said("as_needed") == "yes",
            day_total=different and not context.said("at"),
        )
    except BadInput as error:
        return _take_page(context, day, str(error), None)
    if context.said("second") != "yes" and (words := _double(context, day, body)):
        return _take_page(context, day, "", words)
    saved = keep(context, day, [("dose", body)])
    note_saved(context, saved, "dose")
    return context.go(f"/saved?day={day.isoformat()}")


def _double(context: RequestContext, day: dt.date, body: DoseTaken) -> str:
    """What is already written that this may repeat, in words; "" if nothing is."""
    if context.diary is not None:
        there = [w for d in (day, day - dt.timedelta(days=1)) for w in written_on(context.diary, d)
                 if d == day or not w.day_total]  # fmt: skip
        old = looks_double(body, there)
        if (
            old is None
            or context.diary_session.page(context.said("once")).get("dose") == old.entry_id
        ):
            return ""
        when = f" at {old.at:%H:%M}" if old.at else " for the whole day"
        return (
            f"{old.drug}, {old.dose_mg:f} mg{when}"
            if old.dose_mg is not None
            else f"{old.drug}{when}"
        )
    sealed = context.diary_session.sealed()
    gone = {old for entry in sealed for old in entry.replaces}
    own = context.diary_session.page(context.said("once")).get("dose")
    for entry in sealed:
        if entry.id in gone or entry.id == own:
            continue
        other = read_body(entry)
        same = isinstance(other, DoseTaken) and other.drug == body.drug and entry.date == day
        if same and isinstance(other, DoseTaken) and other.status != "not_taken":
            return f"{other.drug}, written since the diary was locked"
    return ""


def save_prescription(context: RequestContext) -> Response:
    """Copy the label: drug, dose a day, times, what was dispensed."""
    drug = context.said("drug")
    if not drug:
        raise BadInput("name the medicine")
    amount, supply = parse_mg(context.said("mg")), context.said("supply")
    since = _since(context.said("since"), today_of(context))
    meant = drug_meant(drug)
    body = Prescription(
        drug=meant.drug,
        own_word=meant.own_word,
        dose_mg_per_day=amount,
        times=read_clocks(context.said("times")),
        form=context.said("form"),
        started_on=since,
        supply_mg=parse_mg(supply) if supply else None,
        why=context.said("why"),
    )
    keep(context, today_of(context), [("prescription", body)])
    return context.go("/doses", "Saved.")


def _since(text: str, today: dt.date) -> dt.date:
    """The day a prescription began. Raises BadInput for no date, or a year nobody means."""
    try:
        since = dt.date.fromisoformat(text) if text else today
    except ValueError:
        raise BadInput(f"“{text[:40]}” is not a date; write it like 2026-03-01") from None
    if not today.year - MOST_YEARS_BACK <= since.year <= today.year + 1:
        raise BadInput(f"{since.isoformat()} cannot be the first day: check the year")
    return since


def remove_dose(context: RequestContext) -> Response:
    """Take one written dose back."""
    entry_id = context.said("id")
    entry = context.reading.index.entry(entry_id)
    if entry is None or entry.kind != DoseTaken.kind or not context.reading.index.stands(entry_id):
        raise BadInput("that dose is not there any more")
    body = Retraction(reason="taken back")
    retraction = new_entry(
        context.reading.vault, body, entry.date, context.moment, replaces=(entry_id,)
    )
    context.diary_session.save(context.diary, [retraction], context.moment)
    return context.go("/doses", "Taken back.")


def send_reminders(context: RequestContext) -> Response:
    """Reminders for a calendar, with neutral titles."""
    diary = context.reading
    body = reminders(diary.me.current(today_of(context)), context.moment)
    return _file(body, "text/calendar", "reminders.ics")


def send_card(context: RequestContext) -> Response:
    """One page to carry: what is taken, how much, whom to call."""
    diary = context.reading
    return _file(dose_card(diary.me, today_of(context)), "application/pdf", "dose-card.pdf")


def _file(body: bytes, kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=kind, headers=headers)


PAGES = (
    Page("/doses", show_doses, needs="diary"),
    Page("/doses/take", show_take),
    Page("/doses/take", save_take, "POST"),
    Page("/doses/prescription", save_prescription, "POST", needs="diary"),
    Page("/doses/remove", remove_dose, "POST", needs="diary"),
    Page("/doses/reminders.ics", send_reminders, needs="diary"),
    Page("/doses/card.pdf", send_card, needs="diary"),
)
