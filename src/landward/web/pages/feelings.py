"""The weekly questions about feelings that were chosen. Any may be skipped; none is counted."""

from starlette.responses import Response

from landward.app.write.save import fresh_key
from landward.app.write.weekly import feelings_body
from landward.model.questions import WEEKLY
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.routing import Page


def show_feelings(context: RequestContext) -> Response:
    """The questions."""
    chosen = set(context.settings.weekly)
    return context.page(
        "feelings.html",
        statements={item: words for item, words in WEEKLY.items() if item in chosen},
        all_of_them=len(WEEKLY),
        idempotency_key=fresh_key(),
    )


def save_feelings(context: RequestContext) -> Response:
    """Save the week's answers, sealed if the diary is locked."""
    day = context.day(context.said("day"))
    said = {item: context.said(item) for item in WEEKLY}
    stood = context.said("asked", LONG).split() or tuple(WEEKLY)
    context.save(day, [("feelings", feelings_body(said, context.said("note", LONG), stood))])
    return context.go(f"/saved?day={day.isoformat()}")


PAGES = (
    Page("/feelings", show_feelings),
    Page("/feelings", save_feelings, "POST"),
)
