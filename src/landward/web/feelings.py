"""The eight weekly questions about feelings. Any of them may be skipped; none is counted."""

from starlette.responses import Response

from landward.app.weekly import STATEMENTS, feelings_body
from landward.web.ask import LONG, Ask
from landward.web.rooms import fresh_once
from landward.web.routing import Page
from landward.web.today import day_asked, keep, note_saved


def show_feelings(ask: Ask) -> Response:
    """The questions."""
    return ask.page("feelings.html", statements=STATEMENTS, once=fresh_once())


def save_feelings(ask: Ask) -> Response:
    """Save the week's answers, sealed if the diary is locked."""
    day = day_asked(ask, ask.said("day"))
    said = {item: ask.said(item) for item in STATEMENTS}
    saved = keep(ask, day, [("feelings", feelings_body(said, ask.said("note", LONG)))])
    note_saved(ask, saved)
    return ask.go(f"/saved?day={day.isoformat()}")


PAGES = (
    Page("/feelings", show_feelings),
    Page("/feelings", save_feelings, "POST"),
)
