"""What the app may show before unlocking, and what of it the person chose to let be seen.

Looks and country are no secret. Names of symptoms, the drug, an emergency card and a safety plan
are put outside only by choice; answers never are.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from landward.app.diary.profile import Person, Pin, PlannedDose
from landward.model.base import Frozen
from landward.vault.outside import read_outside, write_outside

STEPS_AHEAD_DAYS = 120
"""How far ahead planned doses are put outside, where the person chose to show them at all."""

SAFETY_PLAN = (
    ("plan.signs", "How I notice it is getting dangerous"),
    ("plan.steps", "What helps me through an hour"),
    ("plan.people", "Who I call, with numbers"),
    ("plan.safer", "What I do to make home safer (fewer tablets at home)"),
)


class LockedView(Frozen):
    """What is readable with the vault locked."""

    theme: str = "dim"
    text: str = "100"
    country: str = ""
    app_name: str = ""
    day_starts_at: str = "04:00"
    pins: tuple[Pin, ...] = ()
    doses: tuple[PlannedDose, ...] = ()
    card: str = ""
    plan: tuple[tuple[str, str], ...] = ()

    def planned(self, day: dt.date) -> tuple[PlannedDose, ...]:
        """The planned dose of each named drug on a day, above zero."""
        latest = {dose.drug: dose for dose in self.doses if dose.since <= day}
        return tuple(dose for dose in latest.values() if dose.mg_per_day > 0)


def outside_of(me: Person, today: dt.date) -> LockedView:
    """What may be seen outside, given the person's choices."""
    named = me["locked_page"] == "named"
    return LockedView(
        theme=me["theme"],
        text=me["text"],
        country=me["country"],
        app_name=me["app_name"],
        day_starts_at=me["day_starts_at"],
        pins=me.pins if named else (),
        doses=_doses(me, today) if named else (),
        card=me["card"] if me["card_outside"] == "yes" else "",
        plan=safety_plan(me) if me["plan_outside"] == "yes" else (),
    )


def safety_plan(me: Person) -> tuple[tuple[str, str], ...]:
    """The person's own safety plan: (heading, their words), empty parts left out."""
    return tuple((heading, me[field]) for field, heading in SAFETY_PLAN if me[field])


def _doses(me: Person, today: dt.date) -> tuple[PlannedDose, ...]:
    found = []
    for drug in me.drugs(today):
        mg = me.planned_mg(drug, today)
        if mg is not None:
            found.append(PlannedDose(drug=drug, since=dt.date(1900, 1, 1), mg_per_day=mg))
    horizon = today + dt.timedelta(days=STEPS_AHEAD_DAYS)
    found += [step for step in me.planned if today < step.since <= horizon]
    return tuple(found)


def planned_now(me: Person, day: dt.date) -> tuple[PlannedDose, ...]:
    """The planned dose of each drug on a day, above zero, from the unlocked profile."""
    pairs = ((drug, me.planned_mg(drug, day)) for drug in me.drugs(day))
    return tuple(
        PlannedDose(drug=drug, since=day, mg_per_day=mg)
        for drug, mg in pairs
        if mg and mg > Decimal(0)
    )


def load_outside(path: Path) -> LockedView:
    """What the vault at `path` shows while locked; the plain default where there is nothing."""
    try:
        return LockedView.model_validate(read_outside(path))
    except ValidationError:
        return LockedView()


def save_outside(path: Path, outside: LockedView) -> None:
    """Write it where it differs from what is there. Raises CouldNotSave."""
    if load_outside(path) != outside or not read_outside(path):
        write_outside(path, outside.model_dump(mode="json"))
