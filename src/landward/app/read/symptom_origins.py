"""How each symptom stands against the time before the medicine, from what the person said of it.

The answers live in the profile, one field each: ``origin.ITEM.before`` (yes, no),
``.level_before`` (0-4), ``.set_off`` and ``.set_off_before`` (yes, no), ``.triggers``
(light sound touch), ``.onset`` (before, on, coming_down, after) and ``.began_on`` (a date).
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from statistics import median

from landward.engines.patterns.origin import read_origin
from landward.model.bodies import Prescription, Profile
from landward.model.diary import Diary
from landward.model.origins import DrugDates, Onset, Origin, SymptomHistory, SymptomOrigin
from landward.model.safety import Answer
from landward.model.said import phrase
from landward.model.scale import SYMPTOM
from landward.report.words import list_words

NOW_DAYS = 14
"""“Now” is the middle answer of this many last days."""

_WORDS = {
    Origin.NEW: phrase("new since the medicine"),
    Origin.STRONGER: phrase("stronger than before it"),
    Origin.AS_BEFORE: phrase("as before the medicine"),
    Origin.UNSURE: phrase("not known whether new"),
}


def symptom_origins(diary: Diary, last_day: date | None = None) -> dict[str, SymptomOrigin]:
    """The origin of every symptom the person said something about, up to `last_day`."""
    until = last_day or diary.last_day
    fields = dict(_said(diary))
    names = (name.removeprefix("origin.") for name in fields if name.startswith("origin."))
    items = sorted({name.rpartition(".")[0] for name in names} - {""})
    dates = drug_dates(diary, until)
    return {item: read_origin(_history(item, fields, diary, until), dates) for item in items}


def origin_words(origins: Mapping[str, SymptomOrigin]) -> dict[str, str]:
    """A word or two for each symptom, as the page for a prescriber shows it."""
    return {item: _words(reading) for item, reading in origins.items()}


def drug_dates(diary: Diary, until: date | None = None) -> DrugDates:
    """Start, cuts and last day of the medicines, as prescriptions tell them.

    A cut is a prescription of a smaller dose than the one before of the same drug; a dose of 0
    ends it, and the last dose was the day before.
    """
    started: date | None = None
    cuts: list[date] = []
    ended: dict[str, date] = {}
    held: dict[str, Prescription] = {}
    for entry, body in diary.of(Prescription):
        day = body.started_on or entry.date
        if until is not None and day > until:
            continue
        before = held.get(body.drug)
        if before is not None and body.dose_mg_per_day < before.dose_mg_per_day:
            cuts.append(day)
        if body.dose_mg_per_day > 0:
            started = day if started is None else min(started, day)
            ended.pop(body.drug, None)
        elif before is not None:
            ended[body.drug] = day - timedelta(days=1)
        held[body.drug] = body
    over = bool(held) and set(ended) == set(held)
    last = max(ended.values()) if over else None
    return DrugDates(started_on=started, cuts=tuple(sorted(cuts)), last_dose_on=last)


def _said(diary: Diary) -> Iterator[tuple[str, str]]:
    """Every profile field, later words after earlier ones: what was before the medicine was so on
    every day, whenever it was written down.
    """
    for _, body in diary.of(Profile):
        yield from body.fields.items()


def _history(
    item: str, fields: Mapping[str, str], diary: Diary, until: date | None
) -> SymptomHistory:
    said = {
        name.removeprefix(f"origin.{item}."): text.strip()
        for name, text in fields.items()
        if name.startswith(f"origin.{item}.")
    }
    triggers = said.get("triggers", "").replace(",", " ").split()
    return SymptomHistory(
        symptom=item,
        there_before=_answer(said.get("before", "")),
        level_before=_level(said.get("level_before", "")),
        level_now=_now(item, diary, until),
        set_off=_answer(said.get("set_off", "")),
        set_off_before=_answer(said.get("set_off_before", "")),
        triggers=tuple(t for t in ("light", "sound", "touch") if t in triggers),
        onset=_onset(said.get("onset", "")),
        began_on=_date(said.get("began_on", "")),
    )


def _answer(text: str) -> Answer:
    return Answer(text) if text in {"yes", "no"} else Answer.UNANSWERED


def _onset(text: str) -> Onset:
    return Onset(text) if text in set(Onset) else Onset.NOT_KNOWN


def _level(text: str) -> float | None:
    return float(text) if text in {"0", "1", "2", "3", "4"} else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _now(item: str, diary: Diary, until: date | None) -> float | None:
    """The middle answer of the last days, only where it was given on the 0-4 scale."""
    if until is None:
        return None
    values = []
    for day, answers in diary.days.items():
        if until - timedelta(days=NOW_DAYS) < day <= until and item in answers.answers:
            if str(answers.scales.get(item, "")) != str(SYMPTOM):
                return None
            values.append(answers.answers[item])
    return float(median(values)) if values else None


def _words(reading: SymptomOrigin) -> str:
    if reading.origin is Origin.SET_OFF:
        return phrase(
            "set off by {value}",
            value=list_words(reading.triggers) or phrase("light, sound or touch"),
        )
    return _WORDS[reading.origin]
