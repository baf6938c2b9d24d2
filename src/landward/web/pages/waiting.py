"""Lines that came sealed and would act for the person: shown one by one, let in or dropped."""

from starlette.responses import Response

from landward.app.keep.waiting import answer, lines_waiting
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page

MOST_SHOWN = 50


def show_waiting(context: RequestContext) -> Response:
    """Every line that waits, the first fifty in words."""
    found = lines_waiting(context.reading.vault)
    return context.page("waiting.html", lines=found[:MOST_SHOWN], more=len(found[MOST_SHOWN:]))


def answer_waiting(context: RequestContext) -> Response:
    """The person's yes or no to one line."""
    line = context.said("line")
    if context.said("answer") == "yes":
        told = answer(context.reading.vault, let_in=line)
        context.reading.refresh()
        context.diary_session.keep_locked_view(context.today)
    else:
        told = answer(context.reading.vault, drop=line)
    return context.go("/waiting", told)


PAGES = (
    Page("/waiting", show_waiting, needs="diary"),
    Page("/waiting", answer_waiting, "POST", needs="diary"),
)
