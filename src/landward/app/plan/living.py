"""Living with a plan: adopt it, hold, go on in another way, see what was taken beside it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from landward.app.plan.request import PlanForm
from landward.app.plan.standing import Standing, standing_of, standing_plans
from landward.app.plan.taper import USUAL_SUPPLY_DAYS, PlanAnswer, plan_taper, with_supply
from landward.app.write.entry import Numbering, new_entry
from landward.catalog import Catalog
from landward.engines import tapering
from landward.model.amounts import exact_text, read_mg
from landward.model.base import BadInput
from landward.model.bodies import PlanAdopted
from landward.model.diary import Diary
from landward.model.entries import Entry
from landward.model.medicines import medicine_record
from landward.model.moment import Moment
from landward.model.plan_pack import plan_from_text, plan_to_text
from landward.model.safety import Answer
from landward.model.said import phrase
from landward.model.taper import TaperPlan


def standing_plan(diary: Diary, drug: str = "") -> tuple[Entry, TaperPlan]:
    """The plan adopted last, exactly as it was stored; of one drug where one is named.

    A plan of another drug never takes its place. Raises BadInput if there is none.
    """
    adopted = [(entry, plan_from_text(body.plan)) for entry, body in diary.of(PlanAdopted)]
    found = [(entry, plan) for entry, plan in adopted if drug in ("", plan.drug)]
    if not adopted:
        raise BadInput(phrase("no plan was adopted yet; `landward plan adopt FILE` keeps one"))
    if not found:
        names = ", ".join(sorted({plan.drug for _, plan in adopted}))
        raise BadInput(
            phrase(
                "no plan of “{drug}” was adopted; there is one of {names}", drug=drug, names=names
            )
        )
    return found[-1]


def lived_plan(diary: Diary, today: date, drug: str = "") -> TaperPlan:
    """The plan adopted last with its lines on the days they really have, to hold or to change."""
    _, plan = standing_plan(diary, drug)
    return standing_of(standing_plans(diary.lines, today), plan.drug).plan


def versions(diary: Diary, drug: str = "") -> tuple[TaperPlan, ...]:
    """Every plan that was ever adopted, first to last; of one drug where one is named."""
    plans = (plan_from_text(body.plan) for _, body in diary.of(PlanAdopted))
    return tuple(plan for plan in plans if drug in ("", plan.drug))


def adoption(
    numbering: Numbering,
    diary: Diary,
    plan: TaperPlan,
    moment: Moment,
    prescriber: str = "",
    *,
    confirmed: int | None = None,
    agreed_on: date | None = None,
) -> tuple[Entry, TaperPlan]:
    """The entry that keeps a plan, and the plan with its version. Nothing earlier is replaced.

    The old plan stays in the journal: a version says which one of its drug it follows. `confirmed`
    is how many of its steps were said yes to; None lets all stand as they are dated, unless the
    plan it follows waits for a word at each line: then so does this one.
    """
    body, numbered = adopted(diary, plan, prescriber, confirmed=confirmed, agreed_on=agreed_on,
                             today=moment.today())  # fmt: skip
    return new_entry(numbering, body, moment.today(), moment), numbered


def adopted(
    diary: Diary,
    plan: TaperPlan,
    prescriber: str,
    *,
    confirmed: int | None,
    agreed_on: date | None,
    today: date,
) -> tuple[PlanAdopted, TaperPlan]:
    """What keeps a plan, and the plan with its version; see `adoption`."""
    if not plan.steps:
        raise BadInput(phrase("a plan without steps cannot be kept"))
    earlier = versions(diary, plan.drug)
    number = max((old.version for old in earlier), default=0) + 1
    numbered = plan.model_copy(
        update={"version": number, "replaces": earlier[-1].version if earlier else None}
    )
    before = [one for one in standing_plans(diary.lines, today) if one.plan.drug == plan.drug]
    if confirmed is None and before and before[0].begun is not None:
        confirmed = _same_steps(before[0], plan, today)
    body = PlanAdopted(
        plan=plan_to_text(numbered), tables_version=numbered.tables or "-", prescriber=prescriber,
        confirmed=confirmed, agreed_on=agreed_on,
    )  # fmt: skip
    return body, numbered


def begun_by(diary: Diary, plan: TaperPlan, today: date) -> int | None:
    """How many steps of a plan from a file are taken already: those dated before `today`.

    None where a plan of the drug is lived with that waits for a word at each line: then what was
    said yes to there decides, so that keeping a file again lowers nothing. Today's step waits.
    """
    before = [one for one in standing_plans(diary.lines, today) if one.plan.drug == plan.drug]
    if before and before[0].begun is not None:
        return None
    return sum(step.start < today for step in plan.steps)


def _same_steps(before: Standing, plan: TaperPlan, today: date) -> int:
    """How many steps a new version begins with that were said yes to and have begun.

    A hold of a day gone by may have moved them later, never earlier; those not begun wait anew.
    """
    same = 0
    for old, new in zip(before.plan.steps[: before.begun], plan.steps, strict=False):
        if old.made_mg != new.made_mg or not old.start <= new.start <= today:
            break
        same += 1
    return same


def hold(catalog: Catalog, plan: TaperPlan, on: date, days: int) -> TaperPlan:
    """The plan with the dose of `on` held for longer, as a new version; later steps move."""
    return with_supply(catalog, tapering.hold(plan, on, days))


def staying_on(catalog: Catalog, one: Standing, today: date) -> TaperPlan | None:
    """The line of now held for one more supply interval, with what that needs.

    None where what the dose is made from is not known, as before the first line of all.
    """
    here = one.taken_on(today)
    if here is None or not any(dose.pieces for dose in here.doses):
        return None
    held = here.model_copy(update={"step": 1, "start": today, "days": USUAL_SUPPLY_DAYS})
    plan = one.plan.model_copy(
        update={"start": today, "from_mg": here.made_mg, "steps": (held,), "supply": ()}
    )
    return with_supply(catalog, plan)


def change(
    catalog: Catalog,
    plan: TaperPlan,
    form: PlanForm,
    answers: Mapping[str, Answer],
    today: date,
    *,
    require_answers: bool,
    earlier: Sequence[TaperPlan] = (),
) -> PlanAnswer:
    """Go on from a day in another way: the dose of that day, the doses before it, a new pace.

    `form.dose` may be empty: then it is the planned dose of the day, shared over the dose times as
    planned. `earlier` are the versions before this one: limits look back over every seam. Percent
    of the original dose keeps counting from the plan's first dose. Raises BadInput as planning
    does.
    """
    on = form.start or today
    if on <= plan.start:
        raise BadInput(
            phrase("the plan only begins on {start}; make a new plan instead", start=plan.start)
        )
    yesterday = on - timedelta(days=1)
    if others := tapering.other_drugs_on(plan, yesterday):
        raise BadInput(
            phrase(
                "on {yesterday} the plan takes {others} beside {drug}. Finish the "
                "change-over first, or let your prescriber write a new plan: going on "
                "from here would count {others_2} as {drug}",
                yesterday=yesterday,
                others=" and ".join(others),
                drug=plan.drug,
                others_2=others[0],
            )
        )
    dose = form.dose or exact_text(tapering.held_on(plan, yesterday))
    if dose == "0":
        raise BadInput(phrase("on {on} the planned dose is already 0", on=on))
    filled = form.model_copy(
        update={
            "dose": dose,
            "drug": form.drug or plan.drug,
            "start": on,
            "products": form.products or ", ".join(plan.products),
            "times": form.times or _times(plan),
            "split": form.split or _split(plan, form, on),
            "original": form.original or exact_text(plan.from_mg),
        }
    )
    held = tapering.history_before((*earlier, plan), on)
    return plan_taper(catalog, filled, answers, today, require_answers=require_answers, held=held)


def _times(plan: TaperPlan) -> str:
    return ", ".join(plan.times) if len(plan.times) > 1 else ""


def _split(plan: TaperPlan, form: PlanForm, on: date) -> str:
    """As planned the day before. Raises BadInput where the plan does not say how to share."""
    if form.times or len(plan.times) == 1:
        return ""
    parts = tapering.split_on(plan, on - timedelta(days=1))
    dose = read_mg(form.dose) if form.dose else sum(parts, Fraction(0))
    if not parts or dose != sum(parts, Fraction(0)):
        example = ", ".join(f"{at} …" for at in plan.times)
        raise BadInput(
            phrase(
                "how is the day's dose shared over {times}? Say it with --split, one "
                "amount each ({example}): dose times are never shared out anew by "
                "themselves",
                times=" and ".join(plan.times),
                example=example,
            )
        )
    return ", ".join(exact_text(part) for part in parts)


def ask_to_go_back(plan: TaperPlan, on: date) -> str:
    """The words of a request to the prescriber; the plan does not change."""
    return tapering.ask_to_go_back(plan, on)


def beside(
    diary: Diary, plan: TaperPlan, first: date, last: date
) -> tuple[tapering.DayBeside, ...]:
    """Planned, makeable and taken dose, day by day. A day that is not known stays so.

    Taken is the regular dose: what was taken as needed stands apart and is no part of a plan. A
    change from one drug to another counts the old one as the new one, so nothing can stand beside
    it.
    """
    taken: dict[date, Fraction] = {}
    if all(dose.drug in ("", plan.drug) for step in plan.steps for dose in step.doses):
        known = medicine_record(diary.lines).of(plan.drug).known(last, since=first)
        taken = {day: Fraction(mg) for day, mg in known.items()}
    return tapering.side_by_side(plan, taken, first, last)
