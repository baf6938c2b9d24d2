"""After the visit: what was agreed comes home, and a hold becomes a version of the plan."""

import datetime as dt

from landward.app.plan.living import adopted, hold
from landward.app.plan.standing import Standing, standing_plans
from landward.catalog import load_catalog
from landward.model.base import BadInput, Frozen
from landward.model.bodies import PlanAdopted, Profile
from landward.model.diary import Diary
from landward.model.said import Words, phrase
from landward.model.visit import HOLD, last_visit, visit_body


class Kept(Frozen):
    """What is to be saved, and what the person is told about their plan."""

    body: Profile
    plan: PlanAdopted | None
    said: Words


def after_visit(diary: Diary, what: str, who: str, until: dt.date | None, today: dt.date) -> Kept:
    """Keep what was agreed. A hold until a day is written into the one plan that stands.

    The plan's dose of today stays for so long and every later line moves; nothing else changes a
    plan here. Raises BadInput for answers that are none.
    """
    body = visit_body(what, who, until, today)
    if what != HOLD:
        return Kept(body=body, plan=None, said=phrase("Kept. Your plan is as it was."))
    standing = standing_plans(diary.lines, today)
    if not standing:
        said = phrase("Kept. There is no plan, so none was changed.")
        return Kept(body=body, plan=None, said=said)
    if len(standing) > 1 or until is None:
        said = phrase("Kept. Your plan is as it was: hold it there, if you like.")
        return Kept(body=body, plan=None, said=said)
    try:
        plan = _held(diary, standing[0], who, until, today)
    except BadInput as error:
        said = phrase("Kept. Your plan is as it was: {why}.", why=str(error))
        return Kept(body=body, plan=None, said=said)
    return Kept(
        body=body,
        plan=plan,
        said=phrase(
            "Kept, also as a new version of your plan. Every "
            "later line moved, and waits for you as before."
        ),
    )


def _held(diary: Diary, one: Standing, who: str, until: dt.date, today: dt.date) -> PlanAdopted:
    here = one.step_on(today)
    if here is None:
        raise BadInput(phrase("no line of it has begun yet, so the dose stays as it is"))
    longer = (until - here.end).days + 1
    plan = hold(load_catalog(), one.plan, today, longer) if longer > 0 else one.plan
    body, _ = adopted(
        diary, plan, who or one.agreed_with,
        confirmed=None if one.begun is None else here.step,
        agreed_on=today, today=today,
    )  # fmt: skip
    return body


def who_last(diary: Diary, today: dt.date) -> str:
    """Whom to offer: who agreed last, else who agreed to the plan."""
    visit = last_visit(diary.lines, today)
    if visit is not None and visit.who:
        return visit.who
    return next((one.agreed_with for one in standing_plans(diary.lines, today)
                 if one.agreed_with), "")  # fmt: skip
