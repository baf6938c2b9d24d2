"""What the app may show before unlocking, and what of it the person chose to let be seen.

Looks and country are no secret. Names of symptoms, the drug, an emergency card and a safety plan
are put outside only by choice; answers never are.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from pydantic import ConfigDict, Field, ValidationError, model_validator

from landward.app.diary.profile import Person, Pin, PlannedDose
from landward.app.diary.settings import BY_NAME, Settings
from landward.model.base import Frozen
from landward.model.said import phrase
from landward.vault.outside import read_outside, stamp, write_outside

STEPS_AHEAD_DAYS = 120
"""How far ahead planned doses are put outside, where the person chose to show them at all."""

PLAN_PARTS = tuple(one for one in BY_NAME.values() if one.name.startswith("plan."))
"""The parts of a safety plan."""


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
    """What is readable with the vault locked.

    The file may have been written by another version of Landward: what is not known here is kept
    in it, and a part of another shape counts as not there.
    """

    model_config = ConfigDict(extra="allow")

    seen: dict[str, str] = Field(default_factory=dict)
    """The settings that may be seen, as they are stored, by name."""
    pins: tuple[Pin, ...] = ()
    doses: tuple[PlannedDose, ...] = ()
    shows_doses: bool = False
    """Whether the person chose to see, while locked, that a dose was written."""
    doses_a_day: tuple[int, ...] = ()
    """How many times a day each medicine is taken, where that may be seen; no names."""
    written: WrittenToday = WrittenToday()

    @model_validator(mode="before")
    @classmethod
    def _as_first_written(cls, found: Any) -> Any:
        """The first version kept each setting beside the rest, and the plan by its headings."""
        if not isinstance(found, dict) or "seen" in found:
            return found
        seen = {name: text for name, text in found.items() if _is_text_of_setting(name, text)}
        if isinstance(asked := found.get("asked"), list):
            seen["asked"] = " ".join(map(str, asked))
        headings = {one.words: one.name for one in PLAN_PARTS}
        plan = found.get("plan")
        for pair in plan if isinstance(plan, list) else ():
            match pair:
                case [str(heading), str(text)] if heading in headings:
                    seen[headings[heading]] = text
        rest = {name: value for name, value in found.items() if name not in FIRST_SETTINGS}
        return rest | {"seen": seen}

    @property
    def settings(self) -> Settings:
        """What may be seen of the person's choices; the defaults of all others."""
        return Settings(self.seen)

    @property
    def plan(self) -> tuple[tuple[str, str], ...]:
        """The safety plan, where it may be seen: (heading, their words)."""
        return safety_plan(self.settings)

    def saying(self, **settings: str) -> Self:
        """The view with some settings otherwise, by the names they are stored under."""
        return self.model_copy(update={"seen": {**self.seen, **settings}})

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
        return phrase(
            "{count}{of}, last at {doses}",
            count=count,
            of=of,
            doses=max(dose.at for dose in self.written.doses),
        )

    def planned(self, day: dt.date) -> tuple[PlannedDose, ...]:
        """The planned dose of each named drug on a day, above zero."""
        latest = {dose.drug: dose for dose in self.doses if dose.since <= day}
        return tuple(dose for dose in latest.values() if dose.mg_per_day > 0)


def outside_of(me: Person, today: dt.date, before: LockedView | None = None) -> LockedView:
    """What may be seen outside, given the person's choices; of what was seen `before`, the doses
    written today stay.
    """
    shows = me.settings.doses_outside
    named = me.settings.locked_page == "named"
    old = before or LockedView()
    newer = {name: text for name, text in old.seen.items() if name not in BY_NAME}
    written = old.written if shows else WrittenToday()
    return LockedView(
        seen=newer | me.settings.seen_while_locked,
        pins=me.pins if named else (),
        doses=_doses(me, today) if named else (),
        shows_doses=shows,
        doses_a_day=_doses_a_day(me, today) if shows else (),
        written=written if written.day == today else WrittenToday(),
    ).model_copy(update=old.model_extra or {})


FIRST_SETTINGS = ("theme", "text", "country", "app_name", "day_starts_at", "asked", "card", "plan")
"""What the first version kept at the top of the file."""


def _is_text_of_setting(name: str, text: object) -> bool:
    return name in FIRST_SETTINGS and name in BY_NAME and isinstance(text, str)


def _doses_a_day(me: Person, today: dt.date) -> tuple[int, ...]:
    times = {regimen.drug: len(regimen.times) for regimen in me.current(today)}
    return tuple(max(1, times.get(dose.drug, 1)) for dose in planned_now(me, today))


def safety_plan(settings: Settings) -> tuple[tuple[str, str], ...]:
    """The person's own safety plan: (heading, their words), empty parts left out."""
    said = ((part.words, settings.text(part.name)) for part in PLAN_PARTS)
    return tuple((heading, words) for heading, words in said if words)


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
    found = read_outside(path)
    try:
        return LockedView.model_validate(found)
    except ValidationError as error:
        strange = {str(problem["loc"][0]) for problem in error.errors() if problem["loc"]}
        rest = {name: value for name, value in found.items() if name not in strange}
        return LockedView.model_validate(rest) if strange else LockedView()


def outside_stamp(path: Path) -> object:
    """What differs whenever what is shown outside was written anew."""
    return stamp(path)


def save_outside(path: Path, outside: LockedView) -> None:
    """Write it where it differs from what is there. Raises CouldNotSave."""
    if load_outside(path) != outside or not read_outside(path):
        write_outside(path, outside.model_dump(mode="json"))
