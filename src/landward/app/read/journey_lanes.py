"""The lanes of a view: how hard first, then the dose, feelings, and each symptom on its own."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from landward.app.diary.readable import Readable
from landward.app.read.journey_whole import Answered, Known, Whole, item_answers
from landward.app.read.waves import OVERALL
from landward.model.medicines import Medicine
from landward.model.questions import SEVERITY_WORDS
from landward.model.readings import DiaryWaves
from landward.model.said import joined, phrase
from landward.model.scale import SYMPTOM
from landward.report.figure.lane import Bar, Bracket, Lane, Row, Track
from landward.report.words import dose_words, list_words, quantile

HARD, DOSE, FEELINGS = "hard", "dose", "feelings"
FEELING_ITEMS = ("pleasant", "painful")
MOST_DAILY_DAYS = 42
"""A longer view tells small lanes by weeks: daily answers would be zigzags."""
FEWEST_IN_RANGE = 3
"""A middle half is drawn from so many answers on."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a view and how many of them one slot holds."""

    first: dt.date
    last: dt.date
    slot: int

    @property
    def days(self) -> int:
        """Calendar days, both ends included."""
        return (self.last - self.first).days + 1

    @property
    def span(self) -> int:
        """How many days one bar stands for."""
        return max(7, self.slot)

    def slots(self, known: Known) -> Row:
        """One value per slot: the answer of a day, or the middle of those there are."""
        start, end = self.first.toordinal(), self.last.toordinal() + 1
        if self.slot == 1:
            return tuple(known.get(day) for day in range(start, end))
        return tuple(_middle(values) for values in self.spans(known, self.slot))

    def bars(self, known: Known) -> tuple[Bar, ...]:
        """The middle of each week (or four) with its middle half; a span may be cut short."""
        found = []
        for number, values in enumerate(self.spans(known, self.span)):
            if values:
                start = number * self.span / self.slot
                end = min(start + self.span / self.slot, self.days / self.slot)
                wide = len(values) >= FEWEST_IN_RANGE
                values.sort()
                low, high = (quantile(values, q) for q in (0.25, 0.75)) if wide else (None, None)
                found.append(Bar(start, end, median(values), low, high))
        return tuple(found)

    def spans(self, known: Known, span: int) -> Iterator[list[float]]:
        """The answers of each run of `span` days, in order; an empty list where there is none."""
        start, end = self.first.toordinal(), self.last.toordinal() + 1
        for place in range(start, end, span):
            days = map(known.get, range(place, min(place + span, end)))
            yield [value for value in days if value is not None]


def _middle(values: Sequence[float]) -> float | None:
    return median(values) if values else None


def hard_lane(whole: Whole, period: Period, waves: DiaryWaves | None) -> Lane:
    """How hard each day was: a dot a day, from far the middle of each span."""
    answered = whole.answered
    down = answered.scale.better == "down"
    values = period.slots(answered.main)
    name = phrase("how hard") if answered.item == OVERALL else answered.name
    return Lane(
        answered.name,
        answered.scale.low,
        answered.scale.high,
        phrase("no trouble") if down else phrase("best"),
        phrase("the worst") if down else phrase("least"),
        (_daily(name, answered, period, values),),
        turned=down,
        bars=() if period.slot == 1 else period.bars(answered.main),
        note=phrase("higher is easier") if down else phrase("higher is better"),
        key=HARD,
        brackets=_brackets(waves, period),
    )


def _daily(name: str, answered: Answered, period: Period, values: Row) -> Track:
    if period.slot > 1:
        return Track(name, values, "table")
    days = range(period.first.toordinal(), period.last.toordinal() + 1)
    return Track(name, values, "dots", tuple(day in answered.carried for day in days))


def _brackets(waves: DiaryWaves | None, period: Period) -> tuple[Bracket, ...]:
    """The lasting changes of the view, each as wide as the days between which it lies."""
    if waves is None or waves.reading.first_day is None:
        return ()
    moved = (waves.reading.first_day - period.first).days
    return tuple(
        Bracket(
            (shift.index + moved) / period.slot,
            max(0, shift.interval[0] + moved) / period.slot,
            min(period.days, shift.interval[1] + moved + 1) / period.slot,
        )
        for shift in waves.reading.level_shifts
        if 0 <= shift.index + moved < period.days
    )


def dose_lane(whole: Whole, period: Period) -> Lane:
    """The regular dose of the first two drugs, what was planned, and apart what was as needed."""
    tracks: list[Track] = []
    drugs = whole.medicines.taken_drugs[:2]
    one = len(whole.medicines.taken_drugs) == 1
    for drug in drugs:
        medicine = whole.medicines.of(drug)
        planned = _planned(medicine, period.first, min(period.last, whole.last))
        drawn = Track(
            phrase("taken") if one else drug,
            period.slots(taken(medicine)),
            "second" if any(track.style == "step" for track in tracks) else "step",
        )
        if planned:
            name = phrase("planned") if one else phrase("{drug} planned", drug=drug)
            tracks.append(Track(name, period.slots(planned), "planned"))
        tracks.append(drawn)
        beside = period.slots(_as_needed(medicine))
        if any(value is not None for value in beside):
            tracks.append(
                Track(
                    phrase("as needed") if one else phrase("{drug} as needed", drug=drug),
                    beside,
                    "marks",
                )
            )
    known = [v for track in tracks for v in track.values if v is not None]
    most = max([*known, 0.0])
    names = list_words(drugs) or phrase("no dose written")
    now = joined("; ", filter(None, (now_words(whole, drug, period.last, one) for drug in drugs)))
    return Lane(
        phrase("Dose: {names}", names=names), 0, (most or 1.0) * 1.12,
        phrase("{most} mg a day", most=f"{most:g}"), "0", tuple(tracks),
        note=now, key=DOSE,
    )  # fmt: skip


def now_words(whole: Whole, drug: str, last: dt.date, one: bool) -> str:
    """“now 0.35 mg”: the settled dose at the end of the view, “” where none is settled."""
    settled: Decimal | None = whole.medicines.of(drug).settled_mg(last)
    if settled is None:
        return ""
    when = phrase("now") if last >= whole.last else phrase("then")
    said = phrase("{when} {settled} mg", when=when, settled=dose_words(settled))
    return said if one else phrase("{drug} {said}", drug=drug, said=said)


def taken(medicine: Medicine) -> Known:
    """The regular amount of each known day."""
    return {
        day.toordinal(): float(dose.taken_mg)
        for day, dose in medicine.days.items()
        if dose.taken_mg is not None
    }


def _as_needed(medicine: Medicine) -> Known:
    return {
        day.toordinal(): float(dose.as_needed_mg)
        for day, dose in medicine.days.items()
        if dose.as_needed_mg
    }


def _planned(medicine: Medicine, first: dt.date, last: dt.date) -> Known:
    days = (dt.date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1))
    found = ((day.toordinal(), medicine.planned_mg(day)) for day in days)
    return {day: float(mg) for day, mg in found if mg is not None}


FEELING_NAMES = {"pleasant": phrase("Pleasant feelings"), "painful": phrase("Painful feelings")}


def small_lane(diary: Readable, item: str, period: Period, waves: DiaryWaves | None = None) -> Lane:
    """One item beside the others: dots up close, bands of weeks in a longer view.

    `waves` is its own reading, where its lasting changes are to be shown.
    """
    answered = item_answers(diary, item)
    scale, feeling = answered.scale, item in FEELING_ITEMS
    down = scale.better == "down" and not feeling
    best, worst = (scale.low, scale.high) if down else (scale.high, scale.low)
    ends = (
        (SEVERITY_WORDS[0], SEVERITY_WORDS[-1]) if scale == SYMPTOM else (f"{best:g}", f"{worst:g}")
    )
    if feeling:
        ends = (phrase("fully"), phrase("not at all"))
    up_close = period.days <= MOST_DAILY_DAYS
    values = period.slots(answered.main)
    track = _daily(answered.name, answered, period, values)
    return Lane(
        FEELING_NAMES.get(item, answered.name),
        scale.low,
        scale.high,
        *ends,
        (track if up_close else Track(answered.name, values, "table"),),
        turned=down,
        bars=() if up_close else period.bars(answered.main),
        note=phrase("higher is more of it")
        if feeling
        else (phrase("higher is easier") if down else ""),
        key=item,
        small=True,
        brackets=_brackets(waves, period),
    )
