"""Who the diary is about, as they said it: facts, pins, choices. Last word per field counts."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from landward.app.library.known_words import KNOWN
from landward.model.base import Frozen
from landward.model.bodies import PlanAdopted, Prescription, Profile, read_body
from landward.model.entries import Entry
from landward.model.identity import labels_in
from landward.model.moment import DAY_STARTS_AT

FIELDS: Mapping[str, str] = {
    "country": "",
    "age_band": "",
    "attempts": "",
    "pins": "",
    "names": "{}",
    "before": "",
    "rhythm": "daily",
    "weekday": "6",
    "charts": "shown",
    "spells": "off",
    "lag": "off",
    "theme": "dim",
    "text": "100",
    "lock_after_min": "10",
    "locked_page": "plain",
    "doses_outside": "",
    "app_name": "",
    "better_note": "",
    "better_note_from": "7",
    "card": "",
    "card_outside": "no",
    "plan.signs": "",
    "plan.steps": "",
    "plan.people": "",
    "plan.safer": "",
    "plan_outside": "no",
    "day_starts_at": "04:00",
    "setup": "",
    "supervision_asked": "",
}
"""Every field of the profile and what holds until the person says otherwise."""


class Pin(Frozen):
    """A symptom the person chose to see every day, under their own words."""

    item: str
    label: str


class Regimen(Frozen):
    """One drug as prescribed, in the person's copy of the label."""

    entry_id: str
    drug: str
    mg_per_day: Decimal
    since: dt.date
    own_word: str = ""
    times: tuple[str, ...] = ()
    form: str = ""
    supply_mg: Decimal | None = None
    supply_on: dt.date | None = None
    """The day the supply was written down: what was taken before it came from an earlier box."""
    why: str = ""


class PlannedDose(Frozen):
    """What an adopted plan says from one day on, in mg a day."""

    drug: str
    since: dt.date
    mg_per_day: Decimal


class Person:
    """The profile fold: fields with their defaults, prescriptions, and adopted plans."""

    def __init__(
        self,
        fields: Mapping[str, str],
        regimens: tuple[Regimen, ...],
        planned: tuple[PlannedDose, ...],
    ) -> None:
        self.fields = {**FIELDS, **fields}
        self.regimens = regimens
        """Every standing prescription, oldest first."""
        self.planned = planned
        """Every step of the adopted plans, by date."""

    def __getitem__(self, field: str) -> str:
        return self.fields.get(field, "")

    @cached_property
    def names(self) -> dict[str, str]:
        """The person's own words for items, by item id."""
        return {str(key): str(value) for key, value in _json_object(self["names"]).items()}

    @cached_property
    def pins(self) -> tuple[Pin, ...]:
        """The pinned symptoms, in the person's order."""
        items = [item for item in self["pins"].split() if item]
        return tuple(Pin(item=item, label=self.label(item)) for item in items)

    def label(self, item: str) -> str:
        """The words for an item: the person's own, else its id made readable."""
        return self.names.get(item) or item.rsplit(":", 1)[-1].replace("_", " ").capitalize()

    @property
    def day_starts_at(self) -> dt.time:
        """When the person's day turns."""
        try:
            return dt.time.fromisoformat(self["day_starts_at"]).replace(tzinfo=None)
        except ValueError:
            return DAY_STARTS_AT

    def current(self, day: dt.date) -> tuple[Regimen, ...]:
        """What is prescribed on a day: the latest prescription of each drug with a dose above 0."""
        latest: dict[str, Regimen] = {}
        for regimen in self.regimens:
            if regimen.since <= day:
                latest[regimen.drug] = regimen
        return tuple(r for r in latest.values() if r.mg_per_day > 0)

    def planned_mg(self, drug: str, day: dt.date) -> Decimal | None:
        """What the adopted plan, else the prescription, says for one drug on a day."""
        steps = [step for step in self.planned if step.drug == drug and step.since <= day]
        if steps:
            return steps[-1].mg_per_day
        return next((r.mg_per_day for r in self.current(day) if r.drug == drug), None)

    def drugs(self, day: dt.date) -> tuple[str, ...]:
        """The drugs of a day: prescribed ones, then ones only a plan names."""
        prescribed = [regimen.drug for regimen in self.current(day)]
        planned = [step.drug for step in self.planned if step.since <= day]
        return tuple(dict.fromkeys([*prescribed, *planned]))

    def is_asked_on(self, day: dt.date) -> bool:
        """Whether the person's own rhythm asks for anything on this day."""
        weekday = int(self["weekday"]) if self["weekday"].isdigit() else 6
        return {
            "daily": True,
            "twice": day.weekday() in (weekday, (weekday + 3) % 7),
            "weekly": day.weekday() == weekday,
            "resting": False,
        }.get(self["rhythm"], True)


def read_me(entries: Iterable[Entry]) -> Person:
    """Fold standing profile, prescription and plan entries, given in display order."""
    pool = tuple(entries)
    names = KNOWN.knowing(labels_in(_profiles(pool)))
    fields: dict[str, str] = {}
    regimens: list[Regimen] = []
    planned: list[PlannedDose] = []
    for entry in sorted(pool, key=lambda entry: (entry.recorded_at, entry.device, entry.seq)):
        try:
            body = names.read(entry)
        except ValueError:
            continue
        if isinstance(body, Profile):
            fields.update(body.fields)
        elif isinstance(body, Prescription):
            regimens.append(_regimen(entry, body))
        elif isinstance(body, PlanAdopted):
            steps = _steps(body)
            drugs = {step.drug for step in steps}
            planned = [step for step in planned if step.drug not in drugs] + steps
    regimens.sort(key=lambda regimen: regimen.since)
    planned.sort(key=lambda step: step.since)
    return Person(fields, tuple(regimens), tuple(planned))


def _profiles(entries: Iterable[Entry]) -> Iterator[Profile]:
    for entry in entries:
        if entry.kind == Profile.kind:
            with suppress(ValueError):
                body = read_body(entry)
                if isinstance(body, Profile):
                    yield body


def _regimen(entry: Entry, body: Prescription) -> Regimen:
    return Regimen(
        entry_id=entry.id,
        drug=body.drug,
        mg_per_day=body.dose_mg_per_day,
        since=body.started_on or entry.date,
        own_word=body.own_word,
        times=body.times,
        form=body.form,
        supply_mg=body.supply_mg,
        supply_on=entry.date,
        why=body.why,
    )


def _steps(body: PlanAdopted) -> list[PlannedDose]:
    """The steps of a stored plan, as they stand in it; a plan we cannot read has none."""
    plan = _json_object(body.plan)
    drug = plan.get("drug")
    steps = plan.get("steps")
    if not isinstance(drug, str) or not isinstance(steps, list):
        return []
    found = []
    for step in steps:
        try:
            since = dt.date.fromisoformat(step["start"])
            amount = Fraction(str(step["made_mg"]))
            mg = Decimal(amount.numerator) / Decimal(amount.denominator)
            found.append(PlannedDose(drug=drug, since=since, mg_per_day=mg))
        except (KeyError, TypeError, ValueError, ArithmeticError):
            return []
    return found


def _json_object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
