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
from landward.model.moment import DAY_STARTS_AT
from landward.vault.outside import read_outside, stamp, write_outside

STEPS_AHEAD_DAYS = 120
"""How far ahead planned doses are put outside, where the person chose to show them at all."""

SAFETY_PLAN = (
    ("plan.signs", "How I notice it is getting dangerous"),
    ("plan.steps", "What helps me through an hour"),
    ("plan.people", "Who I call, with numbers"),
    ("plan.safer", "What I do to make home safer (fewer tablets at home)"),
)


class WrittenDose(Frozen):
    """That a dose was written: by its entry, when, and whether it spoke for the whole day."""

    entry_id: str
    at: str
    whole_day: bool = False


class WrittenToday(Frozen):
    """The doses this installation saved on one day: times, no names, no amounts."""

    day: dt.date | None = None
    doses: tuple[WrittenDose, ...] = ()


class LockedView(Frozen):
    """What is readable with the vault locked."""

    theme: str = "dim"
    text: str = "100"
    country: str = ""
    app_name: str = ""
    day_starts_at: str = "04:00"
    pins: tuple[Pin, ...] = ()
    asked: tuple[str, ...] = ()
    """Optional questions the person chose, by id: our own words, nothing about the person."""
    doses: tuple[PlannedDose, ...] = ()
    card: str = ""
    plan: tuple[tuple[str, str], ...] = ()
    shows_doses: bool = False
    """Whether the person chose to see, while locked, that a dose was written."""
    doses_a_day: tuple[int, ...] = ()
    """How many times a day each medicine is taken, where that may be seen; no names."""
    written: WrittenToday = WrittenToday()

    @property
    def day_turns_at(self) -> dt.time:
        """When the person's day turns."""
        try:
            return dt.time.fromisoformat(self.day_starts_at).replace(tzinfo=None)
        except ValueError:
            return DAY_STARTS_AT

    def doses_written(self, day: dt.date) -> str:
        """“1 of 2, last at 21:04” for a day, or "" where nothing may be said."""
        if not self.shows_doses or self.written.day != day or not self.written.doses:
            return ""
        whole = sum(dose.whole_day for dose in self.written.doses)
        count = len(self.written.doses) - whole + sum(sorted(self.doses_a_day)[:whole])
        total = sum(self.doses_a_day)
        if not total:
            count = len(self.written.doses)
        of = f" of {total}" if total >= count else ""
        return f"{count}{of}, last at {max(dose.at for dose in self.written.doses)}"

    def planned(self, day: dt.date) -> tuple[PlannedDose, ...]:
        """The planned dose of each named drug on a day, above zero."""
        latest = {dose.drug: dose for dose in self.doses if dose.since <= day}
        return tuple(dose for dose in latest.values() if dose.mg_per_day > 0)


def outside_of(me: Person, today: dt.date, before: LockedView | None = None) -> LockedView:
    """What may be seen outside, given the person's choices; of what was seen `before`, the doses
    written today stay.
    """
    shows = me["doses_outside"] == "yes"
    written = before.written if before is not None and shows else WrittenToday()
    named = me["locked_page"] == "named"
    return LockedView(
        theme=me["theme"],
        text=me["text"],
        country=me["country"],
        app_name=me["app_name"],
        day_starts_at=me["day_starts_at"],
        pins=me.pins if named else (),
        asked=tuple(me["asked"].split()),
        doses=_doses(me, today) if named else (),
        card=me["card"] if me["card_outside"] == "yes" else "",
        plan=safety_plan(me) if me["plan_outside"] == "yes" else (),
        shows_doses=shows,
        doses_a_day=_doses_a_day(me, today) if shows else (),
        written=written if written.day == today else WrittenToday(),
    )


def _doses_a_day(me: Person, today: dt.date) -> tuple[int, ...]:
    times = {regimen.drug: len(regimen.times) for regimen in me.current(today)}
    return tuple(max(1, times.get(dose.drug, 1)) for dose in planned_now(me, today))


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


def outside_stamp(path: Path) -> object:
    """What differs whenever what is shown outside was written anew."""
    return stamp(path)


def save_outside(path: Path, outside: LockedView) -> None:
    """Write it where it differs from what is there. Raises CouldNotSave."""
    if load_outside(path) != outside or not read_outside(path):
        write_outside(path, outside.model_dump(mode="json"))
