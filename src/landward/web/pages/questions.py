"""One question for safe planning at a time, weekly at most, always skippable."""

from starlette.responses import Response

from landward.app.diary.change_profile import changed
from landward.app.plan.safe_planning import answer_fields, next_question, verdict
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page


def show_question(context: RequestContext) -> Response:
    """The next question, and what the answers so far come to."""
    me = context.reading.me
    return context.page("questions.html", question=next_question(me), verdict=verdict(me))


def save_answer(context: RequestContext) -> Response:
    """Keep the answer, or that it was left for later."""
    fields = answer_fields(context.said("question"), context.said("answer"), context.today)
    body = changed(context.reading.me, fields)
    if body is not None:
        context.save(context.today, [("profile", body)], kind=None)
    return context.go("/today" if context.said("answer") == "skipped" else "/questions")


PAGES = (
    Page("/questions", show_question, needs="diary"),
    Page("/questions", save_answer, "POST", needs="diary"),
)
