"""A week on paper: printed as a sheet, and typed back in as one grid."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from landward.app.diary.profile import PlannedDose
from landward.app.read.doses import Written, written_on
from landward.app.share.week_sheet import make_sheet
from landward.app.write.day import COPIED_FROM_PAPER, save_day
from landward.app.write.day_page import filled
from landward.app.write.save import fresh_key, save
from landward.app.write.week import Column, foreign_cells, read_column, written_cells
from landward.model.base import BadInput, LandwardError
from landward.model.bodies import DoseTaken, Note
from landward.model.entries import Entry
from landward.model.questions import chosen
from landward.model.said import Words, phrase
from landward.model.week_rows import DOSE, WeekRow, week_rows
from landward.report.words import date_words
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.routing import Page
from landward.web.pages.ask_once import already_asked, ask_about_amount

DAYS, JUST_NOW = 7, 2
WEEK = dt.timedelta(days=DAYS)
BEFORE = "seen:"
"""The field of the ids one day's column was filled with, before its date."""


@dataclass(frozen=True, slots=True)
class Day:
    """One column: its day, the entries it was filled with, its cells, those that are only shown."""

    day: dt.date
    ahead: bool
    seen: tuple[str, ...]
    cells: Mapping[str, str]
    shown: Mapping[str, Words]
    """By line: what stands there and is not typed over here."""

    def field(self, row: WeekRow) -> str:
        """The name of a cell's field."""
        return f"{self.day.isoformat()} {row.name}"


def show_week(context: RequestContext) -> Response:
    """The grid of one week, filled with what stands."""
    return _page(context, _first_day(context, context.asked("from")))


def _first_day(context: RequestContext, text: str) -> dt.date:
    """The first day on the sheet; without one, the Monday of the last whole week."""
    if text:
        return context.day(text)
    back = context.today - dt.timedelta(days=DAYS - 1)
    return back - dt.timedelta(days=back.weekday())


def _page(
    context: RequestContext,
    first: dt.date,
    *,
    wrong: tuple[str, ...] = (),
    bad: frozenset[str] = frozenset(),
    status: int = 200,
    asked_already: tuple[tuple[str, str], ...] = (),
) -> Response:
    diary = context.reading
    rows = _rows(context, first)
    days = [_day(context, rows, first + dt.timedelta(days=number)) for number in range(DAYS)]
    session = context.browser_session
    return context.page(
        "week.html",
        status=status,
        first=first,
        last=first + WEEK - dt.timedelta(days=1),
        rows=rows,
        days=days,
        typed={name: values[-1] for name, values in context.form.items() if values},
        wrong=wrong,
        bad=bad,
        asked_already=asked_already,
        paper=not context.form or context.said("paper") == "yes",
        idempotency_key=context.said("once") if wrong else fresh_key(),
        undo=session.last_act if context.asked("saved") else "",
        before=first - WEEK,
        after=first + WEEK if first + WEEK <= context.today else None,
        today=context.today,
        has_pins=bool(diary.me.pins),
    )


def _rows(context: RequestContext, first: dt.date) -> tuple[WeekRow, ...]:
    me = context.reading.me
    drugs = [
        dose.drug
        for number in range(DAYS)
        for dose in context.planned(first + dt.timedelta(days=number))
    ]
    named = tuple(dict.fromkeys(drugs))
    rows = week_rows([(p.item, p.label) for p in me.pins], chosen(me.settings.asked), named)
    return tuple(row for row in rows if row.name != DOSE)


def _day(context: RequestContext, rows: tuple[WeekRow, ...], day: dt.date) -> Day:
    diary = context.reading
    page = filled(diary.on(day), diary.read)
    cells = written_cells(rows, page)
    foreign = foreign_cells(rows, page)
    shown = {name: cells[name] for name in foreign}
    if "unwell" in cells:
        shown["unwell"] = cells["unwell"]
    doses = _doses(rows, written_on(diary, day), context.planned(day))
    return Day(day, day > context.today, page.seen, cells, shown | doses)


def _doses(
    rows: tuple[WeekRow, ...], written: tuple[Written, ...], planned: tuple[PlannedDose, ...]
) -> dict[str, Words]:
    """What stands in a dose's cell: the dose that is written, a dash where none is planned."""
    at_hand = {dose.drug for dose in planned}
    found: dict[str, Words] = {}
    for row in (row for row in rows if row.of == "dose"):
        there = [dose for dose in written if dose.drug == row.about and not dose.as_needed]
        if there:
            known = [dose.dose_mg for dose in there if dose.dose_mg is not None]
            found[row.name] = f"{sum(known):f}" if known else phrase("no")
        elif row.about not in at_hand:
            found[row.name] = "–"
    return found


def save_week(context: RequestContext) -> Response:
    """Save every day that was touched; nothing where one cell does not fit."""
    first = context.day(context.said("from"))
    rows = _rows(context, first)
    read: dict[dt.date, tuple[Column, tuple[str, ...]]] = {}
    try:
        for number in range(DAYS):
            day = first + dt.timedelta(days=number)
            read[day] = _column(context, rows, day)
        wrong, bad = _wrong(rows, read)
        if wrong:
            return _page(context, first, wrong=wrong, bad=bad, status=422)
        saved = _save(context, {day: one for day, one in read.items() if one[0].changed})
    except LandwardError as error:
        status = 422 if isinstance(error, BadInput) else 503
        why = context.diary_session.why(error)
        asked = already_asked(context, error)
        return _page(context, first, wrong=(why,), status=status, asked_already=asked)
    lately = [day for day, (one, _) in read.items() if (context.today - day).days < JUST_NOW
              and any(dose.answer == "not_taken" for dose in one.words.doses.values())]  # fmt: skip
    context.after_saving(first, saved, "missed" if lately else "")
    if lately:
        return context.go(f"/saved?day={lately[-1].isoformat()}")
    many = len({entry.date for entry in saved})
    if not many:
        return context.go(f"/week?from={first.isoformat()}", phrase("Nothing was changed."))
    said = phrase("Saved. You can close this.")
    return context.go(f"/week?from={first.isoformat()}&saved={many}", said)


def _column(
    context: RequestContext, rows: tuple[WeekRow, ...], day: dt.date
) -> tuple[Column, tuple[str, ...]]:
    """One day's column, and the ids it was filled with. Asks once about an unusual amount."""
    diary, seen = context.reading, context.said_all(f"{BEFORE}{day.isoformat()}")
    there = [e for e in map(diary.index.entry, seen) if e is not None and e.date == day]
    fields = {row.name: f"{day.isoformat()} {row.name}" for row in rows}
    cells = {name: context.said(field) for name, field in fields.items() if field in context.form}
    page = filled(there, diary.read)
    one = read_column(rows, page, cells, context.planned(day))
    for drug, said in one.words.doses.items():
        if said.answer == "different":
            body = DoseTaken(drug=drug, dose_mg=said.dose_mg, day_total=True)
            ask_about_amount(context, body, day)
    return one, seen


def _wrong(
    rows: tuple[WeekRow, ...], read: Mapping[dt.date, tuple[Column, tuple[str, ...]]]
) -> tuple[tuple[str, ...], frozenset[str]]:
    """What does not fit, day by day, and the fields it stands in."""
    found = [(day, row, one.wrong[row.name]) for row in rows for day, (one, _) in read.items()
             if row.name in one.wrong]  # fmt: skip
    said = tuple(
        phrase("{line}, {day}: {why}", line=row.label.rstrip("?"), day=date_words(day), why=why)
        for day, row, why in found
    )
    return said, frozenset(f"{day.isoformat()} {row.name}" for day, row, _ in found)


def _save(
    context: RequestContext, read: Mapping[dt.date, tuple[Column, tuple[str, ...]]]
) -> tuple[Entry, ...]:
    """Day by day, each under a key of its own: sent again, what is there already is not doubled."""
    key = context.said("once") or fresh_key()
    origin = COPIED_FROM_PAPER if context.said("paper") == "yes" else None
    saved: list[Entry] = []
    for day, (one, seen) in read.items():
        saved += save_day(
            context.writer, day, one.words, context.planned(day), f"{key} {day}", context.moment,
            today=context.today, seen=seen, shown=one.touched, origin=origin,
        )  # fmt: skip
    note = context.said("note", LONG)
    if note:
        day = min(context.day(context.said("from")) + WEEK - dt.timedelta(days=1), context.today)
        origins = {"note": origin} if origin else None
        saved += save(
            context.writer, day, [("note", Note(text=note))], f"{key} note", context.moment,
            origins=origins, today=context.today,
        )  # fmt: skip
    return tuple(saved)


def print_week(context: RequestContext) -> Response:
    """The sheet of a week as PDF, A5, with the person's own lines."""
    first = context.asked("from")
    try:
        start = dt.date.fromisoformat(first) if first else None
    except ValueError:
        start = context.day(first)  # says how a date is written
    pdf = make_sheet(
        context.reading.diary, today=context.today, start=start, catalogue=context.catalogue
    )
    headers = {"content-disposition": 'attachment; filename="week.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


PAGES = (
    Page("/week", show_week, needs="diary"),
    Page("/week", save_week, "POST", needs="diary"),
    Page("/week/sheet.pdf", print_week, needs="diary"),
)
