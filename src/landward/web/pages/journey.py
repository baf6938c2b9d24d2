"""Journey: where the way has led so far, and one day of it at a tap."""

import datetime as dt
import json
from concurrent.futures import Future
from dataclasses import dataclass

from starlette.responses import Response

from landward.app.diary.open_diary import OpenDiary
from landward.app.read.doses import written_on
from landward.app.read.journey import ZOOM_WORDS, ZOOMS, read_journey
from landward.app.read.journey_shapes import Journey
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, Glimmer, Note, UserLabel
from landward.model.day_answers import FILLED_IN_LATER
from landward.model.journal import first_origin
from landward.report.page import kept_span
from landward.web.http.diary_sessions import fresh_once
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.routing import Page
from landward.web.pages.day_form import spoken
from landward.web.pages.lanes import draw
from landward.web.pages.today import BACK_FILL_DAYS, keep, note_saved, today_of

MOST_TABLE_ROWS = 120
FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_SPELLS = 8
"""As many as a screen shows; earlier ones are folded away."""
LABELS = (("window", "my window"), ("usual", "usual for me"), ("wave", "my wave"))


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One cell of the calendar under the closest view."""

    day: dt.date
    words: str


def spells_first(context: RequestContext) -> Future[object] | None:
    """Windows and waves take longest: they are read while other pages are answered."""
    context.app_state.read_ahead(context.reading)
    return context.reading.hurry("waves")


def show_journey(context: RequestContext) -> Response:
    """Three lanes, one sentence, the calendar and the table beside it."""
    diary, today = context.reading, today_of(context)
    zoom = context.asked("zoom")
    zoom = zoom if zoom in ZOOMS else "12w"
    until = _day(context.asked("until"))
    if diary.is_empty:
        return context.page("journey.html", empty=True)
    begins, ends = kept_span(diary.diary)
    until = max(min(until or ends, max(today, ends)), begins)
    spells = diary.me["spells"] == "on"
    journey = diary.keep(
        ("journey", zoom, until, spells), lambda: read_journey(diary, zoom, until, spells=spells)
    )
    hidden = diary.me["charts"] == "hidden" and context.asked("show") != "1"
    picture = (
        None
        if hidden
        else diary.keep(("picture", zoom, until, spells), lambda: draw(journey, zoom))
    )
    step = dt.timedelta(days=max(7, journey.days // 2))
    span = dt.timedelta(days=journey.days - 1)
    return context.page(
        "journey.html",
        empty=False,
        journey=journey,
        picture=picture,
        hidden=hidden,
        zoom=zoom,
        zooms=ZOOM_WORDS,
        until=until,
        earlier=(journey.last - step) if journey.first > begins else None,
        later=min(journey.last + step, today) if journey.last < today and zoom != "all" else None,
        span=span,
        calendar=_calendar(diary, journey) if zoom in ("4w", "12w") else (),
        rows=journey.table[:MOST_TABLE_ROWS],
        newest=journey.bands[::-1][:MOST_SPELLS],
        older=journey.bands[::-1][MOST_SPELLS:],
        spells=spells,
        lag=diary.me["lag"] == "on",
    )


def _calendar(diary: OpenDiary, journey: Journey) -> tuple[CalendarDay | None, ...]:
    """The last four weeks of the view, whole weeks, with how hard each day was."""
    last = journey.last
    first = max(journey.first, last - dt.timedelta(days=27))
    cells: list[CalendarDay | None] = [None] * first.weekday()
    day = first
    while day <= last:
        found = diary.diary.days.get(day)
        words = ""
        if found is not None:
            hard = found.answers.get("day")
            words = (
                f"{hard:g}" if hard is not None else ("unwell" if found.mode == "unwell" else "·")
            )
        cells.append(CalendarDay(day, words))
        day += dt.timedelta(days=1)
    return tuple(cells)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(f"“{text[:40]}” is not a date; write it like 2026-03-01") from None


def is_day(day: dt.date) -> bool:
    """Whether a date can be about a diary at all; the calendar's own ends overflow."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def show_day(context: RequestContext) -> Response:
    """Everything written about one day, and a label for it in the person's own words."""
    diary, today = context.reading, today_of(context)
    day = _day((context.params or {}).get("day", ""))
    if day is None or not is_day(day):
        raise BadInput("there is no such day")
    labels = [
        (entry.date, body)
        for entry, body in diary.diary.of(UserLabel)
        if entry.date <= day <= body.until
    ]
    return context.page(
        "day.html",
        day=day,
        today=today,
        lines=spoken(diary, day),
        doses=written_on(diary, day),
        labels=labels,
        label_words=LABELS,
        names=dict(LABELS),
        idempotency_key=fresh_once(),
        before=day - dt.timedelta(days=1),
        after=day + dt.timedelta(days=1) if day < today else None,
        can_fill=0 <= (today - day).days <= BACK_FILL_DAYS,
        later=any(first_origin(e) == FILLED_IN_LATER for e, _ in diary.bodies_on(day, CheckIn)),
    )


def save_label(context: RequestContext) -> Response:
    """“Label this my wave, my window”: the person's own word stands before any other."""
    first, until = _day(context.said("first")), _day(context.said("until"))
    label = context.said("label")
    if first is None or label not in dict(LABELS):
        raise BadInput("choose a word and the first day")
    until = until or first
    if until < first:
        raise BadInput(f"a spell cannot end ({until}) before it begins ({first})")
    if until > today_of(context):
        raise BadInput(f"{until.isoformat()} lies ahead; a label is about days that have been")
    body = UserLabel(label=label, until=until, helped=context.said("helped", LONG))
    saved = keep(context, first, [("label", body)])
    note_saved(context, saved)
    return context.go(f"/day/{first.isoformat()}", "Saved.")


def save_note(context: RequestContext) -> Response:
    """A note, or a small good moment, about any day."""
    day, text = _day(context.said("day")), context.said("text", LONG)
    if day is None or day > today_of(context):
        raise BadInput("a note is about a day that has been")
    if not text:
        raise BadInput("there are no words yet")
    body = Glimmer(text=text) if context.said("kind") == "glimmer" else Note(text=text)
    saved = keep(context, day, [(body.kind, body)])
    note_saved(context, saved)
    return context.go(f"/day/{day.isoformat()}", "Saved.")


def data(context: RequestContext) -> Response:
    """The table behind the picture, for programs of the person's own."""
    journey = read_journey(context.reading, "all", today_of(context), spells=False)
    body = json.dumps({"columns": journey.columns, "rows": journey.table})
    return Response(body, media_type="application/json")


PAGES = (
    Page("/journey", show_journey, needs="diary", first=spells_first),
    Page("/journey.json", data, needs="diary"),
    Page("/day/{day}", show_day, needs="diary"),
    Page("/label", save_label, "POST"),
    Page("/note", save_note, "POST"),
)
