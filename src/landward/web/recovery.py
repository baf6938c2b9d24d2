"""Are the recovery words still at hand? Two are asked for on day 1 and two on day 7."""

from starlette.responses import Response

from landward.vault import quiz
from landward.web.ask import Ask
from landward.web.routing import Page
from landward.web.today import today_of


def show_words(ask: Ask) -> Response:
    """Ask for two of the words."""
    places = quiz.due(ask.reading.vault, today_of(ask))
    return ask.page("remember.html", places=places, wrong=False)


def check_words(ask: Ask) -> Response:
    """Compare them. Wrong ones are asked for again another time; nothing else happens."""
    vault, today = ask.reading.vault, today_of(ask)
    places = quiz.due(vault, today)
    if places is None:
        return ask.go("/today")
    typed = tuple(ask.said(f"word{place}", 40) for place in places)
    if quiz.answer(vault, typed):
        return ask.go("/today", "Those are the words. Keep the paper where it is.")
    return ask.page("remember.html", status=422, places=places, wrong=True)


PAGES = (
    Page("/remember", show_words, needs="diary"),
    Page("/remember", check_words, "POST", needs="diary", keep=False),
)
