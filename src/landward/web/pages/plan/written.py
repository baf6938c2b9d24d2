"""A way of tapering as a prescriber wrote it: cuts with pauses, turns, weekdays, pouches."""

from starlette.responses import Response

from landward.app.library.known_words import drug_names
from landward.app.plan.drafts import PlanDraft, draft, keep_draft, new_draft
from landward.app.plan.typed_plan import given_draft
from landward.app.plan.written import STRETCHES, WEEKDAYS, plan_written, way_called
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.plan.given import HOME_WAYS, MEASURED
from landward.web.pages.plan.shared import MINE, address, tables, typed_into

FIELDS = ("written", "drug", "held", "start", "products", "cut", "every", "cuts", "pause", "to",
          "pouches", "strip", *MEASURED)  # fmt: skip
DAY_WORDS = dict(zip(WEEKDAYS, (
    phrase("Monday"), phrase("Tuesday"), phrase("Wednesday"), phrase("Thursday"), phrase("Friday"),
    phrase("Saturday"), phrase("Sunday"),
), strict=True))  # fmt: skip
TURN_WORDS = {"a": phrase("On the first day"), "b": phrase("On the next day")}
MANY = tuple(f"{name}{n}" for name in ("weeks", *TURN_WORDS, *WEEKDAYS)
             for n in range(1, STRETCHES + 1))  # fmt: skip


def show_written(context: RequestContext) -> Response:
    """The fields of one way; nothing is filled in."""
    known = context.asked(MINE)
    one = draft(context.reading.vault, known) if known else new_draft()
    way = way_called(context.asked("way") or one.said("written"))
    return _page(context, one.saying({"written": [way.id]}))


def _page(context: RequestContext, one: PlanDraft, wrong: str = "") -> Response:
    way = way_called(one.said("written"))
    turns = TURN_WORDS if way.id == "turns" else DAY_WORDS if way.id == "weekdays" else {}
    return context.page(
        "plan_written.html", status=422 if wrong else 200, one=one, wrong=wrong, way=way,
        turns=tuple(turns.items()), stretches=range(1, STRETCHES + 1), drugs=drug_names(),
        home_ways=HOME_WAYS,
    )  # fmt: skip


def save_written(context: RequestContext) -> Response:
    """Keep what was typed; show the plan as it was written, or the word that cannot be read."""
    known = context.said(MINE)
    one = new_draft().model_copy(update={"id": known}) if len(known) == 8 else new_draft()
    one = one.saying({"written": [context.said("written")]})
    way_called(one.said("written"))
    one = typed_into(context, one, (*FIELDS, *MANY))
    try:
        one = given_draft(one, plan_written(tables(), one, context.today))
    except BadInput as error:
        return _page(context, one, str(error))
    keep_draft(context.reading.vault, one)
    return context.go(address("draft", one))


PAGES = (
    Page("/plan/written", show_written, needs="diary"),
    Page("/plan/written", save_written, "POST", needs="diary", keep=False),
)
