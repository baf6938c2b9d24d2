"""A plan somebody gave: typed in, scanned, or as a file; and the questions for a clinician."""

from starlette.responses import Response

from landward.app.library.known_words import drug_names
from landward.app.plan.drafts import PlanDraft, draft, keep_draft, new_draft
from landward.app.plan.safe_planning import answers_of, questions, verdict
from landward.app.plan.typed_plan import (
    LINES,
    MOST_LINES,
    given_draft,
    plan_handed,
    plan_of_code,
    plan_typed,
)
from landward.app.plan.written import WAYS
from landward.model.base import BadInput
from landward.model.home_made import NUMBER_WORDS, NUMBERS, HomeWay
from landward.model.said import phrase
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.routing import Page
from landward.web.pages.plan.shared import MINE, address, tables, typed_into

MEASURED = ("rule", "home", *(f"{way}:" for way in HomeWay))
HOME_WAYS = tuple(
    (way.value, words, tuple((f"{way}:{name}", NUMBER_WORDS[name]) for name in NUMBERS[way]))
    for way, words in (
        (HomeWay.DROPS, phrase("In drops")),
        (HomeWay.STIRRED, phrase("A tablet crushed and stirred into water")),
        (HomeWay.WEIGHED, phrase("A piece of a tablet on a scale")),
    )
)
"""How a dose may be measured at home: its name, its words, the numbers it needs."""


def show_given(context: RequestContext) -> Response:
    """Lines to type in, a place for a code, a place for a file."""
    known = context.asked(MINE)
    one = draft(context.reading.vault, known) if known else new_draft()
    return _page(context, one)


def _page(context: RequestContext, one: PlanDraft, wrong: str = "") -> Response:
    filled = [n for n in range(1, MOST_LINES + 1) if one.said(f"start{n}") or one.said(f"doses{n}")]
    rows = min(MOST_LINES, max(LINES, (filled[-1] if filled else 0) + 2))
    return context.page(
        "plan_given.html", status=422 if wrong else 200, one=one, wrong=wrong,
        rows=range(1, rows + 1), drugs=drug_names(), home_ways=HOME_WAYS, ways=WAYS,
    )  # fmt: skip


def save_given(context: RequestContext) -> Response:
    """Keep what was typed; show the plan as given, or the line that cannot be read."""
    known = context.said(MINE)
    one = new_draft().model_copy(update={"id": known}) if len(known) == 8 else new_draft()
    one = typed_into(context, one, ("drug", "held", "products", *MEASURED))
    lines = {
        name: (context.said(name),)
        for name in context.form
        if name.rstrip("0123456789") in ("start", "days", "doses", "words")
    }
    one = keep_draft(context.reading.vault, one.saying({**lines, "code": [_code(context)]}))
    try:
        code = one.said("code")
        plan = plan_of_code(tables(), code) if code else plan_typed(tables(), one)
        one = given_draft(one, plan)
    except BadInput as error:
        return _page(context, one, str(error))
    keep_draft(context.reading.vault, one.saying({"drug": [plan.drug]}))
    return context.go(address("draft", one))


def _code(context: RequestContext) -> str:
    return context.said("code", LONG)


def take_file(context: RequestContext) -> Response:
    """The plan of a file."""
    handed = context.file
    if handed is None:
        why = phrase("no file came; choose one, then press the button")
        return _page(context, new_draft(), why)
    try:
        plan = plan_handed(tables(), handed.path)
        one = given_draft(new_draft({"drug": [plan.drug]}), plan)
    except BadInput as error:
        return _page(context, new_draft(), str(error).replace(handed.path.name, handed.name))
    finally:
        handed.drop()
    keep_draft(context.reading.vault, one)
    return context.go(address("draft", one))


def show_questions(context: RequestContext) -> Response:
    """The questions for safe planning with the answers that stand, to print or to read out."""
    me = context.reading.me
    said = answers_of(me)
    asked = [(rule, said.get(rule.id, "")) for rule in questions()]
    return context.page("plan_ask.html", asked=asked, verdict=verdict(me), today=context.today)


PAGES = (
    Page("/plan/given", show_given, needs="diary"),
    Page("/plan/given", save_given, "POST", needs="diary", keep=False),
    Page("/plan/given/file", take_file, "POST", needs="diary", keep=False, file=True),
    Page("/plan/ask", show_questions, needs="diary"),
)
