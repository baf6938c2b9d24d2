"""The eight weekly questions about feelings. Any of them may be skipped; none is counted."""

from starlette.responses import Response

from landward.app.write.save import fresh_key
from landward.app.write.weekly import feelings_body
from landward.model.questions import WEEKLY
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.routing import Page


def show_feelings(context: RequestContext) -> Response:
    """The questions."""
    return context.page("feelings.html", statements=WEEKLY, idempotency_key=fresh_key())


def save_feelings(context: RequestContext) -> Response:
    """Save the week's answers, sealed if the diary is locked."""
    day = context.day(context.said("day"))
    said = {item: context.said(item) for item in WEEKLY}
    context.save(day, [("feelings", feelings_body(said, context.said("note", LONG)))])
    return context.go(f"/saved?day={day.isoformat()}")


PAGES = (
    Page("/feelings", show_feelings),
    Page("/feelings", save_feelings, "POST"),
)
