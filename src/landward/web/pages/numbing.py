"""What can numb: one timeline, side by side; what the person tells; what may be asked together."""

from typing import Any

from starlette.responses import Response

from landward.app.diary.change_profile import changed
from landward.app.diary.numbing_answers import BEFORE_ALONE, QUESTIONS, fields_said, stands
from landward.app.read.journey import ZOOM_WORDS, fitting_zooms
from landward.app.read.journey_whole import whole_of
from landward.app.read.numbing import numbing_timeline
from landward.model.numbing import NUMB, OTHERS
from landward.model.said import phrase
from landward.report.figure.scales import Across
from landward.report.readings.numbing import CAUTION
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.lanes import WIDE, dates_under, drawn_lane


def show_numbing(context: RequestContext) -> Response:
    """The timeline, the same in words, the questions, and one small form a thing."""
    diary = context.standing
    me, words = diary.me, context.catalogue
    shown: dict[str, Any] = {
        "things": [(thing, name, QUESTIONS, stands(me, thing)) for thing, name in OTHERS.items()],
        "numb": (NUMB, BEFORE_ALONE, stands(me, NUMB)),
        "caution": CAUTION,
        "timeline": None,
    }
    if diary.is_empty:
        return context.page("numbing.html", **shown)
    whole = whole_of(diary)
    zooms = fitting_zooms((whole.last - whole.first).days + 1)
    zoom = context.asked("zoom") if context.asked("zoom") in zooms else "all"
    timeline = diary.keep(("numbing", zoom), lambda: numbing_timeline(diary, zoom))
    across = Across(timeline.days / timeline.slot_days, 0, WIDE)
    hidden = me.settings.charts == "hidden" and context.asked("show") != "1"
    lanes = [] if hidden else [
        drawn_lane(lane, across, (), number, words) for number, lane in enumerate(timeline.lanes)
    ]  # fmt: skip
    return context.page(
        "numbing.html",
        **(shown | {"timeline": timeline}),
        lanes=lanes,
        dates=dates_under(timeline.first, timeline.last),
        zoom=zoom,
        zooms={name: ZOOM_WORDS[name] for name in zooms},
    )


def save_numbing(context: RequestContext) -> Response:
    """Keep what was said about one thing; what was left open is taken back."""
    me, thing = context.reading.me, context.said("thing")
    asked = BEFORE_ALONE if thing == NUMB else QUESTIONS
    said = {one.name: one.from_form(context.form.get(one.name)) for one in asked}
    body = changed(me, fields_said(me, thing, said))
    if body is not None:
        context.save(context.today, [("profile", body)], kind=None)
    return context.go("/journey/numbing", phrase("Saved."))


PAGES = (
    Page("/journey/numbing", show_numbing, needs="diary", lane="aside"),
    Page("/journey/numbing", save_numbing, "POST", needs="diary"),
)
