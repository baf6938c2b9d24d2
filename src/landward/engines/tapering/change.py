"""Living with a plan: hold, re-plan from a day, and what was taken beside what was planned.

A change makes a new version and never touches the old one. Steps that are kept are copied, not
worked out again.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from landward.model.amounts import Exact, exact_text
from landward.model.base import BadInput, Frozen
from landward.model.said import phrase
from landward.model.taper import TaperPlan, TaperStep
from landward.model.taper_request import Held

BACK_UP = phrase(
    "Going back up to {mg} mg, the last dose that was bearable, is a "
    "question for your prescriber: after a lower dose the body may react "
    "more strongly to the old one. This page does not change the plan; it is "
    "a request you can bring or send."
)


def step_on(plan: TaperPlan, day: date) -> TaperStep | None:
    """The step a day belongs to; None before the plan. After its end the last dose is held."""
    found = None
    for step in plan.steps:
        if step.start <= day:
            found = step
    return found


def held_on(plan: TaperPlan, day: date) -> Fraction:
    """The planned dose of a day."""
    step = step_on(plan, day)
    return plan.from_mg if step is None else step.made_mg


def history_before(plans: Sequence[TaperPlan], day: date) -> tuple[Held, ...]:
    """The doses held up to a day, for rules that look back.

    `plans` are the versions one after another, the standing one last; each counts until the next
    begins. Versions of another drug are left out.
    """
    held: list[Held] = []
    for plan in plans:
        if plan.drug != plans[-1].drug or not plan.steps or plan.start >= day:
            continue
        held = [entry for entry in held if entry.since < plan.start]
        if not held:
            held.append(Held(since=plan.start - timedelta(days=366), mg=plan.from_mg))
        elif held[-1].mg != plan.from_mg:  # another dose than planned was taken
            held.append(Held(since=plan.start - timedelta(days=1), mg=plan.from_mg))
        held += [Held(since=step.start, mg=step.made_mg) for step in plan.steps if step.start < day]
    return tuple(held)


def split_on(plan: TaperPlan, day: date) -> tuple[Fraction, ...]:
    """The planned doses of a day, one per dose time; empty where the plan does not say them."""
    step = step_on(plan, day)
    if step is None or any(dose.drug not in ("", plan.drug) for dose in step.doses):
        return ()
    taken = {dose.at: dose.made_mg for dose in step.doses}
    if set(taken) - set(plan.times) or sum(taken.values()) != step.made_mg:
        return ()
    return tuple(taken.get(at, Fraction(0)) for at in plan.times)


def other_drugs_on(plan: TaperPlan, day: date) -> tuple[str, ...]:
    """The drugs beside the plan's own on a day: in the middle of a change-over there is one."""
    step = step_on(plan, day)
    doses = () if step is None else step.doses
    return tuple(sorted({dose.drug for dose in doses if dose.drug not in ("", plan.drug)}))


def hold(plan: TaperPlan, on: date, days: int) -> TaperPlan:
    """A new version that stays on the dose of `on` for `days` days more, then goes on as before.

    Later steps keep their doses and move by `days`. Raises BadInput for a hold outside the plan.
    """
    if not 1 <= days <= 366:
        raise BadInput(phrase("a hold of {days} days: give 1 to 366 days", days=days))
    here = step_on(plan, on)
    if here is None or on >= plan.steps[-1].end:
        raise BadInput(
            phrase("{on} is not a day of this plan, which runs {span}", on=on, span=_span(plan))
        )
    later = timedelta(days=days)
    steps = []
    for step in plan.steps:
        if step.step == here.step:
            steps.append(step.model_copy(update={"days": step.days + days}))
        elif step.start > here.start:
            steps.append(step.model_copy(update={"start": step.start + later}))
        else:
            steps.append(step)
    return plan.model_copy(
        update={
            "steps": tuple(steps),
            "version": plan.version + 1,
            "replaces": plan.version,
            "supply": (),
            "notes": (
                *plan.notes,
                phrase(
                    "Held at {exact_text} mg for {days} days more from {on}.",
                    exact_text=exact_text(here.made_mg),
                    days=days,
                    on=on,
                ),
            ),
        }
    )


def _span(plan: TaperPlan) -> str:
    return f"{plan.steps[0].start} to {plan.steps[-1].end}" if plan.steps else phrase("no days")


def ask_to_go_back(plan: TaperPlan, on: date) -> str:
    """The words of a request to the prescriber: back to the dose before the current one."""
    here = step_on(plan, on)
    doses = [plan.from_mg, *(step.made_mg for step in plan.steps if step.start <= on)]
    now = plan.from_mg if here is None else here.made_mg
    higher = [dose for dose in doses if dose > now]
    if not higher:
        raise BadInput(phrase("there is no higher dose in this plan to go back to"))
    return BACK_UP.format(mg=exact_text(min(higher)))


class DayBeside(Frozen):
    """One day: what was asked, what the plan makes, what was taken (None: not known)."""

    day: date
    planned_mg: Exact
    makeable_mg: Exact
    taken_mg: Exact | None

    @property
    def words(self) -> str:
        """“as planned”, “different” or “not known”: nothing more is said about it."""
        if self.taken_mg is None:
            return "not known"
        return "as planned" if self.taken_mg == self.makeable_mg else "different"


def side_by_side(
    plan: TaperPlan, taken_mg: Mapping[date, Fraction], first: date, last: date
) -> tuple[DayBeside, ...]:
    """Planned, makeable and taken dose of each day of the plan from `first` to `last`."""
    rows = []
    day = first
    while day <= last:
        step = step_on(plan, day)
        if step is not None and day < plan.steps[-1].end:
            rows.append(
                DayBeside(
                    day=day,
                    planned_mg=step.ideal_mg,
                    makeable_mg=step.made_mg,
                    taken_mg=taken_mg.get(day),
                )
            )
        day += timedelta(days=1)
    return tuple(rows)
