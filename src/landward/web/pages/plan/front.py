"""The plan's first page: what is being lived with, what is half-made, and ways to begin."""

from starlette.responses import Response

from landward.app.plan.drafts import drafts
from landward.app.plan.standing import standing_here
from landward.app.plan.together import coming, shared_file
from landward.app.read.medicines import medicines_of
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.plan.draft import draft_name
from landward.web.pages.plan.shared import handed, tables


def show_plan(context: RequestContext) -> Response:
    """Plans that stand, drafts, and the ways to a new one."""
    today, record = context.today, medicines_of(context.reading)
    plans = standing_here(context.reading, today)
    return context.page(
        "plan.html",
        plans=plans,
        several=len(plans) > 1,
        coming=coming(plans, today) if len(plans) > 1 else (),
        now=[(one.plan.drug, one.words_on(today)) for one in plans],
        drafts=[(one, draft_name(one)) for one in drafts(context.reading.vault)],
        drugs=[name for name, one in record.medicines.items() if one.expected_mg(today)],
    )


def take_shared(context: RequestContext) -> Response:
    """One calendar, or one order, of every plan that is lived with."""
    plans = standing_here(context.reading, context.today)
    made = shared_file(tables(), plans, context.said("do"), context.reading.diary, context.today)
    return handed(made.content, f"all-{made.name}", made.media_type)


PAGES = (
    Page("/plan", show_plan, needs="diary"),
    Page("/plan/together/paper", take_shared, "POST", needs="diary", keep=False),
)
