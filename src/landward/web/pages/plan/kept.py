"""Keeping a plan, and living with it: go on or stay, hold, slower, back, papers that still fit."""

import datetime as dt

from starlette.responses import Response

from landward.app.plan.draft_plan import ASKED_OF, CUPBOARD_OF, NotYet
from landward.app.plan.drafts import drop_draft, keep_draft, new_draft
from landward.app.plan.in_hand import Lasts, in_hand, products_now, read_counts
from landward.app.plan.living import adopted, ask_to_go_back, hold, staying_on, versions
from landward.app.plan.plan_files import Sheet, plan_file
from landward.app.plan.printed import outdated, print_of
from landward.app.plan.request import read_every
from landward.app.plan.standing import (
    Standing,
    answered,
    standing_here,
    standing_of,
)
from landward.app.plan.taper import with_supply
from landward.app.read.medicines import stop_seen
from landward.model.amounts import exact_text
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.model.taper import TaperPlan
from landward.report.figure.plan_curve import plan_curve, told
from landward.report.plan_lines import PlanLine, dose_lines, line_on, plan_lines
from landward.report.taper_words import compared_words, product_words, two_drugs
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.plan.draft import MOST_ROWS, draft_page
from landward.web.pages.plan.shared import address, draft_of, handed, planned, tables


def keep_plan(context: RequestContext) -> Response:
    """Keep the draft that was shown, just as it was shown. No line of it begins by this."""
    one = draft_of(context)
    try:
        answer = planned(context, one)
    except NotYet as error:
        return context.go(address(error.question, one), phrase("{why}.", why=str(error)))
    try:
        prescriber, agreed_on = _agreed(context)
        if context.said("stamp") != one.stamp:
            raise BadInput(
                phrase(
                    "this draft was changed in another tab; here it is as it is now. Nothing was "
                    "kept"
                )
            )
        diary, today = context.reading.diary, context.today
        body, kept = adopted(
            diary, answer.plan, prescriber, confirmed=0, agreed_on=agreed_on, today=today
        )
    except BadInput as error:
        return draft_page(context, one, answer, str(error))
    context.save(today, [("plan", body)], kind=None)
    drop_draft(context.reading.vault, one.id)
    return context.go(
        f"/plan/kept?drug={kept.drug}",
        phrase("Kept as version {version}. No line begins until you go on.", version=kept.version),
    )


def _agreed(context: RequestContext) -> tuple[str, dt.date | None]:
    """With whom and when it was agreed; nobody where it is one's own draft. Raises BadInput."""
    said = context.said("agreed")
    if said == "own":
        return "", None
    if said != "agreed":
        raise BadInput(phrase("say whether it was agreed with a prescriber, or is your own draft"))
    name = context.said("with")
    if not name:
        raise BadInput(phrase("say with whom it was agreed"))
    return name, context.day(context.said("on"))


# ---- living with it ---------------------------------------------------------------------------


def show_kept(context: RequestContext) -> Response:
    """One drug's plan: the line that is taken, the next one, and what can be done."""
    return _page(context, _standing(context))


def _standing(context: RequestContext) -> Standing:
    plans = standing_here(context.reading, context.today)
    return standing_of(plans, context.said("drug") or context.asked("drug"))


def _page(
    context: RequestContext, one: Standing, wrong: str = "", back: str = "",
    lasts: tuple[Lasts, ...] = (),
) -> Response:  # fmt: skip
    today, plan = context.today, one.plan
    lines = plan_lines(plan, one.begun)
    here = one.step_on(today)
    mine = versions(context.reading.diary, plan.drug)
    return context.page(
        "plan_kept.html",
        status=422 if wrong else 200,
        one=one,
        plan=plan,
        wrong=wrong,
        back=back,
        lasts=lasts,
        countable=[
            (name, product_words(name), context.said(f"count:{name}"))
            for name in products_now(one, today)
        ],
        today=today,
        now=one.words_on(today),
        now_line=line_on(lines, here.step) if here else None,
        now_held=None if here or one.held is None else {"doses": dose_lines(one.held)},
        next_line=_next(lines, one),
        question=one.question(),
        lines=lines[:MOST_ROWS],
        more=len(lines) - MOST_ROWS,
        two_drugs=two_drugs(plan),
        curve=plan_curve(plan, one.begun),
        curve_told=told(plan),
        compared=compared_words(plan),
        outdated=outdated(_printed(context, one), one),
        version=mine[-1].version if mine else 1,
        stops=[stop for stop in stop_seen(context.reading, today) if stop.drug == plan.drug],
    )


def _next(lines: tuple[PlanLine, ...], one: Standing) -> PlanLine | None:
    step = one.next_step
    return line_on(lines, step.step) if step is not None else None


def _printed(context: RequestContext, one: Standing) -> str:
    """What is kept of the sheet that was printed last."""
    return context.reading.vault.fact(f"sheet_printed {one.plan.drug}") or ""


def answer_step(context: RequestContext) -> Response:
    """Go on to the next line, or stay. Only what was asked is answered."""
    drug = context.said("drug")
    plans = standing_here(context.reading, context.today)
    try:
        start = dt.date.fromisoformat(context.said("start"))
        body = answered(
            plans,
            drug,
            plan=context.said("plan"),
            step=int(context.said("step") or "0"),
            start=start,
            go_on=context.said("answer") == "go_on",
        )
    except ValueError as error:
        why = str(error) if isinstance(error, BadInput) else phrase("the question is not this one")
        return context.go(_then(context, drug), phrase("{why}.", why=why))
    context.save(context.today, [("step", body)], f"{body.plan} {body.step} {body.start}")
    one = standing_of(standing_here(context.reading, context.today), drug)
    if body.start is None:
        said = phrase("You stay on {mg}. Nothing else changed.", mg=one.words_on(start))
    else:
        said = phrase("From {day}: {mg} a day.", day=f"{start:%a %d %b}",
                      mg=one.words_on(start))  # fmt: skip
    return context.go(_then(context, drug), said)


def _then(context: RequestContext, drug: str) -> str:
    return "/today" if context.said("then") == "today" else f"/plan/kept?drug={drug}"


def hold_plan(context: RequestContext) -> Response:
    """Stay on today's line for longer: a new version; every later line moves."""
    one, today = _standing(context), context.today
    try:
        here = one.step_on(today)
        if here is None:
            raise BadInput(
                phrase("no line has begun yet: nothing has to be held, the dose stays as it is")
            )
        if one.plan.cycle_days:
            raise BadInput(
                phrase("days by turns go on as they are until you say otherwise: nothing has to be "
                       "held")
            )  # fmt: skip
        held = hold(tables(), one.plan, today, read_every(context.said("days")))
    except BadInput as error:
        return _page(context, one, str(error))
    begun = None if one.begun is None else here.step
    _keep_version(context, one, held, begun)
    return context.go(
        f"/plan/kept?drug={one.plan.drug}",
        phrase("Held. Every later line moved, and waits for you as before."),
    )


def _keep_version(
    context: RequestContext, one: Standing, plan: TaperPlan, begun: int | None
) -> None:
    body, _ = adopted(
        context.reading.diary, plan, one.agreed_with, confirmed=begun,
        agreed_on=one.agreed_on, today=context.today,
    )  # fmt: skip
    context.save(context.today, [("plan", body)], kind=None)


def replan(context: RequestContext) -> Response:
    """Go on in another way from today: a new draft with the dose of today, to be kept or not."""
    one, today = _standing(context), context.today
    here = one.step_on(today)
    if any(dose.drug not in ("", one.plan.drug)
           for dose in (one.plan.before if here is None else here.doses)):  # fmt: skip
        return _page(
            context, one,
            phrase("two medicines are in this line: finish the change-over first, or let your "
                   "prescriber write a new plan"),
        )  # fmt: skip
    doses = {} if one.plan.cycle_days else {"daily": exact_text(one.mg_on(today))}
    if here is not None and doses and len(one.plan.times) > 1:
        doses = {dose.at: exact_text(dose.made_mg) for dose in here.doses}
    fields: dict[str, list[str]] = {"drug": [one.plan.drug],
                                    "original": [exact_text(one.plan.from_mg)]}  # fmt: skip
    fields[ASKED_OF] = [one.plan.drug]
    fields |= {f"at:{at}": [f"{mg} mg"] for at, mg in doses.items()}
    fields |= _cupboard(one)
    new = new_draft(fields, replans=one.entry_id)
    keep_draft(context.reading.vault, new)
    return context.go(address("take", new))


def _cupboard(one: Standing) -> dict[str, list[str]]:
    """The plan's products, ticked as they are."""
    found: dict[str, list[str]] = {"have": [], CUPBOARD_OF: [one.plan.drug]}
    for name in one.plan.products:
        bottle, _, mark = name.partition(" mark ")
        parts = next((word for word in ("half", "quarter") if bottle.endswith(f" {word}")), "whole")
        bottle = bottle.removesuffix(f" {parts}")
        found["have"].append(bottle)
        if mark:
            found[f"mark:{bottle}"] = [mark.split()[0]]
            if " most " in mark:
                found[f"most:{bottle}"] = [mark.partition(" most ")[2].split()[0]]
        else:
            found[f"cut:{bottle}"] = [parts]
    return found


def go_back(context: RequestContext) -> Response:
    """Words to ask the prescriber about going back up. The plan does not change."""
    one = _standing(context)
    try:
        words = ask_to_go_back(one.plan.model_copy(
            update={"steps": one.plan.steps[: one.begun]}), context.today)  # fmt: skip
    except BadInput as error:
        return _page(context, one, str(error))
    return _page(context, one, back=words)


def count_in_hand(context: RequestContext) -> Response:
    """How long what is in the cupboard lasts at the dose of now. Nothing is written."""
    one, today = _standing(context), context.today
    typed = {name: context.said(f"count:{name}") for name in products_now(one, today)}
    try:
        lasts = in_hand(one, read_counts(typed), today)
    except BadInput as error:
        return _page(context, one, str(error))
    return _page(context, one, lasts=lasts)


def take_paper(context: RequestContext) -> Response:
    """A paper of a plan that is kept, in its standing version."""
    one, today = _standing(context), context.today
    kind = context.said("do")
    sheet = Sheet(
        paper=context.said("paper"),
        large=context.said("large") == "yes",
        prescriber=one.agreed_with,
        agreed=one.agreed_words,
        confirmed=one.begun,
        staying=staying_on(tables(), one, today) if kind == "pharmacy" else None,
    )
    lived = one.plan if one.begun is None else with_supply(tables(), one.plan)
    earlier = versions(context.reading.diary, one.plan.drug)
    made = plan_file(lived, kind, today, sheet, earlier, catalogue=context.catalogue)
    if kind in ("sheet", "days"):
        context.reading.vault.remember(f"sheet_printed {one.plan.drug}", print_of(one))
    return handed(made.content, f"version-{one.plan.version}-{made.name}", made.media_type)


PAGES = (
    Page("/plan/keep", keep_plan, "POST", needs="diary", keep=False),
    Page("/plan/kept", show_kept, needs="diary"),
    Page("/plan/step", answer_step, "POST", needs="diary", keep=False),
    Page("/plan/hold", hold_plan, "POST", needs="diary", keep=False),
    Page("/plan/replan", replan, "POST", needs="diary", keep=False),
    Page("/plan/back", go_back, "POST", needs="diary", keep=False),
    Page("/plan/in-hand", count_in_hand, "POST", needs="diary", keep=False),
    Page("/plan/kept/paper", take_paper, "POST", needs="diary", keep=False),
)
