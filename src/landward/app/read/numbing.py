"""One timeline of everything that can numb, side by side. Nothing here says which of them it is.

Each drug and its dose, the person's own stretches (a medicine for depression, depression, reminders
of a bad time, burnout), questionnaire totals where they were filled in, hours of sleep: over the
same days as the lane of feelings.
"""

import datetime as dt
from dataclasses import dataclass
from statistics import mean

from landward.app.diary.readable import Readable
from landward.app.read.journey import SLOTS, ZOOMS
from landward.app.read.journey_lanes import Period, taken
from landward.app.read.journey_whole import Known, whole_of
from landward.app.read.reach_lane import reach_lane
from landward.app.read.told import item_names
from landward.catalog import load_catalog
from landward.model.bodies import ScaleAnswers, Sleep
from landward.model.knowledge import NumbnessQuestion
from landward.model.medicines import Medicine
from landward.model.numbing import OTHERS, ToldStretch, numb_before, told_stretches
from landward.model.said import begun, phrase
from landward.report.figure.lane import Bar, Lane, Track
from landward.report.readings.numbing import before_words, drug_words, stretch_words

MOST_DRUGS = 6
HOURS_DRAWN = 12.0
"""The upper end of the lane of sleep; longer nights are drawn at it and told in the table."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What can numb, each in a lane of its own and in words, over one period."""

    first: dt.date
    last: dt.date
    slot_days: int
    lanes: tuple[Lane, ...]
    told: tuple[tuple[str, str], ...]
    """What each is and since when: the same without a picture."""
    questions: tuple[NumbnessQuestion, ...]

    @property
    def days(self) -> int:
        """Calendar days shown."""
        return (self.last - self.first).days + 1


def numbing_timeline(diary: Readable, zoom: str) -> Timeline:
    """The newest days of a diary that is not empty. Raises BadInput."""
    whole = whole_of(diary)
    shown = ZOOMS.get(zoom, 0)
    first = max(whole.first, whole.last - dt.timedelta(days=shown - 1)) if shown else whole.first
    slot = next(days for up_to, days in SLOTS if (whole.last - first).days < up_to)
    period = Period(first, whole.last, slot)
    feelings = reach_lane(diary, period)
    drugs = [whole.medicines.of(name) for name in whole.medicines.taken_drugs[:MOST_DRUGS]]
    stretches = told_stretches(diary.me.fields)
    lanes = [
        *((feelings,) if feelings else ()),
        *(_drug(drug, period) for drug in drugs),
        *(lane for one in stretches if (lane := _stretch(one, period))),
        *_totals(diary, period),
        *_sleep(diary, period),
    ]
    told = [
        (phrase("Feeling less"), before_words(numb_before(diary.me.fields))),
        *((begun(drug.drug), drug_words(drug, period.last)) for drug in drugs),
        *((OTHERS[one.thing], stretch_words(one)) for one in stretches),
    ]
    return Timeline(
        first, whole.last, slot, tuple(lanes), tuple(told), load_catalog().numbness_questions
    )


def _drug(drug: Medicine, period: Period) -> Lane:
    values = period.slots(taken(drug))
    most = max((value for value in values if value is not None), default=1.0) or 1.0
    return Lane(
        phrase("Dose: {names}", names=drug.drug), 0, most * 1.12,
        phrase("{most} mg a day", most=f"{most:g}"), "0",
        (Track(drug.drug, values, "step"),), small=True, key=f"dose:{drug.drug}",
    )  # fmt: skip


def _stretch(one: ToldStretch, period: Period) -> Lane | None:
    """A bar over the days it was there; open ends run to the edge."""
    since, until = one.since or period.first, one.until or period.last
    if since > period.last or until < period.first or not one.dated:
        return None
    start = max(0, (since - period.first).days) / period.slot
    end = (min(until, period.last) - period.first).days + 1
    return Lane(
        OTHERS[one.thing], 0, 2, "", "", (), bars=(Bar(start, end / period.slot, 1.0, 0.6, 1.4),),
        note=stretch_words(one), key=one.thing, small=True, tall=0.5,
    )  # fmt: skip


def _totals(diary: Readable, period: Period) -> list[Lane]:
    """Questionnaire totals as points, each on the span its own answers allow."""
    names = item_names(diary.diary)
    found: dict[str, dict[int, float]] = {}
    for entry, body in diary.diary.of(ScaleAnswers):
        if body.total is not None and period.first <= entry.date <= period.last:
            found.setdefault(body.instrument, {})[entry.date.toordinal()] = body.total
    lanes = []
    for instrument, known in sorted(found.items()):
        values = _by_day(known, period)
        most = max(known.values()) or 1.0
        name = names.get(instrument, instrument.upper())
        track = Track(name, values, "marks", per_slot=period.slot)
        lanes.append(
            Lane(name, 0, most * 1.12, f"{most:g}", "0", (track,), small=True, key=instrument)
        )
    return lanes


def _sleep(diary: Readable, period: Period) -> list[Lane]:
    nights: dict[int, list[float]] = {}
    for entry, body in diary.diary.of(Sleep):
        nights.setdefault(entry.date.toordinal(), []).append(body.hours)
    known = {day: min(max(hours), HOURS_DRAWN) for day, hours in nights.items()}
    bars = [
        Bar(n * period.span / period.slot,
            min((n + 1) * period.span / period.slot, period.days / period.slot),
            mean(values), base=0.0)
        for n, values in enumerate(period.spans(known, period.span)) if values
    ]  # fmt: skip
    if not bars:
        return []
    return [
        Lane(phrase("Hours of sleep"), 0, HOURS_DRAWN, f"{HOURS_DRAWN:g} h", "0", (),
             bars=tuple(bars), note=phrase("mean of each week"), small=True, key="sleep")
    ]  # fmt: skip


def _by_day(known: Known, period: Period) -> tuple[float | None, ...]:
    start = period.first.toordinal()
    return tuple(known.get(start + place) for place in range(period.days))
