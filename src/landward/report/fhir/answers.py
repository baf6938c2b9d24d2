"""The diary's answers as FHIR Observations: a number, or the reason there is none; never a guess.

A day that was not opened gives no resource. Answers stay on their own scale, which `method` names.
"""

from datetime import date
from typing import Literal

from landward.model.bodies import CheckIn, Sleep
from landward.model.diary import DayAnswers
from landward.model.entries import Entry
from landward.model.questions import BY_ID
from landward.model.scale import Scale
from landward.report.fhir.parts import Json, coded, new_id, quantity
from landward.report.fhir.request import Sending, written_at
from landward.report.words import number_words

CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
CARRIED = "same as the day before, taken over by the patient"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"


def observation(sending: Sending, id_: str, code: Json, day: date, entry: Entry) -> Json:
    """The frame of an Observation the person answered about one day."""
    return {
        "resourceType": "Observation",
        "id": id_,
        "status": "amended" if entry.replaces else "final",
        "category": [coded(CATEGORY, "survey")],
        "code": code,
        "subject": sending.who,
        "performer": [sending.who],
        "effectiveDateTime": day.isoformat(),
        "issued": written_at(entry),
    }


def answer_observations(sending: Sending) -> list[Json]:
    """One Observation per item asked on a day of the period, in the order of days and items."""
    entries = {entry.id: entry for entry, _ in sending.diary.lines}
    found: list[Json] = []
    for answers in sending.diary.days.values():
        if not sending.holds(answers.day):
            continue
        entry = entries[answers.entry_ids[-1]]
        found += [_answer(sending, answers, entry, item) for item in sorted(answers.asked)]
        if answers.mode == "unwell" and not answers.asked:
            code = {"text": "daily diary"}
            empty = observation(sending, new_id("unwell", entry.id), code, answers.day, entry)
            found.append(empty | _no_number("asked-declined", "too unwell to log"))
    return found


def _answer(sending: Sending, answers: DayAnswers, entry: Entry, item: str) -> Json:
    code = sending.concept(sending.words(item), item, "symptom", "observation")
    found = observation(sending, new_id("answer", entry.id, item), code, answers.day, entry)
    if item in answers.answers:
        found |= _value(answers.answers[item])
        found["method"] = {"text": _scale_words(answers.scales[item])}
    else:
        found |= _absent(answers, item)
    notes = _notes(answers, item)
    return found | ({"note": [{"text": note} for note in notes]} if notes else {})


def _value(value: float) -> Json:
    if float(value).is_integer():
        return {"valueInteger": int(value)}
    return {"valueQuantity": quantity(value, "score", "{score}")}


def _scale_words(text: str) -> str:
    scale = Scale.parse(text)
    best, worst = (scale.low, scale.high) if scale.better == "down" else (scale.high, scale.low)
    return f"patient diary, {number_words(best)} best to {number_words(worst)} worst"


def _absent(answers: DayAnswers, item: str) -> Json:
    if item in answers.no_occasion:
        return _no_number("not-applicable", "there was no occasion for it")
    if item in answers.too_much:
        return _no_number("asked-declined", "too much to say")
    return _no_number("asked-declined")


def _no_number(reason: Literal["asked-declined", "not-applicable"], text: str = "") -> Json:
    return {"dataAbsentReason": coded(ABSENT, reason, text)}


def _notes(answers: DayAnswers, item: str) -> list[str]:
    notes = []
    if item in answers.carried:
        notes.append(CARRIED)
    if item in answers.differing:
        notes.append("answered differently twice that day; the last answer is given")
    if item in answers.late:
        notes.append(f"filled in {answers.delay_days} days later, from memory")
    elif answers.filled_in_later:
        notes.append("filled in on a later day")
    return notes


def choice_observations(sending: Sending) -> list[Json]:
    """One Observation per question answered in words on a day of the period: the last word said,
    never a number, for no word is harder than another.
    """
    last: dict[tuple[date, str], tuple[Entry, str, bool]] = {}
    for entry, body in sending.diary.of(CheckIn):
        if sending.holds(entry.date):
            for item, word in body.choices.items():
                last[entry.date, item] = (entry, word, body.carried)
    found = []
    for (day, item), (entry, word, carried) in sorted(last.items(), key=lambda pair: pair[0]):
        words = BY_ID[item].words if item in BY_ID else sending.words(item)
        frame = observation(sending, new_id("choice", entry.id, item), {"text": words}, day, entry)
        note = {"note": [{"text": CARRIED}]} if carried else {}
        found.append(frame | {"valueString": word} | note)
    return found


def sleep_observations(sending: Sending) -> list[Json]:
    """Hours slept per night, dated by the morning."""
    found = []
    for entry, body in sending.diary.of(Sleep):
        if sending.holds(entry.date):
            code = {"text": "hours of sleep"}
            frame = observation(sending, new_id("sleep", entry.id), code, entry.date, entry)
            found.append(frame | {"valueQuantity": quantity(body.hours, "h", "h")})
    return found
