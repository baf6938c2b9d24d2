"""Help now: on every page, with no diary, locked or not. It stores nothing unless asked."""

from starlette.responses import Response

from landward.app.help_now import countries, crisis_for
from landward.app.outside import safety_plan
from landward.web.ask import Ask
from landward.web.routing import Page


def show_help(ask: Ask) -> Response:
    """The emergency number of the country first; then lines; then the person's own plan."""
    own = ask.diary.me["country"] if ask.diary else ask.outside.country
    chosen = ask.asked("country", 2).upper() or own
    info = crisis_for(chosen, ask.moment.today())
    plan = safety_plan(ask.diary.me) if ask.diary else ask.outside.plan
    card = ask.diary.me["card"] if ask.diary else ask.outside.card
    return ask.page(
        "help.html",
        info=info,
        chosen=chosen,
        countries=countries(),
        plan=plan,
        card=card,
        has_plan_inside=ask.room is not None and ask.room.exists and ask.diary is None,
        unsafe=ask.path == "/unsafe",
    )


PAGES = (
    Page("/help", show_help, needs="nothing"),
    Page("/unsafe", show_help, needs="nothing"),
)
