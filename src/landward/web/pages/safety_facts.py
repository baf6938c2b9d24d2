"""Nine plain questions about the last month, before a report or monthly; each may be skipped."""

from starlette.responses import Response

from landward.app.write.safety_facts import kept_as, last_answered, what_to_do
from landward.app.write.save import fresh_key
from landward.model.safety_questions import SAFETY_QUESTIONS
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page


def show_questions(context: RequestContext) -> Response:
    """The page of nine. Nothing is chosen beforehand: an unanswered one is no “no”."""
    return context.page(
        "safety_facts.html",
        questions=SAFETY_QUESTIONS,
        last=last_answered(context.reading.diary),
        steps=None,
        idempotency_key=fresh_key(),
    )


def save_answers(context: RequestContext) -> Response:
    """Keep the answers; a yes opens what to do about it, before anything else."""
    answers = {one.id: context.said(one.id) for one in SAFETY_QUESTIONS}
    context.save(context.today, [("profile", kept_as(answers))], kind=None)
    steps = what_to_do(answers)
    if not steps:
        return context.go("/report")
    return context.page("safety_facts.html", questions=(), last=None, steps=steps)


PAGES = (
    Page("/safety", show_questions, needs="diary"),
    Page("/safety", save_answers, "POST", needs="diary"),
)
