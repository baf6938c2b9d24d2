"""“Something serious happened”: first what to do; written down only if the person wants it."""

from starlette.responses import Response

from landward.app.serious import next_steps, statements
from landward.model.bodies import Incident
from landward.web.ask import LONG, Ask
from landward.web.rooms import fresh_once
from landward.web.routing import Page
from landward.web.today import day_asked, keep, note_saved, today_of


def _country(ask: Ask) -> str:
    return ask.diary.me["country"] if ask.diary else ask.outside.country


def show_serious(ask: Ask) -> Response:
    """The list of what may have happened. Nothing is stored by looking."""
    return ask.page("serious.html", statements=statements(), steps=None)


def show_steps(ask: Ask) -> Response:
    """What to do. Sent as a form, so that the browser's history does not keep what was chosen."""
    steps = next_steps(ask.said("what"), _country(ask))
    return ask.page(
        "serious.html", statements=(), steps=steps, once=fresh_once(), today=today_of(ask)
    )


def keep_incident(ask: Ask) -> Response:
    """Write it down, because the person asked for it. Works with the diary locked."""
    steps = next_steps(ask.said("what"), _country(ask))
    day = day_asked(ask, ask.said("day"))
    body = Incident(what=steps.record_as, note=ask.said("note", LONG))
    saved = keep(ask, day, [("incident", body)])
    note_saved(ask, saved)
    return ask.go(f"/saved?day={day.isoformat()}")


PAGES = (
    Page("/serious", show_serious),
    Page("/serious", show_steps, "POST"),
    Page("/serious/keep", keep_incident, "POST"),
)
