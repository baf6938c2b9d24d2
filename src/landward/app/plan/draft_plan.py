"""From a draft to the plan it makes: what is taken, what it is made from, how much at a time.

Each question's slip is told at that question: `NotYet` says which.
"""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

from landward.app.plan.crossover import CrossoverForm, equal_range, plan_crossover
from landward.app.plan.cupboard import products_text
from landward.app.plan.drafts import PlanDraft
from landward.app.plan.request import FINISHES, STRETCH, PlanForm, read_every, read_form
from landward.app.plan.standing import history
from landward.app.plan.taper import PlanAnswer, plan_taper
from landward.app.plan.typed_plan import given_plan
from landward.catalog import Catalog
from landward.engines.safety import read_supervision
from landward.model.amounts import exact_text, read_mg
from landward.model.base import BadInput
from landward.model.crossover import EqualRange
from landward.model.diary import Diary
from landward.model.medicines import Medicine
from landward.model.safety import Answer
from landward.model.said import Said, phrase
from landward.model.taper import TOO_COARSE, TaperPlan
from landward.model.taper_request import Held, Method

TAKE, CUPBOARD, SAFETY, PACE = "take", "cupboard", "safety", "pace"
QUESTIONS = (TAKE, CUPBOARD, SAFETY, PACE)
CHANGE = "crossover"
ASKED_OF = "asked_of"
"""The field that says of which medicine the draft's answers are."""
CUPBOARD_OF = "cupboard_of"
"""The field that says of which medicine the cupboard was ticked."""
CHANGING = (TAKE, CHANGE, CUPBOARD, SAFETY)
"""The questions of a change from one medicine to another."""
TIMES = ("daily", "morning", "midday", "evening", "night")
"""“daily” is a day with one dose; the others are told apart."""
LOOK_BACK = dt.timedelta(days=366)


def questions_of(draft: PlanDraft) -> tuple[str, ...]:
    """The questions of a draft in their order."""
    return CHANGING if draft.changes_over else QUESTIONS


class NotYet(BadInput):
    """A question without a usable answer."""

    def __init__(self, question: str, error: BadInput) -> None:
        super().__init__(str(error))
        self.question = question


def taken(draft: PlanDraft) -> tuple[tuple[str, Fraction], ...]:
    """What is taken at each dose time, above 0. Raises BadInput where nothing is, or both ways."""
    found = []
    for name in TIMES:
        if text := draft.said(f"at:{name}"):
            amount = read_mg(text, name, zero=True)
            if amount:
                found.append((name, amount))
    if not found:
        raise BadInput(phrase("say how much you take in a day, in mg"))
    if len(found) > 1 and found[0][0] == "daily":
        raise BadInput(
            phrase("fill in either the whole day in one dose, or each time of day, not both")
        )
    return tuple(found)


def form_of(catalog: Catalog, draft: PlanDraft, today: dt.date) -> PlanForm:
    """The whole form. Raises NotYet at the first question that has no usable answer."""
    drug, doses = _taken(catalog, draft)
    products = _cupboard(catalog, draft)
    try:
        return _pace(draft, drug, doses, products, today)
    except BadInput as error:
        raise NotYet(PACE, error) from error


def _taken(catalog: Catalog, draft: PlanDraft) -> tuple[str, tuple[tuple[str, Fraction], ...]]:
    try:
        return catalog.find_drug(draft.said("drug")).id, taken(draft)
    except BadInput as error:
        raise NotYet(TAKE, error) from error


def _cupboard(catalog: Catalog, draft: PlanDraft) -> str:
    try:
        return cupboard_now(catalog, draft)
    except BadInput as error:
        raise NotYet(CUPBOARD, error) from error


def cupboard_now(catalog: Catalog, draft: PlanDraft) -> str:
    """The products of the draft's medicine. Raises BadInput where others were ticked, or none.

    What was ticked for one medicine is never taken for another: strengths are alike, boxes are not.
    """
    ticked, now = draft.said(CUPBOARD_OF), made_of(catalog, draft)
    if ticked and ticked != now:
        raise BadInput(of_another(ticked, now))
    return products_text(draft)


def of_another(ticked: str, now: str) -> Said:
    """That the cupboard was ticked for another medicine."""
    return phrase("what was ticked is {ticked}; tick what you have of {now}", ticked=ticked,
                  now=now)  # fmt: skip


def made_of(catalog: Catalog, draft: PlanDraft) -> str:
    """The id of the medicine that the draft's doses are made from; "" where it is not known."""
    drug = catalog.drug_called(draft.said("to_drug" if draft.changes_over else "drug"))
    return drug.id if drug is not None else ""


def _pace(
    draft: PlanDraft, drug: str, doses: tuple[tuple[str, Fraction], ...], products: str,
    today: dt.date,
) -> PlanForm:  # fmt: skip
    method = draft.said("method")
    if not method:
        raise BadInput(phrase("choose how the dose comes down"))
    every = draft.said("every")
    if not every:
        raise BadInput(phrase("say how long each step is held, like 14 days or 4 weeks"))
    rate = draft.said(f"rate:{method}") or draft.said("rate")
    if not rate and method != Method.BANDS:
        raise BadInput(phrase("say how much at a time"))
    start = draft.said("start")
    several = len(doses) > 1
    return PlanForm(
        drug=drug,
        dose=exact_text(sum((mg for _, mg in doses), Fraction(0))),
        method=method,
        products=products,
        rate=rate,
        every=f"{read_every(every)}d",
        start=_day(start) if start else today + dt.timedelta(days=1),
        times=", ".join(name for name, _ in doses) if doses[0][0] != "daily" else "",
        split=", ".join(exact_text(mg) for _, mg in doses) if several else "",
        cut_from=draft.said("cut_from"),
        to=draft.said("to"),
        finish=draft.said("finish") if draft.said("finish") in FINISHES else "",
        original=draft.said("original"),
        half_dose=draft.said("half_dose") if method == Method.HYPERBOLIC else "",
        cuts=_count(draft.said("cuts")),
        pause=draft.said("pause"),
        most_pieces=most_pieces(draft),
    )


def most_pieces(draft: PlanDraft) -> int:
    """How many pieces at one time at most. Raises BadInput for what is no such number."""
    text = draft.said("most_pieces")
    if not text:
        return 4
    if not text.isdecimal() or not 1 <= int(text) <= 20:
        raise BadInput(phrase("pieces at a time: give a number from 1 to 20"))
    return int(text)


def _count(text: str) -> int:
    if not text:
        return 0
    if not text.isdecimal() or not 1 <= int(text) <= 99:
        raise BadInput(phrase("after how many cuts a pause comes: give a number from 1 to 99"))
    return int(text)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(phrase("“{text}” is not a date; write it like 2026-03-01",
                              text=text[:40])) from None  # fmt: skip


def plan_of(
    catalog: Catalog,
    draft: PlanDraft,
    answers: Mapping[str, str],
    *,
    today: dt.date,
    country: str,
    medicine: Medicine | None,
    diary: Diary | None = None,
) -> PlanAnswer:
    """The plan of a draft, or why there is none. Raises NotYet, at the question that is open."""
    if (given := given_plan(draft)) is not None:
        answered = {name: Answer(value) for name, value in answers.items()}
        said = read_supervision(answered, catalog.supervision_questions)
        return PlanAnswer(plan=given, supervision=said)
    if draft.changes_over:
        return _changed_over(catalog, draft, answers, today)
    form = form_of(catalog, draft, today)
    if draft.safety_on is None:
        why = BadInput(phrase("these come first, and are confirmed before each new plan"))
        raise NotYet(SAFETY, why)
    stated = {name: Answer(value) for name, value in answers.items()}
    start = read_form(catalog, form, today).start
    held = history(diary.lines, form.drug, today, start) if diary is not None else ()
    if not held and medicine is not None:
        held = held_before(medicine, start, today)
    try:
        return plan_taper(
            catalog, form, stated, today, require_answers=True, held=held, country=country or None
        )
    except BadInput as error:
        raise NotYet(PACE, error) from error


def change_form(catalog: Catalog, draft: PlanDraft, today: dt.date, products: str) -> CrossoverForm:
    """What the page of a change says. Raises BadInput for what cannot be used."""
    drug, doses = _taken(catalog, draft)
    picked = draft.said("picked")
    start = draft.said("start")
    return CrossoverForm(
        drug=drug,
        doses=", ".join(f"{at} {exact_text(mg)} mg" for at, mg in doses),
        products=products,
        from_products=draft.said("from_products"),
        to_drug=draft.said("to_drug"),
        every_days=read_every(draft.said("every")) if draft.said("every") else 0,
        start=_day(start) if start else today + dt.timedelta(days=1),
        equals=f"1 mg = {picked if 'mg' in picked.lower() else f'{picked} mg'}" if picked else "",
        because=draft.said("because"),
        first=(draft.said("first"),) if draft.said("first") else (),
        in_halves=draft.said("in_halves") == "yes",
    )


def range_of(catalog: Catalog, draft: PlanDraft) -> EqualRange:
    """What the tables say of the two medicines. Raises BadInput where none has both."""
    old, new = catalog.find_drug(draft.said("drug")), catalog.find_drug(draft.said("to_drug"))
    return equal_range(catalog, old.id, new.id)


def _changed_over(
    catalog: Catalog, draft: PlanDraft, answers: Mapping[str, str], today: dt.date
) -> PlanAnswer:
    """The plan of a change, as the prescriber picked it. Raises NotYet at the open question."""
    drug, _ = _taken(catalog, draft)
    stated = {name: Answer(value) for name, value in answers.items()}
    try:
        if not draft.said("every"):
            raise BadInput(phrase("say how many days lie between two changes"))
        if not draft.said("picked"):
            raise BadInput(phrase("say which number your prescriber picked"))
        form = change_form(catalog, draft, today, "")
    except BadInput as error:
        raise NotYet(CHANGE, error) from error
    form = form.model_copy(update={"products": _cupboard(catalog, draft)})
    if draft.safety_on is None:
        why = BadInput(phrase("these come first, and are confirmed before each new plan"))
        raise NotYet(SAFETY, why)
    verdict = read_supervision(stated, catalog.supervision_questions)
    try:
        if catalog.drugs[drug].plan == "no":
            raise BadInput(catalog.drugs[drug].plan_reason)
        found = plan_crossover(catalog, form, stated, today)
    except BadInput as error:
        raise NotYet(CHANGE, error) from error
    plan = found.plan or TaperPlan(
        drug=drug, method=CHANGE, start=form.start or today, from_mg=Fraction(0), times=(),
        products=(), steps=(), refused=found.refused,
    )  # fmt: skip
    return PlanAnswer(plan=plan, supervision=verdict)


def held_before(medicine: Medicine, start: dt.date, today: dt.date) -> tuple[Held, ...]:
    """The doses that lasted before, from the dose record: no limit is passed at the seam."""
    levels = medicine.levels(today)
    return tuple(
        Held(since=level.first_day, mg=Fraction(level.mg))
        for level in levels
        if start - LOOK_BACK <= level.last_day and level.first_day < start
    )


AGAIN = ("method", "rate", "half_dose", "every", "cuts", "pause", "start", "to", "cut_from")


def waiting_longer(draft: PlanDraft, plan: TaperPlan) -> tuple[tuple[str, str], ...]:
    """The answers to say again with “wait longer”, where that would carry a plan on; else none."""
    if draft.given or not any(note.startswith(TOO_COARSE) for note in plan.notes):
        return ()
    names = [*AGAIN, f"rate:{draft.said('method')}"]
    return tuple((name, draft.said(name)) for name in names if draft.said(name))


def slower(draft: PlanDraft, plan: TaperPlan) -> tuple[tuple[str, PlanDraft], ...]:
    """Drafts with one choice changed, none of them faster, each with what was changed in words."""
    found: list[tuple[str, PlanDraft]] = []
    if draft.given:
        return ()
    method, every = draft.said("method"), draft.said("every")
    rate = draft.said(f"rate:{method}") or draft.said("rate")
    if every:
        days = read_every(every) * 2
        if days <= 366:
            words = phrase("Each step held {days} days", days=days)
            found.append((words, draft.saying({"every": [f"{days}"]})))
    if draft.changes_over:
        return tuple(found)
    if rate and method != Method.BANDS:
        half = _half(rate)
        if half:
            unit = "" if "mg" in half or method == Method.FIXED else " %"
            mg = " mg" if method == Method.FIXED and "mg" not in half else ""
            words = phrase("{rate} at a time", rate=f"{half}{unit}{mg}")
            found.append((words, draft.saying({f"rate:{method}": [half]})))
    if not draft.said("finish") and plan.ends is not None and plan.ends.at_mg:
        words = phrase("Where pieces get too coarse, wait longer instead of ending there")
        found.append((words, draft.saying({"finish": [STRETCH]})))
    return tuple(found)


def _half(rate: str) -> str:
    number = rate.replace("%", "").replace("mg", "").replace(",", ".").strip()
    try:
        return exact_text(Fraction(number) / 2)
    except (ValueError, ZeroDivisionError):
        return ""
