"""The road to a draft: one question a screen, and what was typed kept whatever it was."""

import datetime as dt

from starlette.responses import Response

from landward.app.diary.change_profile import changed
from landward.app.library.known_words import drug_names
from landward.app.plan.cupboard import MOST_OWN, offered
from landward.app.plan.draft_plan import (
    ASKED_OF,
    CUPBOARD,
    CUPBOARD_OF,
    PACE,
    SAFETY,
    TAKE,
    TIMES,
    cupboard_now,
    form_of,
    made_of,
    most_pieces,
    of_another,
    taken,
)
from landward.app.plan.drafts import PlanDraft, keep_draft, new_draft
from landward.app.plan.method_words import METHODS, guidance
from landward.app.plan.request import read_form
from landward.app.plan.safe_planning import (
    answered_on,
    answers_of,
    confirmed_fields,
    questions,
    verdict,
)
from landward.app.read.medicines import medicines_of
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.web.http.request_context import RequestContext
from landward.web.http.routing import Page
from landward.web.pages.plan.shared import address, draft_of, next_of, number_of, tables, typed_into

TIME_WORDS = {
    "daily": phrase("The whole day in one dose"), "morning": phrase("Morning"),
    "midday": phrase("Midday"), "evening": phrase("Evening"), "night": phrase("Night"),
}  # fmt: skip


def begin(context: RequestContext) -> Response:
    """A new draft, filled from the dose record as far as that is known."""
    one = new_draft(_from_record(context, context.said("drug")))
    if context.said("way") == "crossover":
        one = one.saying({"way": ["crossover"]})
    keep_draft(context.reading.vault, one)
    return context.go(address(TAKE, one))


def _from_record(context: RequestContext, drug: str) -> dict[str, list[str]]:
    """The settled dose of the one drug that is taken, where there is one; nothing is guessed."""
    today, record = context.today, medicines_of(context.reading)
    settled = {
        name: mg
        for name, one in record.medicines.items()
        if (mg := one.settled_mg(today) or one.expected_mg(today))
    }
    if drug not in settled and len(settled) != 1:
        return {"drug": [drug]} if drug else {}
    name = drug if drug in settled else next(iter(settled))
    label = record.of(name).prescription(today)
    once = label is None or len(label.times) <= 1
    return {"drug": [name], **({"at:daily": [f"{settled[name]:f} mg"]} if once else {})}


# ---- what is taken now -----------------------------------------------------------------------


def show_take(context: RequestContext) -> Response:
    """What is taken now, at each time of day."""
    return _take(context, draft_of(context))


def _take(context: RequestContext, one: PlanDraft, wrong: str = "") -> Response:
    today, record = context.today, medicines_of(context.reading)
    known = [
        (medicine.own_word, medicine.settled_mg(today), medicine.expected_mg(today))
        for medicine in record.medicines.values()
        if medicine.settled_mg(today) or medicine.expected_mg(today)
    ]
    return context.page(
        "plan_take.html", status=422 if wrong else 200, one=one, wrong=wrong, known=known,
        drugs=drug_names(), times=[(name, TIME_WORDS[name]) for name in TIMES],
    )  # fmt: skip


def save_take(context: RequestContext) -> Response:
    """Keep it as typed; go on where it can be used."""
    one = typed_into(context, draft_of(context), ("drug", "at:"))
    try:
        one = _asked_anew(context, one, tables().find_drug(one.said("drug")).id)
        taken(one)
    except BadInput as error:
        return _take(context, one, str(error))
    return context.go(next_of(TAKE, one))


def _asked_anew(context: RequestContext, one: PlanDraft, drug: str) -> PlanDraft:
    """Where the medicine is another one: what was picked, counted or confirmed for the first is
    asked anew. What is in the cupboard stays, and says of which medicine it is.
    """
    if tables().drug_called(one.said("drug")) is None:  # a slip of the pen that names one medicine
        one = keep_draft(context.reading.vault, one.saying({"drug": [drug]}))
    if one.said(ASKED_OF) == drug:
        return one
    if one.said(ASKED_OF):
        gone = dict.fromkeys(("original", "picked", "because", "from_products", "half_dose"), ())
        one = one.saying(gone).model_copy(update={"safety_on": None, "replans": ""})
    return keep_draft(context.reading.vault, one.saying({ASKED_OF: [drug]}))


# ---- what is in the cupboard -----------------------------------------------------------------


def show_cupboard(context: RequestContext) -> Response:
    """The products of the country to tick, and lines for one's own."""
    return _cupboard(context, draft_of(context))


def _cupboard(context: RequestContext, one: PlanDraft, wrong: str = "") -> Response:
    drug = tables().drug_called(one.said("to_drug") if one.changes_over else one.said("drug"))
    if drug is None:
        return context.go(address(TAKE, one))
    shown = offered(tables(), drug.id, context.settings.country)
    status = 422 if wrong else 200
    if one.said(CUPBOARD_OF) not in ("", drug.id):
        wrong = of_another(one.said(CUPBOARD_OF), drug.id)
        one = one.saying(dict.fromkeys((name for name in one.fields if _of_cupboard(name)), ()))
    return context.page(
        "plan_cupboard.html", status=status, one=one, wrong=wrong, drug=drug.id,
        here=[item for item in shown if item.here], other=[item for item in shown if not item.here],
        own=range(1, MOST_OWN + 1), number=number_of(CUPBOARD, one),
    )  # fmt: skip


def _of_cupboard(name: str) -> bool:
    return name == "have" or name.startswith(("cut:", "mark:", "most:", "own_"))


def save_cupboard(context: RequestContext) -> Response:
    """Keep it as typed; go on where it can be used."""
    own = tuple(
        f"own_{what}{n}" for n in range(1, MOST_OWN + 1)
        for what in ("kind", "strength", "parts", "mark")
    )  # fmt: skip
    names = ("have", "cut:", "mark:", "most:", "most_pieces", *own)
    one = typed_into(context, draft_of(context), names)
    one = one.saying({CUPBOARD_OF: [made_of(tables(), one)]})
    keep_draft(context.reading.vault, one)
    try:
        cupboard_now(tables(), one)
        most_pieces(one)
    except BadInput as error:
        return _cupboard(context, one, str(error))
    return context.go(next_of(CUPBOARD, one))


# ---- safety, in one place --------------------------------------------------------------------


def show_safety(context: RequestContext) -> Response:
    """Every question with the answer that stands and its day; all confirmed together."""
    return _safety(context, draft_of(context))


def _safety(
    context: RequestContext, one: PlanDraft, wrong: str = "", said: dict[str, str] | None = None
) -> Response:
    me = context.reading.me
    stands = answers_of(me) if said is None else said
    when = answered_on(context.reading.diary)
    asked = [
        (rule, stands.get(rule.id, ""), when.get(rule.id) if said is None else None)
        for rule in questions()
    ]
    return context.page(
        "plan_safety.html", status=422 if wrong else 200, one=one, wrong=wrong, asked=asked,
        verdict=verdict(me) if said is None else None, number=number_of(SAFETY, one),
    )  # fmt: skip


def save_safety(context: RequestContext) -> Response:
    """Keep every answer, confirmed today; whatever they come to is said on the draft."""
    one = draft_of(context)
    said = {rule.id: context.said(f"a:{rule.id}") for rule in questions()}
    try:
        fields = confirmed_fields(said, context.today)
    except BadInput as error:
        return _safety(context, one, str(error), said)
    if (body := changed(context.reading.me, fields)) is not None:
        context.save(context.today, [("profile", body)], kind=None)
    one = keep_draft(context.reading.vault, one.model_copy(update={"safety_on": context.today}))
    if verdict(context.reading.me).with_clinician:
        return context.go(address("draft", one))
    return context.go(next_of(SAFETY, one))


# ---- how much at a time ----------------------------------------------------------------------


def show_pace(context: RequestContext) -> Response:
    """How the dose comes down, how much at a time, how long each step. Nothing is preselected."""
    return _pace(context, draft_of(context))


def _pace(context: RequestContext, one: PlanDraft, wrong: str = "") -> Response:
    drug = tables().drug_called(one.said("drug"))
    if drug is None:
        return context.go(address(TAKE, one))
    doses = [name for name in TIMES if one.said(f"at:{name}") and name != "daily"]
    return context.page(
        "plan_pace.html", status=422 if wrong else 200, one=one, wrong=wrong, drug=drug.id,
        methods=METHODS, guidance=guidance(tables(), drug), doses=doses,
        tomorrow=context.today + dt.timedelta(days=1),
    )  # fmt: skip


def save_pace(context: RequestContext) -> Response:
    """Keep it as typed; show the draft where a plan can be made of it."""
    names = ("method", "rate", "rate:", "half_dose", "every", "cuts", "pause", "start", "to",
             "finish", "cut_from")  # fmt: skip
    one = typed_into(context, draft_of(context), names)
    try:
        read_form(tables(), form_of(tables(), one, context.today), context.today)
    except BadInput as error:
        return _pace(context, one, str(error))
    return context.go(next_of(PACE, one))


PAGES = (
    Page("/plan/new", begin, "POST", needs="diary", keep=False),
    Page("/plan/take", show_take, needs="diary"),
    Page("/plan/take", save_take, "POST", needs="diary", keep=False),
    Page("/plan/cupboard", show_cupboard, needs="diary"),
    Page("/plan/cupboard", save_cupboard, "POST", needs="diary", keep=False),
    Page("/plan/safety", show_safety, needs="diary"),
    Page("/plan/safety", save_safety, "POST", needs="diary", keep=False),
    Page("/plan/pace", show_pace, needs="diary"),
    Page("/plan/pace", save_pace, "POST", needs="diary", keep=False),
)
