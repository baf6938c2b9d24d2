"""The record of every drug: built in one pass over the lines that stand, asked day by day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from landward.model.bodies import Body, DoseTaken, PlanAdopted, PlanStep, Prescription
from landward.model.entries import Entry
from landward.model.journal import unproved
from landward.model.medicines.day_dose import DayDose, DayState, DoseLine, day_dose, not_known
from landward.model.medicines.going_on import choices_in
from landward.model.medicines.levels import DoseChange, DoseLevel, Way, way_until
from landward.model.medicines.planned import Planned, planned_by_drug
from landward.model.medicines.supply import Supply, supply_left

LOOK_BACK_DAYS = 7
"""The last days that stand as written beside the settled dose, in which a stop is looked for."""

STOP_DAYS = 2
"""So many planned days not taken among the last `LOOK_BACK_DAYS` are said first."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """One copied label: from which day it holds, and the day it was written down."""

    since: dt.date
    written: dt.date
    body: Prescription
    entry_id: str


@dataclass(frozen=True, slots=True)
class Medicine:
    """One drug: what was ordered, planned and taken of it. Every question is about a day."""

    drug: str
    days: Mapping[dt.date, DayDose]
    """Days with at least one written dose, in date order."""
    planned: Planned
    ordered: tuple[Ordered, ...]
    """Every standing prescription, by the day it holds from."""

    @property
    def own_word(self) -> str:
        """The person's own word for it, as last written; the drug's name where they have none. A
        line that anybody could have sealed gives no medicine a name.
        """
        words = [one.body.own_word for one in self.ordered]
        words += [
            body.own_word
            for dose in self.days.values()
            for entry, body in dose.lines
            if body.own_word and not unproved(entry)
        ]
        return next((word for word in reversed(words) if word), self.drug)

    def on(self, day: dt.date) -> DayDose:
        """What is known of a day."""
        return self.days.get(day) or not_known(day)

    def known(self, until: dt.date, since: dt.date = dt.date.min) -> dict[dt.date, Decimal]:
        """The regular amount of each known day from `since` to `until`, in date order."""
        return {
            day: dose.taken_mg
            for day, dose in self.days.items()
            if since <= day <= until and dose.taken_mg is not None
        }

    def planned_mg(self, day: dt.date) -> Decimal | None:
        """What the adopted plans say for a day; None where they say nothing."""
        return self.planned.on(day)

    def prescription(self, day: dt.date) -> Prescription | None:
        """The label that holds on a day: the one with the latest first day."""
        found = [one.body for one in self.ordered if one.since <= day]
        return found[-1] if found else None

    def prescribed_mg(self, day: dt.date) -> Decimal | None:
        """Milligrams a day on the label that holds on a day; 0 where it was ended."""
        body = self.prescription(day)
        return body.dose_mg_per_day if body else None

    def expected_mg(self, day: dt.date) -> Decimal | None:
        """What is to be taken on a day: the planned dose, the prescribed one without a plan."""
        planned = self.planned.on(day)
        return self.prescribed_mg(day) if planned is None else planned

    def way(self, until: dt.date) -> Way:
        """What lasted up to a day: the levels, the changes, the settled dose. Nothing after it."""
        return way_until(self.known(until), until)

    def settled_mg(self, on: dt.date) -> Decimal | None:
        """The settled dose as far as it is known on a day; None where there is none now."""
        return self.way(on).settled_mg

    def levels(self, until: dt.date) -> tuple[DoseLevel, ...]:
        """Every amount that was held, up to a day."""
        return self.way(until).levels

    def changes(self, until: dt.date) -> tuple[DoseChange, ...]:
        """Every lasting change up to a day."""
        return self.way(until).changes

    def last_known(self, on: dt.date) -> dt.date | None:
        """The last day up to `on` whose regular dose is known."""
        return max(self.known(on), default=None)

    def last_written(self, on: dt.date) -> dt.date | None:
        """The last day up to `on` of which anything is written."""
        return max((day for day in self.days if day <= on), default=None)

    def last_days(self, on: dt.date, days: int = LOOK_BACK_DAYS) -> tuple[DayDose, ...]:
        """The last days as written, the latest last, `on` included."""
        return tuple(self.on(on - dt.timedelta(days=back)) for back in range(days - 1, -1, -1))

    def missed_days(self, on: dt.date) -> tuple[dt.date, ...]:
        """The days among the last seven that were planned above 0 and not taken."""
        return tuple(
            dose.day
            for dose in self.last_days(on)
            if dose.state is DayState.NOT_TAKEN and self.expected_mg(dose.day)
        )

    def stopped_days(self, on: dt.date) -> tuple[dt.date, ...]:
        """These days where they are more than one: that is said before everything else."""
        found = self.missed_days(on)
        return found if len(found) >= STOP_DAYS else ()

    def supply(self, on: dt.date) -> Supply | None:
        """What is left of the last dispensed amount at the end of a day; None where unknown."""
        given = [
            (one.written, one.body.supply_mg)
            for one in sorted(self.ordered, key=lambda one: one.written)
            if one.body.supply_mg is not None and one.written <= on
        ]
        return supply_left(self.drug, given[-1], on, self.on, self.expected_mg) if given else None


@dataclass(frozen=True, slots=True)
class MedicineRecord:
    """Every drug that was taken, planned or prescribed, by name."""

    medicines: Mapping[str, Medicine]

    @property
    def drugs(self) -> tuple[str, ...]:
        """Every drug of the record, by name."""
        return tuple(self.medicines)

    @property
    def taken_drugs(self) -> tuple[str, ...]:
        """The drugs of which a dose was written, by name."""
        return tuple(drug for drug, one in self.medicines.items() if one.days)

    @property
    def regular_drugs(self) -> tuple[str, ...]:
        """The drugs whose regular dose is known of some day, by name."""
        return tuple(drug for drug, one in self.medicines.items() if one.known(dt.date.max))

    def of(self, drug: str) -> Medicine:
        """One drug; an empty record where nothing is written of it."""
        return self.medicines.get(drug) or Medicine(drug, {}, Planned(), ())

    def with_orders_of(self, other: "MedicineRecord") -> "MedicineRecord":
        """These doses with what another record knows to be planned and prescribed."""
        drugs = sorted({*self.medicines, *other.medicines})
        return MedicineRecord(
            {
                drug: replace(
                    self.of(drug), planned=other.of(drug).planned, ordered=other.of(drug).ordered
                )
                for drug in drugs
            }
        )


def medicine_record(lines: Iterable[tuple[Entry, Body]]) -> MedicineRecord:
    """The record of standing lines in display order: a diary's, or those of a few days.

    Lines of other kinds are passed over. The doses of a day depend on that day's lines only (and
    on a rival written for another day), so a few days give the same as the whole diary.
    """
    doses: defaultdict[str, defaultdict[dt.date, list[DoseLine]]] = defaultdict(
        lambda: defaultdict(list)
    )
    ordered: defaultdict[str, list[Ordered]] = defaultdict(list)
    plans: list[tuple[str, PlanAdopted]] = []
    said: defaultdict[str, list[tuple[Entry, PlanStep]]] = defaultdict(list)
    replacing: dict[str, list[str]] = {}
    for entry, body in lines:
        if isinstance(body, DoseTaken):
            doses[body.drug][entry.date].append((entry, body))
            for old in entry.replaces:
                replacing.setdefault(old, []).append(entry.id)
        elif isinstance(body, Prescription):
            since = body.started_on or entry.date
            ordered[body.drug].append(Ordered(since, entry.date, body, entry.id))
        elif isinstance(body, PlanAdopted):
            plans.append((entry.id, body))
        elif isinstance(body, PlanStep):
            said[body.plan].append((entry, body))
    planned = planned_by_drug((body, choices_in(said[name])) for name, body in plans)
    rivals = frozenset(one for group in replacing.values() for one in group[:-1])
    return MedicineRecord(
        {
            drug: Medicine(
                drug,
                {day: day_dose(day, there, rivals) for day, there in doses[drug].items()},
                planned.get(drug, Planned()),
                tuple(sorted(ordered[drug], key=lambda one: one.since)),
            )
            for drug in sorted({*doses, *ordered, *planned})
        }
    )
