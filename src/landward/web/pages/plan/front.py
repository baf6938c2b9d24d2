"""The plan's first page: what is being lived with, what is half-made, and ways to begin."""

from starlette.responses import Response

from landward.app.plan.drafts import drafts
from landward.app.plan.standing import standing_here
from landward.app.read.medicines import medicines_of
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.plan.draft import draft_name


def show_plan(context: RequestContext) -> Response:
    """Plans that stand, drafts, and the ways to a new one."""
    today, record = context.today, medicines_of(context.reading)
    return context.page(
        "plan.html",
        plans=standing_here(context.reading, today),
        drafts=[(one, draft_name(one)) for one in drafts(context.reading.vault)],
        drugs=[name for name, one in record.medicines.items() if one.expected_mg(today)],
    )


PAGES = (Page("/plan", show_plan, needs="diary"),)
