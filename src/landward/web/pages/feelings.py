"""What a person says of feelings: the weekly statements they chose, a glimmer, what was done.

Any may be skipped; none is counted, and nothing asks for a glimmer.
"""

from starlette.responses import Response

from landward.app.diary.change_profile import changed
from landward.app.diary.settings import Settings
from landward.app.write.save import fresh_key
from landward.app.write.weekly import feelings_body
from landward.model.base import BadInput
from landward.model.bodies import DidAnyway, Glimmer
from landward.model.questions import GLIMMERS, STRENGTHS, WEEKLY, WEEKLY_AT_FIRST
from landward.model.said import phrase
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.routing import Page

SETTING = Settings.weekly


def show_feelings(context: RequestContext) -> Response:
    """The statements that were chosen; before any was, the choice itself."""
    chosen = set(context.settings.weekly)
    if not chosen or context.asked("choose"):
        ticked = chosen or WEEKLY_AT_FIRST
        return context.page("feelings_choose.html", statements=WEEKLY, ticked=ticked)
    return context.page(
        "feelings.html",
        statements={item: words for item, words in WEEKLY.items() if item in chosen},
        idempotency_key=fresh_key(),
    )


def choose_statements(context: RequestContext) -> Response:
    """Keep which statements this page asks. Nothing is asked before."""
    wanted = SETTING.from_form(list(context.said_all("weekly")))
    body = changed(context.reading.me, {"weekly": wanted or ""})
    if body is not None:
        context.save(context.today, [("profile", body)], kind=None)
    return context.go("/feelings", phrase("Kept. You can change it here at any time."))


def save_feelings(context: RequestContext) -> Response:
    """Save the week's answers, sealed if the diary is locked."""
    day = context.day(context.said("day"))
    said = {item: context.said(item) for item in WEEKLY}
    stood = context.said("asked", LONG).split() or tuple(WEEKLY)
    body = feelings_body(said, context.said("note", LONG), stood, context.catalogue.language)
    context.save(day, [("feelings", body)])
    return context.go(f"/saved?day={day.isoformat()}")


def show_glimmer(context: RequestContext) -> Response:
    """One tap: which feeling, and how strong if they like. Nothing ever asks for it."""
    return context.page(
        "glimmer.html", glimmers=GLIMMERS, strengths=STRENGTHS, idempotency_key=fresh_key()
    )


def save_glimmer(context: RequestContext) -> Response:
    """Any feeling, of any strength, today or on the day named; sealed if the diary is locked."""
    feeling, _, strong = context.said("feeling").partition(":")
    strength = strong or context.said("strength")
    if strength not in ("", *map(str, STRENGTHS)):
        raise BadInput(phrase("how strong it was is one of the three dotted buttons"))
    body = Glimmer(
        feeling=context.said("own") or feeling,
        strength=int(strength) if strength else None,
        text=context.said("text", LONG),
    )
    day = context.day(context.said("day"))
    context.save(day, [("glimmer", body)])
    return context.go(f"/saved?day={day.isoformat()}")


def save_anyway(context: RequestContext) -> Response:
    """What was done for somebody without feeling it."""
    what = context.said("text", LONG)
    if not what:
        raise BadInput(phrase("there are no words yet"))
    day = context.day(context.said("day"))
    context.save(day, [("did_anyway", DidAnyway(what=what))])
    return context.go(f"/saved?day={day.isoformat()}")


PAGES = (
    Page("/feelings", show_feelings),
    Page("/feelings", save_feelings, "POST"),
    Page("/feelings/choose", choose_statements, "POST", needs="diary"),
    Page("/glimmer", show_glimmer, soon=True),
    Page("/glimmer", save_glimmer, "POST", soon=True),
    Page("/glimmer/anyway", save_anyway, "POST", soon=True),
)
