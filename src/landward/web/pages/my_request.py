"""My request: what to ask the doctor, begun from a page of the library, kept for the report."""

from starlette.responses import Response

from landward.app.diary.my_request import keep_request, my_request
from landward.app.library.articles import read_page
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page

LETTERS = 400


def show_request(context: RequestContext) -> Response:
    """The words that stand, with the question of a page behind them to be changed or kept."""
    key = context.asked("from", 60)
    more = _ask(key)
    return context.page(
        "my_request.html",
        request=my_request(context.reading.me, more),
        back=f"/library/article/{key}" if more else "/report",
    )


def _ask(key: str) -> str:
    try:
        return read_page(key).ask if key else ""
    except BadInput:
        return ""


def save_request(context: RequestContext) -> Response:
    """Keep the words as they are now."""
    body = keep_request(context.reading.me, context.said("request", LETTERS))
    if body is not None:
        context.save(context.today, [("profile", body)], kind=None)
    back = context.said("back")
    return context.go(back if back.startswith("/library/") else "/report", phrase("Kept."))


PAGES = (
    Page("/my-request", show_request, needs="diary"),
    Page("/my-request", save_request, "POST", needs="diary"),
)
