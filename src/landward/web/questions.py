"""One question for safe planning at a time, weekly at most, always skippable."""

from starlette.responses import Response

from landward.app.change_profile import changed
from landward.app.safe_planning import answer_fields, next_question, verdict
from landward.web.ask import Ask
from landward.web.routing import Page
from landward.web.today import keep, today_of


def show_question(ask: Ask) -> Response:
    """The next question, and what the answers so far come to."""
    me = ask.reading.me
    return ask.page("questions.html", question=next_question(me), verdict=verdict(me))


def save_answer(ask: Ask) -> Response:
    """Keep the answer, or that it was left for later."""
    fields = answer_fields(ask.said("question"), ask.said("answer"), today_of(ask))
    body = changed(ask.reading.me, fields)
    if body is not None:
        keep(ask, today_of(ask), [("profile", body)])
    return ask.go("/today" if ask.said("answer") == "skipped" else "/questions")


PAGES = (
    Page("/questions", show_question, needs="diary"),
    Page("/questions", save_answer, "POST", needs="diary"),
)
