"""Are the recovery words still at hand? Two are asked for on day 1 and two on day 7."""

from starlette.responses import Response

from landward.app.keep.keys import quiz
from landward.model.said import phrase
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page


def show_words(context: RequestContext) -> Response:
    """Ask for two of the words."""
    places = quiz.due(context.reading.vault, context.today)
    return context.page("remember.html", places=places, wrong=False)


def check_words(context: RequestContext) -> Response:
    """Compare them. Wrong ones are asked for again another time; nothing else happens."""
    vault, today = context.reading.vault, context.today
    places = quiz.due(vault, today)
    if places is None:
        return context.go("/today")
    typed = tuple(context.said(f"word{place}", 40) for place in places)
    if quiz.answer(vault, typed):
        return context.go("/today", phrase("Those are the words. Keep the paper where it is."))
    return context.page("remember.html", status=422, places=places, wrong=True)


PAGES = (
    Page("/remember", show_words, needs="diary"),
    Page("/remember", check_words, "POST", needs="diary", keep=False),
)
