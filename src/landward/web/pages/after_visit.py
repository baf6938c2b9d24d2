"""After the visit: what was agreed, by whom, until when. Three taps."""

import datetime as dt

from starlette.responses import Response

from landward.app.share.visit import after_visit, who_last
from landward.app.write.save import fresh_key
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.model.visit import AGREED, last_visit
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page

WEEKS = (
    ("2", phrase("2 weeks")),
    ("4", phrase("4 weeks")),
    ("8", phrase("8 weeks")),
    ("", phrase("No day was named")),
    ("day", phrase("This day:")),
)


def show_visit(context: RequestContext) -> Response:
    """The three questions, with the person who agreed last filled in."""
    return _page(context)


def _page(context: RequestContext, refusal: str = "") -> Response:
    diary = context.reading.diary
    return context.page(
        "after_visit.html",
        agreed=tuple(AGREED.items()),
        weeks=WEEKS,
        who=context.said("who") or who_last(diary, context.today),
        what=context.said("what"),
        span=context.said("span"),
        day=context.said("day"),
        last=last_visit(diary.lines, context.today),
        words=AGREED,
        refusal=refusal,
        status=422 if refusal else 200,
        idempotency_key=fresh_key(),
    )


def save_visit(context: RequestContext) -> Response:
    """Keep what was agreed; a hold with a day also as a version of the plan."""
    diary, today = context.reading.diary, context.today
    try:
        kept = after_visit(
            diary, context.said("what"), context.said("who", 200), _until(context), today
        )
    except BadInput as error:
        return _page(context, str(error))
    plan = [] if kept.plan is None else [("plan", kept.plan)]
    context.save(today, [("profile", kept.body), *plan], kind=None)
    return context.go("/report", kept.said)


def _until(context: RequestContext) -> dt.date | None:
    span, day = context.said("span"), context.said("day")
    if span in ("2", "4", "8"):
        return context.today + dt.timedelta(weeks=int(span))
    if span != "day" and not day:
        return None
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        raise BadInput(
            phrase("“{day}” is not a date; write it like 2026-03-01", day=day[:40])
        ) from None


PAGES = (
    Page("/after-visit", show_visit, needs="diary"),
    Page("/after-visit", save_visit, "POST", needs="diary"),
)
