"""Doses: prescribed, planned and taken side by side; one dose at a time; a card and reminders."""

import datetime as dt

from starlette.responses import Response

from landward.app.diary.locked_view import planned_now
from landward.app.library.known_words import KNOWN, drug_meant, drug_names
from landward.app.library.sections import medicines_called
from landward.app.read.doses import (
    MOST_SUPPLY_MG,
    Written,
    is_clock,
    looks_double,
    medicines_now,
    next_time,
    parse_clock,
    parse_mg,
    written_in,
)
from landward.app.read.medicines import medicines_of, stop_seen
from landward.app.share.dose_papers import dose_card, reminders
from landward.app.write.save import fresh_key, take_out
from landward.model.base import BadInput
from landward.model.bodies import DoseTaken, Prescription
from landward.model.entries import Entry
from landward.model.errors import Locked
from landward.model.moment import read_clocks
from landward.model.said import phrase
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.ask_once import already_asked, ask_about_amount, ask_about_drug
from landward.web.pages.entry_lines import dose_words

SHOWN_DAYS = 14
MOST_YEARS_BACK = 70


def show_doses(context: RequestContext) -> Response:
    """What was prescribed, what the plan says, what was taken: three things, kept apart."""
    diary, today = context.reading, context.today
    regimens = diary.me.current(today)
    until = context.day(context.asked("until"))
    days = [until - dt.timedelta(days=back) for back in range(SHOWN_DAYS)]
    return context.page(
        "doses.html",
        today=today,
        regimens=regimens,
        medicines=medicines_now(diary, today),
        stops=stop_seen(diary, today),
        planned=planned_now(diary.me, today),
        coming=[s for s in diary.me.planned if s.since > today][:3],
        days=[(day, written_in(diary.index, day)) for day in days],
        until=until,
        earlier=days[-1] - dt.timedelta(days=1),
        later=min(until + dt.timedelta(days=SHOWN_DAYS), today) if until < today else None,
        next_dose=next_time(regimens, context.moment, written_in(diary.index, today)),
        drugs=drug_names(),
        known=medicines_called(r.drug for r in regimens),
        idempotency_key=fresh_key(),
        has_times=any(is_clock(time) for r in regimens for time in r.times),
    )


def show_take(context: RequestContext) -> Response:
    """One dose: what, how much, when."""
    return _take_page(context, context.day(context.asked("day")))


def show_change(context: RequestContext) -> Response:
    """One written dose, to correct or take back."""
    entry, body = _dose(context, context.asked("id"))
    return _take_page(context, entry.date, corrects=(entry, body))


def _dose(context: RequestContext, entry_id: str) -> tuple[Entry, DoseTaken]:
    """A written dose that stands, or what stands in its place. Raises BadInput."""
    found = context.reading.index.successors(entry_id)
    body = KNOWN.read(found[0]) if found else None
    if not isinstance(body, DoseTaken):
        raise BadInput(phrase("that dose is not there any more: it was taken back"))
    return found[0], body


def _take_page(
    context: RequestContext,
    day: dt.date,
    wrong: BadInput | None = None,
    double: str = "",
    corrects: tuple[Entry, DoseTaken] | None = None,
) -> Response:
    planned = context.planned(day)
    # A day before anything was set: the name of what is taken now, never its amount.
    names = [line.drug for line in planned or context.planned(context.today)]
    typed = {name: values[-1] for name, values in context.form.items() if values}
    different = context.asked("different") == "1" or typed.get("different") == "1"
    local = context.moment.local
    now = f"{local:%H:%M}" if day == context.today and not different else ""
    entry, old = corrects or (None, None)
    if old is not None:
        now = f"{old.at:%H:%M}" if old.at else ""
    return context.page(
        "take.html",
        status=422 if wrong else 200,
        day=day,
        today=context.today,
        wrong=str(wrong) if wrong else "",
        double=double,
        different=different,
        corrects=entry.id if entry else typed.get("corrects", ""),
        was=f"{old.drug}, {dose_words(old)}" if old else "",
        drug=typed.get("drug", old.drug if old else names[0] if names else ""),
        asked_already=already_asked(context, wrong),
        mg=typed.get("mg", f"{old.dose_mg:f}" if old and old.dose_mg is not None else ""),
        at=typed.get("at", now),
        as_needed=typed.get("as_needed") == "yes" if typed else bool(old and old.as_needed),
        whole_day=typed.get("whole_day") == "yes" if typed else bool(old and old.day_total),
        planned=planned,
        drugs=drug_names(),
        written=written_in(context.diary.index, day) if context.diary and not corrects else (),
        idempotency_key=typed.get("once") or fresh_key(),
    )


def save_take(context: RequestContext) -> Response:
    """Save one dose, or what one is corrected to. Where it looks like one that is there already,
    ask once.
    """
    day = context.day(context.said("day"))
    old = context.said("corrects")
    if old and context.diary is None:
        raise Locked(phrase("a correction needs the passphrase"))
    corrects = _dose(context, old) if old else None
    try:
        body = _said(context, day)
        if corrects and _same_clock(*corrects, body, day):
            body = body.model_copy(update={"at": corrects[1].at})
    except BadInput as error:
        return _take_page(context, day, wrong=error, corrects=corrects)
    if not old and context.said("second") != "yes" and (words := _double(context, day, body)):
        return _take_page(context, day, double=words)
    remark = _new_name(context, body)
    context.save(day, [("dose", body)], corrects={"dose": (old,)} if old else None, kind="dose")
    return context.go(f"/saved?day={day.isoformat()}", remark)


def _new_name(context: RequestContext, body: DoseTaken) -> str:
    """What to say of a medicine our tables do not know, the first time it is written."""
    remark = drug_meant(context.said("drug")).remark
    if not remark or context.diary is None or body.drug in medicines_of(context.diary).drugs:
        return ""
    return remark


def _same_clock(entry: Entry, old: DoseTaken, new: DoseTaken, day: dt.date) -> bool:
    """Whether the time was left as the page showed it: it stays, to the second and in its zone."""
    shown = old.at and new.at and f"{old.at:%H:%M}" == f"{new.at:%H:%M}"
    return bool(shown) and entry.date == day


def _said(context: RequestContext, day: dt.date) -> DoseTaken:
    """The dose on the page. Raises BadInput."""
    different = context.said("different") == "1"
    drug, at = context.said("drug"), context.said("at")
    if not drug:
        raise BadInput(phrase("name the medicine"))
    amount = parse_mg(context.said("mg"))
    if amount == 0:
        raise BadInput(phrase("0 mg is no dose; say “not taken” on Today instead"))
    whole_day = (different or context.said("whole_day") == "yes") and not at
    meant = drug_meant(drug)
    ask_about_drug(context, meant)
    planned = {dose.drug: dose.mg_per_day for dose in context.planned(day)}
    as_planned = whole_day and not different and planned.get(meant.drug) == amount
    body = DoseTaken(
        drug=meant.drug,
        own_word=meant.own_word,
        dose_mg=amount,
        at=parse_clock(at, day, context.moment, context.day_turns_at),
        status="as_planned" if as_planned else "different" if whole_day or different else "taken",
        as_needed=context.said("as_needed") == "yes",
        day_total=whole_day,
    )
    ask_about_amount(context, body, day)
    return body


def _double(context: RequestContext, day: dt.date, body: DoseTaken) -> str:
    """What is already written that this may repeat, in words; "" if nothing is.

    While locked that is what was sealed here since, and the words do not say what it was.
    """
    index = context.writer.index
    own = context.writer.pages.of(context.said("once")).get("dose")
    there = [
        written
        for d in (day, day - dt.timedelta(days=1))
        for written in written_in(index, d)
        if (d == day or not written.day_total) and written.entry_id != own
    ]
    if context.diary is None:
        same = [w for w in there if w.drug == body.drug and w.day == day]
        taken = [w for w in same if w.status != "not_taken"]
        return phrase("{drug}, written since the diary was locked", drug=body.drug) if taken else ""
    old = looks_double(body, there)
    return _written_words(old) if old is not None else ""


def _written_words(old: Written) -> str:
    when = f" at {old.at:%H:%M}" if old.at else phrase(" for the whole day")
    return f"{old.drug}, {old.dose_mg:f} mg{when}" if old.dose_mg is not None else old.drug + when


def save_prescription(context: RequestContext) -> Response:
    """Copy the label: drug, dose a day, times, what was dispensed."""
    drug = context.said("drug")
    if not drug:
        raise BadInput(phrase("name the medicine"))
    amount, supply = parse_mg(context.said("mg")), context.said("supply")
    meant = drug_meant(drug)
    body = Prescription(
        drug=meant.drug,
        own_word=meant.own_word,
        dose_mg_per_day=amount,
        times=read_clocks(context.said("times")),
        form=context.said("form"),
        started_on=_since(context.said("since"), context.today),
        supply_mg=parse_mg(supply, most=MOST_SUPPLY_MG) if supply else None,
        why=context.said("why"),
    )
    context.save(context.today, [("prescription", body)], kind=None)
    doubt = f" {meant.remark[0].upper()}{meant.remark[1:]}" if meant.remark else ""
    return context.go("/doses", f"Saved.{doubt}")


def _since(text: str, today: dt.date) -> dt.date:
    """The day a prescription began. Raises BadInput for no date, or a year nobody means."""
    try:
        since = dt.date.fromisoformat(text) if text else today
    except ValueError:
        raise BadInput(
            phrase("“{text}” is not a date; write it like 2026-03-01", text=text[:40])
        ) from None
    if not today.year - MOST_YEARS_BACK <= since.year <= today.year + 1:
        raise BadInput(
            phrase("{since} cannot be the first day: check the year", since=since.isoformat())
        )
    return since


def remove_dose(context: RequestContext) -> Response:
    """Take one written dose back, of any day."""
    index, entry_id = context.reading.index, context.said("id")
    entry = index.entry(entry_id)
    body = KNOWN.read(entry) if entry is not None and index.stands(entry_id) else None
    if entry is None or not isinstance(body, DoseTaken):
        raise BadInput(phrase("that dose is not there any more"))
    taken = take_out(context.writer, entry, context.moment)
    context.after_saving(entry.date, taken, "taken_back")
    context.browser_session.said = phrase(
        "Taken back: {drug}, {body}.", drug=body.drug, body=dose_words(body)
    )
    return context.go(f"/saved?day={entry.date.isoformat()}")


def send_reminders(context: RequestContext) -> Response:
    """Reminders for a calendar, with neutral titles."""
    diary = context.reading
    body = reminders(
        diary.me.current(context.today),
        context.moment,
        diary.me.regimens,
        diary.vault.header.vault,
    )
    return _file(body, "text/calendar", "reminders.ics")


def send_card(context: RequestContext) -> Response:
    """One page to carry: what is taken, how much, whom to call."""
    diary = context.reading
    card = dose_card(diary.me, medicines_of(diary), context.today, catalogue=context.catalogue)
    return _file(card, "application/pdf", "dose-card.pdf")


def _file(body: bytes, kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=kind, headers=headers)


PAGES = (
    Page("/doses", show_doses, needs="diary"),
    Page("/doses/take", show_take),
    Page("/doses/take", save_take, "POST"),
    Page("/doses/change", show_change, needs="diary"),
    Page("/doses/prescription", save_prescription, "POST", needs="diary"),
    Page("/doses/remove", remove_dose, "POST", needs="diary"),
    Page("/doses/reminders.ics", send_reminders, needs="diary"),
    Page("/doses/card.pdf", send_card, needs="diary"),
)
