"""Feelings over time, as pictures and words. Read only when opened; Today never speaks of it."""

from dataclasses import dataclass

from starlette.responses import Response

from landward.app.read.feelings_view import FeelingsView, feelings_view
from landward.app.read.journey import ZOOM_WORDS, fitting_zooms
from landward.app.read.journey_whole import whole_of
from landward.model.said import Catalogue
from landward.report.entry_words import glimmer_words
from landward.report.figure.scales import Across
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.lanes import WIDE, DrawnLane, dates_under, drawn_lane

MOST_LINES = 6
"""As many glimmers as a glance takes in; earlier ones are folded away."""
MOST_ROWS = 120


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pictures of a view."""

    lanes: tuple[DrawnLane, ...]
    small: tuple[DrawnLane, ...]
    dates: tuple[str, ...]


def show_feelings_seen(context: RequestContext) -> Response:
    """The tall lane, one small picture a statement, and what they say."""
    diary = context.standing
    if diary.is_empty:
        return context.page("feelings_seen.html", view=None)
    settings, words = diary.me.settings, context.catalogue
    whole = whole_of(diary, settings.journey_from)
    zooms = fitting_zooms((whole.last - whole.first).days + 1)
    zoom = context.asked("zoom")
    if zoom not in zooms:
        zoom = "26w" if "26w" in zooms else "all"
    key = (zoom, settings.journey_from, words.language)
    view = diary.keep(
        ("feelings view", *key), lambda: feelings_view(diary, zoom, settings.journey_from)
    )
    hidden = settings.charts == "hidden" and context.asked("show") != "1"
    drawn = None if hidden else diary.keep(("feelings drawn", *key), lambda: draw(view, words))
    return context.page(
        "feelings_seen.html",
        view=view,
        drawn=drawn,
        hidden=hidden,
        zoom=zoom,
        zooms={name: ZOOM_WORDS[name] for name in zooms},
        glimmers=[(day, glimmer_words(one), one.text) for day, one in view.glimmers],
        most=MOST_LINES,
        rows=view.table[:MOST_ROWS],
    )


def draw(view: FeelingsView, words: Catalogue) -> Drawn:
    """Every lane of a view, on one calendar."""
    across = Across(view.days / view.slot_days, 0, WIDE)
    tall = tuple(
        drawn_lane(lane, across, (), number, words) for number, lane in enumerate(view.lanes)
    )
    small = tuple(
        drawn_lane(lane, across, (), number, words)
        for number, lane in enumerate(view.small, start=len(tall))
    )
    return Drawn(tall, small, dates_under(view.first, view.last))


PAGES = (Page("/journey/feelings", show_feelings_seen, needs="diary", lane="aside"),)
