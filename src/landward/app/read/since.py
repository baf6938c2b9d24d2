"""What changed since the last visit, the last cut, or three months ago: two stretches of days."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from landward.app.diary.readable import Readable
from landward.app.read.journey_lanes import FEELING_ITEMS
from landward.app.read.journey_whole import Answered, item_answers, whole_of
from landward.engines.patterns.series import Floats
from landward.engines.patterns.two_stretches import difference
from landward.model.bodies import Shared
from landward.model.diary import Diary
from landward.model.medicines import MedicineRecord
from landward.report.readings.since import Change, DoseThen, Since, Stretch
from landward.report.words import quantile

THREE_MONTHS = 91
SHORTEST, LONGEST = 14, 84
"""The days before are as many as those since, at least two weeks and at most twelve."""
VISIT, CUT, MONTHS = "visit", "cut", "months"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day to look from, and what happened on it."""

    name: str
    day: dt.date


def anchors(diary: Readable, from_here: dt.date | None = None) -> tuple[Anchor, ...]:
    """The days that can be looked from: each with an entry before it and one since."""
    whole = whole_of(diary, from_here)
    found = (
        (VISIT, _last_visit(whole.diary)),
        (CUT, _last_cut(whole.medicines, whole.last)),
        (MONTHS, whole.last - dt.timedelta(days=THREE_MONTHS - 1)),
    )
    return tuple(
        Anchor(name, day) for name, day in found if day and whole.first < day <= whole.last
    )


def _last_visit(diary: Diary) -> dt.date | None:
    """The last day a page was made for somebody: the nearest the diary knows to a visit."""
    return max((entry.date for entry, _ in diary.of(Shared)), default=None)


def _last_cut(medicines: MedicineRecord, last: dt.date) -> dt.date | None:
    days = [
        change.day
        for drug in medicines.taken_drugs
        for change in medicines.of(drug).changes(last)
        if change.to_mg < change.from_mg
    ]
    return max(days, default=None)


def read_since(diary: Readable, day: dt.date, from_here: dt.date | None = None) -> Since:
    """Every watched item before and since a day, each with how far its middle moved."""
    whole = whole_of(diary, from_here)
    since = (whole.last - day).days + 1
    span = min(max(since, SHORTEST), LONGEST)
    first = max(whole.first, day - dt.timedelta(days=span))
    before, after = (first, day - dt.timedelta(days=1)), (day, whole.last)
    pins = [pin.item for pin in diary.me.pins]
    items = [whole.answered, *(item_answers(diary, item) for item in (*pins, *FEELING_ITEMS))]
    return Since(
        day=day,
        before=before,
        after=after,
        changes=tuple(_change(one, before, after) for one in items if one.main),
        doses=_doses(whole.medicines, before, after),
    )


Days = tuple[dt.date, dt.date]


def _change(item: Answered, before: Days, after: Days) -> Change:
    then, now = (_values(item, days) for days in (before, after))
    return Change(
        name=item.name,
        better_up=item.scale.better == "up",
        feeling=item.item in FEELING_ITEMS,
        before=_stretch(then),
        after=_stretch(now),
        moved=difference(then, now),
    )


def _values(item: Answered, days: Days) -> Floats:
    first, last = days
    known: Sequence[float] = [
        item.main.get(day, np.nan) for day in range(first.toordinal(), last.toordinal() + 1)
    ]
    return np.asarray(known, dtype=float)


def _stretch(values: Floats) -> Stretch:
    known = values[np.isfinite(values)].tolist()
    if not known:
        return Stretch(answered=0, days=len(values))
    low, middle, high = (quantile(known, share) for share in (0.25, 0.5, 0.75))
    return Stretch(answered=len(known), days=len(values), middle=middle, low=low, high=high)


def _doses(medicines: MedicineRecord, before: Days, after: Days) -> tuple[DoseThen, ...]:
    found = []
    for drug in medicines.taken_drugs:
        medicine = medicines.of(drug)
        then, now = medicine.settled_mg(before[1]), medicine.settled_mg(after[1])
        if then is not None or now is not None:
            held = [change.to_mg for change in medicine.changes(after[1]) if change.day >= after[0]]
            between = tuple(held[:-1] if held and held[-1] == now else held)
            found.append(DoseThen(drug=drug, before_mg=then, after_mg=now, between_mg=between))
    return tuple(found)
