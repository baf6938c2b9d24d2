"""Journey: where the way has led so far."""

import datetime as dt
import json
from concurrent.futures import Future
from dataclasses import dataclass

from starlette.responses import Response

from landward.app.diary.open_diary import ANSWERS, OpenDiary
from landward.app.read.cards import DECLARED
from landward.app.read.choices import choice_counts
from landward.app.read.journey import (
    ZOOM_WORDS,
    ZOOMS,
    first_zoom,
    fitting_zooms,
    read_journey,
)
from landward.app.read.journey_shapes import Journey
from landward.model.base import BadInput
from landward.report.page import kept_span
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.entry_lines import item_name
from landward.web.pages.lanes import draw

MOST_TABLE_ROWS = 120
FEWEST_DRAWN_DAYS = 3
"""A line through one or two days would be a picture of nothing."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_SPELLS = 8
"""As many as a screen shows; earlier ones are folded away."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One cell of the calendar under the closest view."""

    day: dt.date
    words: str
    band: str = ""
    """“window” or “wave” where one lies over the day."""


def spells_first(context: RequestContext) -> Future[object] | None:
    """Windows and waves take longest: they are read while other pages are answered."""
    context.app_state.read_ahead(context.reading)
    return context.reading.hurry("waves")


def show_journey(context: RequestContext) -> Response:
    """Three lanes, one sentence, the calendar and the table beside it."""
    diary, today = context.reading, context.today
    until = _day(context.asked("until"))
    if diary.is_empty:
        return context.page("journey.html", empty=True)
    begins, ends = kept_span(diary.diary)
    whole_days = (ends - begins).days + 1
    zoom = context.asked("zoom")
    zoom = zoom if zoom in ZOOMS else first_zoom(whole_days)
    until = max(min(until or ends, max(today, ends)), begins)
    spells = diary.me.settings.spells == "on"
    journey = diary.keep(
        ("journey", zoom, until, spells), lambda: read_journey(diary, zoom, until, spells=spells)
    )
    hidden = diary.me.settings.charts == "hidden" and context.asked("show") != "1"
    beginning = whole_days < FEWEST_DRAWN_DAYS
    picture = (
        None
        if hidden or beginning
        else diary.keep(("picture", zoom, until, spells), lambda: draw(journey, zoom))
    )
    step = dt.timedelta(days=max(7, journey.days // 2))
    return context.page(
        "journey.html",
        empty=False,
        journey=journey,
        readings=DECLARED,
        picture=picture,
        hidden=hidden,
        beginning=beginning,
        zoom=zoom,
        zooms={key: ZOOM_WORDS[key] for key in fitting_zooms(whole_days)},
        until=until,
        earlier=(journey.last - step) if journey.first > begins else None,
        later=min(journey.last + step, ends) if journey.last < ends else None,
        calendar=_calendar(diary, journey) if journey.days <= ZOOMS["12w"] else (),
        rows=[(dt.date.fromisoformat(row[0]), row[1:]) for row in journey.table[:MOST_TABLE_ROWS]],
        newest=journey.bands[::-1][:MOST_SPELLS],
        older=journey.bands[::-1][MOST_SPELLS:],
        choices=_choices(diary, journey),
        spells=spells,
        lag=diary.me.settings.lag == "on",
    )


def _choices(diary: OpenDiary, journey: Journey) -> tuple[str, ...]:
    """A line for every question answered in words: “evening 8, night 3”."""
    first, last = journey.first, journey.last
    found = diary.keep(
        ("choices", first, last), lambda: choice_counts(diary.diary, first, last), ANSWERS
    )
    return tuple(
        f"{item_name(diary.me, one.item)} ({one.answered} of {one.days} days answered): "
        + ", ".join(f"{word} {times}" for word, times in one.counts.items())
        for one in found
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
            words = f"{hard:g}" if hard is not None else ("–" if found.mode == "unwell" else "·")
        over = (band.state for band in journey.bands if band.first <= day <= band.last)
        cells.append(CalendarDay(day, words, next(over, "")))
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


def data(context: RequestContext) -> Response:
    """The table behind the picture, for programs of the person's own."""
    journey = read_journey(context.reading, "all", context.today, spells=False)
    body = json.dumps({"columns": journey.columns, "rows": journey.table})
    return Response(body, media_type="application/json")


PAGES = (
    Page("/journey", show_journey, needs="diary", first=spells_first),
    Page("/journey.json", data, needs="diary"),
)
