"""What changed since: two calm columns, from a day the person can name."""

from starlette.responses import Response

from landward.app.read.since import CUT, MONTHS, VISIT, anchors, read_since
from landward.model.said import phrase
from landward.report.readings.since import columns, lines, sentence
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page

ANCHOR_WORDS = {
    VISIT: phrase("The last page I gave"),
    CUT: phrase("The last cut"),
    MONTHS: phrase("Three months ago"),
}


def show_since(context: RequestContext) -> Response:
    """The columns of one anchor; the first that there is, unless the address names another."""
    diary = context.standing
    if diary.is_empty:
        return context.go("/journey")
    from_here = diary.me.settings.journey_from
    found = diary.keep(("anchors", from_here), lambda: anchors(diary, from_here))
    chosen = next((one for one in found if one.name == context.asked("from")), None)
    anchor = chosen or (found[0] if found else None)
    compared = None
    if anchor is not None:
        day = anchor.day
        compared = diary.keep(("since", day, from_here), lambda: read_since(diary, day, from_here))
    return context.page(
        "since.html",
        anchors=[(one.name, ANCHOR_WORDS[one.name], one.day) for one in found],
        at_anchor=anchor.name if anchor else "",
        sentence=sentence(compared) if compared else "",
        columns=columns(compared) if compared else (),
        lines=lines(compared) if compared else (),
    )


PAGES = (Page("/journey/since", show_since, needs="diary", lane="ahead"),)
