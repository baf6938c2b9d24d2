"""Who the diary is about, as they said it: facts, pins, choices. Last word per field counts."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any

from landward.app.diary.settings import DEFAULTS, Settings
from landward.app.library.known_words import KNOWN
from landward.model.base import Frozen
from landward.model.bodies import (
    Body,
    CheckIn,
    PlanAdopted,
    PlanStep,
    Prescription,
    Profile,
    read_body,
)
from landward.model.entries import Entry
from landward.model.identity import Names, labels_in
from landward.model.journal import JournalIndex, unproved
from landward.model.medicines import MedicineRecord, medicine_record
from landward.model.medicines.record import Ordered

KINDS_READ = frozenset({Profile.kind, Prescription.kind, PlanAdopted.kind, PlanStep.kind})


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
    """The profile fold: fields with their defaults, and what is prescribed and planned."""

    def __init__(
        self,
        fields: Mapping[str, str],
        medicines: MedicineRecord,
        said: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.fields = {**DEFAULTS, **fields}
        self.settings = Settings(self.fields)
        """The person's choices, typed."""
        self.medicines = medicines
        """Prescriptions and adopted plans by drug; the doses themselves are not in it."""
        self.said = said
        """Words for items that stand in check-ins, by item: the profile's own come before them."""

    def stated(self, field: str) -> str:
        """What the profile holds under a name, "" for nothing: answers that are no settings."""
        return self.fields.get(field, "")

    @cached_property
    def names(self) -> dict[str, str]:
        """The person's own words for items, by item id."""
        own = {str(key): str(value) for key, value in _json_object(self.settings.names).items()}
        return {**self.said, **own}

    @cached_property
    def pins(self) -> tuple[Pin, ...]:
        """The pinned symptoms, in the person's order."""
        return tuple(Pin(item=item, label=self.label(item)) for item in self.settings.pins)

    def label(self, item: str) -> str:
        """The words for an item: the person's own, else its id made readable."""
        return self.names.get(item) or item.rsplit(":", 1)[-1].replace("_", " ").capitalize()

    @cached_property
    def regimens(self) -> tuple[Regimen, ...]:
        """Every standing prescription, by the day it holds from."""
        found = [
            _regimen(drug, ordered)
            for drug, medicine in self.medicines.medicines.items()
            for ordered in medicine.ordered
        ]
        return tuple(sorted(found, key=lambda regimen: (regimen.since, regimen.drug)))

    @cached_property
    def planned(self) -> tuple[PlannedDose, ...]:
        """Every step of the adopted plans, by date."""
        found = [
            PlannedDose(drug=drug, since=step.start, mg_per_day=step.mg)
            for drug, medicine in self.medicines.medicines.items()
            for step in medicine.planned.steps
        ]
        return tuple(sorted(found, key=lambda step: (step.since, step.drug)))

    def current(self, day: dt.date) -> tuple[Regimen, ...]:
        """What is prescribed on a day: the latest prescription of each drug with a dose above 0."""
        latest = {regimen.drug: regimen for regimen in self.regimens if regimen.since <= day}
        return tuple(r for r in latest.values() if r.mg_per_day > 0)

    def planned_mg(self, drug: str, day: dt.date) -> Decimal | None:
        """What the adopted plan, else the prescription above 0, says for one drug on a day."""
        medicine = self.medicines.of(drug)
        planned = medicine.planned_mg(day)
        return (medicine.prescribed_mg(day) or None) if planned is None else planned

    def drugs(self, day: dt.date) -> tuple[str, ...]:
        """The drugs of a day: prescribed ones, then ones only a plan names."""
        prescribed = [regimen.drug for regimen in self.current(day)]
        planned = [step.drug for step in self.planned if step.since <= day]
        return tuple(dict.fromkeys([*prescribed, *planned]))

    def is_asked_on(self, day: dt.date) -> bool:
        """Whether the person's own rhythm asks for anything on this day."""
        weekday = self.settings.weekday
        return {
            "daily": True,
            "twice": day.weekday() in (weekday, (weekday + 3) % 7),
            "weekly": day.weekday() == weekday,
            "resting": False,
        }.get(self.settings.rhythm, True)


OWN = "own:"
WORDS = '"words"'
"""Stands in the body of every check-in that says what it calls its items."""


def words_said(entry: Entry) -> Mapping[str, str]:
    """What a check-in calls items whose ids do not say it; seldom anything."""
    if entry.kind != CheckIn.kind or WORDS not in entry.body:
        return {}
    words = _json_object(entry.body).get("words")
    return {str(item): str(said) for item, said in words.items()} if isinstance(words, dict) else {}


def take_words(known: dict[str, str], entry: Entry) -> bool:
    """Add to `known` what a check-in calls its items; whether it called them anything.

    A line anybody could have sealed names only items of the person's own that have no name yet.
    """
    said = words_said(entry)
    if said and unproved(entry):
        said = {i: w for i, w in said.items() if i.startswith(OWN) and i not in known}
    known |= said
    return bool(said)


def read_me(entries: Iterable[Entry], said: Mapping[str, str] = MappingProxyType({})) -> Person:
    """Fold standing profile, prescription and plan entries, given in display order.

    `said` are words for items from check-ins.
    """
    pool = tuple(entries)
    names = KNOWN.knowing(labels_in(_profiles(pool)))
    fields: dict[str, str] = {}
    lines: list[tuple[Entry, Body]] = []
    profiles: list[tuple[Entry, Profile]] = []
    for entry in pool:
        if entry.kind not in KINDS_READ:
            continue
        try:
            body = names.read(entry)
        except ValueError:
            continue
        if isinstance(body, Profile):
            profiles.append((entry, body))
        elif body is not None:
            lines.append((entry, body))
    profiles.sort(key=lambda pair: (pair[0].recorded_at, pair[0].device, pair[0].seq))
    for _, profile in profiles:
        fields.update(profile.fields)
    return Person(fields, medicine_record(lines), said)


def names_in(index: JournalIndex) -> Names:
    """What the words of a journal mean, the person's own names for symptoms included."""
    return KNOWN.knowing(labels_in(_profiles(index.of_kinds({Profile.kind}))))


def _profiles(entries: Iterable[Entry]) -> Iterator[Profile]:
    for entry in entries:
        if entry.kind == Profile.kind:
            with suppress(ValueError):
                body = read_body(entry)
                if isinstance(body, Profile):
                    yield body


def _regimen(drug: str, ordered: Ordered) -> Regimen:
    body = ordered.body
    return Regimen(
        entry_id=ordered.entry_id,
        drug=drug,
        mg_per_day=body.dose_mg_per_day,
        since=ordered.since,
        own_word=body.own_word,
        times=body.times,
        form=body.form,
        supply_mg=body.supply_mg,
        supply_on=ordered.written,
        why=body.why,
    )


def _json_object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
