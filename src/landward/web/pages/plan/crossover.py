"""A change from one medicine to another: what tables say is equal, what the prescriber picked."""

from starlette.responses import Response

from landward.app.library.known_words import drug_names
from landward.app.plan.draft_plan import CHANGE, TAKE, TIMES, change_form, range_of
from landward.app.plan.drafts import PlanDraft, keep_draft
from landward.model.amounts import short_text
from landward.model.base import BadInput
from landward.model.crossover import EqualRange
from landward.model.preparation import read_preparations
from landward.model.said import Said, phrase
from landward.report.taper_words import mg_words
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.plan.shared import address, draft_of, next_of, number_of, tables, typed_into

FIELDS = ("to_drug", "picked", "because", "every", "start", "first", "in_halves", "from_products")


def show_change(context: RequestContext) -> Response:
    """The ranges with their sources, and a place for the prescriber's number; none is chosen."""
    return _page(context, draft_of(context))


def _page(context: RequestContext, one: PlanDraft, wrong: str = "") -> Response:
    old = tables().drug_called(one.said("drug"))
    if old is None:
        return context.go(address(TAKE, one))
    equal: EqualRange | None = None
    if one.said("to_drug"):
        try:
            equal = range_of(tables(), one)
        except BadInput as error:
            wrong = wrong or str(error)
    times = [name for name in TIMES if one.said(f"at:{name}") and name != "daily"]
    return context.page(
        "plan_crossover.html", status=422 if wrong else 200, one=one, wrong=wrong, drug=old.id,
        rows=_rows(equal) if equal else (), equal=equal, number=number_of(CHANGE, one),
        drugs=drug_names(), times=times,
        ask_pick=phrase("1 mg of {old} is counted as how many mg of {new}?", old=old.id,
                        new=equal.to_drug if equal else ""),
        ask_old=phrase("What the {old} is made from", old=old.id),
    )  # fmt: skip


def _rows(equal: EqualRange) -> list[tuple[str, Said, str]]:
    """Each table's name, what it puts for 1 mg, and where it says so."""
    found = []
    for row in equal.rows:
        ends = (short_text(mg / row.from_mg) for mg in (row.low_mg, row.high_mg))
        span = phrase("{low} mg", low=" – ".join(dict.fromkeys(ends)))
        found.append((row.table.replace("_", " "), span, row.source))
    return found


def save_change(context: RequestContext) -> Response:
    """Keep it as typed; ask on where it can be used. A first press shows the ranges."""
    one = typed_into(context, draft_of(context), FIELDS)
    shown, now = context.said("shown_for"), tables().drug_called(one.said("to_drug"))
    if shown and (now is None or now.id != shown) and one.said("picked"):
        one = keep_draft(context.reading.vault, one.saying({"picked": [], "because": []}))
        return _page(
            context, one,
            phrase("this is another medicine than before: look at what tables say of it first"),
        )  # fmt: skip
    if not one.said("picked") and context.said("do") == "ranges":
        return _page(context, one)
    try:
        equal = range_of(tables(), one)
        if not one.said("picked"):
            raise BadInput(phrase("write the number your prescriber picked; none is chosen here"))
        if not one.said("every"):
            raise BadInput(phrase("say how many days lie between two changes"))
        form = change_form(tables(), one, context.today, "")
        if form.from_products:
            read_preparations(form.from_products)
        _not_far(form.equals, form.because, equal)
    except BadInput as error:
        return _page(context, one, str(error))
    return context.go(next_of(CHANGE, one))


def _not_far(equals: str, because: str, equal: EqualRange) -> None:
    """Raises BadInput for a number the tables do not bear out that has no reason beside it."""
    from landward.app.plan.crossover import per_mg_of, unlike_tables

    per_mg = per_mg_of(equals)
    unlike = unlike_tables(equal, per_mg)
    if unlike and not because.strip():
        raise BadInput(
            phrase(
                "{picked} for 1 mg: {unlike}. If your prescriber means it, write why; the reason "
                "is printed on the plan",
                picked=mg_words(per_mg),
                unlike=unlike,
            )
        )


PAGES = (
    Page("/plan/crossover", show_change, needs="diary"),
    Page("/plan/crossover", save_change, "POST", needs="diary", keep=False),
)
