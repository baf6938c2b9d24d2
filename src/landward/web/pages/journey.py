"""Journey: where the way has led so far."""

import datetime as dt
import json
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup
from starlette.responses import Response

from landward.app.diary.open_diary import ANSWERS
from landward.app.diary.readable import Readable
from landward.app.read.cards import DECLARED
from landward.app.read.journey import (
    CLOSER,
    ZOOM_WORDS,
    ZOOMS,
    first_zoom,
    fitting_zooms,
    read_journey,
)
from landward.app.read.journey_lanes import HARD
from landward.app.read.journey_shapes import Journey
from landward.app.read.journey_whole import whole_of
from landward.model.base import BadInput
from landward.model.choices import choice_counts
from landward.model.said import Catalogue, joined, phrase
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.http.templates import render
from landward.web.pages.calendar import draw_tide
from landward.web.pages.entry_lines import item_name
from landward.web.pages.lanes import draw

MOST_TABLE_ROWS = 120
FEWEST_DRAWN_DAYS = 3
"""A line through one or two days would be a picture of nothing."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_SPELLS = 8
"""As many as a screen shows; earlier ones are folded away."""


def show_journey(context: RequestContext) -> Response:
    """One sentence, the tide calendar, the lanes, and the same as a table."""
    diary = context.standing
    if diary.is_empty:
        return context.page("journey.html", empty=True)
    settings = diary.me.settings
    whole = whole_of(diary, settings.journey_from)
    begins, ends = whole.first, whole.last
    view = _view(context, begins, ends)
    spells = settings.spells == "on"
    first = settings.journey_first == "feelings"
    key = (*view, spells, settings.journey_from, tuple(settings.pins), first)
    journey = diary.keep(
        ("journey", *key),
        lambda: read_journey(
            diary, view.zoom, view.until, spells=spells, since=view.since,
            from_here=settings.journey_from, chosen=view.lanes, feelings_first=first,
        ),
    )  # fmt: skip
    hidden = settings.charts == "hidden" and context.asked("show") != "1"
    beginning = (ends - begins).days + 1 < FEWEST_DRAWN_DAYS
    picture, tide, words = None, None, context.catalogue
    if not hidden:
        tide = diary.keep(
            ("tide", words.language, *key), lambda: draw_tide(journey.tide, _ends(journey), words)
        )
        if not beginning:
            picture = diary.keep(
                ("picture", words.language, *key), lambda: draw(journey, view.zoom, words)
            )
    step = dt.timedelta(days=journey.days if view.zoom == CLOSER else max(7, journey.days // 2))
    return context.page(
        "journey.html",
        empty=False,
        ahead=sorted({entry.date for entry, _ in diary.diary.ahead}),
        journey=journey,
        readings=DECLARED,
        picture=picture,
        tide=tide,
        hidden=hidden,
        zoom=view.zoom,
        zooms={key: ZOOM_WORDS[key] for key in fitting_zooms((ends - begins).days + 1)},
        earlier=_address(view, journey, -step) if journey.first > begins else "",
        later=_address(view, journey, step) if journey.last < ends else "",
        lanes=view.lanes,
        lanes_asked="".join(f"&lane={quote(lane)}" for lane in view.lanes),
        from_here=settings.journey_from if whole.begins < begins else None,
        spells_and_table=diary.keep(
            ("rows", words.language, *key), lambda: _spells_and_table(journey, words)
        ),
        choices=_choices(diary, journey),
        spells=spells,
        lag=settings.lag == "on",
    )


def _spells_and_table(journey: Journey, words: Catalogue) -> Markup:
    """What stands below the picture, written once for as long as it is true: hundreds of cells."""
    rows = [(dt.date.fromisoformat(row[0]), row[1:]) for row in journey.table[:MOST_TABLE_ROWS]]
    shown = {
        "journey": journey,
        "rows": rows,
        "newest": journey.bands[::-1][:MOST_SPELLS],
        "older": journey.bands[::-1][MOST_SPELLS:],
    }
    return Markup(render("journey_rows.html", shown, words))  # noqa: S704 - escaped by its template


class View(NamedTuple):
    """What the address asks to see, made possible."""

    zoom: str
    since: dt.date | None
    until: dt.date
    lanes: tuple[str, ...]


def _view(context: RequestContext, begins: dt.date, ends: dt.date) -> View:
    since, until = _day(context.asked("since")), _day(context.asked("until"))
    until = max(min(until or ends, max(context.today, ends)), begins)
    zoom = context.asked("zoom")
    if zoom == CLOSER and since is not None:
        since = max(min(since, until), begins)
    else:
        since = None
        zoom = zoom if zoom in ZOOMS else first_zoom((ends - begins).days + 1)
    return View(zoom, since, until, context.asked_all("lane"))


def _address(view: View, journey: Journey, step: dt.timedelta) -> str:
    """The same view, moved along the calendar."""
    until = journey.last + step
    text = f"/journey?zoom={view.zoom}&until={until.isoformat()}"
    if view.since is not None:
        text += f"&since={(journey.first + step).isoformat()}"
    return text + "".join(f"&lane={quote(lane)}" for lane in view.lanes)


def _ends(journey: Journey) -> tuple[str, str]:
    """The words at both ends of what the calendar shows."""
    hard = next((lane for lane in journey.lanes if lane.key == HARD), None)
    return (
        (hard.top_words, hard.bottom_words) if hard else (phrase("no trouble"), phrase("the worst"))
    )


def _choices(diary: Readable, journey: Journey) -> tuple[str, ...]:
    """A line for every question answered in words: “evening 8, night 3”."""
    first, last = journey.first, journey.last
    found = diary.keep(
        ("choices", first, last), lambda: choice_counts(diary.diary, first, last), ANSWERS
    )
    return tuple(
        phrase(
            "{item_name} ({answered} of {days} days answered): ",
            item_name=item_name(diary.me, one.item),
            answered=one.answered,
            days=one.days,
        )
        + joined(
            ", ",
            (phrase("{word} {times}", word=w, times=n) for w, n in one.counts.items()),
        )
        for one in found
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(
            phrase("“{text}” is not a date; write it like 2026-03-01", text=text[:40])
        ) from None


def is_day(day: dt.date) -> bool:
    """Whether a date can be about a diary at all; the calendar's own ends overflow."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def data(context: RequestContext) -> Response:
    """The table behind the picture, for programs of the person's own."""
    journey = read_journey(context.standing, "all", context.today, spells=False)
    body = json.dumps({"columns": journey.columns, "rows": journey.table})
    return Response(body, media_type="application/json")


PAGES = (
    Page("/journey", show_journey, needs="diary", lane="ahead"),
    Page("/journey.json", data, needs="diary", lane="ahead"),
)
