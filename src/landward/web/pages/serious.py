"""“Something serious happened”: first what to do; written down only if the person wants it."""

from starlette.responses import Response

from landward.app.write.save import fresh_key
from landward.app.write.serious import next_steps, statements
from landward.model.bodies import Incident
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.routing import Page


def show_serious(context: RequestContext) -> Response:
    """The list of what may have happened. Nothing is stored by looking."""
    return context.page("serious.html", statements=statements(), steps=None)


def show_steps(context: RequestContext) -> Response:
    """What to do. Sent as a form, so that the browser's history does not keep what was chosen."""
    steps = next_steps(context.said("what"), context.settings.country)
    return context.page(
        "serious.html",
        statements=(),
        steps=steps,
        idempotency_key=fresh_key(),
        today=context.today,
    )


def keep_incident(context: RequestContext) -> Response:
    """Write it down, because the person asked for it. Works with the diary locked."""
    steps = next_steps(context.said("what"), context.settings.country)
    day = context.day(context.said("day"))
    body = Incident(what=steps.record_as, note=context.said("note", LONG))
    context.save(day, [("incident", body)])
    return context.go(f"/saved?day={day.isoformat()}")


PAGES = (
    Page("/serious", show_serious),
    Page("/serious", show_steps, "POST"),
    Page("/serious/keep", keep_incident, "POST"),
)
