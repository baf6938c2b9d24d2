"""Plan a taper: ask what must be asked first, work the plan out, add what the pharmacy needs."""

from collections.abc import Mapping
from datetime import date

from landward.app.plan import tables as plan_facts
from landward.app.plan.request import PlanForm, read_form
from landward.catalog import Catalog
from landward.engines.safety import read_supervision
from landward.engines.tapering import fewest_products, supply_of
from landward.engines.tapering import plan_taper as work_out
from landward.model.base import BadInput, Frozen
from landward.model.drugs import Drug
from landward.model.preparation import read_preparations
from landward.model.safety import Answer, SafetyVerdict
from landward.model.said import phrase
from landward.model.taper import Refusal, TaperPlan
from landward.model.taper_request import Held, TaperRequest

USUAL_SUPPLY_DAYS = 28
INSTEAD = (
    phrase("landward letter: a letter to a prescriber"),
    phrase("landward plan check FILE: a prescriber's own plan, checked"),
)


class PlanAnswer(Frozen):
    """A plan with what was asked beforehand, and whether it was withheld because of an answer."""

    plan: TaperPlan
    supervision: SafetyVerdict


def plan_taper(
    catalog: Catalog,
    form: PlanForm,
    answers: Mapping[str, Answer],
    today: date,
    *,
    require_answers: bool,
    held: tuple[Held, ...] = (),
    country: str | None = None,
    supply_days: int = USUAL_SUPPLY_DAYS,
    packs: Mapping[str, int] | None = None,
    fewest: bool = False,
) -> PlanAnswer:
    """The plan a form asks for, or the reason there is none.

    An answer that calls for a clinician withholds the plan. So does a missing answer where
    `require_answers` is set: the page for a person sets it, the command line does not (see
    docs/decisions/0006-supervision-and-the-command-line.md). `fewest` works with as few of the
    products as reach the same end. Raises BadInput for bad input.
    """
    request = read_form(catalog, form, today, held)
    drug = catalog.drugs[request.drug]
    verdict = read_supervision(answers, catalog.supervision_questions)
    refused = _refusal(drug, verdict, require_answers)
    if refused is not None:
        return PlanAnswer(plan=_withheld(request, refused), supervision=verdict)
    limit = plan_facts.ceiling(catalog)
    if fewest:
        request = fewest_products(request, limit)
    plan = work_out(
        request,
        limit,
        plan_facts.shelf(catalog, drug, country),
        plan_facts.step_rules(catalog, drug),
    )
    plan = plan.model_copy(
        update={
            "tables": plan_facts.tables_version(catalog),
            "notes": (*plan.notes, *_notes(catalog, drug, request)),
        }
    )
    plan = with_supply(catalog, plan, country, supply_days, packs)
    return PlanAnswer(plan=plan, supervision=verdict)


def with_supply(
    catalog: Catalog,
    plan: TaperPlan,
    country: str | None = None,
    every_days: int = USUAL_SUPPLY_DAYS,
    packs: Mapping[str, int] | None = None,
) -> TaperPlan:
    """The plan with its supply lines, no interval longer than the country's rule allows."""
    if not 1 <= every_days <= 366:
        raise BadInput(
            phrase(
                "supply for {every_days} days at a time: give 1 to 366 days", every_days=every_days
            )
        )
    drug = catalog.drugs.get(plan.drug)
    if drug is None:
        return plan
    rule = plan_facts.longest_supply_days(catalog, drug, country)
    notes = plan.notes
    if rule is not None and rule.value is not None and every_days > rule.value:
        every_days = int(rule.value)
        notes = (
            *notes,
            phrase(
                "{plain} Supply is counted in {every_days} days.",
                plain=rule.plain,
                every_days=every_days,
            ),
        )
    products = read_preparations(", ".join(plan.products)) if plan.products else ()
    always, when_split = plan_facts.supply_marks(catalog, drug, products)
    bottles = list(dict.fromkeys(item.bottle for item in products))
    for name in packs or {}:
        if name not in bottles:
            here = ", ".join(bottles) or phrase("it names none")
            raise BadInput(
                phrase("“{name}” is not one of this plan's products: {here}", name=name, here=here)
            )
    lines = supply_of(plan, every_days, packs, always, when_split)
    return plan.model_copy(update={"supply": lines, "notes": notes})


def _refusal(drug: Drug, verdict: SafetyVerdict, require_answers: bool) -> Refusal | None:
    if drug.plan == "no":
        return Refusal(reason=drug.plan_reason, rule=drug.id, would_help=INSTEAD)
    if verdict.with_clinician:
        reasons = "; ".join(finding.plain for finding in verdict.with_clinician)
        rules = ", ".join(finding.rule for finding in verdict.with_clinician)
        reason = phrase("this is planned together with a clinician. {reasons}", reasons=reasons)
        return Refusal(reason=reason, rule=rules, would_help=INSTEAD)
    if require_answers and verdict.open_questions:
        open_ids = ", ".join(finding.rule for finding in verdict.open_questions)
        reason = phrase(
            "{count} questions are not answered yet; they come first",
            count=len(verdict.open_questions),
        )
        return Refusal(reason=reason, rule=open_ids, would_help=INSTEAD)
    return None


def _withheld(request: TaperRequest, refused: Refusal) -> TaperPlan:
    return TaperPlan(
        drug=request.drug,
        method=str(request.method),
        start=request.start,
        from_mg=request.dose_mg,
        times=request.times,
        products=tuple(item.name for item in request.preparations),
        steps=(),
        refused=refused,
    )


def _notes(catalog: Catalog, drug: Drug, request: TaperRequest) -> list[str]:
    found = [drug.plan_reason] if drug.plan == "specialist" and drug.plan_reason else []
    high = plan_facts.high_dose_words(catalog, drug, request.dose_mg)
    return [*found, high] if high else found


def read_answers(catalog: Catalog, given: Mapping[str, str]) -> dict[str, Answer]:
    """Answers by question id, with or without its “ask.”; “all” answers every question.

    Raises BadInput for a question there is not, or for an answer that is neither yes nor no.
    """
    known = {question.id for question in catalog.supervision_questions}
    found: dict[str, Answer] = {}
    for name, word in given.items():
        answer = {"y": Answer.YES, "yes": Answer.YES, "n": Answer.NO, "no": Answer.NO}.get(
            word.strip().lower()
        )
        if answer is None:
            raise BadInput(phrase("“{name}={word}”: answer yes or no", name=name, word=word))
        key = name.strip() if name.strip().startswith("ask.") else f"ask.{name.strip()}"
        if key == "ask.all":
            found |= dict.fromkeys(known - found.keys(), answer)
        elif key in known:
            found[key] = answer
        else:
            names = ", ".join(sorted(name.removeprefix("ask.") for name in known))
            raise BadInput(
                phrase("no question is called “{name}”; there are: {names}", name=name, names=names)
            )
    return found
