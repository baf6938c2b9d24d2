"""A draft on screen: this line and the next first, then all that stands behind them."""

from starlette.responses import Response

from landward.app.plan.draft_plan import NotYet, slower, waiting_longer
from landward.app.plan.drafts import PlanDraft, draft, drafts, drop_draft, keep_draft, new_draft
from landward.app.plan.method_words import METHODS
from landward.app.plan.plan_files import Sheet, plan_file
from landward.app.plan.taper import PlanAnswer, with_supply
from landward.model.base import BadInput
from landward.model.said import Said, begun, phrase
from landward.model.taper import TaperPlan
from landward.report.figure.plan_curve import plan_curve, told
from landward.report.plan_lines import PlanLine, plan_lines
from landward.report.taper_words import before_words, compared_words, day_words, mg_words, two_drugs
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.plan.shared import MINE, address, draft_of, handed, planned, tables

FIRST_SHOWN = 2
MOST_ROWS = 120


def show_draft(context: RequestContext) -> Response:
    """The draft, or the question that is still open."""
    one = draft_of(context)
    try:
        answer = planned(context, one)
    except NotYet as error:
        return context.go(address(error.question, one), phrase("{why}.", why=begun(str(error))))
    return draft_page(context, one, answer)


def draft_page(
    context: RequestContext, one: PlanDraft, answer: PlanAnswer, wrong: str = ""
) -> Response:
    """The page of a draft that makes a plan, or says why there is none."""
    plan = answer.plan
    lines = plan_lines(plan, confirmed=0) if plan.steps else ()
    return context.page(
        "plan_draft.html",
        status=422 if wrong else 200,
        one=one,
        wrong=wrong,
        typed={name: context.said(name) for name in ("agreed", "with", "on")},
        plan=plan,
        today=context.today,
        two_drugs=two_drugs(plan),
        verdict=answer.supervision,
        now=before_words(plan),
        first=lines[:FIRST_SHOWN],
        lines=lines[:MOST_ROWS],
        more=len(lines) - MOST_ROWS,
        curve=plan_curve(plan, 0) if plan.steps else None,
        curve_told=told(plan) if plan.steps else "",
        kept=_kept(plan),
        compared=compared_words(plan),
        end=_end(plan),
        can_change=bool(slower(one, plan)),
        again=waiting_longer(one, plan),
        others=[
            (other, draft_name(other))
            for other in drafts(context.reading.vault)
            if other.id != one.id
        ],
        name=draft_name(one),
    )


def _kept(plan: TaperPlan) -> tuple[str, ...]:
    """The rules the first line keeps, each with who says so."""
    checks = plan.steps[0].checks if plan.steps else ()
    return tuple(f"{check.rule} ({check.source})" for check in checks if check.ok)


def _end(plan: TaperPlan) -> Said | str:
    """Where the plan stops and what to stay on; never a date."""
    end = plan.ends
    if end is None or not end.at_mg:
        return ""
    return phrase(
        "It ends at {mg}: {reason}. Then: stay on {mg} until you and your prescriber go on "
        "together.",
        mg=day_words(plan.steps[-1].doses, end.at_mg) if plan.steps else mg_words(end.at_mg),
        reason=end.reason,
    )  # fmt: skip


def show_neighbours(context: RequestContext) -> Response:
    """The next line with one choice changed: worked out when asked for, since each is a plan."""
    one = draft_of(context)
    try:
        plan = planned(context, one).plan
    except NotYet as error:
        return context.go(address(error.question, one), phrase("{why}.", why=begun(str(error))))
    line = plan_lines(plan, confirmed=0)[0] if plan.steps else None
    return context.page(
        "plan_neighbours.html", one=one, name=draft_name(one), now=_held(line) if line else "",
        changes=_changes(context, one, plan),
    )  # fmt: skip


def _held(line: PlanLine) -> Said:
    return phrase("{mg}, {change}, held {lasts}", mg=line.mg, change=line.change, lasts=line.lasts)


def _changes(
    context: RequestContext, one: PlanDraft, plan: TaperPlan
) -> list[tuple[str, PlanLine, Said]]:
    """What the next line would be with one choice changed; none of them is faster."""
    found = []
    for words, other in slower(one, plan):
        try:
            made = planned(context, other).plan
        except NotYet:
            continue
        if made.steps:
            line = plan_lines(made, confirmed=0)[0]
            found.append((words, line, _held(line)))
    return found


def draft_name(one: PlanDraft) -> Said | str:
    """What tells one draft from another: what was chosen in it."""
    if one.given:
        return phrase("{drug}, a plan I was given", drug=one.said("drug"))
    if one.changes_over:
        return phrase("{drug} to {other}, as the prescriber picked", drug=one.said("drug"),
                      other=one.said("to_drug"))  # fmt: skip
    method, every = one.said("method"), one.said("every")
    rate = one.said(f"rate:{method}") or one.said("rate")
    way = next((way for way in METHODS if way.id.value == method), None)
    if way is None:
        return one.said("drug")
    return phrase(
        "{drug}: {way}, {rate}, each step {every}", drug=one.said("drug"),
        way=f"{way.words[:1].lower()}{way.words[1:]}", every=every,
        rate=f"{rate} {way.unit}" if rate and way.unit not in rate else rate,
    )  # fmt: skip


def take_paper(context: RequestContext) -> Response:
    """A paper of a draft: DRAFT stands on it."""
    one = draft_of(context)
    plan = planned(context, one).plan
    if not plan.steps:
        raise BadInput(phrase("there is no plan to print"))
    agreed = (
        phrase("my own draft; no prescriber has seen it")
        if plan.self_made
        else phrase("a plan that was given, printed as given")
    )
    sheet = Sheet(paper=context.said("paper"), agreed=agreed)
    counted = plan if plan.supply else with_supply(tables(), plan)
    made = plan_file(counted, context.said("do"), context.today, sheet, catalogue=context.catalogue)
    return handed(made.content, f"draft-{made.name}", made.media_type)


def second(context: RequestContext) -> Response:
    """A second draft with one choice changed, beside the first."""
    one = draft_of(context)
    plan = planned(context, one).plan
    wanted = context.said("change")
    found = next((other for words, other in slower(one, plan) if str(words) == wanted), None)
    if found is None:
        raise BadInput(phrase("that choice is not there any more: the draft was changed"))
    copy = new_draft(found.fields).model_copy(update={"safety_on": one.safety_on})
    keep_draft(context.reading.vault, copy)
    return context.go(f"/plan/beside?{MINE}={one.id}&with={copy.id}")


def show_beside(context: RequestContext) -> Response:
    """Two drafts side by side, in the order they were made; neither is ranked."""
    pair = []
    for one in (draft_of(context), draft(context.reading.vault, context.asked("with"))):
        plan = planned(context, one).plan
        pair.append((one, draft_name(one), plan, plan_lines(plan, confirmed=0)))
    return context.page("plan_beside.html", pair=pair)


def throw_away(context: RequestContext) -> Response:
    """Throw a draft away; nothing of it was in the diary."""
    drop_draft(context.reading.vault, context.said(MINE))
    return context.go("/plan", phrase("The draft is thrown away. Nothing else changed."))


PAGES = (
    Page("/plan/draft", show_draft, needs="diary"),
    Page("/plan/neighbours", show_neighbours, needs="diary"),
    Page("/plan/paper", take_paper, "POST", needs="diary", keep=False),
    Page("/plan/second", second, "POST", needs="diary", keep=False),
    Page("/plan/beside", show_beside, needs="diary"),
    Page("/plan/away", throw_away, "POST", needs="diary", keep=False),
)
