"""The whole way in three lanes on one calendar: dose, feelings, symptoms. Better is upward."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from statistics import median

from landward.app.diary.open_diary import ANSWERS, LABELS, OpenDiary
from landward.app.read.held_waves import waves_of
from landward.app.read.journey_shapes import Band, Journey, Lane, Row, Track
from landward.app.read.main_series import main_series
from landward.app.read.medicines import OF_MEDICINES, medicines_of
from landward.app.read.waves import OVERALL
from landward.model.bodies import UserLabel
from landward.model.diary import Diary
from landward.model.entries import Entry
from landward.model.medicines import Medicine, MedicineRecord
from landward.model.readings import DiaryWaves
from landward.model.scale import DAY, FEELING, Scale
from landward.model.waves import State
from landward.report.page import kept_span
from landward.report.pattern_words import waves_sentence
from landward.report.words import count_words

ZOOMS = {"4w": 28, "12w": 84, "26w": 182, "1y": 364, "all": 0}
ZOOM_WORDS = {
    "4w": "4 weeks",
    "12w": "12 weeks",
    "26w": "Half a year",
    "1y": "A year",
    "all": "All",
}
SLOTS = ((190, 1), (1300, 7), (100_000, 28))
"""Up to how many days a view has one point a day, a week, four weeks: their middle answers."""


def read_journey(diary: OpenDiary, zoom: str, until: dt.date, *, spells: bool) -> Journey:
    """The view that ends on `until`. Raises BadInput while nothing was ever written."""
    whole = _Whole(
        diary.diary,
        diary.keep("answered", lambda: _answered(diary), ANSWERS),
        diary.keep("feelings", lambda: _feelings(diary.diary), ANSWERS),
        medicines_of(diary),
        *kept_span(diary.diary),
    )
    first, last = _period(whole, zoom, until)
    slot = next(days for up_to, days in SLOTS if (last - first).days < up_to)
    doses = diary.keep(
        ("dose lane", first, last, min(last, whole.last)),
        lambda: _dose_lane(whole, first, last, slot),
        OF_MEDICINES,
    )
    lanes = (doses, _feelings_lane(whole, first, last, slot),
             _symptom_lane(whole, first, last, slot))  # fmt: skip
    labels = diary.keep("labels", lambda: tuple(diary.diary.of(UserLabel)), LABELS)
    bands = _own_bands(labels, first, last)
    waves = waves_of(diary) if spells else None
    if waves is not None:
        bands += _read_bands(waves, first, last, bands)
    bands = tuple(sorted(bands, key=lambda band: (band.first, band.last, band.state, band.own)))
    columns, table = _table(lanes, first, slot)
    sentence = _sentence(whole, lanes[2], first, last, waves)
    return Journey(first, last, slot, lanes, bands, sentence, table, columns)


Known = Mapping[int, float]
"""Numbers by the ordinal of their day; a day without one is not in it."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """How hard each day was: by day, which of it was carried over, on which scale, called what."""

    main: Known
    carried: frozenset[int]
    scale: Scale
    name: str
    item: str = OVERALL


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is computed once for a journal, whatever period is looked at."""

    diary: Diary
    answered: _Answered
    feelings: Mapping[str, Known]
    medicines: MedicineRecord
    first: dt.date
    last: dt.date


def _feelings(diary: Diary) -> Mapping[str, Known]:
    scale = str(FEELING)
    return {
        item: {
            day.toordinal(): said.answers[item]
            for day, said in diary.days.items()
            if item in said.answers and said.scales[item] == scale
        }
        for item in ("pleasant", "painful")
    }


def _answered(open_diary: OpenDiary) -> _Answered:
    """How hard each day was, straight from the diary; for an imported one, what stands for it."""
    diary = open_diary.diary
    days = [(day.toordinal(), said) for day, said in diary.days.items() if OVERALL in said.answers]
    if days:
        scale = days[-1][1].scales[OVERALL]  # an earlier scale is another series, never converted
        kept = [(day, said) for day, said in days if said.scales[OVERALL] == scale]
        return _Answered(
            {day: said.answers[OVERALL] for day, said in kept},
            frozenset(day for day, said in kept if OVERALL in said.carried),
            Scale.parse(scale),
            "How hard each day was",
        )
    waves = waves_of(open_diary)
    if waves is None:
        return _Answered({}, frozenset(), DAY, "How hard each day was")
    series = main_series(diary, waves)
    dated = list(enumerate(series.values.tolist(), series.first_day.toordinal()))
    return _Answered(
        {day: value for day, value in dated if not isnan(value)},
        frozenset(day for (day, _), hollow in zip(dated, series.carried, strict=True) if hollow),
        series.scale,
        series.item.replace("_", " ").capitalize(),
        series.item,
    )


def _period(whole: _Whole, zoom: str, until: dt.date) -> tuple[dt.date, dt.date]:
    """The days a view shows: never before the first entry, and full where the diary can fill it."""
    days = ZOOMS.get(zoom, 84)
    if days == 0:
        return whole.first, max(whole.last, whole.first)
    span = dt.timedelta(days=days - 1)
    last = max(until, min(whole.first + span, whole.last), whole.first)
    return max(last - span, whole.first), last


def fitting_zooms(days: int) -> tuple[str, ...]:
    """The views that differ for a diary of `days` days: those shorter than it, and all of it."""
    return (*(zoom for zoom, shown in ZOOMS.items() if 0 < shown < days), "all")


def first_zoom(days: int) -> str:
    """The view Journey opens with: twelve weeks, or all of a diary that is shorter."""
    return "12w" if "12w" in fitting_zooms(days) else "all"


def _slots(known: Known, first: dt.date, last: dt.date, slot: int) -> Row:
    """One value per slot: the answer of a day, or the middle of a week with at least one."""
    start, end = first.toordinal(), last.toordinal() + 1
    if slot == 1:
        return tuple(known.get(day) for day in range(start, end))
    return tuple(
        _middle([known[day] for day in range(place, place + slot) if day in known])
        for place in range(start, end, slot)
    )


def _middle(values: Sequence[float]) -> float | None:
    return median(values) if values else None


def _dose_lane(whole: _Whole, first: dt.date, last: dt.date, slot: int) -> Lane:
    """The regular dose of the first two drugs, what was planned, and apart what was as needed."""
    tracks: list[Track] = []
    drugs = whole.medicines.taken_drugs[:2]
    one = len(whole.medicines.taken_drugs) == 1
    for drug in drugs:
        medicine = whole.medicines.of(drug)
        taken, needed = _taken(medicine), _as_needed(medicine)
        planned = _planned(medicine, first, min(last, whole.last))
        drawn = Track(
            "taken" if one else drug,
            _slots(taken, first, last, slot),
            "second" if any(track.style == "step" for track in tracks) else "step",
        )
        if planned:
            name = "planned" if one else f"{drug} planned"
            tracks.append(Track(name, _slots(planned, first, last, slot), "planned"))
        tracks.append(drawn)
        beside = _slots(needed, first, last, slot)
        if any(value is not None for value in beside):
            tracks.append(Track("as needed" if one else f"{drug} as needed", beside, "marks"))
    known = [v for track in tracks for v in track.values if v is not None]
    top = max([*known, 0.0]) or 1.0
    names = " and ".join(drugs) or "no dose written"
    return Lane(
        f"Dose: {names}", 0, top * 1.12, f"{max([*known, 0.0]):g} mg a day", "0", tuple(tracks)
    )


def _taken(medicine: Medicine) -> Known:
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


def _feelings_lane(whole: _Whole, first: dt.date, last: dt.date, slot: int) -> Lane:
    styles = {"pleasant": "line", "painful": "second"}
    tracks = tuple(
        Track(item, _slots(whole.feelings[item], first, last, slot), style)
        for item, style in styles.items()
    )
    return Lane("Feelings that reached me", 0, 4, "fully", "not at all", tracks)


def _symptom_lane(whole: _Whole, first: dt.date, last: dt.date, slot: int) -> Lane:
    down = whole.answered.scale.better == "down"
    days: Iterable[int] = range(first.toordinal(), last.toordinal() + 1) if slot == 1 else ()
    return Lane(
        whole.answered.name,
        whole.answered.scale.low,
        whole.answered.scale.high,
        "no trouble" if down else "best",
        "the worst" if down else "least",
        (
            Track(
                "how hard" if whole.answered.item == OVERALL else whole.answered.name,
                _slots(whole.answered.main, first, last, slot),
                "dots" if slot == 1 else "line",
                tuple(day in whole.answered.carried for day in days),
            ),
        ),
        turned=down,
    )


def _own_bands(
    labels: Iterable[tuple[Entry, UserLabel]], first: dt.date, last: dt.date
) -> tuple[Band, ...]:
    return tuple(
        Band(
            body.label, max(entry.date, first), min(body.until, last), own=True, helped=body.helped
        )
        for entry, body in labels
        if body.label != "usual" and entry.date <= last and body.until >= first
    )


def _read_bands(
    waves: DiaryWaves, first: dt.date, last: dt.date, own: Sequence[Band]
) -> tuple[Band, ...]:
    """What was read from the answers, where the person has not named those days themselves."""
    found = []
    for spell in waves.reading.spells:
        start, end = waves.reading.date_of(spell.start), waves.reading.date_of(spell.end)
        named = any(band.first <= end and band.last >= start for band in own)
        if start <= last and end >= first and not named:
            state = "window" if spell.state == State.WINDOW else "wave"
            found.append(Band(state, max(start, first), min(end, last), own=False))
    return tuple(found)


def _sentence(
    whole: _Whole, lane: Lane, first: dt.date, last: dt.date, waves: DiaryWaves | None
) -> str:
    start, end = first.toordinal(), last.toordinal()
    values = [value for day, value in whole.answered.main.items() if start <= day <= end]
    answered, total = len(values), end - start + 1
    if waves is not None and first <= whole.first and last >= whole.last:
        return waves_sentence(waves.reading)
    if answered < 5:
        return (
            f"Not enough days yet to say more ({answered} of {count_words(total, 'day')} answered)."
        )
    word = "easier" if lane.turned else "harder"
    return (
        f"Half of the days were {median(values):g} of {lane.high:g} or {word} "
        f"({answered} of {total} days answered)."
    )


def _table(
    lanes: Sequence[Lane], first: dt.date, slot: int
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    tracks = [track for lane in lanes for track in lane.tracks]
    names = [f"{t.name} mg" if lane is lanes[0] else t.name for lane in lanes for t in lane.tracks]
    columns = ("from" if slot > 1 else "day", *names)
    rows = []
    for place in range(len(lanes[2].tracks[0].values)):
        values = [track.values[place] for track in tracks]
        if any(value is not None for value in values):
            day = first + dt.timedelta(days=place * slot)
            words = ("" if value is None else f"{value:.4g}" for value in values)
            rows.append((day.isoformat(), *words))
    return columns, tuple(reversed(rows))
