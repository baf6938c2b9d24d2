"""What came sealed and would act for the person, or could not be read: let in or dropped."""

from starlette.responses import Response

from landward.app.keep.waiting import (
    ASIDE_WORDS,
    MOST_AT_ONCE,
    answer,
    drop_set_aside,
    how_many_wait,
    lines_waiting,
    set_aside,
    still_sealed,
    try_again,
)
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page

MOST_SHOWN = 50


def show_waiting(context: RequestContext) -> Response:
    """Every line that waits, the first fifty in words."""
    vault = context.reading.vault
    found, aside = lines_waiting(vault, MOST_SHOWN), set_aside(vault)
    return context.page(
        "waiting.html",
        lines=found,
        more=how_many_wait(vault) - len(found),
        aside=aside[:MOST_SHOWN],
        more_aside=len(aside[MOST_SHOWN:]),
        why_aside=ASIDE_WORDS,
        still_sealed=still_sealed(vault),
        at_once=MOST_AT_ONCE,
    )


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


def answer_aside(context: RequestContext) -> Response:
    """Drop something that could not be read, or all of it, or try all of it again."""
    vault = context.reading.vault
    if context.said("answer") == "again":
        told = try_again(vault, context.moment.at)
        context.reading.refresh()
    else:
        told = drop_set_aside(vault, context.said("name"))
    return context.go("/waiting", told)


PAGES = (
    Page("/waiting", show_waiting, needs="diary"),
    Page("/waiting", answer_waiting, "POST", needs="diary"),
    Page("/waiting/aside", answer_aside, "POST", needs="diary"),
)
