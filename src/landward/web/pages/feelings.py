"""The eight weekly questions about feelings. Any of them may be skipped; none is counted."""

from starlette.responses import Response

from landward.app.write.weekly import STATEMENTS, feelings_body
from landward.web.http.diary_sessions import fresh_once
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.routing import Page
from landward.web.pages.today import day_asked, keep, note_saved


def show_feelings(context: RequestContext) -> Response:
    """The questions."""
    return context.page("feelings.html", statements=STATEMENTS, idempotency_key=fresh_once())


def save_feelings(context: RequestContext) -> Response:
    """Save the week's answers, sealed if the diary is locked."""
    day = day_asked(context, context.said("day"))
    said = {item: context.said(item) for item in STATEMENTS}
    saved = keep(context, day, [("feelings", feelings_body(said, context.said("note", LONG)))])
    note_saved(context, saved)
    return context.go(f"/saved?day={day.isoformat()}")


PAGES = (
    Page("/feelings", show_feelings),
    Page("/feelings", save_feelings, "POST"),
)
