"""Help now: on every page, with no diary, locked or not. It stores nothing unless asked."""

from starlette.responses import Response

from landward.app.diary.locked_view import safety_plan
from landward.app.library.help_now import countries, crisis_for
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page


def show_help(context: RequestContext) -> Response:
    """The emergency number of the country first; then lines; then the person's own plan."""
    settings = context.settings
    chosen = context.asked("country", 2).upper() or settings.country
    info = crisis_for(chosen, context.moment.today())
    return context.page(
        "help.html",
        info=info,
        chosen=chosen,
        countries=countries(),
        plan=safety_plan(settings),
        card=settings.card,
        has_plan_inside=context.room is not None and context.room.exists and not context.unlocked,
        unsafe=context.path == "/unsafe",
    )


PAGES = (
    Page("/help", show_help, needs="nothing", at_once=True),
    Page("/unsafe", show_help, needs="nothing", at_once=True),
)
